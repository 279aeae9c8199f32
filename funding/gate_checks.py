"""What of money a site lacks before it closes (D5): a payment booked for it, or on its contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from funding.kinds import Stage
from funding.models import ContractSite, LedgerEntry
from sites.kinds import State
from sites.services.gates import GateSubject, Missing, register_gate

MONEY_LINE: Final = Missing(
    "money", "money_line_missing", _("No payment is booked for the site or on its contract.")
)
WORDS: Final[Mapping[str, str | Promise]] = {"money_line_missing": _("money line")}


def before_closed(subjects: Sequence[GateSubject]) -> Mapping[UUID, Sequence[Missing]]:
    """A site closes with the money that it cost."""
    asked = [subject.site_id for subject in subjects]
    paid = LedgerEntry.objects.filter(stage=Stage.PAID).order_by()
    own = paid.filter(site__in=asked).values("site_id").annotate(sum=Sum("amount"))
    known = set(own.filter(sum__gt=0).values_list("site_id", flat=True))
    left = [site_id for site_id in asked if site_id not in known]
    if left:
        parts = ContractSite.objects.filter(site__in=left)
        shared = (
            paid.filter(site__isnull=True, contract__in=parts.values("contract_id"))
            .values("contract_id")
            .annotate(sum=Sum("amount"))
            .filter(sum__gt=0)
        )
        known |= set(
            parts.filter(contract__in=shared.values("contract_id")).values_list(
                "site_id", flat=True
            )
        )
    return {site_id: [MONEY_LINE] for site_id in asked if site_id not in known}


def register_gates() -> None:
    """Hang the check on the last state; called when the app starts."""
    register_gate(State.CLOSED, before_closed, WORDS)
