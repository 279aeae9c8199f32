"""The import pages: upload, questions, mapping, report, commit."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import orjson
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sites.access import Scope, scope_of_request
from sites.fields import BY_NAME
from sites.import_forms import (
    UploadForm,
    mapping_of,
    mapping_rows,
    options_of,
    saved_mapping,
)
from sites.imports import report, runs, uploads
from sites.imports.execution import problems_path
from sites.imports.problems import ImportStoppedError
from sites.imports.sentences import sentence
from sites.models import ImportMapping, ImportRun
from sites.models.import_run import ImportState
from sites.tasks import check_import, write_import

SHOWN_RUNS: Final = 50
SHOWN_PROBLEMS: Final = 100
SHOWN_CHANGES: Final = 50
_FORM_OVERHEAD: Final = 64 * 1024


class BoundedUpload(TemporaryFileUploadHandler):
    """Writes an upload to a temporary file and stops once it is above the limit."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Take one piece; above `UPLOAD_MAX_BYTES` nothing more is read."""
        if start + len(raw_data) > settings.UPLOAD_MAX_BYTES:
            assert self.request is not None  # noqa: S101
            self.request.upload_too_large = True  # type: ignore[attr-defined]
            raise StopUpload(connection_reset=True)
        return super().receive_data_chunk(raw_data, start)


@csrf_exempt  # the inner view protects; the handler must be set before the body is read
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_list(request: HttpRequest) -> HttpResponse:
    """Show the runs and the upload form; take an upload."""
    scope = _scope(request)
    if request.method == "POST":
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > settings.UPLOAD_MAX_BYTES + _FORM_OVERHEAD:
            return _too_large(request)
        request.upload_handlers = [BoundedUpload(request)]
    return _import_list(request, scope)


@csrf_protect
def _import_list(request: HttpRequest, scope: Scope) -> HttpResponse:
    if request.method != "POST":
        return _show_list(request, scope, UploadForm(scope=scope))
    form = UploadForm(request.POST, request.FILES, scope=scope)
    if getattr(request, "upload_too_large", False):
        return _too_large(request)
    if not form.is_valid():
        return _show_list(request, scope, form, status=422)
    try:
        run = _receive(request, scope, form)
    except uploads.TooLargeError:
        return _too_large(request)
    except uploads.DiskFullError:
        form.add_error("file", _("The server has no room left for the file."))
        return _show_list(request, scope, form, status=507)
    except ImportStoppedError as problem:
        form.add_error("file", str(problem))
        return _show_list(request, scope, form, status=422)
    return redirect("sites:import-run", pk=run.pk)


def _receive(request: HttpRequest, scope: Scope, form: UploadForm) -> ImportRun:
    upload = form.cleaned_data["file"]
    run = runs.run_create(
        owner=request.user,  # type: ignore[arg-type]
        scope=scope,
        file_name=upload.name,
        kind=form.cleaned_data["kind"],
        programme=form.cleaned_data["programme"],
    )
    try:
        runs.run_receive(run=run, pieces=uploads.pieces_of(upload))
    except BaseException:
        run.delete()
        raise
    transaction.on_commit(lambda: check_import.defer(run_id=str(run.pk)))
    return run


@require_safe
@login_required
def import_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show where a run stands; htmx asks again for the part that changes."""
    scope = _scope(request)
    runs.fail_silent_runs(timezone.now())
    run = _run(request, pk)
    part = "sites/partials/_import_run.html" if request.headers.get("HX-Request") else ""
    return render(request, part or "sites/import_run.html", _facts(run, scope))


@require_POST
@login_required
def import_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take choices about the file and the mapping; the file is checked again."""
    _scope(request)
    run = _run(request, pk)
    mapping = mapping_of(request.POST, run)
    if request.POST.get("saved"):
        mapping = saved_mapping(run, request.POST["saved"]) or mapping
    name = request.POST.get("save_as", "").strip()
    if name and mapping and run.owner:
        runs.mapping_save(owner=run.owner, name=name, kind=run.kind, mapping=mapping)
    try:
        runs.run_answer(run=run, options=options_of(request.POST), mapping=mapping)
    except runs.WrongStateError:
        messages.error(request, _("The import has moved on in the meantime."))
    except ImportStoppedError as problem:
        messages.error(request, str(problem))
    else:
        transaction.on_commit(lambda: check_import.defer(run_id=str(run.pk)))
    return redirect("sites:import-run", pk=pk)


