"""From a project site to the asset that it built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from assets.kinds import ComponentState
from assets.models import Asset, Component, RoadRoute
from assets.services.asset_access import require_office
from assets.services.asset_records import asset_create
from assets.services.routes import route_create
from assets.services.site_roads import (
    geometry_of,
    one_line,
    route_values,
    section_proposal,
)
from sites.access import Scope
from sites.kinds import Kind
from sites.models import ProjectSite, VillageCentreComponent
from sites.services.authorship import authored
from sites.services.site_records import DETAIL_MODELS

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COLUMNS_TAKEN: Final[Mapping[str, tuple[str, ...]]] = {
    Kind.ROAD: (
        "technical_class",
        "pavement",
        "roadbed_width_m",
        "pavement_width_m",
        "opened_on",
    ),
    Kind.VILLAGE_CENTRE: ("households", "people"),
    Kind.WATER_WORKS: ("works_kind", "capacity_m3_per_day", "people_served"),
    Kind.HOUSING: ("danger_grade", "method", "floor_area_m2", "households"),
    Kind.FACILITY: ("facility_kind",),
}


@transaction.atomic
def asset_from_site(
    *,
    site: ProjectSite,
    actor: User | None,
    scope: Scope,
    values: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
    part: int | None = None,
) -> Asset:
    """Create the asset that a project site built.

    It takes over kind, names, area, the actual geometry (else the planned one), the columns of
    the detail, components, owner, contractor, visibility and finish. `values` and `detail` come
    before what the site says; `part` makes a section of one part of a road that has several. A
    road's route is created from the site's route code when the register has none, and its stretch
    follows the last section of the route unless `detail` gives `start_m` and `end_m`.

    Raises `NotPermitted` and `RefusedByRegister`.
    """
    site = ProjectSite.objects.visible_to(scope).select_related("area").get(pk=site.pk)
    require_office(scope, site.area_code)
    given = {"code": _free_code(site), **_shared(site), **(values or {})}
    if given.get("geometry") is None:
        given["geometry"] = geometry_of(site)
    details = {**_detail_columns(site), **(detail or {})}
    if site.kind == Kind.ROAD:
        given["geometry"] = one_line(given["geometry"], part)
        if part is not None and "declared_length_m" not in (values or {}):
            given["declared_length_m"] = None
        details |= _stretch(site, details, part, actor, scope)
    asset = asset_create(values=given, detail=details, actor=actor, scope=scope, sites=[site])
    if site.kind == Kind.VILLAGE_CENTRE:
        _take_components(site, asset, actor)
    return asset


def _shared(site: ProjectSite) -> dict[str, Any]:
    return {
        "name": site.name,
        "name_en": site.name_en,
        "kind": site.kind,
        "area": site.area,
        "visibility": site.visibility,
        "declared_length_m": site.declared_length_m,
        "built_on": site.actual_finish,
        "owner": site.owner_organisation,
        "contractor": site.contractor,
    }


def _free_code(site: ProjectSite) -> str:
    """Return the site's code, numbered from 2 when the site built several assets."""
    rows = Asset.objects.filter(code__startswith=site.code)
    taken = set(rows.values_list("code", flat=True))
    code, number = site.code, 2
    while code in taken:
        code, number = f"{site.code}-{number}", number + 1
    return code


def _detail_columns(site: ProjectSite) -> dict[str, Any]:
    detail = DETAIL_MODELS[site.kind]._default_manager.filter(pk=site.pk).first()
    return {name: getattr(detail, name) for name in COLUMNS_TAKEN[site.kind]} if detail else {}


def _stretch(
    site: ProjectSite,
    given: Mapping[str, Any],
    part: int | None,
    actor: User | None,
    scope: Scope,
) -> dict[str, Any]:
    """Return route and chainage; the route is locked, so that two officers get two stretches."""
    if all(given.get(name) is not None for name in ("route", "start_m", "end_m")):
        return {}
    proposal = section_proposal(site, route=given.get("route"), part=part)
    route = proposal.route or route_create(values=route_values(site), actor=actor, scope=scope)
    RoadRoute.objects.select_for_update(no_key=True).get(pk=route.pk)
    proposal = section_proposal(site, route=route, part=part)
    start = given.get("start_m")
    if start is None:
        start = proposal.start_m
    end = given.get("end_m")
    return {
        "route": route,
        "start_m": start,
        "end_m": start + (proposal.end_m - proposal.start_m) if end is None else end,
    }


def _take_components(site: ProjectSite, asset: Asset, actor: User | None) -> None:
    planned = VillageCentreComponent.objects.filter(village_centre=site.pk)
    with authored(actor=actor):
        Component.objects.bulk_create(
            Component(
                asset=asset,
                kind=component.kind,
                quantity=component.quantity,
                unit=component.unit,
                state=ComponentState.DONE if component.is_done else ComponentState.PLANNED,
            )
            for component in planned
        )
