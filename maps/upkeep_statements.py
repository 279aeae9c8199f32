"""From the assets, defects, orders, closures and structures of a viewer to a tile's statement.

As in `maps.tile_statements`: the rows come from `visible_to()` and the shared filters, and the
finished text is kept for each combination of layer, zoom band, scope and filter.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from maintenance.defect_filter import overdue_condition
from maintenance.kinds import OPEN_DEFECT_STATES, OPEN_ORDER_STATES
from maps.layers import LayerDefinition, Topic
from maps.sql import filled
from maps.subjects import subject_of
from maps.subjects.assets import gap_or_nothing, has_open_defects
from maps.tile_statements import MOST_LINES, WINDOW, Band
from sites.access import Scope
from sites.kinds import Kind

GAP_GROUPS = {
    "tallies": "count(*) FILTER (WHERE entry.gap NOT IN ('', 'none')) AS gaps,"
    " count(*) FILTER (WHERE entry.gap = 'none') AS managed",
    "tallied": "groups.gaps::integer AS gaps, groups.managed::integer AS managed",
    "columns": "entry.id, entry.kind, entry.state, entry.gap",
    "alone": "alone.id::text AS id, alone.kind, alone.state, alone.gap",
}
PLAIN_GROUPS = {
    "tallies": "count(*) FILTER (WHERE entry.state <> 'in_service') AS limited",
    "tallied": "groups.limited::integer AS limited",
    "columns": "entry.id, entry.kind, entry.state",
    "alone": "alone.id::text AS id, alone.kind, alone.state",
}
"""What a group of assets says: how many lack something; to the public, how many are limited."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is equal to another when both mean the same rows (see `Subject.key`)."""

    key: Hashable
    filter: Any = field(compare=False)


@lru_cache(maxsize=2048)
def upkeep_statement(layer: LayerDefinition, band: Band, scope: Scope, chosen: Chosen) -> bytes:
    """Return the statement of a layer; `%(z)s`, `%(x)s` … are left to be bound."""
    rows = subject_of(layer).rows(scope, chosen.filter)
    return DRAWN[layer.topic](layer, band, scope, rows, chosen.filter)


def _assets(
    layer: LayerDefinition, band: Band, scope: Scope, assets: QuerySet[Any], chosen: Any
) -> bytes:
    if layer.kind:
        assets = assets.filter(kind=layer.kind)
    known: dict[str, Any] = {}
    if not scope.is_public:
        known = {"gap": gap_or_nothing(chosen.as_of), "has_defects": has_open_defects(scope)}
    if band in {Band.ROWS, Band.NAMED_ROWS}:
        return _asset_rows(layer, band, assets, known)
    parts = []
    if layer.shows_lines:
        parts.append(_asset_lines(layer, assets.filter(kind=Kind.ROAD), known))
    if layer.shows_counts:
        others = assets if layer.kind else assets.exclude(kind=Kind.ROAD)
        parts.append(_asset_groups(layer, others, known))
    # Layers of a tile stand one after the other, so two tiles in a row are one with both.
    return (
        b"SELECT "
        + b" || ".join(b"COALESCE((" + part.rstrip(b"\n;") + b"\n), '')" for part in parts if part)
        if any(parts)
        else b""
    )


def _asset_rows(
    layer: LayerDefinition, band: Band, assets: QuerySet[Any], known: Mapping[str, Any]
) -> bytes:
    names = ["kind", "state", "road_class", *known]
    if band is Band.NAMED_ROWS:
        names += ["name", "code"]
    rows = assets.annotate(drawn=F("geometry_3857"), **_road_class(), **known).values(
        "id", *names, "drawn"
    )
    return _features(layer, rows, names)


def _asset_lines(layer: LayerDefinition, roads: QuerySet[Any], known: Mapping[str, Any]) -> bytes:
    names = ["kind", "state", "road_class", *known]
    rows = roads.annotate(
        drawn=F("outline_3857"),
        place=F("geometry_3857"),
        length=F("measured_length_m"),
        **_road_class(),
        **known,
    ).values("id", *names, "drawn", "place", "length")
    return _lines(layer, rows, names)


def _asset_groups(layer: LayerDefinition, assets: QuerySet[Any], known: Mapping[str, Any]) -> bytes:
    names = ["id", "kind", "state", "cluster_column", "cluster_row"]
    if not known:
        return filled("clusters", assets.values(*names), layer=layer.clusters, **PLAIN_GROUPS)
    rows = assets.annotate(gap=known["gap"]).values(*names, "gap")
    return filled("clusters", rows, layer=layer.clusters, **GAP_GROUPS)


def _road_class() -> dict[str, Any]:
    return {"road_class": F("road_section__route__road_class")}


