"""What villagers reported, claims to contractors, and public-benefit posts of the demo's year."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np

from assets.demo.register import DemoAsset
from maintenance.demo.cast import KEEPERS, MONTHS, Year
from maintenance.demo.lives import Step, change_rows
from maintenance.demo.pacts import ROADS, Pact
from maintenance.demo.pictures import Album, look_of
from maintenance.demo.repairs import Fault, Repairs
from maintenance.demo.rounds import spot_on
from maintenance.models import (
    PostAttendance,
    PublicReport,
    ReportChange,
    ReportPhoto,
    UpkeepPost,
    WarrantyClaim,
)
from maintenance.models.defect import new_tracking_code
from sites.demo.copying import Record, as_stored, copy_records
from sites.identifiers import new_id
from sites.kinds import Visibility

REPORTS: Final = 60
CLAIMS: Final = 12
CALLS: Final = {
    "road": (
        ("pothole", "路上有个大坑,骑车容易摔"),
        ("blocked_drain", "边沟堵了,一下雨水就漫到路上"),
        ("safety_missing", "弯道护栏被撞坏了没人管"),
        ("landslide", "昨晚塌下来一堆土,只能过一辆车"),
    ),
    "water_works": (
        ("leak", "水管漏水好几天了"),
        ("no_water", "这两天水龙头没有水"),
        ("equipment", "泵站一直没有抽水"),
    ),
    "village_centre": (
        ("lighting", "文化广场的路灯晚上不亮"),
        ("litter", "垃圾桶满了没人收"),
    ),
}
ANSWERED: Final = "已派单处理完毕,请核实。感谢您的监督。"
REFUSED: Final = "经现场核实,该处属私人院内,不在管护范围。"


@dataclass(frozen=True, slots=True)
class Call:
    """A report of the public to be written."""

    pk: UUID
    asset: DemoAsset
    text: str
    at: datetime.datetime
    fault: Fault | None
    steps: tuple[Step, ...]

    @property
    def state(self) -> str:
        """The state on the day."""
        return self.steps[-1].after if self.steps else "received"


class Voices:
    """Makes the public's reports; the defects they lead to join the others."""

    def __init__(
        self, year: Year, now: datetime.datetime, album: Album, rng: np.random.Generator
    ) -> None:
        self.year, self.now, self.album, self.rng = year, now, album, rng
        self.calls: list[Call] = []

    def hear(self, assets: Sequence[DemoAsset], pacts: Sequence[Pact], repairs: Repairs) -> None:
        """Let villagers report at assets open to the public, before repairs are written."""
        covered = {asset.pk: pact for pact in pacts if pact.was_in_force for asset in pact.assets}
        open_assets = [
            asset
            for asset in assets
            if asset.kind in CALLS and asset.site.visibility == Visibility.PUBLIC
        ]
        for place in self.rng.choice(
            len(open_assets), min(REPORTS, len(open_assets)), replace=False
        ):
            asset = open_assets[int(place)]
            days = float(self.rng.beta(1, 2.4)) * 330
            self.calls.append(self._call(asset, covered.get(asset.pk), repairs, days))

    def _call(self, asset: DemoAsset, pact: Pact | None, repairs: Repairs, days: float) -> Call:
        at = self.now - datetime.timedelta(days=days, hours=2)
        kind, text = CALLS[asset.kind][int(self.rng.integers(len(CALLS[asset.kind])))]
        linked = at + datetime.timedelta(hours=float(self.rng.uniform(1, 40)))
        if linked >= self.now or (days < 3 and self.rng.random() < 0.5):
            return Call(new_id(), asset, text, at, None, ())
        if self.rng.random() < 0.06:
            step = Step("received", "rejected", linked, reason=REFUSED)
            return Call(new_id(), asset, text, at, None, (step,))
        chainage, point = spot_on(asset, self.rng)
        fault = repairs.add(
            asset=asset,
            pact=pact,
            kind=kind,
            severity="moderate",
            source="public",
            found_at=linked,
            chainage_m=chainage,
            point=point,
            text=text,
            organisation=pact.parties["client"] if pact else None,
            priority="high",
            hours=72,
        )
        steps = [Step("received", "linked", linked)]
        closed = [step.at for step in fault.steps if step.after == "closed"]
        if closed:
            steps.append(Step("linked", "answered", closed[-1], reason=ANSWERED))
        return Call(new_id(), asset, text, at, fault, tuple(steps))

    def write(self) -> None:
        """Store the reports after the defects that they name."""
        points = as_stored(
            call.fault.point if call.fault else spot_on(call.asset, self.rng)[1]
            for call in self.calls
        )
        copy_records(
            PublicReport,
            (_report_row(call, point) for call, point in zip(self.calls, points, strict=True)),
        )
        copy_records(
            ReportChange,
            (
                row
                for call in self.calls
                for row in change_rows("report_id", call.pk, call.steps, {})
            ),
        )
        photos = [
            (call, self.album.take(look_of(call.asset.kind, ""), "before", call.at, None))
            for call in self.calls
            if self.rng.random() < 0.8
        ]
        self.album.write()
        copy_records(
            ReportPhoto, ({"report_id": call.pk, "photo_id": photo} for call, photo in photos)
        )


