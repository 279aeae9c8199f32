"""What is due and what is paid by source of money, over the payments that somebody sees."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from maintenance.kinds import FundingSource, PaymentState
from maintenance.models import PaymentShare
from maintenance.payment_moves import OPEN_STATES

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class SourceSum:
    """One source in yuan: what waits for approval, what is approved (due), what of it is paid."""

    source: FundingSource
    coming: Decimal = NOTHING
    due: Decimal = NOTHING
    paid: Decimal = NOTHING

    @property
    def owed(self) -> Decimal:
        """Approved and not paid yet."""
        return self.due - self.paid


def sums_by_source(payments: Any) -> list[SourceSum]:
    """Return one row a source that bears something, in the order of sources; one statement."""
    rows = (
        PaymentShare.objects.filter(payment__in=payments.order_by().values("pk"))
        .order_by()
        .values("source")
        .annotate(
            coming=Sum("amount", filter=Q(payment__state__in=OPEN_STATES), default=NOTHING),
            due=Sum(
                "amount",
                filter=Q(payment__state__in=[PaymentState.APPROVED, PaymentState.PAID]),
                default=NOTHING,
            ),
            paid=Sum("amount", filter=Q(payment__state=PaymentState.PAID), default=NOTHING),
        )
    )
    found = {row["source"]: row for row in rows}
    return [
        SourceSum(source, found[source]["coming"], found[source]["due"], found[source]["paid"])
        for source in FundingSource
        if source in found
    ]


def summed(rows: list[SourceSum]) -> dict[str, Decimal]:
    """Return the sums over all sources."""
    return {
        name: sum((getattr(row, name) for row in rows), NOTHING)
        for name in ("coming", "due", "paid", "owed")
    }
