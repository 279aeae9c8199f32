"""Inspections: the list, the form that is filled in on the spot, and the page of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from assets.models import Photo
from assets.photo_uploads import takes_photos
from maintenance.asset_picker import picked_asset, picker_context
from maintenance.forms_defects import local_now
from maintenance.forms_inspections import InspectionForm
from maintenance.inspection_choices import kinds_open_to, standards_for
from maintenance.inspection_filter import NAMES, InspectionFilter
from maintenance.kinds import InspectionKind
from maintenance.models import Inspection
from maintenance.newest_first import page_leniently, read_leniently
from maintenance.services import InspectionOutcome, inspection_record
from maintenance.services.failed_items import Outcome, findings_of
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.forms import add_service_error
from sites.identifiers import new_id
from sites.services import ServiceError
from sites.townships import township_names, townships_of

LIST = "maintenance:inspection-list"


@require_safe
@login_required
def inspection_list(request: HttpRequest) -> HttpResponse:
    """Show the inspections of a filter, the newest first."""
    scope = scope_of_request(request)
    chosen, problems = read_leniently(InspectionFilter.from_query, request.GET, NAMES)
    rows = chosen.apply(Inspection.objects.visible_to(scope))
    rows = rows.select_related("asset", "standard", "organisation", "performed_by").defer(
        "position", "asset__geometry", "asset__geometry_3857", "asset__outline_3857"
    )
    cursor = request.GET.get("cursor", "")
    page = page_leniently(rows, "inspected_at", cursor, problems)
    townships = townships_of(scope).only("code", "name", "name_en")
    context = {
        "asked": chosen,
        "problems": problems,
        "rows": page.rows,
        "townships": township_names(row.township_code for row in page.rows),
        "next_address": chosen.address(LIST, page.next_cursor) if page.next_cursor else "",
        "first_address": chosen.address(LIST),
        "is_first": not cursor,
        "kinds": [Choice(v, str(w), v in chosen.kind) for v, w in InspectionKind.choices],
        "areas": [Choice(t.code, t.label, t.code in chosen.area) for t in townships],
        "may_record": bool(scope.everything or scope.grants),
    }
    status = 400 if problems else 200
    return render(request, "maintenance/inspection_list.html", context, status=status)


@takes_photos
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def inspection_new(request: HttpRequest) -> HttpResponse:
    """Take an inspection; `?asset=` and `?standard=` say of what and by which list."""
    scope = scope_of_request(request)
    if not (scope.everything or scope.grants):
        raise PermissionDenied
    asset = picked_asset(request, scope)
    if asset is None:
        context = picker_context(request, scope, title=_("Record an inspection"))
        return render(request, "maintenance/asset_picker.html", context)
    standards = list(standards_for(asset, scope))
    standard = _chosen_standard(request, standards)
    if standard is None:
        context = {"asset": asset, "standards": standards}
        return render(request, "maintenance/inspection_standard.html", context)
    kinds = kinds_open_to(asset, standard, scope, request.user)
    if not kinds:
        raise PermissionDenied
    return _form_page(request, scope, asset, standard, kinds)


@require_safe
@login_required
def inspection_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an inspection with its answers, photos and what the failed items led to."""
    scope = scope_of_request(request)
    rows = Inspection.objects.visible_to(scope).select_related(
        "asset__area",
        "standard",
        "organisation",
        "performed_by",
        "agreement",
        "patrol",
        "corrects",
    )
    inspection = get_object_or_404(rows.defer("asset__area__boundary"), pk=pk)
    photos = _photos(inspection)
    context = {
        "inspection": inspection,
        "answers": _answers(inspection, photos),
        "photos": photos.get(None, []),
        "findings": findings_of(inspection),
        "corrections": inspection.corrections.all(),
    }
    return render(request, "maintenance/inspection_detail.html", context)


def _chosen_standard(request: HttpRequest, standards: list[Any]) -> Any:
    asked = request.GET.get("standard", "")
    if not asked and len(standards) == 1:
        return standards[0]
    return next((standard for standard in standards if str(standard.pk) == asked), None)


def _form_page(
    request: HttpRequest, scope: Scope, asset: Any, standard: Any, kinds: list[InspectionKind]
) -> HttpResponse:
    items = list(standard.items.filter(is_active=True).order_by("position"))
    options: dict[str, Any] = {
        "items": items,
        "kinds": kinds,
        "is_road": hasattr(asset, "road_section"),
    }
    context = {"asset": asset, "standard": standard}
    if request.method != "POST":
        initial = {"entry": new_id(), "inspected_at": local_now()}
        form = InspectionForm(initial=initial, **options)
        return render(request, "maintenance/inspection_form.html", {**context, "form": form})
    form = InspectionForm(request.POST, request.FILES, **options)
    if form.is_valid():
        try:
            outcome = inspection_record(
                asset=asset,
                standard=standard,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                at=timezone.now(),
                **form.values(),
            )
        except ServiceError as error:
            add_service_error(form, error)
        else:
            _tell(request, outcome)
            return redirect("maintenance:inspection-detail", pk=outcome.inspection.pk)
    return render(
        request, "maintenance/inspection_form.html", {**context, "form": form}, status=422
    )


def _tell(request: HttpRequest, outcome: InspectionOutcome) -> None:
    """Say what came of the inspection: score, defects, work orders, and what could not be."""
    score = f"{outcome.inspection.score:.0f}"
    messages.success(
        request, _("The inspection was recorded: %(score)s points.") % {"score": score}
    )
    ordered = sum(found.outcome == Outcome.ORDERED for found in outcome.findings)
    alone = sum(
        found.outcome in (Outcome.UNCOVERED, Outcome.NO_BODIES) for found in outcome.findings
    )
    if ordered:
        sentence = ngettext(
            "%(number)s work order was issued by rule.",
            "%(number)s work orders were issued by rule.",
            ordered,
        )
        messages.success(request, sentence % {"number": ordered})
    if alone:
        messages.warning(
            request,
            _("No agreement could take an order for some defects. They stand alone for now."),
        )


def _answers(inspection: Inspection, photos: dict[Any, list[Photo]]) -> list[dict[str, Any]]:
    rows = inspection.answers.select_related("item").order_by("item__position", "pk")
    return [{"answer": row, "photos": photos.get(row.pk, [])} for row in rows]


def _photos(inspection: Inspection) -> dict[Any, list[Photo]]:
    """Return the photos by the answer that they belong to, None for the inspection's own."""
    found: dict[Any, list[Photo]] = {}
    for link in inspection.photos.select_related("photo").order_by("pk"):
        found.setdefault(link.answer_id, []).append(link.photo)
    return found
