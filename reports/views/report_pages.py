"""The list of reports, making one, and the page of one with what is done from it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.drift import drift_of
from reports.forms import (
    RefreshForm,
    ReportForm,
    SectionForm,
    SignForm,
    VersionForm,
    WithdrawForm,
    areas_reported,
)
from reports.kinds import ReportKind, ReportState
from reports.models import FigureDefinition, Report, ReportFigure, ReportSection
from reports.periods import Period
from reports.refusals import sentences_of
from reports.report_page import report_page
from reports.reports_list import report_rows
from reports.services import (
    report_make,
    report_refresh,
    report_remove,
    report_sign,
    report_withdraw,
    section_save,
)
from reports.told import exact_words, told_figures
from reports.views.answers import Refused, done, planned_report, plans, visible_report
from sites.access import scope_of_request
from sites.services import ServiceError


@require_safe
@login_required
def report_list(request: HttpRequest) -> HttpResponse:
    """Show the reports that the person may see, the newest period first."""
    scope = scope_of_request(request)
    rows = report_rows(request.GET, scope)
    context = {
        **rows.context(),
        "may_make": areas_reported(scope).exists(),
        "kinds": ReportKind.choices,
        "states": ReportState.choices,
    }
    status = 400 if rows.problems else 200
    return render(request, "reports/report_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_new(request: HttpRequest) -> HttpResponse:
    """Ask for template, area, period and day, and make the draft."""
    scope, today = scope_of_request(request), timezone.localdate()
    if not areas_reported(scope).exists():
        raise PermissionDenied
    form = ReportForm(request.POST or None, scope=scope, today=today, initial={"as_of": today})
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            report = report_make(
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                **form.cleaned_data,
            )
            return HttpResponseRedirect(_address(report))
        except ServiceError as error:
            refused = sentences_of(error)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "problems": refused}
    return render(request, "reports/report_new.html", context, status=status)


@require_safe
@login_required
def report_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a report: its text with figures that open their sites, its tables, its state."""
    return _page(request, visible_report(request, pk))


@require_safe
@login_required
def report_drift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show which figures of a report differ from the register of today, and through what."""
    report = visible_report(request, pk)
    scope, today = scope_of_request(request), timezone.localdate()
    figures = list(ReportFigure.objects.filter(report=report).defer("identifiers", "amounts"))
    shown = told_figures(figures)
    for figure in figures:
        figure.report = report
    found = [(shown[row.key], drift_of(row, scope=scope, today=today)) for row in figures]
    context = {
        "report": report,
        "drifts": [
            (told, drift, exact_words(drift.now, told.figure.unit))
            for told, drift in found
            if drift.has_drifted
        ],
        "checked": len(found),
        "today": today,
    }
    return render(request, "reports/report_drift.html", context)


@require_POST
@login_required
def report_refreshed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compute a draft anew."""
    report, form = planned_report(request, pk), RefreshForm(request.POST)

    def refresh() -> str:
        report_refresh(
            report=report,
            as_of=form.cleaned_data["as_of"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            expected_version=form.cleaned_data["version"],
        )
        return _("Every figure was computed anew.")

    return done(request, form, refresh, address=_address(report), refused=_refused(request, pk))


@require_POST
@login_required
def report_signed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign a draft."""
    report, form = planned_report(request, pk), SignForm(request.POST)

    def sign() -> str:
        report_sign(
            report=report,
            signer_name=form.cleaned_data["signer_name"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            at=timezone.now(),
            expected_version=form.cleaned_data["version"],
        )
        return _("The report is signed; its text and figures are frozen.")

    return done(request, form, sign, address=_address(report), refused=_refused(request, pk))


@require_POST
@login_required
def report_withdrawn(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw a signed report with a reason."""
    report, form = planned_report(request, pk), WithdrawForm(request.POST)

    def withdraw() -> str:
        report_withdraw(
            report=report,
            reason=form.cleaned_data["reason"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            expected_version=form.cleaned_data["version"],
        )
        return _("The report is withdrawn.")

    return done(request, form, withdraw, address=_address(report), refused=_refused(request, pk))


@require_POST
@login_required
def report_removed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    report, form = planned_report(request, pk), VersionForm(request.POST)

    def remove() -> str:
        report_remove(
            report=report,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            expected_version=form.cleaned_data["version"],
        )
        return _("The draft was thrown away.")

    address = reverse("reports:report-list")
    return done(request, form, remove, address=address, refused=_refused(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def report_section_edit(request: HttpRequest, pk: UUID, section: UUID) -> HttpResponse:
    """Change the text of a draft's section; figures that it names are computed."""
    report = planned_report(request, pk)
    row = get_object_or_404(ReportSection, pk=section, report=report)
    names = ("kind", "heading", "heading_en", "body", "body_en")
    initial = {"version": report.version, **{name: getattr(row, name) for name in names}}
    form = SectionForm(request.POST or None, initial=initial)
    problems: Sequence[str] = ()
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            section_save(
                section=row,
                expected_version=given.pop("version"),
                values=given,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope_of_request(request),
            )
            return HttpResponseRedirect(_address(report))
        except ServiceError as error:
            problems = sentences_of(error)
    context = {
        "report": report,
        "form": form,
        "problems": problems,
        "figures": FigureDefinition.objects.order_by("key"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/report_section_edit.html", context, status=status)


def _refused(request: HttpRequest, pk: UUID) -> Refused:
    def answer(problems: Sequence[str], status: int) -> HttpResponse:
        return _page(request, visible_report(request, pk), problems=problems, status=status)

    return answer


def _address(report: Report) -> str:
    return reverse("reports:report-detail", args=[report.pk])


def _page(
    request: HttpRequest, report: Report, *, problems: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    page = report_page(report)
    named = [told for told in page.told.values() if told.is_defined]
    context = {
        "page": page,
        "report": report,
        "period": Period(report.period_start, report.period_end),
        "problems": problems,
        "named": sorted(named, key=lambda told: told.figure.key),
        "may_plan": plans(scope_of_request(request), report.area_code),
        "today": timezone.localdate(),
    }
    return render(request, "reports/report_detail.html", context, status=status)
