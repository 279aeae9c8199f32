"""Verifying the coefficients of a rule set against the text of its standard."""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from assets.condition.formulas import GRADES_WITH_BORDER
from assets.kinds import CoefficientStatus
from assets.models import RatingCoefficient, RatingRuleset
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

HIGHEST: Final = Decimal(1000)
"""No number of these formulas is negative, and none comes near this: a guard against slips."""
HIGHEST_BORDER: Final = Decimal(100)


@transaction.atomic
def coefficient_verify(
    *,
    coefficient: RatingCoefficient,
    value: Decimal,
    source: str,
    on: datetime.date,
    today: datetime.date,
    actor: User,
    scope: Scope,
    expected_version: int,
) -> RatingCoefficient:
    """Store a coefficient as read from the standard's own text, with the document and the day.

    Only who manages the register may. Surveys that were rated before keep their ratings until
    they are rated again. Raises `ConcurrentChange`, `NotPermitted` or `RefusedByRegister`.
    """
    current = _held(coefficient, scope, expected_version)
    problems = _problems(current, value, source, on, today)
    if problems:
        raise RefusedByRegister(problems)
    current.value = value
    current.source = source.strip()
    current.status = CoefficientStatus.VERIFIED
    current.verified_on = on
    current.verified_by = actor
    return _saved(current, actor, "")


@transaction.atomic
def coefficient_withdraw(
    *,
    coefficient: RatingCoefficient,
    reason: str,
    actor: User,
    scope: Scope,
    expected_version: int,
) -> RatingCoefficient:
    """Mark a coefficient as not verified, with the reason; nothing more is computed from it.

    Raises `ConcurrentChange`, `NotPermitted` or `RefusedByRegister`.
    """
    current = _held(coefficient, scope, expected_version)
    if not reason.strip():
        raise RefusedByRegister([("reason", "required", _("Say why it is withdrawn."))])
    current.status = CoefficientStatus.UNVERIFIED
    current.verified_on = None
    current.verified_by = None
    return _saved(current, actor, reason)


def _held(coefficient: RatingCoefficient, scope: Scope, expected_version: int) -> RatingCoefficient:
    """Return the coefficient, locked behind its rule set, on which the order of borders hangs."""
    if not scope.manages_register:
        raise NotPermitted
    RatingRuleset.objects.select_for_update(of=("self",)).get(pk=coefficient.ruleset_id)
    return locked(coefficient, expected_version)


def _saved(coefficient: RatingCoefficient, actor: User, reason: str) -> RatingCoefficient:
    with authored(actor=actor, reason=reason):
        save_checked(coefficient)
    coefficient.refresh_from_db()
    return coefficient


def _problems(
    coefficient: RatingCoefficient,
    value: Decimal,
    source: str,
    on: datetime.date,
    today: datetime.date,
) -> list[tuple[str, str, str]]:
    problems = []
    is_border = coefficient.symbol.startswith("GRADE.")
    highest = HIGHEST_BORDER if is_border else HIGHEST
    if not value.is_finite() or not 0 <= value <= highest:
        sentence = _("Give a number between 0 and %(highest)s.") % {"highest": highest}
        problems.append(("value", "out_of_range", sentence))
    elif is_border and not _in_order(coefficient, value):
        sentence = _("The borders of the grades must fall from excellent to poor.")
        problems.append(("value", "borders_out_of_order", sentence))
    if not source.strip():
        sentence = _("Name the document, its page or table.")
        problems.append(("source", "required", sentence))
    if on > today:
        problems.append(("verified_on", "in_future", _("The day lies in the future.")))
    return problems


def _in_order(coefficient: RatingCoefficient, value: Decimal) -> bool:
    """Whether the verified borders of the rule set still fall with the new one."""
    rows = RatingCoefficient.objects.filter(
        ruleset=coefficient.ruleset_id, status=CoefficientStatus.VERIFIED
    )
    borders = dict(rows.values_list("symbol", "value"))
    borders[coefficient.symbol] = value
    wanted = (borders.get(f"GRADE.{grade}") for grade in GRADES_WITH_BORDER)
    known = [border for border in wanted if border is not None]
    return all(higher > lower for higher, lower in pairwise(known))