@require_POST
@login_required
def import_commit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a checked run written, all of it or its good rows."""
    _scope(request)
    run = _run(request, pk)
    try:
        runs.run_commit(run=run, accept_good_rows="accept_good_rows" in request.POST)
    except runs.WrongStateError:
        messages.error(request, _("The import has moved on in the meantime."))
    else:
        transaction.on_commit(lambda: write_import.defer(run_id=str(run.pk)))
    return redirect("sites:import-run", pk=pk)


@require_POST
@login_required
def import_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Cancel a run."""
    _scope(request)
    run = _run(request, pk)
    try:
        runs.run_cancel(run=run)
    except runs.WrongStateError:
        messages.error(request, _("The import has moved on in the meantime."))
    return redirect("sites:import-run", pk=pk)


@require_safe
@login_required
def import_report(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """Send every problem of a run as CSV, in the reader's language."""
    _scope(request)
    run = _run(request, pk)
    if not problems_path(run).exists():
        raise Http404
    lines = list(_report_lines(run))  # in the request's language, before the stream leaves it
    name = f"import-{str(run.pk)[:8]}.csv"
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class _Echo:
    """A file for the CSV writer that gives each line back."""

    def write(self, line: str) -> str:
        """Return what would be written."""
        return line


def _report_lines(run: ImportRun) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(report.headings())
    with problems_path(run).open("rb") as stream:
        for line in stream:
            yield writer.writerow(report.stored_line(orjson.loads(line)))


def _scope(request: HttpRequest) -> Scope:
    """Return the viewer's scope; only the office imports."""
    scope = scope_of_request(request)
    if not scope.edits_sites:
        raise PermissionDenied
    return scope


def _run(request: HttpRequest, pk: UUID) -> ImportRun:
    found: ImportRun | None = (
        ImportRun.objects.visible_to(scope_of_request(request))
        .select_related("programme", "owner")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _show_list(
    request: HttpRequest, scope: Scope, form: UploadForm, *, status: int = 200
) -> HttpResponse:
    shown = ImportRun.objects.visible_to(scope).select_related("owner", "programme")
    content = {
        "form": form,
        "runs": shown.order_by("-created_at")[:SHOWN_RUNS],
        "limit_mb": settings.UPLOAD_MAX_BYTES // 1024**2,
    }
    return render(request, "sites/import_list.html", content, status=status)


def _too_large(request: HttpRequest) -> HttpResponse:
    limit = settings.UPLOAD_MAX_BYTES // 1024**2
    content = {"message": _("The file is larger than %(limit)s MB.") % {"limit": limit}}
    return render(request, "sites/import_refused.html", content, status=413)


def _facts(run: ImportRun, scope: Scope) -> dict[str, Any]:
    """Return what the page of a run shows."""
    question = run.seen.get("question")
    problem = run.seen.get("problem")
    return {
        "run": run,
        "is_working": run.state in runs.IN_PROGRESS,
        "is_over": run.state in runs.OVER,
        "question": question,
        "question_text": runs.explain(question) if question else "",
        "question_field": _QUESTION_FIELDS.get(question["code"], "") if question else "",
        "problem_text": runs.explain(problem) if problem else run.message,
        "notes": [runs.explain(note) for note in run.seen.get("notes", [])],
        "problems": [_shown(entry) for entry in run.errors[:SHOWN_PROBLEMS]],
        "changes": [_labelled(change) for change in run.seen.get("changes", [])[:SHOWN_CHANGES]],
        "rows": mapping_rows(run) if run.target == runs.SITES else [],
        "columns": run.seen.get("facts", {}).get("fields", []),
        "saved": ImportMapping.objects.filter(owner=run.owner, kind=run.kind) if run.owner else [],
        "good_rows": run.counts.get("new", 0) + run.counts.get("changed", 0),
        "is_ready": run.state == ImportState.READY,
        "is_committed": run.state == ImportState.COMMITTED,
        "percent": _percent(run),
    }


_OTHER_LABELS: Final = {
    "geometry": gettext_lazy("Geometry"),
    "boundary": gettext_lazy("Boundary"),
    "centre": gettext_lazy("Centre"),
    "population": gettext_lazy("Population"),
}
_QUESTION_FIELDS: Final = {
    "layer_needed": "layer",
    "crs_needed": "srid",
    "encoding_needed": "encoding",
    "axes_needed": "axes",
}


def _percent(run: ImportRun) -> int | None:
    if not run.progress_total:
        return None
    return min(100, 100 * run.progress_done // run.progress_total)


def _labelled(change: dict[str, Any]) -> dict[str, Any]:
    """Return a change with the names of its fields in the reader's language."""
    labels = [
        str(BY_NAME[name].label) if name in BY_NAME else str(_OTHER_LABELS.get(name, name))
        for name in change["fields"]
    ]
    return {**change, "labels": labels}


def _shown(entry: dict[str, Any]) -> dict[str, Any]:
    """Return a stored problem with its sentence in the reader's language."""
    values = {"field": entry.get("field", ""), **entry.get("values", {})}
    return {**entry, "message": sentence(entry["code"], values)}
