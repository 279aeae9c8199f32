"""Writing agreements while they are drafted and negotiated, and renewing them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from assets.models import Asset
from maintenance.agreement_terms import BandTerm, PartyTerm, ScopeTerm, ShareTerm, Terms
from maintenance.kinds import AgreementState
from maintenance.models import Agreement, AgreementParty, AgreementScope
from maintenance.services.agreement_access import held, require_office, require_open, require_state
from maintenance.services.agreement_parts import (
    refuse,
    replace_bands,
    replace_parties,
    replace_shares,
)
from maintenance.services.agreement_scopes import replace_scopes
from maintenance.services.errors import WrongMoment
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COPIED = (
    "name",
    "model",
    "area",
    "standard_text",
    "price_basis",
    "unit_price",
    "payment_cycle",
    "inspects",
    "confirms",
)
"""Columns that a renewal takes over from the agreement that it renews."""
MONTHS = 12


@transaction.atomic
def agreement_create(*, terms: Terms, actor: User | None, scope: Scope) -> Agreement:
    """Draft an agreement with the parts that are given; the office of its area does so.

    Raises `NotPermitted` or `RefusedByRegister`.
    """
    agreement = Agreement(**terms.values)
    require_office(scope, agreement.area)
    with authored(actor=actor):
        save_checked(agreement, force_insert=True)
        _write_parts(agreement, terms, scope)
    agreement.refresh_from_db()
    return agreement


@transaction.atomic
def agreement_update(
    *,
    agreement: Agreement,
    terms: Terms,
    actor: User | None,
    scope: Scope,
    expected_version: int,
    reason: str = "",
) -> Agreement:
    """Change a draft or what is negotiated; parts that are given are replaced as a whole.

    Raises `ConcurrentChange`, `NotPermitted`, `AgreementFixed` once it is signed, `AlreadySigned`
    while a signature stands under the terms, or `RefusedByRegister` with every problem found.
    """
    current = locked(agreement, expected_version)
    require_office(scope, current.area)
    require_open(current)
    assign(current, terms.values)
    require_office(scope, current.area)
    with authored(actor=actor, reason=reason):
        save_checked(current)
        _write_parts(current, terms, scope)
        touch_agreement(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def agreement_remove(*, agreement: Agreement, scope: Scope, expected_version: int) -> None:
    """Remove a draft that was never negotiated; everything else is kept.

    Raises `ConcurrentChange`, `NotPermitted` or `WrongMoment`.
    """
    current = locked(agreement, expected_version)
    require_office(scope, current.area)
    require_state(current, AgreementState.DRAFT)
    if current.changes.exists():
        raise WrongMoment(_("This draft was negotiated before, and its history is kept."))
    current.delete()


@transaction.atomic
def agreement_renew(
    *,
    agreement: Agreement,
    number: str,
    actor: User | None,
    scope: Scope,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    unit_price: Decimal | None = None,
    expected_version: int | None = None,
) -> Agreement:
    """Draft the agreement that follows on this one, with its terms, for as long a term again.

    It begins the day after this one ends unless another day is given; this one becomes
    `renewed` when the new one is signed. Raises `NotPermitted`, `WrongMoment` when the agreement
    is not signed or has a renewal already, `ConcurrentChange` or `RefusedByRegister`.
    """
    current = held(agreement, expected_version)
    require_office(scope, current.area)
    require_state(current, AgreementState.SIGNED)
    if current.renewals.exclude(state=AgreementState.TERMINATED).exists():
        raise WrongMoment(_("This agreement has a renewal already."))
    first = starts_on or current.ends_on + datetime.timedelta(days=1)
    values: dict[str, Any] = {name: getattr(current, name) for name in COPIED}
    if unit_price is not None:
        values["unit_price"] = unit_price
    last = ends_on or same_term(current.starts_on, current.ends_on, first)
    values |= {"number": number, "starts_on": first, "ends_on": last, "renews": current}
    return agreement_create(terms=_copied_terms(current, values), actor=actor, scope=scope)


def _copied_terms(agreement: Agreement, values: dict[str, Any]) -> Terms:
    rows = AgreementScope.objects.filter(agreement=agreement).select_related("asset")
    kept = rows.filter(asset__in=Asset.objects.to_keep_up().filter(removed_at__isnull=True))
    parties = AgreementParty.objects.filter(agreement=agreement).select_related("organisation")
    return Terms(
        values=values,
        parties=[PartyTerm(row.organisation, row.role) for row in parties],
        scopes=[
            ScopeTerm(r.asset, r.task, r.start_m, r.end_m, r.keeper_name, r.keeper_phone)
            for r in kept
        ],
        shares=[ShareTerm(row.source, row.percent) for row in agreement.shares.all()],
        bands=[BandTerm(row.from_score, row.coefficient) for row in agreement.bands.all()],
    )


def same_term(
    starts_on: datetime.date, ends_on: datetime.date, first: datetime.date
) -> datetime.date:
    """Return the last day of a term that begins on `first` and is as long as the one given.

    >>> day = datetime.date
    >>> same_term(day(2025, 1, 1), day(2025, 12, 31), day(2026, 1, 1))
    datetime.date(2026, 12, 31)
    >>> same_term(day(2025, 1, 1), day(2025, 1, 10), day(2025, 1, 11))
    datetime.date(2025, 1, 20)
    """
    after = ends_on + datetime.timedelta(days=1)
    if after.day != starts_on.day or after.day != first.day or after.day > 28:
        return first + (ends_on - starts_on)
    months = (after.year - starts_on.year) * MONTHS + after.month - starts_on.month
    years, month = divmod(first.month - 1 + months, MONTHS)
    return first.replace(year=first.year + years, month=month + 1) - datetime.timedelta(days=1)


def _write_parts(agreement: Agreement, terms: Terms, scope: Scope) -> None:
    refuse(_renewal_problems(agreement))
    if terms.parties is not None:
        replace_parties(agreement, terms.parties)
    if terms.shares is not None:
        replace_shares(agreement, terms.shares)
    if terms.bands is not None:
        replace_bands(agreement, terms.bands)
    if terms.scopes is not None:
        replace_scopes(agreement, terms.scopes, scope=scope)
    elif {"starts_on", "ends_on", "area", "renews"} & set(terms.values):
        _recheck_scopes(agreement, scope)


def _recheck_scopes(agreement: Agreement, scope: Scope) -> None:
    """Check what stands against new dates or a new area."""
    rows = AgreementScope.objects.filter(agreement=agreement).select_related("asset")
    standing = [
        ScopeTerm(r.asset, r.task, r.start_m, r.end_m, r.keeper_name, r.keeper_phone) for r in rows
    ]
    replace_scopes(agreement, standing, scope=scope)


def _renewal_problems(agreement: Agreement) -> list[tuple[str, str, str]]:
    """Return what is wrong with the first day of a renewal: neither a gap nor a step back."""
    old = agreement.renews
    if old is None:
        return []
    if agreement.starts_on > old.ends_on + datetime.timedelta(days=1):
        sentence = _("A renewal begins at the latest on the day after the agreement ends.")
        return [("starts_on", "renewal_gap", sentence)]
    if agreement.starts_on <= old.starts_on:
        sentence = _("A renewal begins after the agreement that it renews.")
        return [("starts_on", "renewal_too_early", sentence)]
    return []


def touch_agreement(agreement: Agreement) -> None:
    """Count the agreement's version up: its parts belong to what a reader has seen of it."""
    rows = Agreement.objects.filter(pk=agreement.pk)
    rows.update(version=F("version") + 1, updated_at=Now())
