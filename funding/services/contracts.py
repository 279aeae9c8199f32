"""Contracts: signed, changed by variations, settled."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from funding.bookkeeping import require_books
from funding.contract_sums import contract_sum
from funding.models import Contract, ContractSite, LedgerEntry, Settlement, Variation
from funding.services.errors import WrongState
from sites.access import Scope
from sites.models import ProjectSite
from sites.services.authorship import authored
from sites.services.errors import ReasonMissing, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIXED = ("programme", "area")


@dataclass(frozen=True, slots=True)
class Part:
    """A site of a contract and its part in yuan, None where it was not stated."""

    site: ProjectSite
    amount: Decimal | None = None


@transaction.atomic
def contract_save(
    *,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    parts: Sequence[Part] | None = None,
    contract: Contract | None = None,
    expected_version: int | None = None,
    reason: str = "",
) -> Contract:
    """Enter a contract with its sites, or change one; `on` is today.

    Programme and area stay as they were. Once money was paid, varied or settled on it, so does
    the amount: a variation changes it. Raises `NotPermitted`, `ConcurrentChange` or
    `RefusedByRegister`.
    """
    current = Contract() if contract is None else _held(contract, expected_version)
    before = current.amount
    if contract is not None:
        require_books(scope, current.area_code)
    assign(current, values, fixed=FIXED if contract else ())
    require_books(scope, current.area.code)
    _require_amount(current, before, is_new=contract is None)
    if current.signed_on and current.signed_on > on:
        sentence = _("The day must not lie in the future.")
        raise RefusedByRegister([("signed_on", "out_of_range", sentence)])
    if contract is None and not parts:
        sentence = _("Name at least one site that the contract is about.")
        raise RefusedByRegister([("sites", "required", sentence)])
    with authored(actor=actor, reason=reason):
        save_checked(current, force_insert=contract is None)
        if parts is not None:
            _write_parts(current, parts)
    current.refresh_from_db()
    return current


@transaction.atomic
def variation_record(
    *,
    contract: Contract,
    amount: Decimal,
    reason: str,
    approved_on: datetime.date,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    number: str = "",
) -> Variation:
    """Change what a contract comes to by an amount above or below zero, with its reason.

    Raises `NotPermitted`, `ReasonMissing`, `WrongState` once it is settled, or
    `RefusedByRegister` where nothing would be left of the contract.
    """
    current = _held(contract)
    require_books(scope, current.area_code)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    sums = contract_sum(current)
    if sums.settled is not None:
        raise WrongState(_("The contract is settled; its amount is no longer changed."))
    if amount.is_finite() and sums.total + amount <= 0:
        sentence = _("The contract comes to %(total)s yuan; something must be left of it.")
        raise RefusedByRegister(
            [("amount", "out_of_range", sentence % {"total": f"{sums.total:,.2f}"})]
        )
    _require_day("approved_on", approved_on, current, on)
    variation = Variation(
        contract=current,
        number=number.strip(),
        amount=amount,
        reason=reason.strip(),
        approved_on=approved_on,
        recorded_by=actor,
    )
    save_checked(variation, force_insert=True)
    variation.refresh_from_db()
    return variation


@transaction.atomic
def settlement_record(
    *,
    contract: Contract,
    submitted: Decimal,
    approved: Decimal,
    settled_on: datetime.date,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    auditor: str = "",
    document_number: str = "",
    note: str = "",
) -> Settlement:
    """Settle a contract: what was submitted 送审 and what the audit approved 审定, in yuan.

    A second settlement supersedes the first and says why in `note`. From now on no more than the
    approved amount is paid. Raises `NotPermitted`, `ReasonMissing` or `RefusedByRegister`.
    """
    current = _held(contract)
    require_books(scope, current.area_code)
    standing = Settlement.objects.filter(contract=current, superseded_by__isnull=True).first()
    if standing is not None and not note.strip():
        raise ReasonMissing(field="note")
    _require_day("settled_on", settled_on, current, on)
    settlement = Settlement(
        contract=current,
        submitted=submitted,
        approved=approved,
        settled_on=settled_on,
        auditor=auditor.strip(),
        document_number=document_number.strip(),
        note=note.strip(),
        supersedes=standing,
        recorded_by=actor,
    )
    save_checked(settlement, force_insert=True)
    settlement.refresh_from_db()
    return settlement


def _held(contract: Contract, expected_version: int | None = None) -> Contract:
    if expected_version is not None:
        return locked(contract, expected_version)
    held: Contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    return held


def _require_amount(contract: Contract, before: Decimal | None, *, is_new: bool) -> None:
    """Raise `RefusedByRegister` when an amount changes on which something rests already."""
    if is_new or contract.amount == before:
        return
    rests = (
        contract.variations.exists()
        or contract.settlements.exists()
        or LedgerEntry.objects.filter(contract=contract).exists()
    )
    if rests:
        sentence = _("Money rests on this amount already; record a variation instead.")
        raise RefusedByRegister([("amount", "read_only", sentence)])


def _write_parts(contract: Contract, parts: Sequence[Part]) -> None:
    _require_parts(contract, parts)
    known = {row.site_id: row for row in contract.parts.all()}
    wanted = {part.site.pk for part in parts}
    dropped = set(known) - wanted
    if LedgerEntry.objects.filter(contract=contract, site__in=dropped).exists():
        sentence = _("Money was paid for a site of this contract, so the site stays in it.")
        raise RefusedByRegister([("sites", "in_use", sentence)])
    contract.parts.filter(site__in=dropped).delete()
    for part in parts:
        row = known.get(part.site.pk) or ContractSite(contract=contract, site=part.site)
        if row._state.adding or row.amount != part.amount:
            row.amount = part.amount
            save_checked(row)


def _require_parts(contract: Contract, parts: Sequence[Part]) -> None:
    problems = []
    if not parts:
        sentence = _("Name at least one site that the contract is about.")
        problems.append(("sites", "required", sentence))
    if len({part.site.pk for part in parts}) < len(parts):
        problems.append(("sites", "twice", _("A site is named twice.")))
    for part in parts:
        values = {"site": part.site.code}
        if part.site.programme_id != contract.programme_id:
            sentence = _("Site %(site)s belongs to another programme.") % values
            problems.append(("sites", "other_programme", sentence))
        if not part.site.area_code.startswith(contract.area.code):
            sentence = _("Site %(site)s lies outside the area of the contract.") % values
            problems.append(("sites", "other_area", sentence))
    stated = sum((part.amount for part in parts if part.amount), Decimal(0))
    if stated > contract.amount:
        sentence = _("The parts of the sites are more than the contract's amount.")
        problems.append(("sites", "parts_too_large", sentence))
    if problems:
        raise RefusedByRegister(problems)


def _require_day(field: str, day: datetime.date, contract: Contract, on: datetime.date) -> None:
    if not contract.signed_on <= day <= on:
        sentence = _("Give a day from %(first)s to %(last)s.")
        values = {"first": contract.signed_on, "last": on}
        raise RefusedByRegister([(field, "out_of_range", sentence % values)])
