"""Writes generated sites with all that belongs to them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sites.demo.copying import as_stored, copy_rows
from sites.demo.records import DemoSite
from sites.demo.state import SOURCE
from sites.identifiers import new_id
from sites.models import (
    FacilityDetail,
    HouseholdRecord,
    HousingDetail,
    Milestone,
    ProgressEntry,
    ProjectSite,
    RoadDetail,
    StateChange,
    VillageCentreComponent,
    VillageCentreDetail,
    WaterWorksDetail,
)

CHINA = datetime.timezone(datetime.timedelta(hours=8))
DETAILS = {
    "road": RoadDetail,
    "village_centre": VillageCentreDetail,
    "water_works": WaterWorksDetail,
    "housing": HousingDetail,
    "facility": FacilityDetail,
}


@dataclass(frozen=True, slots=True)
class References:
    """Identifiers of what sites refer to, by code or key."""

    areas: Mapping[str, UUID]
    organisations: Mapping[str, UUID]
    programmes: Mapping[str, UUID]
    categories: Mapping[str, int]


def noon(day: datetime.date, hours: int = 0) -> datetime.datetime:
    """The middle of a day in China, some hours later."""
    return datetime.datetime.combine(day, datetime.time(11 + hours), CHINA)


@dataclass(frozen=True, slots=True)
class SiteWriter:
    """Stores sites and their parts."""

    references: References

    def store(self, sites: Sequence[DemoSite]) -> None:
        """COPY the sites, then their details, households and histories."""
        ids = [new_id() for _ in sites]
        self._site_rows(sites, ids)
        for kind in DETAILS:
            self._details(kind, [(i, s) for i, s in zip(ids, sites, strict=True) if s.kind == kind])
        self._components(sites, ids)
        self._households(sites, ids)
        self._histories(sites, ids)

    def _site_rows(self, sites: Sequence[DemoSite], ids: list[UUID]) -> None:
        columns = (
            "id",
            "code",
            "name",
            "name_en",
            "kind",
            "category_id",
            "programme_id",
            "year",
            "area_id",
            "state",
            "visibility",
            "is_key_plan",
            "planned_geometry",
            "actual_geometry",
            "declared_length_m",
            "planned_start",
            "planned_finish",
            "actual_start",
            "actual_finish",
            "progress_percent",
            "owner_organisation_id",
            "contractor_id",
            "supervisor_id",
            "source",
            "source_id",
        )
        planned = as_stored(site.planned for site in sites)
        body = self.references.organisations.get
        copy_rows(
            ProjectSite,
            columns,
            (
                (
                    i,
                    s.code,
                    s.name,
                    s.name_en,
                    s.kind,
                    self.references.categories[s.category],
                    self.references.programmes[s.programme],
                    s.year,
                    self.references.areas[s.area_code],
                    s.state,
                    s.visibility,
                    s.is_key_plan,
                    shape,
                    None if s.actual is None else shape,
                    s.declared_length_m,
                    s.planned_start,
                    s.planned_finish,
                    s.actual_start,
                    s.actual_finish,
                    s.progress_percent,
                    body(s.owner),
                    body(s.contractor),
                    body(s.supervisor),
                    SOURCE,
                    s.code,
                )
                for i, s, shape in zip(ids, sites, planned, strict=True)
            ),
        )

    def _details(self, kind: str, pairs: list[tuple[UUID, DemoSite]]) -> None:
        if not pairs:
            return
        columns = tuple(pairs[0][1].detail)
        copy_rows(
            DETAILS[kind],
            ("site_id", *columns),
            ((i, *(site.detail[column] for column in columns)) for i, site in pairs),
        )

    def _components(self, sites: Sequence[DemoSite], ids: list[UUID]) -> None:
        copy_rows(
            VillageCentreComponent,
            ("id", "village_centre_id", "kind", "quantity", "unit", "is_done"),
            (
                (new_id(), i, part.kind, part.quantity, part.unit, part.is_done)
                for i, site in zip(ids, sites, strict=True)
                for part in site.components
            ),
        )

    def _households(self, sites: Sequence[DemoSite], ids: list[UUID]) -> None:
        copy_rows(
            HouseholdRecord,
            ("site_id", "reference"),
            (
                (i, f"HH-{site.code}")
                for i, site in zip(ids, sites, strict=True)
                if site.kind == "housing"
            ),
        )

    def _histories(self, sites: Sequence[DemoSite], ids: list[UUID]) -> None:
        pairs = list(zip(ids, sites, strict=True))
        copy_rows(
            StateChange,
            (
                "id",
                "site_id",
                "from_state",
                "to_state",
                "role",
                "effective_on",
                "at",
                "reason",
                "evidence",
            ),
            (
                (
                    new_id(),
                    i,
                    move.from_state,
                    move.to_state,
                    move.role,
                    move.on,
                    noon(move.on),
                    move.reason,
                    "",
                )
                for i, site in pairs
                for move in site.moves
            ),
        )
        copy_rows(
            Milestone,
            ("id", "site_id", "kind", "due_on", "done_on", "responsible_id"),
            (
                (
                    new_id(),
                    i,
                    node.kind,
                    node.due_on,
                    node.done_on,
                    self.references.organisations.get(node.responsible),
                )
                for i, site in pairs
                for node in site.milestones
            ),
        )
        entries = [(i, entry) for i, site in pairs for entry in site.entries]
        places = as_stored(entry.position for _, entry in entries)
        copy_rows(
            ProgressEntry,
            (
                "id",
                "site_id",
                "reported_on",
                "percent",
                "note",
                "position",
                "accuracy_m",
                "captured_at",
                "received_at",
                "photo_sha256",
            ),
            (
                (
                    new_id(),
                    i,
                    entry.on,
                    entry.percent,
                    entry.note,
                    place,
                    entry.accuracy_m,
                    noon(entry.on),
                    noon(entry.on, hours=1),
                    "",
                )
                for (i, entry), place in zip(entries, places, strict=True)
            ),
        )
