"""Surveys, structures and closures of an asset, entered and changed from its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from assets.forms_condition import ClosureForm, SectionForm, StructureForm, SurveyForm
from assets.models import Asset, RoadClosure, RoadSection, Structure
from assets.section_page import may_edit_parts, stretch_of
from assets.services.closures import closure_announce, closure_change, closure_remove
from assets.services.condition import survey_record
from assets.services.structures import structure_add, structure_change, structure_remove
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.kinds import Kind
from sites.services import ConcurrentChange, ServiceError

SOMEBODY_ELSE = gettext_lazy(
    "Somebody changed this record in the meantime. Here is what stands now; change it again."
)
Change = Callable[[dict[str, Any]], object]


def _asset(request: HttpRequest, pk: UUID) -> Asset:
    """Return an asset that the viewer may change, or raise 404 or 403."""
    scope = scope_of_request(request)
    assets = Asset.objects.visible_to(scope).defer("geometry", "search_text")
    asset: Asset = get_object_or_404(assets, pk=pk)
    if not may_edit_parts(scope, asset):
        raise PermissionDenied
    return asset


def _road(request: HttpRequest, pk: UUID) -> Asset:
    """Return a road that the viewer may change, or raise 404 or 403."""
    asset = _asset(request, pk)
    if asset.kind != Kind.ROAD:
        raise Http404
    return asset


def _part(request: HttpRequest, model: type[Any], pk: UUID) -> Any:
    """Return a part of an asset that the viewer may change, or raise 404 or 403."""
    scope = scope_of_request(request)
    part = get_object_or_404(model.objects.visible_to(scope).select_related("asset"), pk=pk)
    if not may_edit_parts(scope, part.asset):
        raise PermissionDenied
    return part


def _form(
    kind: type[SectionForm], request: HttpRequest, asset: Asset, initial: dict[str, Any]
) -> SectionForm:
    section = RoadSection.objects.filter(pk=asset.pk).first()
    data = request.POST if request.method == "POST" else None
    return kind(data, stretch=stretch_of(section), initial=initial)


def _answer(
    request: HttpRequest,
    asset: Asset,
    form: SectionForm,
    change: Change,
    *,
    title: str | Promise,
    done: str | Promise,
    remove: str = "",
) -> HttpResponse:
    """Show the form, or make the change and go back to the asset's page."""
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid() and _made(form, change):
                messages.success(request, str(done))
                return redirect(address_of(asset))
        except ConcurrentChange:
            messages.error(request, str(SOMEBODY_ELSE))
            return redirect(request.path)
    context = {
        "asset": asset,
        "form": form,
        "title": title,
        "back": address_of(asset),
        "remove": remove,
    }
    return render(request, "assets/section_part_form.html", context, status=status)


def address_of(asset: Asset) -> str:
    """Return the address of an asset's page."""
    return f"/assets/{asset.pk}/"


def _made(form: forms.Form, change: Change) -> bool:
    """Make the change; a refusal is told in the form, but for `ConcurrentChange`."""
    try:
        change(form.cleaned_data)
    except ConcurrentChange:
        raise
    except ServiceError as error:
        add_service_error(form, error)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def survey_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Record what a survey found."""
    asset, today = _asset(request, pk), timezone.localdate()
    form = _form(SurveyForm, request, asset, {"surveyed_on": today})
    return _answer(
        request,
        asset,
        form,
        lambda values: survey_record(
            asset=asset,
            values=values,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            on=today,
        ),
        title=_("Record a condition survey"),
        done=_("The survey was recorded."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def structure_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a structure to a section."""
    asset = _road(request, pk)
    return _answer(
        request,
        asset,
        _form(StructureForm, request, asset, {}),
        lambda values: structure_add(
            asset=asset,
            values=_without_version(values),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
        ),
        title=_("Add a structure"),
        done=_("The structure was added."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def structure_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a structure."""
    structure: Structure = _part(request, Structure, pk)
    initial = {
        **{name: getattr(structure, name) for name in StructureForm.base_fields if name in _OWN},
        "longitude": round(structure.point.x, 7),
        "latitude": round(structure.point.y, 7),
    }
    form = _form(StructureForm, request, structure.asset, initial)
    return _answer(
        request,
        structure.asset,
        form,
        lambda values: structure_change(
            structure=structure,
            values=_moved(form, values),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            expected_version=values["version"] or 0,
        ),
        title=_("Edit the structure"),
        done=_("The changes were saved."),
        remove=reverse("assets:structure-remove", args=[pk]),
    )


_OWN = frozenset(
    {
        "kind",
        "name",
        "name_en",
        "code",
        "chainage_m",
        "length_m",
        "span_m",
        "rating_class",
        "version",
    }
)


def _without_version(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "version"}


def _moved(form: SectionForm, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values without a position and a chainage that the person left as they were."""
    kept = _without_version(values)
    if not {"longitude", "latitude"} & set(form.changed_data):
        kept.pop("point", None)
    if "chainage_m" not in form.changed_data:
        kept.pop("chainage_m", None)
    return kept


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def closure_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a stretch of a section."""
    asset = _road(request, pk)
    form = _form(ClosureForm, request, asset, {"from_date": timezone.localdate()})
    return _answer(
        request,
        asset,
        form,
        lambda values: closure_announce(
            asset=asset,
            values=_without_version(values),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
        ),
        title=_("Announce a closure"),
        done=_("The closure was announced."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def closure_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a closure, for instance its last day."""
    closure: RoadClosure = _part(request, RoadClosure, pk)
    initial = {name: getattr(closure, name) for name in ClosureForm.base_fields}
    return _answer(
        request,
        closure.asset,
        _form(ClosureForm, request, closure.asset, initial),
        lambda values: closure_change(
            closure=closure,
            values=_without_version(values),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            expected_version=values["version"] or 0,
        ),
        title=_("Edit the closure"),
        done=_("The changes were saved."),
        remove=reverse("assets:closure-remove", args=[pk]),
    )


@require_POST
@login_required
def structure_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a structure."""
    return _removed(request, _part(request, Structure, pk), structure_remove, "structure")


@require_POST
@login_required
def closure_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a closure that was entered by mistake."""
    return _removed(request, _part(request, RoadClosure, pk), closure_remove, "closure")


def _removed(
    request: HttpRequest, part: Any, remove: Callable[..., None], name: str
) -> HttpResponse:
    asset, version = part.asset, request.POST.get("version", "")
    try:
        remove(
            **{name: part},
            actor=request.user,
            scope=scope_of_request(request),
            expected_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        )
    except ConcurrentChange:
        messages.error(request, str(SOMEBODY_ELSE))
    except ServiceError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("It was removed; its values stay in the history."))
    return redirect(address_of(asset))
