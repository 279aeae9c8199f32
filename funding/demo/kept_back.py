"""The demo's reserve, and the district's fallbacks where more was verified than assigned."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Final

from funding.fallback_proposal import over_target
from funding.kinds import DocumentKind, DrawReason, Stage
from funding.models import FallbackCommitment, FundingSource, OfficialDocument
from funding.services import (
    document_add,
    fallback_approve,
    fallback_propose,
    ledger_post,
    reserve_draw,
    reserve_save,
)
from sites.access import Scope
from sites.kinds import ProgrammeKind, Unit
from sites.models import Area, Programme
from sites.targets import TargetRow

INTERNAL: Final = Scope.internal()
RESERVE_BUDGET: Final = Decimal("120000000.00")
RESERVE_PERCENT: Final = Decimal("5.00")
UNIT_COSTS: Final[dict[str, Decimal]] = {
    Unit.HOUSEHOLD: Decimal("20000.00"),
    Unit.KILOMETRE: Decimal("560000.00"),
    Unit.SITE: Decimal("900000.00"),
    Unit.CUBIC_METRE_PER_DAY: Decimal("1500.00"),
}
"""Invented prices of one unit that the district pays beyond the assigned number."""


def write_reserve(district: Area, as_of: datetime.date) -> None:
    """Set a share of this year's budget aside and draw on it twice."""
    year = as_of.year
    first = min(datetime.date(year, 1, 16), as_of)
    document = _approval(district, f"{year}年民生工程预算预留的决议", first, 2)
    reserve = reserve_save(
        values={
            "area": district,
            "year": year,
            "name": f"{year}年民生工程新增项目和提标预留",
            "budget": RESERVE_BUDGET,
            "percent": RESERVE_PERCENT,
            "document": document,
        },
        actor=None,
        scope=INTERNAL,
    )
    programmes = Programme.objects.filter(year=year, kind=ProgrammeKind.ENGINEERING)
    draws = (
        (DrawReason.NEW_ITEM, Decimal("1250000.00"), "新增通组路两条"),
        (DrawReason.RAISED_STANDARD, Decimal("486000.00"), "饮水安全提标"),
    )
    for programme, (reason, amount, note) in zip(programmes.order_by("code"), draws, strict=False):
        reserve_draw(
            reserve=reserve,
            programme=programme,
            reason=reason,
            amount=amount,
            drawn_on=min(datetime.date(year, 7, 8), as_of),
            note=note,
            actor=None,
            scope=INTERNAL,
            on=as_of,
        )


def write_fallbacks(district: Area, as_of: datetime.date) -> None:
    """Propose two fallbacks in December of the last full years; approve and partly pay one."""
    proposals = [
        (row, day)
        for day in (min(datetime.date(as_of.year - ago, 12, 10), as_of) for ago in (3, 2, 1))
        for row in over_target(INTERNAL, year=day.year, as_of=day)
        if row.programme.unit in UNIT_COSTS and row.has_sites
    ]
    whole_first = sorted(proposals, key=lambda proposal: len(proposal[0].area.code))
    for place, (row, proposed_on) in enumerate(whole_first[:2]):
        made = fallback_propose(
            programme=row.programme,
            area=row.area,
            unit_cost=UNIT_COSTS[row.programme.unit],
            actor=None,
            scope=INTERNAL,
            as_of=proposed_on,
        )
        if place == 0:
            day = min(datetime.date(row.year, 12, 20), as_of)
            document = _approval(district, f"{row.programme.name}区级兜底资金的决议", day, 9)
            fallback_approve(
                fallback=made,
                approval=document,
                approved_on=day,
                actor=None,
                scope=INTERNAL,
                on=as_of,
            )
            _pay(row, made, day, as_of)


def _pay(
    row: TargetRow, commitment: FallbackCommitment, day: datetime.date, as_of: datetime.date
) -> None:
    part = (commitment.amount * Decimal("0.6")).quantize(Decimal("0.01"))
    for stage in (Stage.ALLOCATED, Stage.RELEASED, Stage.PAID):
        ledger_post(
            programme=row.programme,
            area=row.area,
            source=FundingSource.objects.get(code="district"),
            stage=stage,
            amount=part,
            booked_on=day,
            fallback=commitment,
            actor=None,
            scope=INTERNAL,
            on=as_of,
        )


def _approval(
    district: Area, title: str, issued_on: datetime.date, number: int
) -> OfficialDocument:
    return document_add(
        area=district,
        kind=DocumentKind.APPROVAL,
        number=f"{district.name[:2]}人常〔{issued_on.year}〕{number}号",
        title=f"{district.name}人民代表大会常务委员会关于{title}",
        issuer=f"{district.name}人大常委会",
        issued_on=issued_on,
        actor=None,
        scope=INTERNAL,
        on=issued_on,
    )
