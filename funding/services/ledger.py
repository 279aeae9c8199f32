"""Booking money: entries are never changed; a mistake is reversed, money given back is a return."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from funding.bookkeeping import require_books, require_district
from funding.kinds import EntryKind
from funding.models import (
    Contract,
    FallbackCommitment,
    FundingSource,
    LedgerEntry,
    OfficialDocument,
)
from funding.services.errors import AlreadyReversed
from funding.services.posting import entry_post
from sites.access import Scope
from sites.identifiers import new_id
from sites.models import Area, Organisation, Programme, ProjectSite
from sites.services.errors import ReasonMissing, RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIRST_YEAR = 1949


@transaction.atomic
def ledger_post(
    *,
    source: FundingSource,
    stage: str,
    amount: Decimal,
    booked_on: datetime.date,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    site: ProjectSite | None = None,
    programme: Programme | None = None,
    area: Area | None = None,
    kind: str = EntryKind.ENTRY,
    document_number: str = "",
    document: OfficialDocument | None = None,
    contract: Contract | None = None,
    fallback: FallbackCommitment | None = None,
    payee: Organisation | None = None,
    override_reason: str = "",
    note: str = "",
    id: UUID | None = None,
) -> LedgerEntry:
    """Book an amount of yuan above zero: of a site, or of a programme in an area.

    `kind` is an entry, or a return, which is written with the other sign. `id` is the sender's:
    the same entry sent twice is booked once. `on` is today; no day after it is booked.

    Raises `NotPermitted`, `LimitExceeded`, `ContractExceeded`, `FallbackExceeded`,
    `FallbackNotApproved`, `NothingToTakeBack`, `EntryDiffers` or `RefusedByRegister`.
    """
    entry = LedgerEntry(
        id=id or new_id(),
        site=site,
        **_placed(site, programme, area),
        source=source,
        stage=stage,
        kind=kind,
        amount=amount if kind == EntryKind.ENTRY else -amount,
        booked_on=booked_on,
        document_number=document_number.strip(),
        document=document,
        contract=contract,
        fallback=fallback,
        payee=payee,
        override_reason=override_reason.strip(),
        note=note.strip(),
        recorded_by=actor,
    )
    return _posted(entry, amount, scope=scope, on=on)


def _posted(entry: LedgerEntry, amount: Decimal, *, scope: Scope, on: datetime.date) -> LedgerEntry:
    """Check an entry of an amount as it was sent and by whom, and write it."""
    _require_whole(entry, amount, on)
    require_books(scope, entry.area.code)
    if entry.override_reason:
        require_district(scope, entry.area.code)
    return entry_post(entry)


@transaction.atomic
def ledger_return(
    *, source: FundingSource, stage: str, amount: Decimal, **values: Any
) -> LedgerEntry:
    """Book money that was given back 退回: an amount above zero, written with the other sign.

    Takes and raises what `ledger_post` does.
    """
    return ledger_post(
        source=source, stage=stage, amount=amount, **{**values, "kind": EntryKind.RETURN}
    )


@transaction.atomic
def ledger_reverse(
    *,
    entry: LedgerEntry,
    reason: str,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    booked_on: datetime.date | None = None,
    override_reason: str = "",
    id: UUID | None = None,
) -> LedgerEntry:
    """Take an entry back by one of the opposite amount, once, on the day of the correction.

    The day is today unless `booked_on` says another one from the entry's own day on: sums of an
    earlier period stay as they were told. Raises `NotPermitted`, `ReasonMissing`,
    `AlreadyReversed`, `LimitExceeded`, `NothingToTakeBack` or `RefusedByRegister`.
    """
    rows = LedgerEntry.objects.select_for_update(of=("self",)).select_related("area")
    current: LedgerEntry = rows.get(pk=entry.pk)
    require_books(scope, current.area_code)
    if override_reason.strip():
        require_district(scope, current.area_code)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    reversal = _reversal_of(current, booked_on or on, id)
    standing = LedgerEntry.objects.filter(reverses=current).first()
    if standing and standing.pk != id:
        raise AlreadyReversed
    reversal.note, reversal.override_reason = reason.strip(), override_reason.strip()
    reversal.recorded_by = actor
    _require_day(reversal.booked_on, on, first=current.booked_on)
    return entry_post(reversal)


def _reversal_of(current: LedgerEntry, day: datetime.date, key: UUID | None) -> LedgerEntry:
    if current.kind == EntryKind.REVERSAL:
        raise AlreadyReversed(_("A reversal is not reversed; book the amount anew."))
    return LedgerEntry(
        id=key or new_id(),
        site_id=current.site_id,
        programme_id=current.programme_id,
        area=current.area,
        source_id=current.source_id,
        stage=current.stage,
        kind=EntryKind.REVERSAL,
        amount=-current.amount,
        booked_on=day,
        document_number=current.document_number,
        document_id=current.document_id,
        contract_id=current.contract_id,
        fallback_id=current.fallback_id,
        payee_id=current.payee_id,
        reverses=current,
    )


def _placed(
    site: ProjectSite | None, programme: Programme | None, area: Area | None
) -> dict[str, Any]:
    """Return the programme and the area of an entry: what is not said is the site's."""
    if site is not None:
        return {"programme": programme or site.programme, "area": area or site.area}
    if programme is not None and area is not None:
        return {"programme": programme, "area": area}
    problems = []
    if programme is None:
        problems.append(("programme", "required", _("Give a programme or a site.")))
    if area is None:
        problems.append(("area", "required", _("Give an area or a site.")))
    raise RefusedByRegister(problems)


