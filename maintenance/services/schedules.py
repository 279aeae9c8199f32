"""Schedules: which duty of which asset is due when."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from assets.models import Asset
from maintenance.models import UpkeepSchedule, UpkeepStandard
from maintenance.parties import agreement_covering
from maintenance.services.field_bodies import checker_of
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LONGEST_FREQUENCY = 3660


@transaction.atomic
def schedules_make(*, on: datetime.date) -> int:
    """Give every asset in service its schedules; return how many were missing.

    New assets get theirs from the database at once; this is for a standard that is new, or was
    taken into use again. One statement, for any number of assets; first due is a full period
    after the day.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT maintenance_make_schedules(NULL, %s)", [on])
        (made,) = cursor.fetchone()
    return int(made)


def schedule_done(*, asset: Asset, standard: UpkeepStandard, on: datetime.date) -> None:
    """Move a duty's next due day on after it was done; an older check changes nothing."""
    rows = UpkeepSchedule.objects.select_for_update(of=("self",))
    rows = rows.filter(Q(last_done_on__isnull=True) | Q(last_done_on__lt=on))
    for schedule in rows.filter(asset=asset, standard=standard):
        schedule.last_done_on = on
        schedule.next_due_on = on + datetime.timedelta(days=schedule.frequency_days)
        schedule.save(update_fields=["last_done_on", "next_due_on"])


@transaction.atomic
def schedule_change(
    *,
    schedule: UpkeepSchedule,
    values: dict[str, Any],
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected_version: int,
) -> UpkeepSchedule:
    """Change the frequency, the next due day or the use of one asset's duty.

    By the office of the area, or the client or supervisor of the agreement that covers the
    asset. A new frequency counts from when the duty was last done. Raises `NotPermitted`,
    `ConcurrentChange` or `RefusedByRegister`.
    """
    current = locked(schedule, expected_version)
    asset = current.asset
    agreement = agreement_covering(asset, on=on)
    if checker_of(scope, actor, agreement, asset.area_code) is None:
        raise NotPermitted
    unknown = set(values) - {"frequency_days", "next_due_on", "is_active"}
    if unknown:
        sentence = _("This value cannot be changed once the record exists.")
        raise RefusedByRegister([(name, "read_only", sentence) for name in sorted(unknown)])
    days = values.get("frequency_days", current.frequency_days)
    if days != current.frequency_days and "next_due_on" not in values and current.last_done_on:
        if not 1 <= days <= LONGEST_FREQUENCY:
            sentence = _("A duty recurs every 1 to 3660 days.")
            raise RefusedByRegister([("frequency_days", "out_of_range", sentence)])
        current.next_due_on = current.last_done_on + datetime.timedelta(days=days)
    for name, value in values.items():
        setattr(current, name, value)
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current
