"""Replacing the parties, shares and bands of an agreement, each as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from maintenance.agreement_terms import BandTerm, PartyTerm, ShareTerm
from maintenance.kinds import FundingSource, PartyRole
from maintenance.models import Agreement, AgreementParty, AssessmentBand, FundingShare
from sites.services.errors import RefusedByRegister

Problems = list[tuple[str, str, str]]
WHOLE = Decimal(100)
FINEST_SHARE = Decimal("0.001")
FINEST_COEFFICIENT = Decimal("0.0001")
FINEST_SCORE = Decimal("0.01")
HIGHEST_COEFFICIENT = 2
BOTH_SIDES = {PartyRole.EXECUTOR.value, PartyRole.SUPERVISOR.value}


def refuse(problems: Problems) -> None:
    """Raise `RefusedByRegister` for the problems, if there are any."""
    if problems:
        raise RefusedByRegister(problems)


def replace_parties(agreement: Agreement, parties: Sequence[PartyTerm]) -> None:
    """Write the parties; rows that stay keep their identity and their history."""
    refuse(party_problems(parties))
    wanted = {(party.organisation.pk, party.role): party for party in parties}
    for row in AgreementParty.objects.filter(agreement=agreement):
        if wanted.pop((row.organisation_id, row.role), None) is None:
            row.delete()
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organisation=party.organisation, role=party.role)
        for party in wanted.values()
    )


def party_problems(parties: Sequence[PartyTerm]) -> Problems:
    """Return what is wrong with a list of parties in itself."""
    problems: Problems = []
    seen: set[tuple[object, str]] = set()
    sides: dict[object, set[str]] = {}
    for place, party in enumerate(parties):
        key = (party.organisation.pk, party.role)
        if party.role not in PartyRole.values:
            problems.append((f"parties.{place}.role", "unknown_value", _("There is no such role.")))
        elif key in seen:
            sentence = _("This organisation holds the role already.")
            problems.append((f"parties.{place}", "agreement_party_once", sentence))
        seen.add(key)
        sides.setdefault(party.organisation.pk, set()).add(party.role)
        if sides[party.organisation.pk] >= BOTH_SIDES:
            sentence = _("One body cannot both carry out the work and supervise it.")
            problems.append((f"parties.{place}", "agreement_party_not_both_sides", sentence))
            sides[party.organisation.pk] = set()
    return problems


def replace_shares(agreement: Agreement, shares: Sequence[ShareTerm]) -> None:
    """Write the funding shares, which sum to exactly 100 percent; an empty list clears them."""
    refuse(share_problems(shares))
    standing = [(row.source, row.percent) for row in agreement.shares.order_by("position")]
    if standing == [(share.source, share.percent) for share in shares]:
        return
    for row in agreement.shares.all():
        row.delete()
    FundingShare.objects.bulk_create(
        FundingShare(
            agreement=agreement, position=place, source=share.source, percent=share.percent
        )
        for place, share in enumerate(shares)
    )


def share_problems(shares: Sequence[ShareTerm]) -> Problems:
    """Return what is wrong with funding shares: each source once, and 100 percent in all."""
    problems: Problems = []
    counted = Counter(share.source for share in shares)
    for place, share in enumerate(shares):
        if share.source not in FundingSource.values:
            problems.append(
                (f"shares.{place}.source", "unknown_value", _("There is no such source."))
            )
        elif counted[share.source] > 1:
            sentence = _("A source bears one share only.")
            problems.append((f"shares.{place}.source", "funding_share_once", sentence))
        if not _fits(share.percent, FINEST_SHARE, WHOLE) or not share.percent:
            sentence = _("A share lies above 0 and up to 100 percent, with three decimals at most.")
            problems.append((f"shares.{place}.percent", "funding_share_in_range", sentence))
    if problems or not shares:
        return problems
    total = sum((share.percent for share in shares), Decimal(0))
    if total != WHOLE:
        sentence = _("The shares sum to %(total)s percent; they must sum to exactly 100.")
        text = sentence % {"total": f"{total.normalize():f}"}
        problems.append(("shares", "agreement_shares_sum_to_100", text))
    return problems


def replace_bands(agreement: Agreement, bands: Sequence[BandTerm]) -> None:
    """Write the coefficient table, which begins at score 0; an empty list clears it."""
    refuse(band_problems(bands))
    wanted = sorted((band.from_score, band.coefficient) for band in bands)
    standing = sorted((row.from_score, row.coefficient) for row in agreement.bands.all())
    if standing == wanted:
        return
    for row in agreement.bands.all():
        row.delete()
    AssessmentBand.objects.bulk_create(
        AssessmentBand(agreement=agreement, from_score=score, coefficient=coefficient)
        for score, coefficient in wanted
    )


def band_problems(bands: Sequence[BandTerm]) -> Problems:
    """Return what is wrong with a coefficient table: every score must have one coefficient."""
    problems: Problems = []
    counted = Counter(band.from_score for band in bands)
    for place, band in enumerate(bands):
        fits = _fits(band.from_score, FINEST_SCORE, WHOLE) and _fits(
            band.coefficient, FINEST_COEFFICIENT, Decimal(HIGHEST_COEFFICIENT)
        )
        if not fits:
            sentence = _("Scores lie between 0 and 100, coefficients between 0 and 2.")
            problems.append((f"bands.{place}", "assessment_band_in_range", sentence))
        elif counted[band.from_score] > 1:
            sentence = _("A score begins one step only.")
            problems.append((f"bands.{place}.from_score", "assessment_band_once", sentence))
    if bands and not problems and not counted[Decimal(0)]:
        sentence = _("The table must begin at score 0, so that every score has a coefficient.")
        problems.append(("bands", "bands_begin_at_zero", sentence))
    return problems


def _fits(value: Decimal, finest: Decimal, highest: Decimal) -> bool:
    """Whether a number is finite, not negative, not above the highest, and not too fine."""
    return value.is_finite() and 0 <= value <= highest and value == value.quantize(finest)
