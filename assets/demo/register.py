"""Writes routes, assets with the detail of their kind, and where each came from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import numpy as np
from shapely.geometry.base import BaseGeometry

from assets.demo.built import BuiltSite
from assets.demo.sections import Section, county_code, sections_of
from assets.demo.works import components_of, water_columns
from assets.models import (
    Asset,
    AssetSource,
    Component,
    Facility,
    House,
    RoadRoute,
    RoadSection,
    VillageCentre,
    WaterWorks,
)
from assets.models.asset import new_plate_code
from sites.demo.copying import Record, as_stored, copy_records
from sites.identifiers import new_id
from sites.kinds import Kind

CLASS_OF_LETTER = {"X": "county", "Y": "township", "C": "village", "Z": "special"}
YUAN_A_KM = {"county": 1_350_000, "township": 820_000, "village": 560_000, "special": 700_000}
YUAN_A_WORKS = {
    Kind.VILLAGE_CENTRE: 2_600_000,
    Kind.WATER_WORKS: 420_000,
    Kind.HOUSING: 26_000,
    Kind.FACILITY: 1_400_000,
}
WARRANTY_YEARS = {Kind.ROAD: 2, Kind.VILLAGE_CENTRE: 2, Kind.WATER_WORKS: 1, Kind.FACILITY: 2}


@dataclass(frozen=True, slots=True)
class DemoAsset:
    """An asset as it was stored: what the upkeep of the demo needs to know of it."""

    pk: UUID
    site: BuiltSite
    shape: BaseGeometry
    name: str
    cost: Decimal
    warranty_until: datetime.date
    section: Section | None = None

    @property
    def kind(self) -> str:
        """Kind of the asset."""
        return self.site.kind

    @property
    def length_m(self) -> Decimal:
        """Length of a road section in metres; 0 for everything else."""
        return self.section.length_m if self.section else Decimal(0)


def write_assets(sites: Sequence[BuiltSite], rng: np.random.Generator) -> list[DemoAsset]:
    """Store an asset for each site that was handed over, one for each line of a road."""
    taken = [site for site in sites if site.is_taken_over]
    sections = sections_of([site for site in taken if site.kind == Kind.ROAD])
    assets = [_road(section, rng) for section in sections]
    assets += [_other(site, rng) for site in taken if site.kind != Kind.ROAD]
    shapes = as_stored(asset.shape for asset in assets)
    copy_records(
        Asset,
        (_asset_row(a, shape, rng) for a, shape in zip(assets, shapes, strict=True)),
    )
    copy_records(AssetSource, ({"asset_id": a.pk, "site_id": a.site.pk} for a in assets))
    _write_roads(assets)
    _write_details(assets, rng)
    return assets


def _road(section: Section, rng: np.random.Generator) -> DemoAsset:
    site = section.site
    name = site.name if section.parts == 1 else f"{site.name}(第{section.part + 1}段)"
    price = YUAN_A_KM[CLASS_OF_LETTER[section.route_no[0]]]
    cost = _rounded(float(section.length_m) / 1000 * price * rng.uniform(0.85, 1.2))
    return DemoAsset(new_id(), site, section.line, name, cost, _warranty(site), section)


def _other(site: BuiltSite, rng: np.random.Generator) -> DemoAsset:
    cost = _rounded(YUAN_A_WORKS[Kind(site.kind)] * rng.uniform(0.5, 1.6))
    return DemoAsset(new_id(), site, site.shape, site.name, cost, _warranty(site))


def _rounded(yuan: float) -> Decimal:
    return Decimal(round(yuan / 100) * 100)


def _warranty(site: BuiltSite) -> datetime.date:
    years = WARRANTY_YEARS.get(Kind(site.kind), 1)
    return site.actual_finish + datetime.timedelta(days=365 * years)


def _asset_row(asset: DemoAsset, shape: str | None, rng: np.random.Generator) -> Record:
    site = asset.site
    draw = rng.random()
    works_kind = str(site.detail.get("works_kind", ""))
    earns = works_kind in {"central_supply", "network_extension"}
    return {
        "id": asset.pk,
        "code": f"A-{site.code}{_part_suffix(asset)}",
        "name": asset.name,
        "name_en": site.name_en,
        "kind": site.kind,
        "area_id": site.area_id,
        "state": "restricted"
        if draw > 0.985
        else "out_of_service"
        if draw > 0.975
        else "in_service",
        "visibility": site.visibility,
        "operating_class": "quasi_operating" if earns else "non_operating",
        "geometry": shape,
        "declared_length_m": asset.length_m or None
        if _part_suffix(asset)
        else site.declared_length_m,
        "built_on": site.actual_finish,
        "warranty_until": asset.warranty_until,
        "cost": asset.cost,
        "owner_id": site.owner_organisation_id,
        "upkeep_party_id": site.owner_organisation_id,
        "contractor_id": site.contractor_id,
        "plate_code": new_plate_code(),
        "note": "",
    }


def _part_suffix(asset: DemoAsset) -> str:
    section = asset.section
    return f"-{section.part + 1}" if section and section.parts > 1 else ""


def _write_roads(assets: Sequence[DemoAsset]) -> None:
    sections = [asset.section for asset in assets if asset.section]
    routes = {section.route_no: new_id() for section in sections}
    ends = _route_ends(sections)
    copy_records(
        RoadRoute,
        (
            {
                "id": pk,
                "route_no": number,
                "county_code": county_code(),
                "name": f"{ends[number][0]}—{ends[number][1]}",
                "name_en": "",
                "road_class": CLASS_OF_LETTER[number[0]],
                "start_name": ends[number][0],
                "end_name": ends[number][1],
            }
            for number, pk in routes.items()
        ),
    )
    copy_records(
        RoadSection,
        (
            _section_row(asset.pk, asset.section, routes[asset.section.route_no])
            for asset in assets
            if asset.section
        ),
    )


def _route_ends(sections: Sequence[Section]) -> dict[str, tuple[str, str]]:
    ends: dict[str, tuple[str, str]] = {}
    for section in sections:
        detail = section.site.detail
        first = ends.get(section.route_no, (str(detail["start_name"]), ""))[0]
        ends[section.route_no] = (first, str(detail["end_name"]))
    return ends


def _section_row(asset: UUID, section: Section, route: UUID) -> Record:
    detail = section.site.detail
    paved = detail["pavement"] in {"asphalt", "cement", "simple"}
    county = section.route_no.startswith("X")
    return {
        "asset_id": asset,
        "route_id": route,
        "start_m": section.start_m,
        "end_m": section.end_m,
        "technical_class": detail["technical_class"],
        "pavement": detail["pavement"],
        "roadbed_width_m": detail["roadbed_width_m"],
        "pavement_width_m": detail["pavement_width_m"],
        "lanes": 2 if county else 1,
        "design_speed_kmh": 30 if county else 20,
        "opened_on": detail["opened_on"] or section.site.actual_finish,
        "renewed_on": None,
        "is_all_season": paved,
        "all_season_basis": "paved" if paved else "unknown",
    }


def _write_details(assets: Sequence[DemoAsset], rng: np.random.Generator) -> None:
    of_kind = {kind: [a for a in assets if a.kind == kind] for kind in Kind}
    works = of_kind[Kind.WATER_WORKS]
    copy_records(
        WaterWorks, ({"asset_id": a.pk, **water_columns(a.site.detail, rng)} for a in works)
    )
    centres = of_kind[Kind.VILLAGE_CENTRE]
    columns = ("households", "people")
    copy_records(
        VillageCentre,
        ({"asset_id": a.pk, **{name: a.site.detail[name] for name in columns}} for a in centres),
    )
    copy_records(Component, components_of({a.site.pk: a.pk for a in centres}, rng))
    copy_records(House, _houses(of_kind[Kind.HOUSING]))
    copy_records(
        Facility,
        (
            {"asset_id": a.pk, "facility_kind": a.site.detail["facility_kind"]}
            for a in of_kind[Kind.FACILITY]
        ),
    )


def _houses(assets: Sequence[DemoAsset]) -> Iterator[Record]:
    for asset in assets:
        names = ("danger_grade", "method", "floor_area_m2", "households")
        yield {"asset_id": asset.pk, **{name: asset.site.detail[name] for name in names}}
