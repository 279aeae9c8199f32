"""The demo's agreements: three parties for roads and water works, villages for their centres."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from uuid import UUID

import numpy as np

from assets.demo.register import DemoAsset
from maintenance.demo.cast import KEEPERS, Cast, Year
from maintenance.models import (
    Agreement,
    AgreementChange,
    AgreementParty,
    AgreementScope,
    AssessmentBand,
    FundingShare,
)
from sites.demo.copying import Record, copy_records
from sites.demo.site_rows import noon
from sites.identifiers import new_id
from sites.kinds import Kind
from sites.models import Area

BANDS: Final = (("90", "1"), ("80", "0.9"), ("70", "0.8"), ("60", "0.6"), ("0", "0.3"))
SIGNATORIES: Final = {
    "client": "彭镇长",
    "executor": "郭经理",
    "supervisor": "唐会长",
    "participant": "夏理事长",
}
WITHOUT_ROADS, NEGOTIATED_ROADS, EXPIRED_ROADS = 13, 12, 11
ENDING_ROADS: Final = frozenset({5, 9})
"""Which townships, in the order of their codes, show that upkeep has gaps."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a kind of agreement says."""

    letter: str
    name: str
    kinds: frozenset[str]
    model: str
    price_basis: str
    unit_price: Decimal
    shares: tuple[tuple[str, int], ...]
    inspects: str
    confirms: str


ROADS: Final = Terms(
    "R",
    "农村公路日常养护协议",
    frozenset({Kind.ROAD}),
    "three_party",
    "per_km_year",
    Decimal(3000),
    (("district", 50), ("township", 30), ("village", 20)),
    "supervisor",
    "participant",
)
WATER: Final = Terms(
    "W",
    "小型水利和供水工程管护协议",
    frozenset({Kind.WATER_WORKS}),
    "three_party",
    "per_site_year",
    Decimal(1800),
    (("district", 40), ("township", 20), ("user_fees", 40)),
    "supervisor",
    "participant",
)
CENTRES: Final = Terms(
    "V",
    "中心村公共设施管护协议",
    frozenset({Kind.VILLAGE_CENTRE, Kind.FACILITY}),
    "self",
    "per_site_year",
    Decimal(6000),
    (("township", 60), ("village", 40)),
    "client",
    "participant",
)


