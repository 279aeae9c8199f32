"""Defects that the rounds found, the orders that repair them, and what the repairs cost."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final
from uuid import UUID

import numpy as np
import shapely

from assets.demo.register import DemoAsset
from maintenance.demo.lives import OrderLife, Step, change_rows, defect_steps, order_life
from maintenance.demo.pacts import Pact
from maintenance.demo.pictures import Album, look_of
from maintenance.demo.rounds import Failure, spot_on
from maintenance.models import (
    CostEntry,
    Defect,
    DefectChange,
    DefectPhoto,
    InspectionPhoto,
    OrderChange,
    OrderQuantity,
    WorkOrder,
)
from sites.demo.copying import Record, as_stored, copy_records
from sites.identifiers import new_id

WORK: Final = {  # defect: what is done, quantity's name, unit, least, most, yuan a unit
    "pothole": ("修补路面坑槽", "沥青冷补", "m2", 1, 9, 130),
    "crack": ("路面裂缝灌缝", "灌缝", "m", 8, 80, 14),
    "subsidence": ("路基沉陷处治", "换填", "m3", 3, 24, 160),
    "edge_damage": ("路肩培土整修", "培路肩", "m", 20, 160, 9),
    "landslide": ("清理塌方", "清方", "m3", 6, 60, 45),
    "blocked_drain": ("边沟涵洞清淤", "清淤", "m", 15, 180, 11),
    "structure_damage": ("构造物维修", "修补", "place", 1, 3, 1400),
    "safety_missing": ("补装安全设施", "安装", "piece", 1, 8, 260),
    "litter": ("清理垃圾和障碍物", "清理", "place", 1, 4, 90),
    "leak": ("管道渗漏维修", "维修", "place", 1, 2, 480),
    "no_water": ("恢复供水", "抢修", "place", 1, 1, 900),
    "water_quality": ("消毒和清洗水池", "清洗", "place", 1, 1, 700),
    "equipment": ("检修机电设备", "检修", "piece", 1, 2, 1100),
    "lighting": ("更换路灯", "更换", "piece", 1, 6, 320),
    "building": ("房屋零星维修", "维修", "m2", 2, 30, 85),
    "encroachment": ("清除侵占", "清除", "place", 1, 2, 200),
    "other": ("现场处理", "处理", "place", 1, 2, 150),
}
LARGE_YUAN: Final = 8_000


@dataclass(frozen=True, slots=True)
class Fault:
    """A defect to be written: where it came from, where it lies and how it went on."""

    pk: UUID
    asset: DemoAsset
    pact: Pact | None
    kind: str
    severity: str
    source: str
    found_at: datetime.datetime
    chainage_m: Decimal | None
    point: shapely.Point
    text: str
    organisation: UUID | None
    answer: UUID | None = None
    inspection: UUID | None = None
    order: Job | None = None
    steps: tuple[Step, ...] = field(default=(), repr=False)
    duplicate_of: UUID | None = None

    @property
    def state(self) -> str:
        """The state on the day."""
        return self.steps[-1].after if self.steps else "reported"


@dataclass(frozen=True, slots=True)
class Job:
    """A work order to be written."""

    pk: UUID
    pact: Pact
    asset: DemoAsset
    kind: str
    priority: str
    defect: str
    due_at: datetime.datetime
    life: OrderLife
    quantity: Decimal
    yuan: Decimal

    @property
    def parties(self) -> dict[str, UUID | None]:
        """The bodies by what they do in this order."""
        held = self.pact.parties
        return {
            "client": held["client"],
            "executor": held["executor"],
            "inspector": held[self.pact.terms.inspects],
            "confirmer": held[self.pact.terms.confirms],
        }


class Repairs:
    """Turns failures into defects and orders; `faults` and `jobs` hold what was written."""

    def __init__(self, now: datetime.datetime, album: Album, rng: np.random.Generator) -> None:
        self.now, self.album, self.rng = now, album, rng
        self.faults: list[Fault] = []
        self.jobs: list[Job] = []

    def find(self, failures: Sequence[Failure]) -> None:
        """Make a defect of each failed check, and an order where the agreement has one done."""
        for failure in sorted(failures, key=lambda entry: entry.at):
            chainage, point = spot_on(failure.asset, self.rng)
            self.add(
                asset=failure.asset,
                pact=failure.pact,
                kind=failure.item.defect_kind,
                severity=failure.item.severity,
                source="patrol" if failure.kind == "patrol" else "inspection",
                found_at=failure.at,
                chainage_m=chainage,
                point=point,
                text=f"检查不合格:{failure.item.text}",
                organisation=failure.organisation,
                answer=failure.answer,
                inspection=failure.inspection,
                order_kind=failure.item.order_kind,
                hours=failure.item.order_hours,
                priority=failure.item.order_priority,
                at_once=failure.item.opens_order,
            )

    def add(
        self,
        *,
        order_kind: str = "minor_repair",
        hours: int = 168,
        priority: str = "normal",
        at_once: bool = False,
        **place: object,
    ) -> Fault:
        """Add a defect with its life until now, ordered unless nobody keeps the place up."""
        fault = Fault(new_id(), **place)  # type: ignore[arg-type]
        job = None
        held = fault.pact is not None and fault.pact.holds_on(fault.found_at.date())
        if held and (at_once or self.rng.random() > 0.06):
            job = self._job(fault, order_kind, hours, priority, at_once=at_once)
        steps = tuple(defect_steps(fault.found_at, job.life)) if job else self._unordered(fault)
        fault = replace(fault, order=job, steps=steps)
        self.faults.append(fault)
        if job:
            self.jobs.append(job)
        return fault

    def _job(
        self, fault: Fault, kind: str, hours: int, priority: str, *, at_once: bool
    ) -> Job | None:
        delay = 0.5 if at_once else float(self.rng.uniform(4, 60))
        issued = fault.found_at + datetime.timedelta(hours=delay)
        if issued >= self.now or fault.pact is None:
            return None
        _title, _item, _unit, least, most, price = WORK[fault.kind]
        quantity = Decimal(f"{self.rng.uniform(least, most):.0f}")
        yuan = (quantity * price * Decimal(f"{self.rng.uniform(0.85, 1.2):.2f}")).quantize(
            Decimal("0.01")
        )
        return Job(
            new_id(),
            fault.pact,
            fault.asset,
            "engineering" if yuan > LARGE_YUAN else kind,
            priority,
            fault.kind,
            issued + datetime.timedelta(hours=hours),
            order_life(issued, self.now, self.rng),
            quantity,
            yuan,
        )

    def _unordered(self, fault: Fault) -> tuple[Step, ...]:
        """A defect that got no order: not looked at yet, verified, or rejected."""
        checked = fault.found_at + datetime.timedelta(days=float(self.rng.uniform(1, 6)))
        if checked >= self.now or self.rng.random() < 0.1:
            return ()
        if self.rng.random() < 0.2:
            return (Step("reported", "rejected", checked, reason="现场核实无此问题"),)
        return (Step("reported", "verified", checked),)

    def write(self) -> None:
        """Store orders, then defects, then their changes, photos, quantities and costs."""
        points = as_stored(fault.point for fault in self.faults if fault.order)
        ordered = [fault for fault in self.faults if fault.order]
        copy_records(
            WorkOrder,
            (
                self._order_row(f, f.order, p)
                for f, p in zip(ordered, points, strict=True)
                if f.order
            ),
        )
        places = as_stored(fault.point for fault in self.faults)
        copy_records(
            Defect,
            (_defect_row(f, p) for f, p in zip(self.faults, places, strict=True)),
        )
        copy_records(
            OrderChange,
            (row for job in self.jobs for row in _order_changes(job)),
        )
        copy_records(DefectChange, (row for fault in self.faults for row in _changes(fault)))
        copy_records(OrderQuantity, (_quantity_row(job) for job in self.jobs))
        copy_records(CostEntry, (row for job in self.jobs for row in _costs(job)))
        self._write_photos()

    def _order_row(self, fault: Fault, job: Job, point: str | None) -> Record:
        parties = job.parties
        title = WORK[job.defect][0]
        return {
            "id": job.pk,
            "agreement_id": job.pact.pk,
            "asset_id": job.asset.pk,
            "kind": job.kind,
            "priority": job.priority,
            "state": job.life.state,
            "title": f"{title} {_kilometre(fault.chainage_m)}".strip(),
            "description": fault.text,
            "start_m": None,
            "end_m": None,
            "point": point,
            "issued_at": job.life.issued_at,
            "due_at": job.due_at,
            "submitted_at": job.life.last("submitted"),
            "closed_at": job.life.last("closed"),
            "estimate": job.yuan.quantize(Decimal(1)),
            "executor_id": parties["executor"],
            "inspector_id": parties["inspector"],
            "confirmer_id": parties["confirmer"],
            "rework_count": job.life.reworks,
        }

    def _write_photos(self) -> None:
        rows: list[tuple[Fault, UUID]] = []
        for fault in self.faults:
            if self.rng.random() < 0.85:
                look = look_of(fault.asset.kind, fault.kind)
                photo = self.album.take(look, "before", fault.found_at, fault.organisation)
                rows.append((fault, photo))
        self.album.write()
        copy_records(
            DefectPhoto,
            ({"defect_id": f.pk, "photo_id": photo, "stage": "before"} for f, photo in rows),
        )
        copy_records(
            InspectionPhoto,
            (
                {"inspection_id": f.inspection, "answer_id": f.answer, "photo_id": photo}
                for f, photo in rows
                if f.inspection
            ),
        )


def _defect_row(fault: Fault, point: str | None) -> Record:
    closed = [step.at for step in fault.steps if step.after == "closed"]
    return {
        "id": fault.pk,
        "asset_id": fault.asset.pk,
        "agreement_id": fault.pact.pk if fault.pact else None,
        "order_id": fault.order.pk if fault.order else None,
        "inspection_answer_id": fault.answer,
        "duplicate_of_id": fault.duplicate_of,
        "kind": fault.kind,
        "severity": fault.severity,
        "source": fault.source,
        "state": fault.state,
        "chainage_m": fault.chainage_m,
        "point": point,
        "description": fault.text,
        "found_at": fault.found_at,
        "closed_at": closed[-1] if closed else None,
        "organisation_id": fault.organisation,
    }


def _order_changes(job: Job) -> Iterator[Record]:
    steps = (Step("", "issued", job.life.issued_at), *job.life.steps)
    yield from change_rows("order_id", job.pk, steps, job.parties)


def _changes(fault: Fault) -> Iterator[Record]:
    parties = fault.order.parties if fault.order else {}
    yield from change_rows("defect_id", fault.pk, fault.steps, parties)


def _quantity_row(job: Job) -> Record:
    _title, item, unit, *_rest = WORK[job.defect]
    return {
        "id": new_id(),
        "order_id": job.pk,
        "position": 1,
        "item": item,
        "unit": unit,
        "planned": job.quantity,
        "done": job.quantity if job.life.last("submitted") else None,
    }


def _costs(job: Job) -> Iterator[Record]:
    closed = job.life.last("closed")
    if closed is None:
        return
    labour = (job.yuan * Decimal("0.45")).quantize(Decimal("0.01"))
    source = job.pact.terms.shares[0][0]
    for kind, amount in (("labour", labour), ("material", job.yuan - labour)):
        if amount > 0:
            yield {
                "id": new_id(),
                "asset_id": job.asset.pk,
                "agreement_id": job.pact.pk,
                "order_id": job.pk,
                "kind": kind,
                "source": source,
                "amount": amount,
                "incurred_on": closed.date(),
                "note": "",
            }


def _kilometre(chainage: Decimal | None) -> str:
    if chainage is None:
        return ""
    return f"K{int(chainage) // 1000}+{int(chainage) % 1000:03d}"
