"""Acceptances and handovers of the demo's finished sites, as their states say they happened."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

import numpy as np

from assets.checklists import default_items
from assets.demo.built import BuiltSite
from assets.demo.register import DemoAsset
from assets.models import (
    Acceptance,
    AcceptanceCheck,
    AcceptanceMember,
    Document,
    Finding,
    FindingChange,
    Handover,
)
from sites.demo.copying import Record, copy_records
from sites.demo.site_rows import noon
from sites.identifiers import new_id
from sites.kinds import Kind, State

PASSED_STATES: Final = frozenset({State.ACCEPTED, State.SETTLED, State.HANDED_OVER, State.CLOSED})
TEAM: Final = (
    ("township", "周国平"),
    ("department", "何建军"),
    ("quality", "许晓燕"),
    ("villager", "汪大贵"),
)
FINDINGS: Final = (
    ("局部路肩培土不足,约 60 m", "moderate"),
    ("公示牌内容不全,缺监督电话", "minor"),
    ("排水沟出口未接通", "serious"),
    ("伸缩缝填缝料脱落", "minor"),
)
UNITS: Final = {Kind.ROAD: "km", Kind.HOUSING: "household"}


@dataclass(frozen=True, slots=True)
class Round:
    """One acceptance as it was stored."""

    pk: UUID
    site: BuiltSite
    stage: str
    held_on: datetime.date
    verdict: str

    @property
    def is_detailed(self) -> bool:
        """Whether its team and checklist are kept; those of houses are not."""
        return self.site.kind != Kind.HOUSING


def write_taking_over(
    sites: Sequence[BuiltSite],
    assets: Sequence[DemoAsset],
    as_of: datetime.date,
    rng: np.random.Generator,
) -> None:
    """Store acceptances with findings, and handovers with the assets they handed over."""
    rounds = [entry for site in sites for entry in _rounds(site, as_of)]
    copy_records(Acceptance, (_acceptance_row(entry, rng) for entry in rounds))
    detailed = [entry for entry in rounds if entry.is_detailed]
    copy_records(AcceptanceMember, (row for entry in detailed for row in _members(entry)))
    copy_records(AcceptanceCheck, (row for entry in detailed for row in _checks(entry)))
    _write_findings(rounds, rng)
    _write_handovers([site for site in sites if site.is_taken_over], assets)


def _rounds(site: BuiltSite, as_of: datetime.date) -> Iterator[Round]:
    if site.state in PASSED_STATES:
        accepted = site.days.get(State.ACCEPTED, site.actual_finish)
        first = site.actual_finish + (accepted - site.actual_finish) / 2
        yield Round(new_id(), site, "preliminary", first, "passed")
        yield Round(new_id(), site, "final", accepted, "passed")
    elif site.state == State.RECTIFYING:
        held = site.days.get(State.RECTIFYING, site.actual_finish)
        yield Round(new_id(), site, "preliminary", held, "rectify")
    elif (as_of - site.actual_finish).days > 25:
        held = site.actual_finish + datetime.timedelta(days=20)
        yield Round(new_id(), site, "preliminary", held, "")


def _acceptance_row(entry: Round, rng: np.random.Generator) -> Record:
    claimed = _claimed(entry.site)
    # Within the tolerance of 1 %, so that no reason is due.
    measured = (claimed * Decimal(f"{1 - 0.008 * rng.random():.4f}")).quantize(Decimal("0.001"))
    return {
        "id": entry.pk,
        "site_id": entry.site.pk,
        "stage": entry.stage,
        "held_on": entry.held_on,
        "unit": UNITS.get(Kind(entry.site.kind), "site"),
        "claimed_quantity": claimed,
        "measured_quantity": (measured if entry.site.kind == Kind.ROAD else claimed)
        if entry.verdict
        else None,
        "discrepancy_reason": "",
        "verdict": entry.verdict,
        "concluded_on": entry.held_on if entry.verdict else None,
        "note": "",
    }


def _claimed(site: BuiltSite) -> Decimal:
    if site.kind == Kind.ROAD and site.declared_length_m:
        return (site.declared_length_m / 1000).quantize(Decimal("0.001"))
    return Decimal(1)


def _members(entry: Round) -> Iterator[Record]:
    for role, name in TEAM:
        yield {
            "id": new_id(),
            "acceptance_id": entry.pk,
            "role": role,
            "name": name,
            "signed_at": noon(entry.held_on) if entry.verdict == "passed" else None,
        }


def _checks(entry: Round) -> Iterator[Record]:
    for position, item in enumerate(default_items(entry.site.kind), start=1):
        yield {
            "id": new_id(),
            "acceptance_id": entry.pk,
            "position": position,
            "item": item.item,
            "item_en": item.item_en,
            "result": "ok" if entry.verdict == "passed" else "",
            "note": "",
        }


def _write_findings(rounds: Sequence[Round], rng: np.random.Generator) -> None:
    """Open findings where a site is being rectified, closed ones on some that passed."""
    found: list[tuple[Record, Round]] = []
    for entry in rounds:
        if entry.stage != "preliminary" or not entry.verdict:
            continue
        number = 2 if entry.verdict == "rectify" else int(entry.is_detailed and rng.random() > 0.86)
        for index in range(number):
            text, severity = FINDINGS[int(rng.integers(len(FINDINGS)))]
            row = {
                "id": new_id(),
                "acceptance_id": entry.pk,
                "number": index + 1,
                "text": text,
                "severity": severity,
                "due_on": entry.held_on + datetime.timedelta(days=15),
                "state": "open" if entry.verdict == "rectify" else "closed",
            }
            found.append((row, entry))
    copy_records(Finding, (row for row, _entry in found))
    copy_records(
        FindingChange,
        (
            _finding_step(row, *step, entry)
            for row, entry in found
            if row["state"] == "closed"
            for step in (
                ("open", "rectified", 4, "已整改,附照片"),
                ("rectified", "closed", 7, "复查合格"),
            )
        ),
    )


def _finding_step(
    row: Record, before: str, after: str, days: int, note: str, entry: Round
) -> Record:
    day = entry.held_on + datetime.timedelta(days=days)
    return {
        "id": new_id(),
        "finding_id": row["id"],
        "from_state": before,
        "to_state": after,
        "note": note,
        "effective_on": day,
        "at": noon(day),
    }


def _write_handovers(sites: Sequence[BuiltSite], assets: Sequence[DemoAsset]) -> None:
    handovers = {site.pk: new_id() for site in sites}
    warranty = {asset.site.pk: asset.warranty_until for asset in assets}
    copy_records(Handover, (_handover_row(handovers[s.pk], s, warranty[s.pk]) for s in sites))
    copy_records(
        Handover.assets.through,
        ({"handover_id": handovers[a.site.pk], "asset_id": a.pk} for a in assets),
    )
    copy_records(
        Document,
        (_document_row(handovers[s.pk], s) for s in sites if s.kind != Kind.HOUSING),
    )


def _handover_row(pk: UUID, site: BuiltSite, warranty: datetime.date) -> Record:
    day = site.days.get(State.HANDED_OVER, site.actual_finish)
    builder = site.contractor_id or site.owner_organisation_id
    return {
        "id": pk,
        "site_id": site.pk,
        "from_organisation_id": builder,
        "owner_id": site.owner_organisation_id,
        "upkeep_party_id": site.owner_organisation_id,
        "warranty_until": warranty,
        "from_name": "郑工",
        "from_signed_on": day,
        "owner_name": "李主任",
        "owner_signed_on": day,
        "upkeep_name": "王书记",
        "upkeep_signed_on": day,
        "completed_on": day,
        "note": "",
    }


def _document_row(handover: UUID, site: BuiltSite) -> Record:
    return {
        "id": new_id(),
        "handover_id": handover,
        "kind": "acceptance_record",
        "title": f"{site.name}竣工验收鉴定书",
        "number": f"YS-{site.code}",
        "issued_on": site.days.get(State.ACCEPTED, site.actual_finish),
    }