@dataclass(frozen=True, slots=True)
class Pact:
    """An agreement as it was stored, with the assets that it covers."""

    pk: UUID
    number: str
    terms: Terms
    township: str
    starts_on: datetime.date
    ends_on: datetime.date
    state: str
    parties: dict[str, UUID]
    assets: tuple[DemoAsset, ...] = field(repr=False)
    ended_on: datetime.date | None = None
    renews: UUID | None = None

    @property
    def was_in_force(self) -> bool:
        """Whether work was done under it."""
        return self.state in {"signed", "terminated"}

    @property
    def last_day(self) -> datetime.date:
        """The last day of its term."""
        return self.ended_on or self.ends_on

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it binds its parties on a day."""
        return self.was_in_force and self.starts_on <= day <= self.last_day


def write_pacts(
    assets: Sequence[DemoAsset], cast: Cast, year: Year, rng: np.random.Generator
) -> list[Pact]:
    """Store the agreements of all townships and sign those that are in force."""
    pacts = [
        pact
        for index, township in enumerate(sorted(cast.governments))
        for pact in _pacts_of(index, township, assets, cast, year, rng)
    ]
    areas = dict(Area.objects.filter(level="township").values_list("code", "pk"))
    copy_records(Agreement, (_agreement_row(pact, areas) for pact in pacts))
    copy_records(AgreementParty, (row for pact in pacts for row in _parties(pact)))
    copy_records(FundingShare, (row for pact in pacts for row in _shares(pact)))
    copy_records(AssessmentBand, (row for pact in pacts for row in _bands(pact)))
    copy_records(AgreementScope, (row for pact in pacts for row in _scopes(pact, rng)))
    copy_records(AgreementChange, (row for pact in pacts for row in _changes(pact)))
    bound = Agreement.objects.filter(pk__in=[pact.pk for pact in pacts if pact.was_in_force])
    bound.update(state="signed")
    for pact in pacts:
        if pact.state == "terminated":
            bound.filter(pk=pact.pk).update(state="terminated", ended_on=pact.ended_on)
    return pacts


def _pacts_of(
    index: int,
    township: str,
    assets: Sequence[DemoAsset],
    cast: Cast,
    year: Year,
    rng: np.random.Generator,
) -> Iterator[Pact]:
    here = [asset for asset in assets if asset.site.township_code == township]
    for terms in (ROADS, WATER, CENTRES):
        covered = tuple(a for a in here if a.kind in terms.kinds and rng.random() > 0.04)
        if not covered or (terms is ROADS and index == WITHOUT_ROADS):
            continue
        yield from _pact(index, township, terms, covered, cast, year)


def _pact(
    index: int,
    township: str,
    terms: Terms,
    covered: tuple[DemoAsset, ...],
    cast: Cast,
    year: Year,
) -> Iterator[Pact]:
    starts = year.first
    ends = starts.replace(year=starts.year + 2) - datetime.timedelta(days=1)
    state, ended = "signed", None
    if terms is ROADS and index in ENDING_ROADS:
        ends = year.as_of + datetime.timedelta(days=38)
    if terms is ROADS and index == EXPIRED_ROADS:
        ends = year.as_of - datetime.timedelta(days=40)
    if terms is ROADS and index == NEGOTIATED_ROADS:
        starts, state = year.month(11), "negotiating"
    if terms is WATER and index == 10:
        state, ended = "terminated", year.last_day(6)
    number = f"GH-{starts.year}-{township[-3:]}-{terms.letter}"
    parties = _bodies(terms, township, covered, cast)
    pact = Pact(
        new_id(), number, terms, township, starts, ends, state, parties, covered, ended_on=ended
    )
    yield pact
    if terms is ROADS and index in ENDING_ROADS:
        begin = ends + datetime.timedelta(days=1)
        yield Pact(
            new_id(),
            f"GH-{begin.year}-{township[-3:]}-{terms.letter}-X",
            terms,
            township,
            begin,
            begin.replace(year=begin.year + 2) - datetime.timedelta(days=1),
            "draft" if index == 5 else "negotiating",
            parties,
            covered,
            renews=pact.pk,
        )


def _bodies(
    terms: Terms, township: str, covered: Sequence[DemoAsset], cast: Cast
) -> dict[str, UUID]:
    half = cast.half_of(township)
    client = cast.governments[township]
    if terms is CENTRES:
        villages = sorted({asset.site.area_code[:12] for asset in covered})
        committee = next(code for code in villages if code in cast.committees)
        return {
            "client": client,
            "executor": cast.cooperatives[half],
            "participant": cast.committees[committee],
        }
    return {
        "client": client,
        "executor": cast.companies[half],
        "supervisor": cast.associations[0 if terms is ROADS else 1],
        "participant": cast.cooperatives[half],
    }


def _agreement_row(pact: Pact, areas: dict[str, UUID]) -> Record:
    terms = pact.terms
    return {
        "id": pact.pk,
        "number": pact.number,
        "name": terms.name,
        "model": terms.model,
        "area_id": areas[pact.township],
        "state": "draft" if pact.state == "draft" else "negotiating",
        "starts_on": pact.starts_on,
        "ends_on": pact.ends_on,
        "renews_id": pact.renews,
        "standard_text": "按清单逐项检查,路面整洁、边沟畅通、设施完好;接单后按时限完成。",
        "price_basis": terms.price_basis,
        "unit_price": terms.unit_price,
        "payment_cycle": "month",
        "inspects": terms.inspects,
        "confirms": terms.confirms,
        "note": "",
    }


def _parties(pact: Pact) -> Iterator[Record]:
    signed = pact.was_in_force
    for role, organisation in pact.parties.items():
        yield {
            "id": new_id(),
            "agreement_id": pact.pk,
            "organisation_id": organisation,
            "role": role,
            "signatory": SIGNATORIES[role] if signed or _has_begun(pact, role) else "",
            "signed_on": _signed_on(pact, role),
        }


def _has_begun(pact: Pact, role: str) -> bool:
    """In a negotiation the client has signed and the others have not."""
    return pact.state == "negotiating" and role == "client"


def _signed_on(pact: Pact, role: str) -> datetime.date | None:
    if pact.was_in_force:
        return pact.starts_on - datetime.timedelta(days=6)
    return pact.starts_on if _has_begun(pact, role) and pact.renews is None else None


def _shares(pact: Pact) -> Iterator[Record]:
    for position, (source, percent) in enumerate(pact.terms.shares, start=1):
        yield {
            "id": new_id(),
            "agreement_id": pact.pk,
            "position": position,
            "source": source,
            "percent": percent,
        }


def _bands(pact: Pact) -> Iterator[Record]:
    for score, coefficient in BANDS:
        yield {
            "id": new_id(),
            "agreement_id": pact.pk,
            "from_score": score,
            "coefficient": coefficient,
        }


def _scopes(pact: Pact, rng: np.random.Generator) -> Iterator[Record]:
    for number, asset in enumerate(pact.assets):
        section = asset.section
        named = rng.random() > 0.06
        keeper = KEEPERS[(number // 3) % len(KEEPERS)]
        yield {
            "id": new_id(),
            "agreement_id": pact.pk,
            "asset_id": asset.pk,
            "task": "routine",
            "start_m": section.start_m if section else None,
            "end_m": section.end_m if section else None,
            "length_m": section.length_m if section else None,
            "keeper_name": keeper if named else "",
            "keeper_phone": f"000-{5550000 + number % 9999:07d}" if named else "",
        }


def _changes(pact: Pact) -> Iterator[Record]:
    steps = [("draft", "negotiating", -20, "")]
    if pact.state == "draft":
        steps = []
    if pact.was_in_force:
        steps.append(("negotiating", "signed", -5, ""))
    for before, after, days, reason in steps:
        yield _change(pact, before, after, pact.starts_on + datetime.timedelta(days=days), reason)
    if pact.state == "terminated" and pact.ended_on:
        yield _change(
            pact, "signed", "terminated", pact.ended_on, "承担单位多次未按时清淤,协商终止"
        )


def _change(pact: Pact, before: str, after: str, day: datetime.date, reason: str) -> Record:
    return {
        "id": new_id(),
        "agreement_id": pact.pk,
        "from_state": before,
        "to_state": after,
        "organisation_id": pact.parties["client"],
        "role": "township_officer",
        "at": noon(day),
        "reason": reason,
    }
