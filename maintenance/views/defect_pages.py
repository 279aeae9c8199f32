"""The page of one defect with its thread, and what is done from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assets.photo_uploads import takes_photos
from maintenance.defect_page import (
    DefectPowers,
    choice_of,
    defect_drawing,
    defect_powers,
    suggestions,
)
from maintenance.defect_thread import orders_of, photos_by_stage, thread_of
from maintenance.forms_defects import (
    ClaimForm,
    DefectMoveForm,
    DefectPhotosForm,
    DefectPlaceForm,
)
from maintenance.models import Defect
from maintenance.nearby import NearDefect
from maintenance.services import claim_raise, defect_add_photos, defect_move, defect_place
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.services import NotPermitted, ServiceError


@require_safe
@login_required
def defect_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a defect to those who may see it; 404 says the same for what is not there."""
    return _page(request, _defect(request, pk))


@require_POST
@login_required
def defect_moved(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move the defect; a refusal is told in the form."""
    defect = _defect(request, pk)
    scope = scope_of_request(request)
    able, near = defect_powers(scope, request.user, defect), suggestions(defect, scope)
    if not able.moves:
        raise PermissionDenied
    form = DefectMoveForm(request.POST, moves=able.moves, others=_others(near))

    def work() -> None:
        other = form.cleaned_data.get("duplicate_of")
        known = next((entry.defect for entry in near if entry.defect.pk == other), None)
        defect_move(
            defect=defect,
            to_state=form.cleaned_data["to_state"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
            duplicate_of=known,
            expected_version=form.cleaned_data["version"],
        )

    if _done(form, work):
        words = {"state": defect.get_state_display()}
        messages.success(request, _("The defect is now: %(state)s.") % words)
        return redirect("maintenance:defect-detail", pk=pk)
    return _page(request, _defect(request, pk), status=422, move=form)


@takes_photos
@require_POST
@login_required
def defect_photos(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add photos to the thread."""
    defect = _defect(request, pk)
    form = DefectPhotosForm(request.POST, request.FILES)

    def work() -> None:
        defect_add_photos(
            defect=defect,
            photos=form.cleaned_data["photos"],
            stage=form.cleaned_data["stage"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
        )

    if _done(form, work):
        messages.success(request, _("The photos were added."))
        return redirect("maintenance:defect-detail", pk=pk)
    return _page(request, defect, status=422, photos=form)


@require_POST
@login_required
def defect_placed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say at which chainage the defect really is."""
    defect = _defect(request, pk)
    form = DefectPlaceForm(request.POST)

    def work() -> None:
        defect_place(
            defect=defect,
            chainage_m=form.cleaned_data["chainage_m"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            expected_version=form.cleaned_data["version"],
        )

    if _done(form, work):
        messages.success(request, _("The place was corrected."))
        return redirect("maintenance:defect-detail", pk=pk)
    return _page(request, _defect(request, pk), status=422, place=form)


@require_POST
@login_required
def defect_claimed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Claim the repair from the contractor of the asset."""
    defect = _defect(request, pk)
    form = ClaimForm(request.POST)

    def work() -> None:
        claim_raise(
            defect=defect,
            due_on=form.cleaned_data["due_on"],
            on=timezone.localdate(),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
        )

    if _done(form, work):
        messages.success(request, _("The claim was raised. The contractor can see it now."))
        return redirect("maintenance:claim-list")
    return _page(request, defect, status=422, claim=form)


def _done(form: Any, work: Callable[[], None]) -> bool:
    """Do the work of a form that is in order; a refusal becomes the form's error."""
    if not form.is_valid():
        return False
    try:
        work()
    except NotPermitted as error:
        if type(error) is NotPermitted:
            raise PermissionDenied from error
        add_service_error(form, error)
        return False
    except ServiceError as error:
        add_service_error(form, error)
        return False
    return True


def _defect(request: HttpRequest, pk: UUID) -> Any:
    rows = Defect.objects.visible_to(scope_of_request(request)).select_related(
        "asset__area",
        "asset__contractor",
        "agreement",
        "order",
        "duplicate_of",
        "structure",
        "inspection_answer",
        "reported_by",
        "organisation",
        "warranty_claim__contractor",
    )
    return get_object_or_404(rows.defer("asset__area__boundary"), pk=pk)


def _others(near: list[NearDefect]) -> list[tuple[str, str]]:
    return [(str(entry.defect.pk), choice_of(entry)) for entry in near]


def _page(request: HttpRequest, defect: Any, *, status: int = 200, **bound: Any) -> HttpResponse:
    scope = scope_of_request(request)
    able = defect_powers(scope, request.user, defect)
    near = suggestions(defect, scope)
    context = {
        "defect": defect,
        "powers": able,
        "near": near,
        "thread": thread_of(defect, scope),
        "orders": list(orders_of(defect, scope)),
        "stages": photos_by_stage(defect),
        "drawing": defect_drawing(defect, near),
        "forms": _forms(defect, able, near, bound),
        "now": timezone.now(),
    }
    return render(request, "maintenance/defect_detail.html", context, status=status)


def _forms(
    defect: Any, able: DefectPowers, near: list[NearDefect], bound: dict[str, Any]
) -> dict[str, Any]:
    version = {"version": defect.version}
    forms: dict[str, Any] = {}
    if able.moves:
        forms["move"] = DefectMoveForm(moves=able.moves, others=_others(near), initial=version)
    if able.may_add_photos:
        forms["photos"] = DefectPhotosForm()
    if able.may_place:
        forms["place"] = DefectPlaceForm(initial=version)
    if able.may_claim:
        forms["claim"] = ClaimForm(initial={"due_on": able.claim_due})
    return {**forms, **bound}
