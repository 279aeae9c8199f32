"""What a contract comes to: signed, changed, settled and paid, in yuan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Sum

from funding.kinds import Stage
from funding.models import Contract, LedgerEntry, Settlement, Variation

NOTHING: Final = Decimal("0.00")
HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ContractSum:
    """One contract: signed, variations, the standing settlement if there is one, and paid."""

    signed: Decimal
    varied: Decimal = NOTHING
    variations: int = 0
    submitted: Decimal | None = None
    settled: Decimal | None = None
    paid: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        """Signed with all variations."""
        return self.signed + self.varied

    @property
    def limit(self) -> Decimal:
        """What may be paid: the settlement once there is one, the total before."""
        return self.total if self.settled is None else self.settled

    @property
    def left(self) -> Decimal:
        """What may still be paid; below zero when too much was paid."""
        return self.limit - self.paid

    @property
    def cut_percent(self) -> Decimal | None:
        """The cut rate 审减率 in percent: what the audit took off the submitted amount."""
        if self.submitted is None or self.settled is None:
            return None
        return ((self.submitted - self.settled) * 100 / self.submitted).quantize(HUNDREDTH)

    @property
    def paid_percent(self) -> Decimal | None:
        """Paid in percent of what may be paid."""
        return (self.paid * 100 / self.limit).quantize(HUNDREDTH) if self.limit else None


def contract_sums(contracts: Iterable[Contract]) -> dict[UUID, ContractSum]:
    """Return the sums of contracts by their key: three statements for any number."""
    signed = {contract.pk: contract.amount for contract in contracts}
    if not signed:
        return {}
    varied = _grouped(Variation.objects.filter(contract__in=signed), count=True)
    paid = _grouped(LedgerEntry.objects.filter(contract__in=signed, stage=Stage.PAID))
    standing = {
        row.contract_id: row
        for row in Settlement.objects.filter(contract__in=signed, superseded_by__isnull=True)
    }
    return {
        key: ContractSum(
            signed=amount,
            varied=varied[key]["sum"] if key in varied else NOTHING,
            variations=varied[key]["rows"] if key in varied else 0,
            submitted=standing[key].submitted if key in standing else None,
            settled=standing[key].approved if key in standing else None,
            paid=paid[key]["sum"] if key in paid else NOTHING,
        )
        for key, amount in signed.items()
    }


def contract_sum(contract: Contract) -> ContractSum:
    """Return the sums of one contract."""
    return contract_sums([contract])[contract.pk]


def _grouped(rows: Any, *, count: bool = False) -> dict[UUID, dict[str, Any]]:
    found = rows.order_by().values("contract_id").annotate(sum=Sum("amount"))
    if count:
        found = found.annotate(rows=Count("pk"))
    return {row["contract_id"]: row for row in found}