def _defects(
    layer: LayerDefinition, band: Band, scope: Scope, defects: QuerySet[Any], chosen: Any
) -> bytes:
    del scope
    if not chosen.state and chosen.open is None:
        defects = defects.filter(state__in=OPEN_DEFECT_STATES)
    late = _truth(overdue_condition(chosen.as_of))
    names = ["kind", "state", "severity", "overdue"]
    return _points(layer, band, defects.annotate(overdue=late), names, "severity = 'serious'")


def _orders(
    layer: LayerDefinition, band: Band, scope: Scope, orders: QuerySet[Any], chosen: Any
) -> bytes:
    del scope
    if not chosen["state"]:
        orders = orders.filter(state__in=OPEN_ORDER_STATES)
    late = _truth(Q(state__in=OPEN_ORDER_STATES, due_at__lt=timezone.now()))
    names = ["kind", "state", "priority", "overdue"]
    return _points(layer, band, orders.annotate(overdue=late), names, "priority = 'urgent'")


def _points(
    layer: LayerDefinition, band: Band, rows: QuerySet[Any], names: list[str], grave: str
) -> bytes:
    """Return points of work: counted with how many are late and how many grave, or each one."""
    if band in {Band.COUNTS, Band.LINES}:
        found = rows.annotate(drawn=F("point_3857")).values("id", *names, "drawn")
        single = {n: f"min(placed.{n}::text)" for n in ["id", *names]}
        single["overdue"] = "bool_or(placed.overdue)"
        return filled(
            "points",
            found,
            layer=layer.clusters,
            tallies="count(*) FILTER (WHERE placed.overdue)::integer AS late,"
            f" count(*) FILTER (WHERE placed.{grave})::integer AS grave",
            alone=", ".join(
                f"CASE WHEN count(*) = 1 THEN {value} END AS {n}" for n, value in single.items()
            ),
        )
    names = [*names, "number", "asset_id"]
    if band is Band.NAMED_ROWS and layer.topic is Topic.ORDERS:
        rows, names = rows.annotate(name=F("title")), [*names, "name"]
    found = rows.annotate(drawn=F("point_3857")).values("id", *names, "drawn")
    return _features(layer, found, names)


def _closures(
    layer: LayerDefinition, band: Band, scope: Scope, closures: QuerySet[Any], chosen: Any
) -> bytes:
    del scope
    day = chosen.as_of
    rows = closures.filter(Q(until_date__isnull=True) | Q(until_date__gte=day)).annotate(
        current=_truth(Q(from_date__lte=day)),
        place=F("asset__geometry_3857"),
        drawn=subject_of(layer).mapped(),
        length=F("end_m") - F("start_m"),
    )
    names = ["kind", "asset_id", "from_date", "until_date", "current"]
    found = rows.values("id", *names, "drawn", "place", "length")
    del band
    return _lines(layer, found, names)


def _structures(
    layer: LayerDefinition, band: Band, scope: Scope, structures: QuerySet[Any], chosen: Any
) -> bytes:
    del scope, chosen
    names = ["kind", "asset_id", "rating_class"]
    if band is Band.NAMED_ROWS:
        names += ["name", "code"]
    rows = structures.annotate(drawn=subject_of(layer).mapped()).values(
        "id", *names, "drawn", "point"
    )
    return _features(layer, rows, names, place="point", window=f"ST_Transform({WINDOW}, 4490)")


def _truth(condition: Q) -> Combinable:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _columns(names: list[str]) -> str:
    # Keys of other records and dates go as text; ST_AsMVT would leave them out.
    as_text = {
        "asset_id": "entry.asset_id::text AS asset",
        "from_date": "entry.from_date::text AS from_date",
        "until_date": "entry.until_date::text AS until_date",
    }
    return ", ".join(["entry.id::text AS id", *(as_text.get(n, f"entry.{n}") for n in names)])


def _features(
    layer: LayerDefinition,
    rows: QuerySet[Any],
    names: list[str],
    place: str = "drawn",
    window: str = WINDOW,
) -> bytes:
    columns = _columns(names)
    return filled("features", rows, layer=layer.name, columns=columns, place=place, window=window)


def _lines(layer: LayerDefinition, rows: QuerySet[Any], names: list[str]) -> bytes:
    columns = _columns(names)
    return filled("lines", rows, layer=layer.name, columns=columns, limit=str(MOST_LINES))


Drawing = Callable[[LayerDefinition, Band, Scope, QuerySet[Any], Any], bytes]
DRAWN: Mapping[Topic, Drawing] = {
    Topic.ASSETS: _assets,
    Topic.DEFECTS: _defects,
    Topic.ORDERS: _orders,
    Topic.CLOSURES: _closures,
    Topic.STRUCTURES: _structures,
}
