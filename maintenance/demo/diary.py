"""Log entries of the demo's year: what crews wrote down, with photos, and their review."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

import numpy as np

from assets.demo.register import DemoAsset
from maintenance.demo.cast import Year
from maintenance.demo.pacts import Pact
from maintenance.demo.pictures import Album, look_of
from maintenance.demo.repairs import WORK, Job
from maintenance.demo.rounds import spot_on
from maintenance.models import LogPhoto, LogReview, MaintenanceLog
from sites.demo.copying import Record, as_stored, copy_records
from sites.identifiers import new_id

ROUTINE: Final = (
    ("清扫路面、捡拾垃圾", "m", 300, 2400),
    ("边沟杂草清理", "m", 100, 900),
    ("路肩割草", "m", 200, 1500),
    ("涵洞口清理", "place", 1, 5),
)
ENTRIES_A_MONTH: Final = 5
REVIEWED_AFTER_DAYS: Final = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """One log entry to be written, with the stages that its photos show."""

    pk: UUID
    pact: Pact
    asset: DemoAsset
    order: UUID | None
    at: datetime.datetime
    organisation: UUID
    note: str
    quantity: Decimal
    unit: str
    labour_days: Decimal
    material: str
    stages: tuple[str, ...]
    look: str
    reviewer: UUID


class Diary:
    """Writes the entries of orders and of routine work."""

    def __init__(
        self, year: Year, now: datetime.datetime, album: Album, rng: np.random.Generator
    ) -> None:
        self.year, self.now, self.album, self.rng = year, now, album, rng

    def write(self, pacts: Sequence[Pact], jobs: Sequence[Job]) -> None:
        """Store all entries in the order in which they arrived, then photos and reviews."""
        entries = [entry for job in jobs for entry in self._of_job(job)]
        entries += [entry for pact in pacts for entry in self._routine(pact)]
        entries.sort(key=lambda entry: entry.at)
        spots = [spot_on(entry.asset, self.rng) for entry in entries]
        points = as_stored(point for _chainage, point in spots)
        copy_records(
            MaintenanceLog,
            (
                self._row(entry, chainage, point)
                for entry, (chainage, _p), point in zip(entries, spots, points, strict=True)
            ),
        )
        photos = [
            (entry, stage, self.album.take(entry.look, stage, entry.at, entry.organisation))
            for entry in entries
            for stage in entry.stages
        ]
        self.album.write()
        copy_records(
            LogPhoto,
            ({"log_id": e.pk, "photo_id": photo, "stage": stage} for e, stage, photo in photos),
        )
        copy_records(LogReview, (row for entry in entries for row in self._reviews(entry)))

    def _of_job(self, job: Job) -> Iterator[Entry]:
        begun, done = job.life.last("doing"), job.life.last("submitted")
        title, _item, unit, *_rest = WORK[job.defect]
        for at, stages, share in ((begun, ("before", "during"), 0), (done, ("after",), 1)):
            if at is None:
                continue
            yield Entry(
                new_id(),
                job.pact,
                job.asset,
                job.pk,
                at - datetime.timedelta(minutes=25),
                job.pact.parties["executor"],
                f"{title}:{'进场施工' if share == 0 else '完工自检'}",
                job.quantity * share,
                unit,
                Decimal(f"{self.rng.uniform(0.5, 3):.1f}"),
                "",
                stages,
                look_of(job.asset.kind, job.defect),
                job.pact.parties[job.pact.terms.inspects],
            )

    def _routine(self, pact: Pact) -> Iterator[Entry]:
        reviewer = pact.parties.get("supervisor", pact.parties["client"])
        for month in range(12):
            for _time in range(ENTRIES_A_MONTH):
                day = self.year.month(month) + datetime.timedelta(days=int(self.rng.integers(27)))
                at = self._moment(day)
                if not pact.holds_on(day) or at >= self.now:
                    continue
                note, unit, least, most = ROUTINE[int(self.rng.integers(len(ROUTINE)))]
                asset = pact.assets[int(self.rng.integers(len(pact.assets)))]
                yield Entry(
                    new_id(),
                    pact,
                    asset,
                    None,
                    at,
                    pact.parties["participant"],
                    note,
                    Decimal(int(self.rng.integers(least, most))),
                    unit,
                    Decimal(f"{self.rng.uniform(0.5, 4):.1f}"),
                    "",
                    ("after",) if self.rng.random() < 0.5 else (),
                    look_of(asset.kind, ""),
                    reviewer,
                )

    def _moment(self, day: datetime.date) -> datetime.datetime:
        start = datetime.datetime.combine(day, datetime.time(7, 30), self.now.tzinfo)
        return start + datetime.timedelta(minutes=int(self.rng.integers(0, 560)))

    def _row(self, entry: Entry, chainage: Decimal | None, point: str | None) -> Record:
        late = datetime.timedelta(minutes=float(self.rng.exponential(50)))
        return {
            "id": entry.pk,
            "order_id": entry.order,
            "agreement_id": entry.pact.pk,
            "asset_id": entry.asset.pk,
            "task": "routine",
            "device_time": entry.at,
            "received_at": min(entry.at + late, self.now),
            "position": point,
            "accuracy_m": round(float(self.rng.uniform(3, 18)), 1),
            "distance_m": round(float(self.rng.exponential(4)), 1),
            "chainage_m": chainage,
            "quantity": entry.quantity or None,
            "unit": entry.unit if entry.quantity else "",
            "labour_days": entry.labour_days,
            "material": entry.material,
            "note": entry.note,
            "organisation_id": entry.organisation,
            "content_hash": hashlib.sha256(entry.pk.bytes).hexdigest(),
        }

    def _reviews(self, entry: Entry) -> Iterator[Record]:
        days = (self.now - entry.at).days
        if days < REVIEWED_AFTER_DAYS and self.rng.random() > 0.35:
            return
        returned = days < 60 and self.rng.random() < 0.02
        yield {
            "id": new_id(),
            "log_id": entry.pk,
            "verdict": "returned" if returned else "verified",
            "reason": "照片与位置不符,请说明" if returned else "",
            "at": min(entry.at + datetime.timedelta(days=2), self.now),
            "organisation_id": entry.reviewer,
        }
