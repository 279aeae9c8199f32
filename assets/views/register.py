"""Recording an asset, by hand or from a project site, and correcting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assets.asset_facts import asset_drawing, asset_powers, with_facts
from assets.forms_register import (
    AssetForm,
    AssetMoveForm,
    PlaceForm,
    asset_detail_form,
    blank_record,
)
from assets.models import Asset
from assets.services.asset_records import asset_create, asset_update
from assets.services.asset_states import asset_move_state
from assets.services.site_roads import geometry_of, one_line, section_proposal
from assets.services.takeover import COLUMNS_TAKEN, asset_from_site
from sites.access import Scope, scope_of_request
from sites.drawing import Drawing
from sites.forms import add_service_error
from sites.kinds import Kind
from sites.models import ProjectSite
from sites.services import ConcurrentChange, RefusedByRegister, ServiceError
from sites.services.site_records import DETAIL_MODELS as SITE_DETAILS

PREVIEW = "preview"


@dataclass(slots=True)
class Forms:
    """The three forms of one asset, and the geometry that it has so far."""

    facts: AssetForm
    detail: Any
    place: PlaceForm
    standing: GEOSGeometry | None = None

    def are_valid(self) -> bool:
        """Whether all of them are; each is asked, so that every problem shows at once."""
        found = [form.is_valid() for form in (self.facts, self.detail, self.place)]
        return all(found)

    @property
    def geometry(self) -> GEOSGeometry | None:
        """Where the asset lies as the form says, else as it lay."""
        return self.place.geometry or self.standing

    def refuse(self, error: ServiceError) -> None:
        """Say beside the field why the service refused."""
        if not isinstance(error, RefusedByRegister):
            add_service_error(self.facts, error)
            return
        for field, code, text in error.errors:
            form: Any = self.facts
            if field in self.detail.fields:
                form = self.detail
            elif field == "geometry":
                form = self.place
            add_service_error(form, RefusedByRegister([(field, code, text)]))

    def drawing(self) -> Drawing | None:
        """Return the preview of where the asset lies."""
        return asset_drawing(self.geometry, ()) if self.geometry else None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def asset_new(request: HttpRequest) -> HttpResponse:
    """Record an asset of a kind (`?kind=`), or the one that a project site built (`?site=`)."""
    scope = scope_of_request(request)
    if not scope.edits_sites:
        raise PermissionDenied
    wanted = request.GET.get("site", "").strip()
    site = _site(scope, wanted) if wanted else None
    kind = site.kind if site else request.GET.get("kind", "")
    if kind not in Kind.values:
        context = {"kinds": Kind.choices, "asked": wanted, "is_unknown": bool(wanted and not site)}
        return render(request, "assets/asset_begin.html", context, status=404 if wanted else 200)
    forms = _new_forms(request, scope, kind, site)
    if request.method == "POST" and forms.are_valid() and not _previewed(request, forms):
        try:
            asset = _create(request, scope, kind, site, forms)
        except ServiceError as error:
            forms.refuse(error)
        else:
            messages.success(request, _("The asset was recorded."))
            return redirect("maintenance:asset-detail", pk=asset.pk)
    return _form_page(request, forms, kind=Kind(kind), site=site)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def asset_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct an asset, if nobody else did so in the meantime."""
    scope = scope_of_request(request)
    asset = _asset(scope, pk)
    if not asset_powers(scope, asset).may_edit:
        raise PermissionDenied
    forms = _edit_forms(scope, asset, request)
    if request.method != "POST" or not forms.are_valid() or _previewed(request, forms):
        return _form_page(request, forms, kind=Kind(asset.kind), asset=asset)
    values = forms.facts.changes()
    if forms.place.geometry is not None:
        values["geometry"] = forms.place.geometry
    try:
        asset_update(
            asset=asset,
            values=values,
            detail=forms.detail.changes(),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            expected_version=forms.facts.cleaned_data["version"] or 0,
            reason=forms.facts.cleaned_data["reason"],
        )
    except ConcurrentChange:
        return _conflict_page(request, scope, pk, forms)
    except ServiceError as error:
        forms.refuse(error)
        return _form_page(request, forms, kind=Kind(asset.kind), asset=asset)
    messages.success(request, _("The changes were saved."))
    return redirect("maintenance:asset-detail", pk=pk)


@require_POST
@login_required
def asset_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move the asset's state; a refusal is told on the next page."""
    scope = scope_of_request(request)
    asset = _asset(scope, pk)
    moves = list(asset_powers(scope, asset).moves)
    if not moves:
        raise PermissionDenied
    form = AssetMoveForm(request.POST, moves=moves)
    if form.is_valid():
        try:
            moved = asset_move_state(
                asset=asset,
                to_state=form.cleaned_data["to_state"],
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                reason=form.cleaned_data["reason"],
                expected_version=form.cleaned_data["version"],
            )
        except ServiceError as error:
            add_service_error(form, error)
        else:
            state = moved.get_state_display()
            messages.success(request, _("The asset is now: %(state)s.") % {"state": state})
            return redirect("maintenance:asset-detail", pk=pk)
    context = {"asset": asset, "form": form}
    return render(request, "assets/asset_move.html", context, status=422)


def _asset(scope: Scope, pk: UUID) -> Asset:
    found: Asset = get_object_or_404(with_facts(Asset.objects.visible_to(scope)), pk=pk)
    return found


