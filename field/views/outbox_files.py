"""The office takes in a phone's saved outbox: upload, preview, and what became of each line."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from field.body_fields import field_at, label_of
from field.body_words import Names, shown
from field.outbox_file import keeping
from field.services.outbox_files import (
    FileReport,
    LineResult,
    Outcome,
    outbox_file_preview,
    outbox_file_take,
)
from field.set_aside_words import title_of
from maintenance.refusals import sentences_of
from sites.access import Scope, scope_of_request
from sites.services.errors import RefusedByRegister, ServiceError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def outbox_files(request: HttpRequest) -> HttpResponse:
    """Ask for a file; with one, show what taking it in would do."""
    scope = _office(request)
    if request.method != "POST":
        return _page(request)
    upload: Any = request.FILES.get("file")
    user: Any = request.user
    try:
        if upload is None:
            raise RefusedByRegister([("file", "required", _("Choose a file."))])
        key = keeping.keep(upload.chunks(), user.pk)
        with keeping.kept_file(user.pk, key).open("rb") as file:
            report = outbox_file_preview(file=file, actor=user, scope=scope, at=timezone.now())
    except ServiceError as error:
        return _refused(request, error)
    return _page(request, report=report, key=key, name=str(upload.name)[-80:])


@require_POST
@login_required
def outbox_file_taken(request: HttpRequest) -> HttpResponse:
    """Take in the file that was shown in the preview, and show what became of each line."""
    scope = _office(request)
    user: Any = request.user
    key = request.POST.get("key", "")
    try:
        with keeping.kept_file(user.pk, key).open("rb") as file:
            report = outbox_file_take(file=file, actor=user, scope=scope, at=timezone.now())
    except ServiceError as error:
        return _refused(request, error)
    keeping.forget(user.pk, key)
    return _page(request, report=report)


def _office(request: HttpRequest) -> Scope:
    scope = scope_of_request(request)
    if not scope.edits_sites:
        raise PermissionDenied
    return scope


def _refused(request: HttpRequest, error: ServiceError) -> HttpResponse:
    status = 413 if error.problem == "too_large" else 422
    return _page(request, refused=sentences_of(error), status=status)


def _page(
    request: HttpRequest,
    *,
    report: FileReport | None = None,
    key: str = "",
    name: str = "",
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"refused": refused or [], "key": key, "name": name}
    if report is not None:
        counts = report.counts()
        context |= {
            "report": report,
            "entries": counts["op"],
            "photos": counts["photo"],
            "bad": counts["bad"]["bad"],
            "changes": report.changes(),
            "lines": _lines(report, scope_of_request(request)),
        }
    return render(request, "field/outbox_files.html", context, status=status)


def _lines(report: FileReport, scope: Scope) -> list[dict[str, Any]]:
    """Return the lines in words: entries with their asset and time, photos only where wrong."""
    entries = [line for line in report.lines if line.kind == "op"]
    assets = [{"asset": line.body.get("asset")} for line in entries if line.body.get("asset")]
    names = Names("", assets, scope)
    shown_lines = [line for line in report.lines if _says_something(line)]
    return [
        {
            "line": line,
            "word": _word(line.outcome),
            "sentences": _sentences(line),
            **_about(line, names),
        }
        for line in shown_lines
    ]


def _sentences(line: LineResult) -> list[str]:
    """Return what was wrong: each value with its name, else the line as a whole."""
    told = [
        " · ".join(filter(None, (label_of(field_at(error["field"])), error["message"])))
        for error in line.errors
    ]
    return told or [line.message] * bool(line.message)


def _says_something(line: LineResult) -> bool:
    return line.kind != "photo" or line.outcome not in (Outcome.NEW, Outcome.KNOWN)


def _about(line: LineResult, names: Names) -> dict[str, str]:
    if line.kind == "op":
        body = line.body
        said = line.device_time.isoformat() if line.device_time else ""
        when = said or next(
            (body[n] for n in ("device_time", "inspected_at", "found_at") if n in body), ""
        )
        return {
            "title": title_of(line),
            "asset": shown(names, "asset", body.get("asset")).text if body.get("asset") else "",
            "when": shown(names, "device_time", when).text if when else "",
        }
    return {"title": _("Photo") if line.kind == "photo" else _("Line"), "asset": "", "when": ""}


def _word(outcome: Outcome) -> str:
    return {
        Outcome.NEW: _("new"),
        Outcome.KNOWN: _("known already"),
        Outcome.SET_ASIDE: _("set aside"),
        Outcome.OUTSIDE: _("of another area"),
        Outcome.BAD: _("cannot be taken in"),
    }[outcome]
