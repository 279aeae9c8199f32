"""Assessments of the demo's months and the payments that follow, as `maintenance.money` counts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from uuid import UUID

import numpy as np

from maintenance import money
from maintenance.demo.cast import Year
from maintenance.demo.lives import Step, change_rows
from maintenance.demo.pacts import BANDS, ROADS, Pact
from maintenance.demo.repairs import Fault, Repairs
from maintenance.models import (
    Assessment,
    AssessmentLine,
    PaymentChange,
    PaymentDeduction,
    PaymentRequest,
    PaymentShare,
)
from sites.demo.copying import Record, copy_records
from sites.demo.site_rows import noon
from sites.identifiers import new_id

CAUSES: Final = (
    "边沟清淤不及时",
    "巡查记录不完整",
    "工单超时完成",
    "路面保洁不到位",
    "群众投诉处理超时",
)
STEPS: Final = (
    ("verified", 4, "supervisor", "association_member"),
    ("confirmed", 7, "participant", "cooperative_member"),
    ("approved", 11, "client", "township_officer"),
    ("paid", 17, "client", "township_officer"),
)
DEDUCTED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bill:
    """The payment of one month under one agreement."""

    pk: UUID
    pact: Pact
    period: money.Period
    assessment: UUID
    score: Decimal
    coefficient: Decimal
    quantity: Decimal
    base: Decimal
    deduction: Fault | None
    payable: Decimal
    steps: tuple[Step, ...] = field(repr=False)

    @property
    def state(self) -> str:
        """The state on the day."""
        return self.steps[-1].after if self.steps else "drafted"


def write_bills(
    pacts: Sequence[Pact],
    repairs: Repairs,
    year: Year,
    now: datetime.datetime,
    rng: np.random.Generator,
) -> None:
    """Store assessments and payments of the whole months of each agreement with a supervisor."""
    bills = [
        _bill(pact, month, repairs, year, now, rng)
        for pact in pacts
        if "supervisor" in pact.parties
        for month in year.whole_months
        if pact.holds_on(year.month(month)) and pact.holds_on(year.last_day(month))
    ]
    copy_records(Assessment, (_assessment_row(bill) for bill in bills))
    copy_records(AssessmentLine, (row for bill in bills for row in _lines(bill, rng)))
    # The latest month is assessed; its payments are drafted by the office when it is ready to.
    billed = [bill for bill in bills if bill.period.last < year.month(10) or rng.random() < 0.7]
    copy_records(PaymentRequest, (_payment_row(bill) for bill in billed))
    copy_records(PaymentDeduction, (row for bill in billed for row in _deductions(bill)))
    copy_records(PaymentShare, (row for bill in billed for row in _shares(bill)))
    copy_records(
        PaymentChange,
        (
            row
            for bill in billed
            for row in change_rows("payment_id", bill.pk, bill.steps, dict(bill.pact.parties))
        ),
    )


def _bill(
    pact: Pact,
    month: int,
    repairs: Repairs,
    year: Year,
    now: datetime.datetime,
    rng: np.random.Generator,
) -> Bill:
    period = money.Period(year.month(month), year.last_day(month))
    score = Decimal(int(rng.triangular(72, 90, 99)))
    bands = [money.Band(Decimal(from_score), Decimal(value)) for from_score, value in BANDS]
    coefficient = money.coefficient_for(score, bands)
    quantity = _quantity(pact)
    base = money.base_by_time(unit_price=pact.terms.unit_price, quantity=quantity, period=period)
    late = _late_repair(pact, period, repairs)
    taken = [DEDUCTED] if late else []
    return Bill(
        new_id(),
        pact,
        period,
        new_id(),
        score,
        coefficient,
        quantity,
        money.to_fen(base),
        late,
        money.payable(base=base, coefficient=coefficient, deductions=taken),
        _steps(period, repairs, pact, now, rng),
    )


def _quantity(pact: Pact) -> Decimal:
    if pact.terms is ROADS:
        return money.kilometres(asset.length_m for asset in pact.assets)
    return Decimal(len(pact.assets))


def _late_repair(pact: Pact, period: money.Period, repairs: Repairs) -> Fault | None:
    """Return a blocked drain of the period whose repair came after its time limit."""
    for fault in repairs.faults:
        job = fault.order
        if job is None or fault.pact is not pact or fault.kind != "blocked_drain":
            continue
        done = job.life.last("submitted")
        if done and done > job.due_at and done.date() in period:
            return fault
    return None


def _steps(
    period: money.Period,
    repairs: Repairs,
    pact: Pact,
    now: datetime.datetime,
    rng: np.random.Generator,
) -> tuple[Step, ...]:
    """Steps of a payment until now; nothing is approved while an order of the month is open."""
    unfinished = any(
        job.pact is pact and job.due_at.date() in period and job.life.state != "closed"
        for job in repairs.jobs
    )
    steps: list[Step] = []
    state, slip = "drafted", int(rng.integers(0, 14))
    for after, days, party, role in STEPS:
        at = noon(period.last + datetime.timedelta(days=days + slip))
        if at >= now or (unfinished and after == "approved"):
            break
        steps.append(Step(state, after, at, party, role))
        state = after
    return tuple(steps)


def _assessment_row(bill: Bill) -> Record:
    return {
        "id": bill.assessment,
        "agreement_id": bill.pact.pk,
        "period_start": bill.period.first,
        "period_end": bill.period.last,
        "score": bill.score,
        "coefficient": bill.coefficient,
        "organisation_id": bill.pact.parties["supervisor"],
        "assessed_at": noon(bill.period.last + datetime.timedelta(days=2)),
        "note": "",
    }


def _lines(bill: Bill, rng: np.random.Generator) -> Iterator[Record]:
    """Causes of the lost points; together they are what is missing to 100."""
    lost = int(100 - bill.score)
    causes = [CAUSES[int(place)] for place in rng.choice(len(CAUSES), min(3, lost), replace=False)]
    parts = [lost // len(causes)] * len(causes) if causes else []
    if parts:
        parts[0] += lost - sum(parts)
    for cause, points in zip(causes, parts, strict=True):
        yield {
            "id": new_id(),
            "assessment_id": bill.assessment,
            "points": points,
            "cause": cause,
        }


def _payment_row(bill: Bill) -> Record:
    paid = [step.at for step in bill.steps if step.after == "paid"]
    return {
        "id": bill.pk,
        "agreement_id": bill.pact.pk,
        "assessment_id": bill.assessment,
        "period_start": bill.period.first,
        "period_end": bill.period.last,
        "state": bill.state,
        "quantity": bill.quantity,
        "base": bill.base,
        "coefficient": bill.coefficient,
        "deductions_total": DEDUCTED if bill.deduction else 0,
        "payable": bill.payable,
        "paid_on": paid[0].date() if paid else None,
        "document_no": f"ZF-{bill.period.first:%Y%m}-{bill.pact.number}" if paid else "",
        "note": "",
    }


def _deductions(bill: Bill) -> Iterator[Record]:
    if bill.deduction:
        yield {
            "id": new_id(),
            "payment_id": bill.pk,
            "amount": DEDUCTED,
            "reason": "涵洞边沟堵塞,未按时限清淤",
            "defect_id": bill.deduction.pk,
        }


def _shares(bill: Bill) -> Iterator[Record]:
    shares = bill.pact.terms.shares
    amounts = money.split(bill.payable, [Decimal(percent) for _source, percent in shares])
    for position, ((source, percent), amount) in enumerate(
        zip(shares, amounts, strict=True), start=1
    ):
        yield {
            "id": new_id(),
            "payment_id": bill.pk,
            "position": position,
            "source": source,
            "percent": percent,
            "amount": amount,
        }
