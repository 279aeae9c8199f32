"""The page of one asset, its plate to print, and its page for everybody who scans the plate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assets.asset_facts import asset_changes, asset_facts, asset_powers, with_facts
from assets.forms_register import AssetMoveForm
from assets.models import Asset, Structure
from assets.section_page import section_page
from maintenance.passport import Passport, passport_of
from maintenance.plate import plate_of
from maintenance.public_asset import public_asset
from sites.access import Scope, scope_of_request
from sites.drawing import Drawing, Shape, drawing


@require_safe
@login_required
def asset_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an asset's passport to those who may see it; 404 says the same for what is not there."""
    scope = scope_of_request(request)
    asset = _asset(scope, pk)
    today = timezone.localdate()
    passport = passport_of(asset, scope, today)
    powers = asset_powers(scope, asset)
    context: dict[str, Any] = {
        "asset": asset,
        "facts": asset_facts(scope, asset, today),
        "passport": passport,
        "part": section_page(scope, asset, today),
        "changes": asset_changes(asset),
        "powers": powers,
        "form": AssetMoveForm(moves=list(powers.moves), initial={"version": asset.version}),
        "today": today,
        "warranty_days": (asset.warranty_until - today).days if asset.warranty_until else None,
        "drawing": passport_drawing(passport, scope),
        "may_print": may_print(passport, scope),
    }
    return render(request, "maintenance/asset_detail.html", context)


@require_safe
@login_required
def asset_plate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the plate to print: for the office and for the parties of the agreement in force."""
    scope = scope_of_request(request)
    asset = _asset(scope, pk)
    today = timezone.localdate()
    if not may_print(passport_of(asset, scope, today), scope):
        raise PermissionDenied
    root = settings.BASE_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"
    plate = plate_of(asset, scope, today, root=root)
    return render(request, "maintenance/asset_plate.html", {"plate": plate, "today": today})


@require_safe
def public_asset_page(request: HttpRequest, plate: str) -> HttpResponse:
    """Show to everybody what is public of the asset with a plate."""
    today = timezone.localdate()
    try:
        found = public_asset(plate.upper(), today)
    except Asset.DoesNotExist as error:
        raise Http404 from error
    shapes = [Shape(found.asset.geometry, "actual", found.asset.label)]
    picture = drawing(shapes, focus=[found.asset.geometry])
    context = {"found": found, "asset": found.asset, "drawing": picture, "today": today}
    return render(request, "maintenance/public_asset.html", context)


def may_print(passport: Passport, scope: Scope) -> bool:
    """Whether the viewer is the office of the area or a party of an agreement in force."""
    if scope.covers_area(passport.asset.area_code):
        return True
    own = set(scope.organisation_ids())
    return any(party.organisation_id in own for cover in passport.covers for party in cover.parties)


def passport_drawing(passport: Passport, scope: Scope) -> Drawing | None:
    """Return the small map of an asset: itself, its structures, its open defects."""
    asset = passport.asset
    shapes = [Shape(asset.geometry, "actual", asset.label)]
    structures = Structure.objects.visible_to(scope).filter(asset=asset)
    shapes += [Shape(structure.point, "planned", structure.label) for structure in structures]
    shapes += [
        Shape(defect.point, "neighbour", str(defect), f"/maintenance/defects/{defect.pk}/")
        for defect in passport.defects
    ]
    return drawing(shapes, focus=[asset.geometry])


def _asset(scope: Scope, pk: UUID) -> Asset:
    found: Asset = get_object_or_404(with_facts(Asset.objects.visible_to(scope)), pk=pk)
    return found
