"""What is told about one asset: facts of its kind, its sources, its map, its moves."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from assets.chainage import ChainageRange
from assets.fields import BY_NAME, COMPUTED, KIND_FIELDS
from assets.history import asset_history
from assets.models import Asset, Component, WaterQualityTest
from assets.services.asset_access import office_roles_for
from assets.transitions import AssetMove, asset_moves_from
from assets.water_verdict import WaterVerdict, verdict_of
from sites.access import Scope
from sites.drawing import Drawing, Shape, drawing
from sites.history_words import ChangeSet, change_sets, value_words
from sites.kinds import Kind
from sites.lengths import LengthCheck, length_check
from sites.models import Area, ProjectSite
from sites.site_facts import Fact

HISTORY_LIMIT: Final = 200
TESTS_SHOWN: Final = 10
IN_CHAINAGE: Final = frozenset({"route", "route_no", "county_code", "start_m", "end_m"})
"""Fields of a road that stand together as route and stretch."""


@dataclass(frozen=True, slots=True)
class AssetFacts:
    """What the page of an asset shows of the register.

    `length` compares the declared length with the measured one, `stretch_length` the stretch
    between the chainages with the measured one; None where a length is not known.
    """

    asset: Asset
    facts: tuple[Fact, ...]
    stretch: ChainageRange | None
    length: LengthCheck | None
    stretch_length: LengthCheck | None
    sources: tuple[ProjectSite, ...]
    areas: tuple[Area, ...]
    drawing: Drawing | None
    components: tuple[Component, ...]
    components_done: int | None
    water: WaterVerdict | None
    water_tests: tuple[WaterQualityTest, ...]
    warranty_runs: bool


@dataclass(frozen=True, slots=True)
class AssetPowers:
    """What a viewer may do to the record of an asset; the services check it once more."""

    may_edit: bool
    moves: tuple[AssetMove, ...]


def asset_facts(scope: Scope, asset: Asset, today: datetime.date) -> AssetFacts:
    """Return the facts of an asset that the viewer sees; six statements at most.

    The asset should come with its detail, `road_section__route` included (`with_facts`).
    """
    section: Any = getattr(asset, "road_section", None)
    stretch = ChainageRange(section.start_m, section.end_m) if section else None
    is_water, is_centre = asset.kind == Kind.WATER_WORKS, asset.kind == Kind.VILLAGE_CENTRE
    areas = _areas_above(asset)
    parts = tuple(asset.components.order_by("kind")) if is_centre else ()
    tests = asset.water_tests.filter(corrections__isnull=True) if is_water else None
    return AssetFacts(
        asset=asset,
        facts=tuple(kind_facts(asset)),
        stretch=stretch,
        length=length_check(asset.declared_length_m, asset.measured_length_m),
        stretch_length=length_check(stretch.length_m if stretch else None, asset.measured_length_m),
        sources=source_sites(scope, asset),
        areas=areas,
        drawing=asset_drawing(asset.geometry, areas[-2:]),
        components=parts,
        components_done=_done_percent(parts),
        water=verdict_of(asset) if is_water and hasattr(asset, "water_works") else None,
        water_tests=tuple(tests[:TESTS_SHOWN]) if tests is not None else (),
        warranty_runs=asset.warranty_until is not None and asset.warranty_until >= today,
    )


def with_facts(assets: Any) -> Any:
    """Return assets with what `asset_facts` reads beside the shared columns, in one statement."""
    found = assets.select_related(
        "area",
        "owner",
        "upkeep_party",
        "contractor",
        "road_section__route",
        "water_works",
        "village_centre",
        "house",
        "facility",
    )
    unused = ("geometry_3857", "outline_3857", "search_text", "area__boundary", "area__centre")
    return found.defer(*unused)


def asset_changes(asset: Asset) -> list[ChangeSet]:
    """Return what was changed on an asset, the newest first, in words."""
    return change_sets(asset_history(asset, limit=HISTORY_LIMIT), BY_NAME)


def asset_powers(scope: Scope, asset: Asset) -> AssetPowers:
    """Return what the viewer may do."""
    held = office_roles_for(scope, asset.area_code)
    moves = tuple(asset_moves_from(asset.state, held))
    return AssetPowers(may_edit=bool(held) and bool(moves), moves=moves)


def kind_facts(asset: Asset) -> list[Fact]:
    """Return the fields of the asset's own kind; a road's route and stretch stand elsewhere."""
    return [
        Fact(entry.label, value_words(entry.name, _value(asset, entry.path), BY_NAME))
        for entry in KIND_FIELDS
        if asset.kind in entry.kinds
        and entry.name not in COMPUTED | IN_CHAINAGE
        and not entry.restricted
    ]


def source_sites(scope: Scope, asset: Asset) -> tuple[ProjectSite, ...]:
    """Return the project sites that built the asset and that the viewer sees."""
    sites = ProjectSite.objects.visible_to(scope).filter(asset_sources__asset=asset)
    return tuple(sites.only("code", "name", "name_en", "state", "year").order_by("code"))


def asset_drawing(geometry: GEOSGeometry, areas: Iterable[Area]) -> Drawing | None:
    """Return the small map of an asset: the units that it lies in, and itself."""
    shapes = [Shape(area.boundary, f"area-{area.level}") for area in areas if area.boundary]
    shapes.append(Shape(geometry, "actual", _("As built")))
    return drawing(shapes, focus=[geometry])


def _done_percent(parts: Iterable[Component]) -> int | None:
    """Return the share of done components by weight, in percent; None without components."""
    weights = [(part.weight, part.state == "done") for part in parts]
    whole = sum(weight for weight, _done in weights)
    done = sum(weight for weight, is_done in weights if is_done)
    return round(done * 100 / whole) if whole else None


def _areas_above(asset: Asset) -> tuple[Area, ...]:
    """Return the units from the district down to the asset's own, with their boundaries."""
    above = {asset.area_code[:digits] for digits in (6, 9, 12) if len(asset.area_code) >= digits}
    return tuple(Area.objects.filter(code__in=above, valid_to__isnull=True).order_by("code"))


def _value(asset: Asset, path: str) -> Any:
    value: Any = asset
    for step in path.split("__"):
        try:
            value = getattr(value, step)
        except ObjectDoesNotExist:
            return None
    return value