def _report_row(call: Call, point: str | None) -> Record:
    ended = [step for step in call.steps if step.after in {"answered", "rejected"}]
    return {
        "id": call.pk,
        "tracking_code": new_tracking_code(),
        "asset_id": call.asset.pk,
        "defect_id": call.fault.pk if call.fault else None,
        "text": call.text,
        "point": point,
        "accuracy_m": 12,
        "contact": "",
        "state": call.state,
        "received_at": call.at,
        "answer": ended[-1].reason if ended else "",
        "answered_at": ended[-1].at if ended else None,
    }


def write_claims(faults: Sequence[Fault], now: datetime.datetime) -> None:
    """Store claims to contractors for serious defects found while the warranty ran."""
    claimed = [
        fault
        for fault in faults
        if fault.severity != "minor"
        and fault.asset.site.contractor_id
        and fault.found_at.date() <= fault.asset.warranty_until
        and fault.state not in {"rejected", "duplicate"}
    ][-CLAIMS:]
    copy_records(WarrantyClaim, (_claim_row(fault, now) for fault in claimed))


def _claim_row(fault: Fault, now: datetime.datetime) -> Record:
    raised = min(fault.found_at + datetime.timedelta(days=3), now).date()
    settled = fault.state == "closed"
    return {
        "id": new_id(),
        "asset_id": fault.asset.pk,
        "agreement_id": fault.pact.pk if fault.pact else None,
        "defect_id": fault.pk,
        "contractor_id": fault.asset.site.contractor_id,
        "state": "settled" if settled else "raised",
        "raised_on": raised,
        "due_on": raised + datetime.timedelta(days=30),
        "result": "施工单位已派人维修" if settled else "",
    }


def write_posts(pacts: Sequence[Pact], year: Year, rng: np.random.Generator) -> None:
    """Store three public-benefit posts for each agreement on roads, with their attendance."""
    posts = [
        (new_id(), pact, asset)
        for pact in pacts
        if pact.terms is ROADS and pact.holds_on(year.as_of)
        for asset in pact.assets[:3]
    ]
    copy_records(UpkeepPost, (_post_row(n, *post) for n, post in enumerate(posts)))
    copy_records(PostAttendance, (row for post in posts for row in _attendance(post[0], year, rng)))


def _post_row(number: int, pk: UUID, pact: Pact, asset: DemoAsset) -> Record:
    section = asset.section
    return {
        "id": pk,
        "agreement_id": pact.pk,
        "organisation_id": pact.parties["participant"],
        "asset_id": asset.pk,
        "start_m": section.start_m if section else None,
        "end_m": section.end_m if section else None,
        "person_name": KEEPERS[number % len(KEEPERS)],
        "monthly_pay": 800,
        "from_date": pact.starts_on,
        "until_date": None,
    }


def _attendance(post: UUID, year: Year, rng: np.random.Generator) -> Iterator[Record]:
    for month in range(MONTHS - 1):
        yield {
            "id": new_id(),
            "post_id": post,
            "month": year.month(month),
            "days": int(rng.integers(17, 27)),
        }
