"""Schedules, patrols and inspections of the demo's year, and what the checks found wrong."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

import numpy as np
from django.db import connection

from assets.demo.on_roads import place_at
from assets.demo.register import DemoAsset
from maintenance.demo.cast import Cast, Year
from maintenance.demo.pacts import ROADS, Pact
from maintenance.models import (
    CheckAnswer,
    ChecklistItem,
    Inspection,
    Patrol,
    PatrolPlan,
    PatrolStop,
    UpkeepStandard,
)
from sites.demo.copying import Record, as_stored, copy_records
from sites.demo.site_rows import noon
from sites.identifiers import new_id
from sites.kinds import Kind

FAILURE: Final = 0.011
"""How often an answer is “not in order”."""
SAMPLE: Final = 8
"""Assets that the supervisor looks at in a month under one agreement."""
NEGLECTED: Final = 0.06
"""Share of assets whose last check is long ago."""
STOPS: Final = 12
WEEK_DAYS: Final = 7
MOVE_SCHEDULES_SQL: Final = """
UPDATE maintenance_upkeepschedule schedule
SET last_done_on = latest.day,
    next_due_on = COALESCE(latest.day, %(first)s::date) + schedule.frequency_days
FROM maintenance_upkeepschedule planned
JOIN assets_asset asset ON asset.id = planned.asset_id AND asset.kind <> 'housing'
LEFT JOIN LATERAL (
    SELECT max(inspection.inspected_at)::date AS day FROM maintenance_inspection inspection
    WHERE inspection.asset_id = planned.asset_id AND inspection.standard_id = planned.standard_id
) latest ON true
WHERE schedule.id = planned.id
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed answer of an inspection, from which a defect follows."""

    answer: UUID
    item: ChecklistItem
    asset: DemoAsset
    pact: Pact | None
    inspection: UUID
    at: datetime.datetime
    kind: str
    organisation: UUID | None


@dataclass(frozen=True, slots=True)
class Check:
    """One inspection to be written."""

    pk: UUID
    asset: DemoAsset
    standard: UpkeepStandard
    pact: Pact | None
    patrol: UUID | None
    kind: str
    at: datetime.datetime
    organisation: UUID | None


class Rounds:
    """Makes the year's rounds; `failures` holds what they found wrong, in order of time."""

    def __init__(self, cast: Cast, year: Year, rng: np.random.Generator) -> None:
        self.cast, self.year, self.rng = cast, year, rng
        self.failures: list[Failure] = []
        self._standards = _standards()
        self._items = _items()

    def write(self, assets: Sequence[DemoAsset], pacts: Sequence[Pact]) -> None:
        """Store plans, patrols, inspections with their answers, and the schedules they leave."""
        plans = [plan for pact in pacts if pact.holds_on(self.year.as_of) for plan in _plans(pact)]
        copy_records(PatrolPlan, (self._plan_row(*plan) for plan in plans))
        copy_records(PatrolStop, (row for plan in plans for row in _stops(*plan)))
        patrols = [patrol for plan in plans for patrol in self._patrols(*plan)]
        tracks = as_stored(track for _row, track in patrols)
        copy_records(
            Patrol,
            ({**row, "track": track} for (row, _t), track in zip(patrols, tracks, strict=True)),
        )
        checks = sorted(self._checks(assets, pacts), key=lambda check: check.at)
        answers: list[Record] = []
        copy_records(Inspection, (self._inspection_row(check, answers) for check in checks))
        copy_records(CheckAnswer, answers)
        _move_schedules_on(self.year)

    def _plan_row(self, pk: UUID, pact: Pact, organisation: UUID, kind: str, days: int) -> Record:
        slip = int(self.rng.integers(-4, days))
        return {
            "id": pk,
            "agreement_id": pact.pk,
            "organisation_id": organisation,
            "name": f"{pact.number} {'日常巡查' if kind == 'daily' else '定期巡查'}",
            "kind": kind,
            "frequency_days": days,
            "next_due_on": self.year.as_of + datetime.timedelta(days=slip),
        }

    def _patrols(
        self, plan: UUID, pact: Pact, organisation: UUID, kind: str, days: int
    ) -> Iterator[tuple[Record, object]]:
        day = pact.starts_on + datetime.timedelta(days=int(self.rng.integers(1, days + 1)))
        while day < self.year.as_of:
            if self.rng.random() > 0.05:
                started = noon(day) - datetime.timedelta(hours=3)
                asset = pact.assets[int(self.rng.integers(len(pact.assets)))]
                row = {
                    "id": new_id(),
                    "agreement_id": pact.pk,
                    "plan_id": plan,
                    "kind": kind,
                    "started_at": started,
                    "ended_at": started
                    + datetime.timedelta(minutes=int(self.rng.integers(70, 260))),
                    "note": "",
                    "organisation_id": organisation,
                }
                yield row, asset.shape if asset.section else None
            day += datetime.timedelta(days=days)

    def _checks(self, assets: Sequence[DemoAsset], pacts: Sequence[Pact]) -> Iterator[Check]:
        for pact in pacts:
            if pact.was_in_force:
                yield from self._daily_watch(pact)
                yield from self._supervision(pact)
        covered = {asset.pk for pact in pacts if pact.was_in_force for asset in pact.assets}
        for asset in assets:
            # Nobody keeps it up by agreement; the township looks in once or twice a year.
            if asset.pk not in covered and asset.kind != Kind.HOUSING and self.rng.random() > 0.4:
                day = self.year.as_of - datetime.timedelta(days=int(self.rng.integers(30, 300)))
                office = self.cast.governments[asset.site.township_code]
                yield from self._check(asset, None, "township", day, office)

    def _daily_watch(self, pact: Pact) -> Iterator[Check]:
        """The cooperative's own checks: each asset once a quarter and in the last weeks."""
        watcher = pact.parties["participant"]
        last = min(self.year.as_of, pact.last_day)
        for number, asset in enumerate(pact.assets):
            neglected = self.rng.random() < NEGLECTED
            for month in range(number % 3, 12, 3):
                day = self.year.month(month) + datetime.timedelta(days=int(self.rng.integers(27)))
                if day <= last and not (neglected and month > 6):
                    yield from self._check(asset, pact, "patrol", day, watcher)
            for standard in () if neglected else self._of(asset):
                ago = int(self.rng.integers(1, standard.frequency_days))
                day = last - datetime.timedelta(days=ago)
                yield from self._check(asset, pact, "patrol", day, watcher, standard)

    def _supervision(self, pact: Pact) -> Iterator[Check]:
        """The association's monthly sample; where there is none, the township's quarterly one."""
        supervisor = pact.parties.get("supervisor")
        months = range(12) if supervisor else range(1, 12, 3)
        kind = "supervision" if supervisor else "township"
        for month in months:
            number = min(SAMPLE, len(pact.assets))
            for place in self.rng.choice(len(pact.assets), number, replace=False):
                day = self.year.month(month) + datetime.timedelta(
                    days=int(self.rng.integers(19, 27))
                )
                if pact.holds_on(day) and day < self.year.as_of:
                    body = supervisor or pact.parties["client"]
                    yield from self._check(pact.assets[int(place)], pact, kind, day, body)

    def _of(self, asset: DemoAsset) -> list[UpkeepStandard]:
        """Return the standards of an asset, the most frequent first."""
        kind, works = asset.kind, str(asset.site.detail.get("works_kind", ""))
        return [
            *self._standards.get((kind, ""), []),
            *self._standards.get((kind, works or "-"), []),
        ]

    def _check(
        self,
        asset: DemoAsset,
        pact: Pact | None,
        kind: str,
        day: datetime.date,
        body: UUID,
        standard: UpkeepStandard | None = None,
    ) -> Iterator[Check]:
        """Yield a check by a standard, else by the asset's least frequent and most thorough one."""
        chosen = [standard] if standard else self._of(asset)
        if chosen:
            at = noon(day) + datetime.timedelta(minutes=int(self.rng.integers(-200, 240)))
            yield Check(new_id(), asset, chosen[-1], pact, None, kind, at, body)

    def _inspection_row(self, check: Check, answers: list[Record]) -> Record:
        lost = Decimal(0)
        for item in self._items[check.standard.pk]:
            failed = self.rng.random() < FAILURE
            answer = new_id()
            answers.append(
                {
                    "id": answer,
                    "inspection_id": check.pk,
                    "item_id": item.pk,
                    "result": "failed" if failed else "ok",
                    "note": "",
                }
            )
            if failed:
                lost += item.points
                self.failures.append(
                    Failure(
                        answer,
                        item,
                        check.asset,
                        check.pact,
                        check.pk,
                        check.at,
                        check.kind,
                        check.organisation,
                    )
                )
        return {
            "id": check.pk,
            "asset_id": check.asset.pk,
            "agreement_id": check.pact.pk if check.pact else None,
            "standard_id": check.standard.pk,
            "kind": check.kind,
            "inspected_at": check.at,
            "score": max(Decimal(0), 100 - lost),
            "note": "",
            "organisation_id": check.organisation,
        }


