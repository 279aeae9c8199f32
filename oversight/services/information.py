"""Information filed to the province and the city: entered, corrected, marked as published."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from oversight.models import InfoSubmission
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def info_record(
    *, values: Mapping[str, Any], actor: User | None, scope: Scope, on: datetime.date
) -> InfoSubmission:
    """Enter a piece of information; by the office of its area. `on` is today.

    Raises `NotPermitted` or `RefusedByRegister`.
    """
    row = InfoSubmission(**values)
    _require_office(scope, row)
    _require_past(row, on)
    with authored(actor=actor):
        save_checked(row, force_insert=True)
    row.refresh_from_db()
    return row


@transaction.atomic
def info_update(
    *,
    submission: InfoSubmission,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected_version: int,
) -> InfoSubmission:
    """Correct a piece of information, or say where and when it was published.

    Raises `ConcurrentChange`, `NotPermitted` or `RefusedByRegister`.
    """
    current = locked(submission, expected_version)
    _require_office(scope, current)
    assign(current, values)
    _require_office(scope, current)
    _require_past(current, on)
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def info_remove(
    *, submission: InfoSubmission, actor: User | None, scope: Scope, expected_version: int
) -> None:
    """Remove a piece that was entered by mistake; the history keeps it.

    Raises `ConcurrentChange` or `NotPermitted`.
    """
    current = locked(submission, expected_version)
    _require_office(scope, current)
    with authored(actor=actor):
        current.delete()


def _require_office(scope: Scope, row: InfoSubmission) -> None:
    if not scope.covers_area(row.area.code):
        raise NotPermitted


def _require_past(row: InfoSubmission, on: datetime.date) -> None:
    sentence = _("This day lies ahead.")
    late = [
        (name, "in_the_future", sentence)
        for name in ("sent_on", "published_on")
        if (day := getattr(row, name)) and day > on
    ]
    if late:
        raise RefusedByRegister(late)
