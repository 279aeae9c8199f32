"""Scoring a period of upkeep: by the supervisor, with the cause of every lost point."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maintenance.acting import Acting
from maintenance.kinds import PaymentState
from maintenance.models import (
    Agreement,
    Assessment,
    AssessmentLine,
    Defect,
    Inspection,
    PaymentRequest,
)
from maintenance.money import Band, MoneyError, Period, coefficient_for
from maintenance.payment_figures import standing_assessment
from maintenance.payment_roles import PaymentParties, PaymentSide
from maintenance.services.errors import WrongMoment
from maintenance.services.payment_records import (
    agreement_held,
    back_to_draft,
    compute_anew,
    figures_may_change,
    payment_held,
    period_checked,
    require_judge,
)
from sites.access import Scope
from sites.services.errors import RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FULL_SCORE = Decimal(100)
Problem = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class LostPoints:
    """Points that were lost, why, and the inspection or defect that shows it."""

    points: Decimal
    cause: str
    inspection: Inspection | None = None
    defect: Defect | None = None


@transaction.atomic
def assessment_record(
    *,
    agreement: Agreement,
    period: Period,
    score: Decimal,
    lines: Sequence[LostPoints],
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    note: str = "",
    supersedes: Assessment | None = None,
) -> Assessment:
    """Score a period that is over, out of 100; a correction names the assessment it supersedes.

    Only the supervisor's people score (where there is none, whoever inspects the work), never
    the executor's. The lines sum to the points that are missing to 100. The payment of the
    period follows; signatures under other figures fall. Raises `SelfAssessment`, `RoleConflict`,
    `NotPermitted`, `AgreementNotInForce`, `WrongMoment`, `PeriodSettled` or `RefusedByRegister`.
    """
    held = agreement_held(agreement.pk)
    by = require_judge(PaymentSide.VERIFIER, PaymentParties(held), scope, actor)
    period_checked(held, period)
    _require_turn(held, period, supersedes, timezone.localdate(at))
    _refuse(_problems(held, score, lines))
    assessment = Assessment(
        agreement=held,
        period_start=period.first,
        period_end=period.last,
        score=score,
        coefficient=_coefficient(held, score),
        organisation=by.organisation,
        assessor=actor,
        assessed_at=at,
        note=note.strip(),
        supersedes=supersedes,
    )
    save_checked(assessment, force_insert=True)
    for line in lines:
        row = AssessmentLine(
            assessment=assessment,
            points=line.points,
            cause=line.cause.strip(),
            inspection=line.inspection,
            defect=line.defect,
        )
        save_checked(row, force_insert=True)
    _payment_follows(assessment, by, at)
    return assessment


def _require_turn(
    agreement: Agreement, period: Period, supersedes: Assessment | None, today: datetime.date
) -> None:
    """Refuse a period that is not over, a second first assessment, and a stale correction."""
    if today < period.last:
        raise WrongMoment(_("A period is scored when it is over."))
    standing = standing_assessment(agreement, period)
    if standing is not None and supersedes is None:
        raise WrongMoment(_("This period has been assessed already. Correct that assessment."))
    if supersedes is not None and (standing is None or supersedes.pk != standing.pk):
        raise WrongMoment(_("Another assessment of this period stands by now. Correct that one."))


def _problems(agreement: Agreement, score: Decimal, lines: Sequence[LostPoints]) -> list[Problem]:
    problems: list[Problem] = []
    lost = sum((line.points for line in lines), Decimal(0))
    if lost != FULL_SCORE - score:
        sentence = _("The lost points sum to %(lost)s, but %(missing)s are missing to 100.")
        values = {"lost": lost, "missing": FULL_SCORE - score}
        problems.append(("lines", "lines_do_not_sum", sentence % values))
    for place, line in enumerate(lines):
        evidence = [record for record in (line.inspection, line.defect) if record]
        if any(record.agreement_id != agreement.pk for record in evidence):
            sentence = _("This inspection or defect belongs to another agreement.")
            problems.append((f"lines.{place}", "other_agreement", sentence))
    return problems


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise RefusedByRegister(problems)


def _coefficient(agreement: Agreement, score: Decimal) -> Decimal:
    bands = agreement.bands.values_list("from_score", "coefficient")
    try:
        return coefficient_for(score, [Band(*band) for band in bands])
    except MoneyError as error:
        sentence = _("The agreement's table has no coefficient for this score.")
        raise RefusedByRegister([("score", error.code, sentence)]) from error


def _payment_follows(assessment: Assessment, by: Acting, at: datetime.datetime) -> None:
    """Compute the period's payment by the new assessment; raises `PeriodSettled` if approved."""
    payments = PaymentRequest.objects.filter(
        agreement=assessment.agreement,
        period_start=assessment.period_start,
        period_end=assessment.period_end,
    ).exclude(state=PaymentState.CANCELLED)
    for payment in payments:
        current = payment_held(payment)
        figures_may_change(current)
        reason = _("The period was assessed anew.")
        back_to_draft(current, by=by, at=at, reason=reason)
        compute_anew(current, actor=by.actor, reason=reason)
