"""The pages of the public: report what is wrong, follow it, say that it is not done."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_client_ip_address
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assets.models import Asset
from assets.photo_uploads import takes_photos
from maintenance.forms_reports import PublicReportForm, ReopenForm
from maintenance.kinds import ReportState
from maintenance.models import PublicReport
from maintenance.public_tracking import report_by_code, tracked
from maintenance.services import report_receive, report_reopen
from maintenance.services.field_errors import TooManyReports
from maintenance.services.reports import require_room
from sites.access import Scope
from sites.forms import add_service_error
from sites.identifiers import new_id
from sites.services import ServiceError


@takes_photos
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def public_report(request: HttpRequest, plate: str) -> HttpResponse:
    """Take a report from whoever scanned the plate, without an account and without script."""
    asset = _public_asset(plate)
    if request.method != "POST":
        return _form_page(request, asset, PublicReportForm(initial={"entry": new_id()}))
    address, now = get_client_ip_address(request), timezone.now()
    try:
        # Before the photos are looked at: who floods us shall not make us work.
        require_room(address, at=now)
    except TooManyReports as error:
        return _too_many(request, asset, error)
    form = PublicReportForm(request.POST, request.FILES)
    if form.is_by_machine:
        return _form_page(request, asset, PublicReportForm(initial={"entry": new_id()}))
    if not form.is_valid():
        return _form_page(request, asset, form, status=422)
    try:
        report, _is_new = report_receive(
            asset=asset,
            identifier=form.cleaned_data["entry"],
            text=form.cleaned_data["text"],
            contact=form.cleaned_data["contact"],
            photos=form.cleaned_data["photos"],
            point=form.point(),
            accuracy_m=form.accuracy(),
            address=address,
            at=now,
        )
    except TooManyReports as error:
        return _too_many(request, asset, error)
    except ServiceError as error:
        add_service_error(form, error)
        return _form_page(request, asset, form, status=422)
    return redirect("maintenance:public-track", code=report.tracking_code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def public_track(request: HttpRequest, code: str) -> HttpResponse:
    """Show what became of a report to whoever has its code; take the word that it is not done."""
    try:
        report = report_by_code(code)
    except PublicReport.DoesNotExist as error:
        raise Http404 from error
    if request.method != "POST":
        return _track_page(request, report)
    form = ReopenForm(request.POST)
    if form.is_valid():
        try:
            report_reopen(report=report, reason=form.cleaned_data["reason"], at=timezone.now())
            return redirect("maintenance:public-track", code=report.tracking_code)
        except ServiceError as error:
            add_service_error(form, error)
    return _track_page(request, report_by_code(code), form=form, status=422)


def _public_asset(plate: str) -> Asset:
    rows = Asset.objects.visible_to(Scope.public()).select_related("area")
    try:
        found: Asset = rows.defer("area__boundary").get(plate_code=plate.upper())
    except Asset.DoesNotExist as error:
        raise Http404 from error
    return found


def _form_page(
    request: HttpRequest, asset: Asset, form: PublicReportForm, *, status: int = 200
) -> HttpResponse:
    context = {"asset": asset, "form": form}
    return render(request, "maintenance/public_report.html", context, status=status)


def _too_many(request: HttpRequest, asset: Asset, error: TooManyReports) -> HttpResponse:
    context = {"asset": asset, "refusal": str(error.message)}
    answer = render(request, "maintenance/public_report.html", context, status=429)
    answer.headers["Retry-After"] = str(error.wait_s)
    return answer


def _track_page(
    request: HttpRequest, report: Any, *, form: ReopenForm | None = None, status: int = 200
) -> HttpResponse:
    found = tracked(report)
    is_over = report.state in (ReportState.ANSWERED, ReportState.REJECTED)
    in_time = found.reopen_until is not None and timezone.localdate() <= found.reopen_until
    context = {
        "found": found,
        "report": report,
        "form": form or ReopenForm() if is_over and in_time else form,
        "is_over": is_over,
        "in_time": in_time,
    }
    return render(request, "maintenance/public_track.html", context, status=status)
