"""Writes generated sites with all that belongs to them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sites.demo.copying import Record, as_stored, copy_records
from sites.demo.records import DemoComponent, DemoEntry, DemoMilestone, DemoMove, DemoSite
from sites.demo.state import SOURCE
from sites.identifiers import new_id
from sites.models import (
    FacilityDetail,
    HouseholdRecord,
    HousingDetail,
    Milestone,
    PlannedProgress,
    ProgressEntry,
    ProgressReview,
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

    to: References

    def store(self, sites: Sequence[DemoSite]) -> None:
        """COPY the sites, then their details, households and histories."""
        pairs = [(new_id(), site) for site in sites]
        shapes = as_stored(site.planned for site in sites)
        copy_records(
            ProjectSite,
            (
                self._site(identifier, site, shape)
                for (identifier, site), shape in zip(pairs, shapes, strict=True)
            ),
        )
        for kind, model in DETAILS.items():
            copy_records(model, ({"site_id": i, **s.detail} for i, s in pairs if s.kind == kind))
        copy_records(
            VillageCentreComponent, (_component(i, c) for i, s in pairs for c in s.components)
        )
        copy_records(
            HouseholdRecord,
            (
                {"site_id": i, "reference": f"HH-{site.code}"}
                for i, site in pairs
                if site.kind == "housing"
            ),
        )
        copy_records(StateChange, (_move(i, move) for i, site in pairs for move in site.moves))
        copy_records(
            Milestone, (self._milestone(i, node) for i, site in pairs for node in site.milestones)
        )
        self._progress(pairs)

    def _progress(self, pairs: Sequence[tuple[UUID, DemoSite]]) -> None:
        """COPY what was reported, what the office sent back, and the planned curves."""
        rows = [
            (i, site, entry, new_id())
            for i, site in pairs
            for entry in (*site.entries, *site.awaited)
        ]
        places = as_stored(entry.position for _, _, entry, _ in rows)
        copy_records(
            ProgressEntry,
            (_entry(*row, place) for row, place in zip(rows, places, strict=True)),
        )
        copy_records(
            ProgressReview,
            (
                {
                    "id": new_id(),
                    "entry_id": key,
                    "verdict": "returned",
                    "reason": entry.returned,
                    "at": noon(entry.on, hours=2),
                }
                for _, _, entry, key in rows
                if entry.returned
            ),
        )
        copy_records(
            PlannedProgress,
            (
                {"id": new_id(), "site_id": i, "on": point.on, "percent": point.percent}
                for i, site in pairs
                for point in site.curve
            ),
        )

    def _site(self, identifier: UUID, site: DemoSite, shape: str | None) -> Record:
        body = self.to.organisations.get
        return {
            "id": identifier,
            "code": site.code,
            "name": site.name,
            "name_en": site.name_en,
            "kind": site.kind,
            "category_id": self.to.categories[site.category],
            "programme_id": self.to.programmes[site.programme],
            "year": site.year,
            "area_id": self.to.areas[site.area_code],
            "state": site.state,
            "visibility": site.visibility,
            "is_key_plan": site.is_key_plan,
            "planned_geometry": shape,
            "actual_geometry": None if site.actual is None else shape,
            "declared_length_m": site.declared_length_m,
            "planned_start": site.planned_start,
            "planned_finish": site.planned_finish,
            "actual_start": site.actual_start,
            "actual_finish": site.actual_finish,
            "progress_percent": site.progress_percent,
            "owner_organisation_id": body(site.owner),
            "contractor_id": body(site.contractor),
            "supervisor_id": body(site.supervisor),
            "source": SOURCE,
            "source_id": site.code,
        }

    def _milestone(self, site: UUID, node: DemoMilestone) -> Record:
        return {
            "id": new_id(),
            "site_id": site,
            "kind": node.kind,
            "due_on": node.due_on,
            "done_on": node.done_on,
            "responsible_id": self.to.organisations.get(node.responsible),
        }


def _component(site: UUID, part: DemoComponent) -> Record:
    return {
        "id": new_id(),
        "village_centre_id": site,
        "kind": part.kind,
        "quantity": part.quantity,
        "unit": part.unit,
        "is_done": part.is_done,
    }


def _move(site: UUID, move: DemoMove) -> Record:
    return {
        "id": new_id(),
        "site_id": site,
        "from_state": move.from_state,
        "to_state": move.to_state,
        "role": move.role,
        "effective_on": move.on,
        "at": noon(move.on),
        "reason": move.reason,
        "evidence": "",
    }


def _entry(
    identifier: UUID, site: DemoSite, entry: DemoEntry, key: UUID, place: str | None
) -> Record:
    declared = site.declared_length_m if site.kind == "road" else None
    return {
        "id": key,
        "site_id": identifier,
        "quantity": None if declared is None else round(declared * entry.percent / 100_000, 3),
        "needs_review": entry.needs_review,
        "reported_on": entry.on,
        "percent": entry.percent,
        "note": entry.note,
        "position": place,
        "accuracy_m": entry.accuracy_m,
        "captured_at": noon(entry.on),
        "received_at": noon(entry.on, hours=1),
        "photo_sha256": "",
    }
