"""Sums of service records by programme: people, households, amounts, and shares of training."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from sites.kinds import ProgrammeKind, ServiceState
from sites.models import Programme

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class ServiceSum:
    """What the verified records of a programme add up to, and how many wait for review.

    `tested` and `examined` are the people of the records that say how many passed or got a
    certificate: shares are taken of those.
    """

    programme: Programme
    records: int
    waiting: int
    people: int
    households: int
    amount: Decimal
    passed: int
    tested: int
    certified: int
    examined: int

    @property
    def is_training(self) -> bool:
        """Whether people can pass."""
        return self.programme.kind == ProgrammeKind.TRAINING

    @property
    def pass_percent(self) -> Decimal | None:
        """Who passed, in percent of those of whom it is known."""
        return _percent(self.passed, self.tested)

    @property
    def certificate_percent(self) -> Decimal | None:
        """Who got a certificate, in percent of those of whom it is known."""
        return _percent(self.certified, self.examined)


def service_sums(records: Any) -> tuple[ServiceSum, ...]:
    """Return the sums of given records, by programme: two statements."""
    counted = Q(state=ServiceState.VERIFIED)
    rows = list(
        records.order_by()
        .values("programme_id")
        .annotate(
            records=Count("pk", filter=counted),
            waiting=Count("pk", filter=Q(state=ServiceState.REPORTED)),
            people_sum=Sum("people", filter=counted, default=0),
            households_sum=Sum("households", filter=counted, default=0),
            amount_sum=Sum("amount", filter=counted, default=Decimal(0)),
            passed_sum=Sum("passed", filter=counted, default=0),
            tested=Sum("people", filter=counted & Q(passed__isnull=False), default=0),
            certified_sum=Sum("certified", filter=counted, default=0),
            examined=Sum("people", filter=counted & Q(certified__isnull=False), default=0),
        )
    )
    programmes = Programme.objects.in_bulk([row["programme_id"] for row in rows])
    sums = [_sum(programmes[row["programme_id"]], row) for row in rows]
    return tuple(sorted(sums, key=lambda found: (-found.programme.year, found.programme.code)))


def _sum(programme: Programme, row: dict[str, Any]) -> ServiceSum:
    return ServiceSum(
        programme=programme,
        records=row["records"],
        waiting=row["waiting"],
        people=row["people_sum"],
        households=row["households_sum"],
        amount=row["amount_sum"],
        passed=row["passed_sum"],
        tested=row["tested"],
        certified=row["certified_sum"],
        examined=row["examined"],
    )


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) * 100 / whole).quantize(TENTH) if whole else None
