"""Public reports as the office works on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maintenance.forms_reports import AnswerForm, LinkForm, OpenDefectForm
from maintenance.kinds import ReportState
from maintenance.models import Defect, PublicReport
from maintenance.newest_first import page_leniently, read_leniently
from maintenance.parties import office_of
from maintenance.report_filter import NAMES, ReportFilter
from maintenance.report_page import choice_of, nearest, report_drawing
from maintenance.services import report_answer, report_link, report_open_defect
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.services import NotPermitted, ServiceError
from sites.townships import township_names

WAITING = (ReportState.RECEIVED, ReportState.REOPENED)


@require_safe
@login_required
def report_list(request: HttpRequest) -> HttpResponse:
    """Show the reports of a filter, the newest first; new and overdue ones have their tabs."""
    scope = scope_of_request(request)
    chosen, problems = read_leniently(ReportFilter.from_query, request.GET, NAMES)
    rows = chosen.apply(PublicReport.objects.visible_to(scope))
    rows = rows.select_related("asset", "defect").defer(
        "point", "asset__geometry", "asset__geometry_3857", "asset__outline_3857"
    )
    cursor = request.GET.get("cursor", "")
    page = page_leniently(rows, "received_at", cursor, problems)
    context = {
        "asked": chosen,
        "problems": problems,
        "rows": page.rows,
        "names": township_names(row.township_code for row in page.rows),
        "next_address": _address(chosen, page.next_cursor) if page.next_cursor else "",
        "first_address": _address(chosen),
        "is_first": not cursor,
        "tabs": _tabs(chosen),
        "now": timezone.now(),
    }
    status = 400 if problems else 200
    return render(request, "maintenance/report_list.html", context, status=status)


@require_safe
@login_required
def report_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a report; the contact is for the office of the area alone."""
    return _page(request, _report(request, pk))


@require_POST
@login_required
def report_linked(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Tie the report to a defect that is known."""
    report = _office_report(request, pk)
    choices = [(str(entry.defect.pk), choice_of(entry)) for entry in _near(request, report)]
    form = LinkForm(request.POST, defects=choices)

    def work() -> None:
        report_link(
            report=report,
            defect=Defect.objects.get(pk=form.cleaned_data["defect"]),
            **_common(request, form),
        )

    return _done(request, report, form, work, "link", _("The report belongs to the defect now."))


@require_POST
@login_required
def report_opened(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a new defect from the report."""
    report = _office_report(request, pk)
    form = OpenDefectForm(request.POST)

    def work() -> None:
        report_open_defect(
            report=report,
            kind=form.cleaned_data["kind"],
            severity=form.cleaned_data["severity"],
            **_common(request, form),
        )

    return _done(request, report, form, work, "open", _("A defect was opened from the report."))


@require_POST
@login_required
def report_answered(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer the report, or do not take it up."""
    report = _office_report(request, pk)
    form = AnswerForm(request.POST)

    def work() -> None:
        report_answer(
            report=report,
            answer=form.cleaned_data["answer"],
            rejects="reject" in request.POST,
            **_common(request, form),
        )

    return _done(request, report, form, work, "answer", _("The answer was saved."))


def _common(request: HttpRequest, form: Any) -> dict[str, Any]:
    return {
        "actor": request.user,
        "scope": scope_of_request(request),
        "at": timezone.now(),
        "expected_version": form.cleaned_data["version"],
    }


def _done(
    request: HttpRequest,
    report: Any,
    form: Any,
    work: Callable[[], None],
    name: str,
    told: str,
) -> HttpResponse:
    """Do the work of a form that is in order; a refusal becomes the form's error."""
    if form.is_valid():
        try:
            work()
        except NotPermitted as error:
            raise PermissionDenied from error
        except ServiceError as error:
            add_service_error(form, error)
        else:
            messages.success(request, told)
            return redirect("maintenance:report-detail", pk=report.pk)
    return _page(request, _report(request, report.pk), status=422, **{name: form})


def _report(request: HttpRequest, pk: UUID) -> Any:
    rows = PublicReport.objects.visible_to(scope_of_request(request))
    return get_object_or_404(rows.select_related("asset__area", "defect"), pk=pk)


def _office_report(request: HttpRequest, pk: UUID) -> Any:
    report = _report(request, pk)
    if office_of(scope_of_request(request), report.area_code) is None:
        raise PermissionDenied
    return report


def _near(request: HttpRequest, report: Any) -> list[Any]:
    return nearest(report, scope_of_request(request))


def _page(request: HttpRequest, report: Any, *, status: int = 200, **bound: Any) -> HttpResponse:
    scope = scope_of_request(request)
    is_office = office_of(scope, report.area_code) is not None
    waits = report.state in WAITING
    near = _near(request, report) if is_office and waits else []
    version = {"version": report.version}
    forms: dict[str, Any] = {}
    if is_office and waits:
        forms["open"] = OpenDefectForm(initial=version)
        if near:
            choices = [(str(entry.defect.pk), choice_of(entry)) for entry in near]
            forms["link"] = LinkForm(defects=choices, initial=version)
    if is_office and (waits or report.state == ReportState.LINKED):
        forms["answer"] = AnswerForm(initial={**version, "answer": report.answer})
    context = {
        "report": report,
        "is_office": is_office,
        "waits": waits,
        "photos": [link.photo for link in report.photos.select_related("photo").order_by("pk")],
        "changes": report.changes.select_related("actor").order_by("at", "id"),
        "drawing": report_drawing(report, near),
        "forms": {**forms, **bound},
        "now": timezone.now(),
    }
    return render(request, "maintenance/report_detail.html", context, status=status)


def _address(chosen: ReportFilter, cursor: str = "") -> str:
    pairs = chosen.pairs() + ([("cursor", cursor)] if cursor else [])
    query = urlencode(pairs, safe=",:")
    return reverse("maintenance:report-list") + (f"?{query}" if query else "")


def _tabs(chosen: ReportFilter) -> list[dict[str, Any]]:
    plain = replace(chosen, waiting=None, overdue=None, state=())
    tabs = (
        (_("Waiting for an answer"), replace(plain, waiting=True)),
        (_("Overdue"), replace(plain, overdue=True)),
        (_("Being dealt with"), replace(plain, state=(ReportState.LINKED,))),
        (_("Answered"), replace(plain, state=(ReportState.ANSWERED,))),
        (_("All"), plain),
    )
    return [
        {"label": label, "address": _address(asked), "is_current": asked == chosen}
        for label, asked in tabs
    ]
