"""What an agreement lacks before it can be laid before its parties."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from maintenance.agreement_terms import required_roles
from maintenance.kinds import PartyRole, PriceBasis
from maintenance.models import Agreement, AgreementParty
from maintenance.order_bodies import Parties, bodies_for_order

Missing = tuple[str, str, str]
WHOLE = Decimal(100)


def terms_missing(agreement: Agreement) -> list[Missing]:
    """Return everything that is missing as field, stable code and sentence."""
    return [
        *_parties_missing(agreement),
        *_scope_missing(agreement),
        *_money_missing(agreement),
    ]


def _parties_missing(agreement: Agreement) -> Iterator[Missing]:
    rows = list(AgreementParty.objects.filter(agreement=agreement).select_related("organisation"))
    held = Parties({role: [r.organisation for r in rows if r.role == role] for role in PartyRole})
    lacking = [role for role in required_roles(agreement) if not held.with_role(role)]
    for role in lacking:
        sentence = _("Nobody is named as: %(role)s.") % {"role": role.label}
        yield "parties", f"{role.value}_missing", sentence
    for role in (PartyRole.CLIENT, PartyRole.EXECUTOR):
        if len(held.with_role(role)) > 1:
            sentence = _("Only one body can be: %(role)s.") % {"role": role.label}
            yield "parties", f"{role.value}_not_one", sentence
    if not lacking and bodies_for_order(agreement, held) is None:
        sentence = _(
            "Three different bodies must carry out the work, inspect it and confirm it. Nobody "
            "checks own work."
        )
        yield "parties", "own_work_checked", sentence


def _scope_missing(agreement: Agreement) -> Iterator[Missing]:
    if not agreement.scopes.exists():
        yield "scopes", "scope_missing", _("The agreement covers nothing yet.")
    by_km = agreement.price_basis == PriceBasis.PER_KM_YEAR
    if by_km and agreement.scopes.filter(length_m__isnull=True).exists():
        sentence = _("A price per km needs a length: the scope holds assets without chainage.")
        yield "scopes", "length_missing", sentence


def _money_missing(agreement: Agreement) -> Iterator[Missing]:
    total = sum((share.percent for share in agreement.shares.all()), Decimal(0))
    if total != WHOLE:
        sentence = _("The funding shares must sum to exactly 100 percent.")
        yield "shares", "agreement_shares_sum_to_100", sentence
    if not agreement.bands.filter(from_score=0).exists():
        sentence = _("The coefficient table is missing, or does not begin at score 0.")
        yield "bands", "bands_begin_at_zero", sentence
    if agreement.price_basis != PriceBasis.PER_ORDER and not agreement.unit_price:
        yield "unit_price", "price_missing", _("The unit price is missing.")
