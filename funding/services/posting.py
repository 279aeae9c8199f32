"""How an entry gets into the ledger: what it hangs on is held, and a refusal says how much.

Whoever books takes the contract, the fallback and the account in this order, before the row is
written: two bookings never wait for each other in a ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from funding.contract_sums import contract_sum
from funding.kinds import FallbackState, Stage
from funding.models import Contract, FallbackCommitment, FundAccount, LedgerEntry
from funding.services.errors import (
    ContractExceeded,
    EntryDiffers,
    FallbackExceeded,
    FallbackNotApproved,
    LimitExceeded,
    NothingToTakeBack,
)
from sites.services.errors import RefusedByRegister
from sites.services.saving import save_checked

NOTHING: Final = Decimal("0.00")
TOLD: Final = (
    "programme_id",
    "site_id",
    "area_id",
    "source_id",
    "stage",
    "kind",
    "amount",
    "booked_on",
    "document_number",
    "document_id",
    "contract_id",
    "fallback_id",
    "payee_id",
    "override_reason",
    "note",
)
"""What makes an entry that is sent again the same one."""


def entry_standing(entry: LedgerEntry, *, among: Sequence[str] = TOLD) -> LedgerEntry | None:
    """Return the same entry that stands under this identifier; raises `EntryDiffers`."""
    standing: LedgerEntry | None = LedgerEntry.objects.filter(pk=entry.pk).first()
    if standing and any(getattr(standing, name) != getattr(entry, name) for name in among):
        raise EntryDiffers
    return standing


def entry_post(entry: LedgerEntry) -> LedgerEntry:
    """Write an entry under the limits of its contract, fallback and account.

    The same entry under the same identifier is booked once. Raises what `ledger_post` names.
    """
    _contract_held(entry)
    commitment = _fallback_held(entry)
    account = _account_held(entry)
    standing = entry_standing(entry)
    if standing:
        return standing
    _require_contract_limit(entry)
    try:
        save_checked(entry, force_insert=True)
    except RefusedByRegister as error:
        raced = entry_standing(entry)
        if raced:
            return raced
        raise _named(error, entry, account, commitment) from error
    entry.refresh_from_db()
    return entry


def _contract_held(entry: LedgerEntry) -> None:
    if entry.contract_id:
        Contract.objects.select_for_update(of=("self",)).get(pk=entry.contract_id)


def _fallback_held(entry: LedgerEntry) -> FallbackCommitment | None:
    if not entry.fallback_id:
        return None
    rows = FallbackCommitment.objects.select_for_update(of=("self",))
    held: FallbackCommitment = rows.get(pk=entry.fallback_id)
    if held.state != FallbackState.APPROVED and entry.amount > 0:
        raise FallbackNotApproved
    return held


def _account_held(entry: LedgerEntry) -> FundAccount:
    account = FundAccount(programme_id=entry.programme_id, source_id=entry.source_id)
    FundAccount.objects.bulk_create([account], ignore_conflicts=True)
    held: FundAccount = FundAccount.objects.select_for_update(of=("self",)).get(
        programme_id=entry.programme_id, source_id=entry.source_id
    )
    return held


def _require_contract_limit(entry: LedgerEntry) -> None:
    if not entry.contract_id or entry.stage != Stage.PAID or entry.amount <= 0:
        return
    sums = contract_sum(Contract.objects.get(pk=entry.contract_id))
    if sums.paid + entry.amount <= sums.limit or entry.override_reason:
        return
    words = _(
        "The contract allows %(limit)s yuan and %(paid)s yuan are paid: this payment exceeds it "
        "by %(excess)s yuan. The district planner can give a reason to book it nevertheless."
    )
    if sums.settled is not None:
        words = _(
            "The contract was settled at %(limit)s yuan and %(paid)s yuan are paid: this payment "
            "exceeds it by %(excess)s yuan. The district planner can give a reason to book it "
            "nevertheless."
        )
    values = {
        "limit": f"{sums.limit:,.2f}",
        "paid": f"{sums.paid:,.2f}",
        "excess": f"{sums.paid + entry.amount - sums.limit:,.2f}",
    }
    raise ContractExceeded([("amount", "contract_exceeded", words % values)])


def _named(
    error: RefusedByRegister,
    entry: LedgerEntry,
    account: FundAccount,
    commitment: FallbackCommitment | None,
) -> RefusedByRegister:
    """Return what a constraint's name means for this entry, in amounts."""
    codes = {code for _field, code, _text in error.errors}
    if "ledger_within_account" in codes:
        return LimitExceeded([("amount", "ledger_within_account", _over(entry, account))])
    if "fallback_not_exceeded" in codes and commitment is not None:
        return FallbackExceeded(
            [("amount", "fallback_not_exceeded", _over_fallback(entry, commitment))]
        )
    if "fund_account_not_negative" in codes:
        sentence = _("Only %(booked)s yuan stand at this stage; no more can be taken back.")
        values = {"booked": f"{getattr(account, entry.stage):,.2f}"}
        return NothingToTakeBack([("amount", "fund_account_not_negative", sentence % values)])
    return error


def _over(entry: LedgerEntry, account: FundAccount) -> str:
    sums = {stage.value: getattr(account, stage.value) for stage in Stage}
    sums[entry.stage] += entry.amount
    if entry.stage == Stage.PAID or (entry.stage == Stage.RELEASED and entry.amount < 0):
        words = _(
            "Paid would be %(upper)s yuan, but released are %(lower)s yuan: %(excess)s yuan too "
            "much. The district planner can give a reason to book it nevertheless."
        )
        upper, lower = sums["paid"], sums["released"]
    else:
        words = _(
            "Released would be %(upper)s yuan, but allocated are %(lower)s yuan: %(excess)s yuan "
            "too much. The district planner can give a reason to book it nevertheless."
        )
        upper, lower = sums["released"], sums["allocated"]
    return words % {
        "upper": f"{upper:,.2f}",
        "lower": f"{lower:,.2f}",
        "excess": f"{upper - lower:,.2f}",
    }


def _over_fallback(entry: LedgerEntry, commitment: FallbackCommitment) -> str:
    amounts = LedgerEntry.objects.filter(fallback=commitment, stage=entry.stage)
    booked = sum(amounts.values_list("amount", flat=True), NOTHING)
    words = _(
        "The fallback covers %(cap)s yuan and %(booked)s yuan are booked at this stage: this "
        "exceeds it by %(excess)s yuan."
    )
    return words % {
        "cap": f"{commitment.amount:,.2f}",
        "booked": f"{booked:,.2f}",
        "excess": f"{booked + entry.amount - commitment.amount:,.2f}",
    }