def _move_schedules_on(year: Year) -> None:
    """Set the schedules to what the year's checks leave: an asset never checked is long overdue."""
    with connection.cursor() as cursor:
        cursor.execute(MOVE_SCHEDULES_SQL, {"first": year.first})


def _standards() -> dict[tuple[str, str], list[UpkeepStandard]]:
    """Standards by kind of asset and of works, the most frequent first."""
    found: dict[tuple[str, str], list[UpkeepStandard]] = {}
    for standard in UpkeepStandard.objects.filter(is_active=True).order_by("frequency_days"):
        found.setdefault((standard.asset_kind, standard.works_kind), []).append(standard)
    return found


def _items() -> dict[UUID, list[ChecklistItem]]:
    found: dict[UUID, list[ChecklistItem]] = {}
    for item in ChecklistItem.objects.filter(is_active=True).order_by("standard", "position"):
        found.setdefault(item.standard_id, []).append(item)
    return found


def _plans(pact: Pact) -> Iterator[tuple[UUID, Pact, UUID, str, int]]:
    yield new_id(), pact, pact.parties["participant"], "daily", WEEK_DAYS
    if pact.terms is ROADS:
        yield new_id(), pact, pact.parties["supervisor"], "periodic", 30


def _stops(plan: UUID, pact: Pact, _body: UUID, _kind: str, _days: int) -> Iterator[Record]:
    for position, asset in enumerate(pact.assets[:STOPS], start=1):
        yield {"id": new_id(), "plan_id": plan, "position": position, "asset_id": asset.pk}


def spot_on(asset: DemoAsset, rng: np.random.Generator) -> tuple[Decimal | None, object]:
    """Return a chainage and a point on an asset: on a section's line, else its centre."""
    if asset.section:
        return place_at(asset.section, float(rng.uniform(0.02, 0.98)))
    return None, asset.shape.representative_point()
