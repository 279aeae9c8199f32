"""Assets as a phone shows them: light Features with what covers them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Func, QuerySet, TextField

from maintenance.models import AgreementScope
from sites.access import Scope
from sites.api.features import feature
from sites.api.geojson import write_geometry
from sites.models import Area
from sites.townships import township_names

SIMPLIFIED_DEGREES: Final = 0.000018
"""About 2 m: what a thumb and a phone's receiver cannot tell apart."""

COLUMNS: Final = (
    "id",
    "code",
    "name",
    "name_en",
    "kind",
    "state",
    "plate_code",
    "area_code",
    "township_code",
    "measured_length_m",
    "works_kind",
    "start_m",
    "end_m",
    "line",
)


class ForPhone(Func):
    """A geometry as GeoJSON text with six decimals (0.1 m), simplified by about 2 m.

    `true` keeps what would collapse to nothing; option 0 leaves out the `crs` member.
    """

    template = f"ST_AsGeoJSON(ST_Simplify(%(expressions)s, {SIMPLIFIED_DEGREES:f}, true), 6, 0)"
    output_field = TextField()


def with_phone_columns(assets: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    """Return assets as rows of what `asset_features` shows."""
    rows: QuerySet[Any, dict[str, Any]] = assets.annotate(
        works_kind=F("water_works__works_kind"),
        start_m=F("road_section__start_m"),
        end_m=F("road_section__end_m"),
        line=ForPhone(F("geometry")),
    ).values(*COLUMNS)
    return rows


def asset_features(
    rows: Sequence[dict[str, Any]], scope: Scope, on: datetime.date
) -> list[dict[str, Any]]:
    """Return rows of `with_phone_columns` as Features; three queries whatever their number."""
    covers = _covers([row["id"] for row in rows], scope, on)
    townships = township_names(row["township_code"] for row in rows)
    villages = _names({row["area_code"] for row in rows}, on)
    return [
        feature(
            row["id"],
            write_geometry(row["line"]),
            {
                **{name: row[name] for name in ("code", "name", "name_en", "kind", "state")},
                "works_kind": row["works_kind"] or "",
                "plate_code": row["plate_code"],
                "area_name": villages.get(row["area_code"], ""),
                "township_name": townships.get(row["township_code"], ""),
                "length_m": round(row["measured_length_m"] or 0, 1),
                "start_m": _metres(row["start_m"]),
                "end_m": _metres(row["end_m"]),
                "agreements": covers.get(row["id"], []),
            },
        )
        for row in rows
    ]


def _metres(value: Any) -> float | None:
    return None if value is None else float(value)


def _names(codes: set[str], on: datetime.date) -> dict[str, str]:
    found = Area.objects.in_force(on).filter(code__in=codes).only("code", "name", "name_en")
    return {area.code: area.label for area in found}


def _covers(
    keys: Sequence[UUID], scope: Scope, on: datetime.date
) -> dict[UUID, list[dict[str, Any]]]:
    """Return the agreements in force of each asset: tasks, and the stretches that they state."""
    rows = AgreementScope.objects.visible_to(scope).binding(on).filter(asset_id__in=keys)
    found: dict[UUID, dict[UUID, dict[str, Any]]] = defaultdict(dict)
    columns = ("asset_id", "agreement_id", "task", "start_m", "end_m")
    for asset, agreement, task, start_m, end_m in rows.order_by(*columns).values_list(*columns):
        entry = found[asset].setdefault(
            agreement, {"id": str(agreement), "tasks": [], "stretches": []}
        )
        if task not in entry["tasks"]:
            entry["tasks"].append(task)
        if start_m is not None:
            entry["stretches"].append(
                {"task": task, "start_m": float(start_m), "end_m": float(end_m)}
            )
    return {asset: list(entries.values()) for asset, entries in found.items()}