def _require_whole(entry: LedgerEntry, amount: Decimal, on: datetime.date) -> None:
    """Raise `RefusedByRegister` for what does not belong together."""
    problems = []
    if entry.kind == EntryKind.REVERSAL:
        problems.append(("kind", "unknown_value", _("A reversal is booked from its entry.")))
    if not (amount.is_finite() and amount > 0):
        problems.append(("amount", "out_of_range", _("The amount must be above zero.")))
    if not entry.source.is_active:
        problems.append(("source", "not_in_use", _("This source is no longer in use.")))
    problems += [*_of_site(entry), *_of_contract(entry), *_of_fallback(entry)]
    if problems:
        raise RefusedByRegister(problems)
    _require_day(entry.booked_on, on)


def _of_site(entry: LedgerEntry) -> list[tuple[str, str, str]]:
    site = entry.site
    if site is None:
        return []
    problems = []
    if entry.programme_id != site.programme_id:
        sentence = _("The site belongs to another programme.")
        problems.append(("programme", "other_programme", sentence))
    if entry.area_id != site.area_id:
        problems.append(("area", "other_area", _("The site lies in another area.")))
    return problems


def _of_contract(entry: LedgerEntry) -> list[tuple[str, str, str]]:
    contract = entry.contract
    if contract is None:
        return []
    problems = []
    if contract.programme_id != entry.programme_id:
        sentence = _("The contract belongs to another programme.")
        problems.append(("contract", "other_programme", sentence))
    if entry.site_id and not contract.parts.filter(site_id=entry.site_id).exists():
        problems.append(("contract", "other_site", _("The contract is not about this site.")))
    if entry.payee_id and entry.payee_id != contract.contractor_id:
        sentence = _("Money of a contract is paid to its contractor.")
        problems.append(("payee", "not_the_contractor", sentence))
    return problems


def _of_fallback(entry: LedgerEntry) -> list[tuple[str, str, str]]:
    commitment = entry.fallback
    if commitment is None:
        return []
    problems = []
    if commitment.programme_id != entry.programme_id:
        sentence = _("The fallback belongs to another programme.")
        problems.append(("fallback", "other_programme", sentence))
    if not entry.area.code.startswith(commitment.area_code):
        problems.append(("fallback", "other_area", _("The fallback belongs to another area.")))
    if entry.source.level != "district":
        sentence = _("A fallback is paid from the district's own money.")
        problems.append(("source", "not_district_money", sentence))
    return problems


def _require_day(
    day: datetime.date, on: datetime.date, *, first: datetime.date | None = None
) -> None:
    earliest = first or datetime.date(FIRST_YEAR, 1, 1)
    if not earliest <= day <= on:
        sentence = _("Give a day from %(first)s to %(last)s.") % {"first": earliest, "last": on}
        raise RefusedByRegister([("booked_on", "out_of_range", sentence)])
