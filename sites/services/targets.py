"""Setting, changing and removing targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.kinds import ProgrammeKind, TargetMeasure, Unit
from sites.models import Target
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

COUNTED_UNITS = frozenset({Unit.HOUSEHOLD, Unit.SITE, Unit.PERSON})
"""Units of which there are only whole ones."""
FIXED = ("programme", "area", "year", "measure")


@transaction.atomic
def target_save(
    *,
    target: Target | None = None,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> Target:
    """Set a new target, or change the number, document or note of one; planners of the area do.

    What a target is of (programme, area, year, measure) stays. Raises `NotPermitted`,
    `ConcurrentChange` or `RefusedByRegister`.
    """
    current = locked(target, expected_version or 0) if target else Target()
    if target:
        _require_planner(scope, current.area_code)
        assign(current, values, fixed=FIXED)
    else:
        assign(current, values)
        _require_planner(scope, current.area.code)
    _check(current)
    with authored(actor=actor):
        save_checked(current, force_insert=target is None)
    current.refresh_from_db()
    return current


@transaction.atomic
def target_remove(
    *, target: Target, actor: User | None, scope: Scope, expected_version: int
) -> None:
    """Remove a target; the history keeps it. Raises `NotPermitted` or `ConcurrentChange`."""
    current = locked(target, expected_version)
    _require_planner(scope, current.area_code)
    with authored(actor=actor):
        current.delete()


def _require_planner(scope: Scope, area_code: str) -> None:
    if not scope.manages_area(area_code):
        raise NotPermitted


def _check(target: Target) -> None:
    """Refuse a rate of what nobody is trained in, and a part of what only comes whole."""
    programme = target.programme
    is_rate = target.measure != TargetMeasure.QUANTITY
    if is_rate and programme.kind != ProgrammeKind.TRAINING:
        text = _("Only training programmes have a pass rate or a certificate rate.")
        raise RefusedByRegister([("measure", "rate_needs_training", text)])
    whole = not is_rate and programme.unit in COUNTED_UNITS
    if whole and target.assigned is not None and target.assigned % 1:
        text = _("This unit is counted in whole numbers.")
        raise RefusedByRegister([("assigned", "whole_number", text)])
