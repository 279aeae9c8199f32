"""What bodies state about a figure, beside what the register says."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from reports.models import StatedFigure
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIXED = ("figure", "organisation", "area", "year")


@transaction.atomic
def figure_state(
    *, values: Mapping[str, Any], on: datetime.date, actor: User | None, scope: Scope
) -> StatedFigure:
    """Record what a body states: figure, body, area, year, value in the figure's unit, note.

    The office of the area records it. Raises `NotPermitted`, or `RefusedByRegister` when the body
    has stated that figure of the year already.
    """
    row = StatedFigure(**values, stated_on=on, recorded_by=actor)
    _require_office(scope, row.area.code)
    with authored(actor=actor):
        save_checked(row, force_insert=True)
    row.refresh_from_db()
    return row


@transaction.atomic
def stated_change(
    *,
    row: StatedFigure,
    values: Mapping[str, Any],
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    expected_version: int,
) -> StatedFigure:
    """Change a stated value or its note; whose and which figure it is stays."""
    _require_office(scope, row.area_code)
    current = locked(row, expected_version)
    assign(current, values, fixed=FIXED)
    current.stated_on = on
    current.recorded_by = actor
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def stated_remove(
    *, row: StatedFigure, actor: User | None, scope: Scope, expected_version: int
) -> None:
    """Take a stated figure back; the history keeps it."""
    _require_office(scope, row.area_code)
    current = locked(row, expected_version)
    with authored(actor=actor):
        current.delete()


def _require_office(scope: Scope, area_code: str) -> None:
    if not scope.covers_area(area_code):
        raise NotPermitted
