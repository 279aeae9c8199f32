"""Money kept back for new items or raised standards, and its use."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from funding.bookkeeping import require_district
from funding.models import Reserve, ReserveDraw
from funding.services.errors import ReserveExceeded
from sites.access import Scope
from sites.models import Programme, ProjectSite
from sites.services.authorship import authored
from sites.services.errors import RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NOTHING = Decimal("0.00")
FEN = Decimal("0.01")


@transaction.atomic
def reserve_save(
    *,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    reserve: Reserve | None = None,
    expected_version: int | None = None,
    reason: str = "",
) -> Reserve:
    """Set a reserve aside or change one, as the district's planner.

    With a budget and a share in percent the amount follows from them, rounded half up to the fen.
    Raises `NotPermitted`, `ConcurrentChange`, `ReserveExceeded` when less would be left than was
    drawn, or `RefusedByRegister`.
    """
    current = Reserve() if reserve is None else _held(reserve, expected_version)
    if reserve is not None:
        require_district(scope, current.area_code)
    assign(current, values, fixed=("area", "year") if reserve else ())
    require_district(scope, current.area.code)
    if current.budget is not None and current.percent is not None:
        current.amount = _share(current.budget, current.percent)
    if not current.amount:
        sentence = _("Give the amount, or the budget and the share that is kept back.")
        raise RefusedByRegister([("amount", "required", sentence)])
    drawn = NOTHING if reserve is None else drawn_from(current)
    if drawn > current.amount:
        raise ReserveExceeded([("amount", "reserve_not_exceeded", _already_drawn(drawn))])
    with authored(actor=actor, reason=reason):
        save_checked(current, force_insert=reserve is None)
    current.refresh_from_db()
    return current


@transaction.atomic
def reserve_draw(
    *,
    reserve: Reserve,
    programme: Programme,
    reason: str,
    amount: Decimal,
    drawn_on: datetime.date,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    site: ProjectSite | None = None,
    document_number: str = "",
    note: str = "",
) -> ReserveDraw:
    """Draw yuan from a reserve for a programme or one of its sites; below zero puts money back.

    Raises `NotPermitted`, `ReserveExceeded` or `RefusedByRegister`.
    """
    current = _held(reserve)
    require_district(scope, current.area_code)
    _require_draw(current, programme, site, drawn_on, on)
    drawn = drawn_from(current)
    if amount.is_finite() and not NOTHING <= drawn + amount <= current.amount:
        sentence = _("%(left)s yuan are left of %(amount)s; %(drawn)s yuan are drawn.")
        words = sentence % {
            "left": f"{current.amount - drawn:,.2f}",
            "amount": f"{current.amount:,.2f}",
            "drawn": f"{drawn:,.2f}",
        }
        raise ReserveExceeded([("amount", "reserve_not_exceeded", words)])
    draw = ReserveDraw(
        reserve=current,
        programme=programme,
        site=site,
        reason=reason,
        amount=amount,
        drawn_on=drawn_on,
        document_number=document_number.strip(),
        note=note.strip(),
        recorded_by=actor,
    )
    save_checked(draw, force_insert=True)
    draw.refresh_from_db()
    return draw


def drawn_from(reserve: Reserve) -> Decimal:
    """Return what was drawn from a reserve and not put back, in yuan."""
    total: Decimal | None = reserve.draws.aggregate(sum=Sum("amount"))["sum"]
    return total or NOTHING


def _held(reserve: Reserve, expected_version: int | None = None) -> Reserve:
    if expected_version is not None:
        return locked(reserve, expected_version)
    held: Reserve = Reserve.objects.select_for_update(of=("self",)).get(pk=reserve.pk)
    return held


def _share(budget: Decimal, percent: Decimal) -> Decimal:
    return (budget * percent / 100).quantize(FEN, ROUND_HALF_UP)


def _already_drawn(drawn: Decimal) -> str:
    return _("%(drawn)s yuan are drawn already.") % {"drawn": f"{drawn:,.2f}"}


def _require_draw(
    reserve: Reserve,
    programme: Programme,
    site: ProjectSite | None,
    drawn_on: datetime.date,
    on: datetime.date,
) -> None:
    problems = []
    if site is not None and site.programme_id != programme.pk:
        sentence = _("The site belongs to another programme.")
        problems.append(("site", "other_programme", sentence))
    if site is not None and not site.area_code.startswith(reserve.area_code):
        problems.append(("site", "other_area", _("The site lies in another area.")))
    if drawn_on > on:
        problems.append(("drawn_on", "out_of_range", _("The day must not lie in the future.")))
    if problems:
        raise RefusedByRegister(problems)