def _site(scope: Scope, wanted: str) -> ProjectSite | None:
    """Return a site by identifier or code, as far as the viewer may know it."""
    sites = ProjectSite.objects.visible_to(scope).select_related("area")
    try:
        return sites.filter(pk=UUID(wanted)).first()
    except ValueError:
        usable = wanted.isprintable() and len(wanted) <= 60
        return sites.filter(code=wanted).first() if usable else None


def _new_forms(request: HttpRequest, scope: Scope, kind: str, site: ProjectSite | None) -> Forms:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    blank = blank_record(Asset, kind=kind)
    standing = _standing(site, request) if site else None
    facts = AssetForm(posted[0], instance=blank, scope=scope, kind=kind, initial=_known(site))
    detail = asset_detail_form(blank, scope, posted[0], initial=_known_detail(request, site, kind))
    place = PlaceForm(*posted, kind=kind, is_needed=standing is None)
    return Forms(facts, detail, place, standing)


def _edit_forms(scope: Scope, asset: Asset, request: HttpRequest) -> Forms:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    facts = AssetForm(
        posted[0],
        instance=asset,
        scope=scope,
        kind=asset.kind,
        initial={"version": asset.version},
    )
    detail = asset_detail_form(asset, scope, posted[0])
    return Forms(facts, detail, PlaceForm(*posted, kind=asset.kind), asset.geometry)


def _known(site: ProjectSite | None) -> dict[str, Any]:
    """Return what a site says of its asset's shared facts."""
    if site is None:
        return {}
    return {
        "code": site.code,
        "name": site.name,
        "name_en": site.name_en,
        "area": site.area_id,
        "visibility": site.visibility,
        "declared_length_m": site.declared_length_m,
        "built_on": site.actual_finish,
        "owner": site.owner_organisation_id,
        "contractor": site.contractor_id,
    }


def _known_detail(request: HttpRequest, site: ProjectSite | None, kind: str) -> dict[str, Any]:
    """Return what a site says of its asset's detail; of a road, where it may lie on its route."""
    if site is None:
        return {"route": request.GET.get("route", "")} if kind == Kind.ROAD else {}
    row = SITE_DETAILS[kind]._default_manager.filter(pk=site.pk).first()
    known = {name: getattr(row, name) for name in COLUMNS_TAKEN[kind]} if row else {}
    if kind == Kind.ROAD:
        try:
            proposal = section_proposal(site, part=_part(request))
        except RefusedByRegister:
            return known
        route = proposal.route.pk if proposal.route else None
        known |= {"route": route, "start_m": proposal.start_m, "end_m": proposal.end_m}
    return known


def _part(request: HttpRequest) -> int | None:
    """Return the part of a road that is meant, counted from 1."""
    text = request.GET.get("part", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None


def _standing(site: ProjectSite, request: HttpRequest) -> GEOSGeometry | None:
    """Return the site's geometry, None when it cannot be one asset as it is."""
    geometry = geometry_of(site)
    if site.kind != Kind.ROAD:
        return geometry
    try:
        return one_line(geometry, _part(request))
    except RefusedByRegister:
        return None


def _previewed(request: HttpRequest, forms: Forms) -> bool:
    """Whether a preview is asked for; the geometry of a file then stands in the form as text."""
    if PREVIEW not in request.POST:
        return False
    if forms.place.geometry is not None:
        data: Any = request.POST.copy()
        data[forms.place.add_prefix("text")] = forms.place.geometry.geojson
        forms.place.data = data
    return True


def _create(
    request: HttpRequest, scope: Scope, kind: str, site: ProjectSite | None, forms: Forms
) -> Asset:
    own = forms.facts.own_fields
    values = {n: v for n, v in forms.facts.cleaned_data.items() if n not in own}
    values["geometry"] = forms.geometry
    detail = dict(forms.detail.cleaned_data)
    actor: Any = request.user
    if site is not None:
        return asset_from_site(site=site, actor=actor, scope=scope, values=values, detail=detail)
    return asset_create(values={**values, "kind": kind}, detail=detail, actor=actor, scope=scope)


def _form_page(
    request: HttpRequest,
    forms: Forms,
    *,
    kind: Kind,
    asset: Asset | None = None,
    site: ProjectSite | None = None,
    status: int | None = None,
    conflicts: Sequence[tuple[Any, str, str]] = (),
) -> HttpResponse:
    refused = request.method == "POST" and any(
        form.errors for form in (forms.facts, forms.detail, forms.place)
    )
    parts = geometry_of(site) if site and forms.standing is None else None
    context = {
        "asset": asset,
        "site": site,
        "kind": kind,
        "form": forms.facts,
        "detail": forms.detail,
        "place": forms.place,
        "drawing": forms.drawing(),
        "parts": range(1, parts.num_geom + 1) if parts is not None else (),
        "conflicts": conflicts,
    }
    return render(
        request, "assets/asset_edit.html", context, status=status or (422 if refused else 200)
    )


def _conflict_page(request: HttpRequest, scope: Scope, pk: UUID, forms: Forms) -> HttpResponse:
    """Show both values of each contested field, and the form on top of what stands now."""
    asset = _asset(scope, pk)
    conflicts = forms.facts.conflicts() + forms.detail.conflicts()
    rebased = Forms(
        AssetForm(
            forms.facts.rebased(version=asset.version),
            instance=asset,
            scope=scope,
            kind=asset.kind,
        ),
        asset_detail_form(asset, scope, forms.detail.rebased()),
        forms.place,
        asset.geometry,
    )
    return _form_page(
        request, rebased, kind=Kind(asset.kind), asset=asset, status=409, conflicts=conflicts
    )
