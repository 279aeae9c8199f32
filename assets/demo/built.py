"""The home district's sites that reached acceptance, read back as plain values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from sites.demo.codes import HOME_DISTRICT_CODE
from sites.demo.state import SOURCE
from sites.kinds import Kind, State
from sites.models import (
    FacilityDetail,
    HousingDetail,
    ProjectSite,
    RoadDetail,
    StateChange,
    VillageCentreDetail,
    WaterWorksDetail,
)

TAKEN_OVER = frozenset({State.HANDED_OVER.value, State.CLOSED.value})
DETAILS: dict[str, Any] = {
    Kind.ROAD: RoadDetail,
    Kind.VILLAGE_CENTRE: VillageCentreDetail,
    Kind.WATER_WORKS: WaterWorksDetail,
    Kind.HOUSING: HousingDetail,
    Kind.FACILITY: FacilityDetail,
}
COLUMNS = (
    "pk",
    "code",
    "name",
    "name_en",
    "kind",
    "area_id",
    "area_code",
    "township_code",
    "state",
    "visibility",
    "declared_length_m",
    "actual_finish",
    "owner_organisation_id",
    "contractor_id",
    "supervisor_id",
)


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A site from completion on; `days` holds the day on which it entered each state."""

    pk: UUID
    code: str
    name: str
    name_en: str
    kind: str
    area_id: UUID
    area_code: str
    township_code: str
    state: str
    visibility: str
    declared_length_m: Decimal | None
    actual_finish: datetime.date
    owner_organisation_id: UUID | None
    contractor_id: UUID | None
    supervisor_id: UUID | None
    shape: BaseGeometry
    detail: Mapping[str, Any]
    days: Mapping[str, datetime.date]

    @property
    def is_taken_over(self) -> bool:
        """Whether it was handed over, so that an asset stands for it."""
        return self.state in TAKEN_OVER


def built_sites() -> list[BuiltSite]:
    """Return the demo's home sites that were completed, in the order of their codes."""
    states = [
        State.COMPLETED,
        State.RECTIFYING,
        State.ACCEPTED,
        State.SETTLED,
        State.HANDED_OVER,
        State.CLOSED,
    ]
    sites = ProjectSite.objects.filter(
        source=SOURCE,
        area_code__startswith=HOME_DISTRICT_CODE,
        state__in=states,
        actual_finish__isnull=False,
    )
    details = _details(sites)
    days = _days(sites)
    rows = sites.order_by("code").values(*COLUMNS, "planned_geometry")
    return [
        BuiltSite(
            shape=shapely.from_wkb(bytes(row.pop("planned_geometry").wkb)),
            detail=details.get(row["pk"], {}),
            days=days.get(row["pk"], {}),
            **row,
        )
        for row in rows
    ]


def _details(sites: Any) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for model in DETAILS.values():
        for row in model.objects.filter(site__in=sites.values("pk")).values():
            found[row.pop("site_id")] = row
    return found


def _days(sites: Any) -> dict[UUID, dict[str, datetime.date]]:
    found: dict[UUID, dict[str, datetime.date]] = {}
    moves = StateChange.objects.filter(site__in=sites.values("pk")).order_by("at")
    for site, state, day in moves.values_list("site_id", "to_state", "effective_on"):
        found.setdefault(site, {})[state] = day
    return found
