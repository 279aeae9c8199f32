"""Lost points that the records of a period suggest; whoever scores decides.

A failed item of a checklist costs its points, divided by the number of inspections of the period,
so that the sum is what an average inspection lost: our choice, shown with the proposal. A defect
that was not found by a checklist has no points of its own and is proposed without any.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assets.kinds import CheckResult
from maintenance.kinds import DefectState
from maintenance.models import Agreement, CheckAnswer, Defect, Inspection
from maintenance.money import Period
from maintenance.payment_figures import moments_of

FULL_SCORE = Decimal(100)
STEP = Decimal("0.01")
MOST_LINES = 50
MOST_ANSWERS = 5000


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """Points that may be taken off, why, and the record that shows it."""

    points: Decimal
    cause: str
    inspection_id: UUID | None = None
    defect_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Proposed lines, how many inspections they rest on, and the score that they leave."""

    inspections: int
    lines: tuple[ProposedLine, ...]

    @property
    def score(self) -> Decimal:
        """What is left of 100 points."""
        return FULL_SCORE - sum((line.points for line in self.lines), Decimal(0))


def proposal_for(agreement: Agreement, period: Period) -> Proposal:
    """Return what the inspections and defects of a period suggest; three queries."""
    start, end = moments_of(period)
    inspections = Inspection.objects.filter(
        agreement=agreement,
        inspected_at__gte=start,
        inspected_at__lt=end,
        corrections__isnull=True,
    )
    number = inspections.count()
    lines = [*_failed_items(inspections, number), *_defects(agreement, period)]
    return Proposal(number, tuple(_within_full_score(lines[:MOST_LINES])))


def _failed_items(inspections: QuerySet[Inspection], number: int) -> list[ProposedLine]:
    failed = CheckAnswer.objects.filter(
        inspection__in=inspections, result=CheckResult.FAILED, item__points__gt=0
    )
    grouped: dict[UUID, list[CheckAnswer]] = defaultdict(list)
    for answer in failed.select_related("item").order_by("inspection_id")[:MOST_ANSWERS]:
        grouped[answer.item_id].append(answer)
    lines = []
    for answers in grouped.values():
        item = answers[0].item
        points = (item.points * len(answers) / number).quantize(STEP, ROUND_HALF_UP)
        cause = _("%(item)s (failed in %(failed)s of %(number)s inspections)") % {
            "item": item.text,
            "failed": len(answers),
            "number": number,
        }
        lines.append(ProposedLine(points, cause[:200], inspection_id=answers[0].inspection_id))
    return sorted(lines, key=lambda line: -line.points)


def _defects(agreement: Agreement, period: Period) -> list[ProposedLine]:
    start, end = moments_of(period)
    defects = Defect.objects.filter(
        agreement=agreement,
        found_at__gte=start,
        found_at__lt=end,
        inspection_answer__isnull=True,
    ).exclude(state__in=[DefectState.DUPLICATE, DefectState.REJECTED])
    return [
        ProposedLine(
            Decimal(0),
            _("Defect #%(number)s: %(kind)s")
            % {"number": defect.number, "kind": defect.get_kind_display()},
            defect_id=defect.pk,
        )
        for defect in defects.order_by("number")[:MOST_LINES]
    ]


def _within_full_score(lines: list[ProposedLine]) -> list[ProposedLine]:
    left = FULL_SCORE
    kept = []
    for line in lines:
        points = min(line.points, left)
        left -= points
        kept.append(ProposedLine(points, line.cause, line.inspection_id, line.defect_id))
    return kept
