"""Progress for tests: sites at work, and entries that wait for the office's word."""

from __future__ import annotations

import datetime
from decimal import Decimal

from sites.access import scope_of
from sites.models import ProjectSite
from sites.services import progress_record

TODAY = datetime.date(2026, 11, 23)


def at_work(site, **values):
    """The site, which is under construction, with the dates of its work."""
    dates = {
        "planned_start": datetime.date(2026, 3, 1),
        "planned_finish": datetime.date(2026, 12, 31),
        "actual_start": datetime.date(2026, 3, 1),
    }
    ProjectSite.objects.filter(pk=site.pk).update(**{**dates, **values})
    site.refresh_from_db()
    return site


def reported(world, percent, *, role="company_member", on=TODAY, site=None, **values):
    """An entry of somebody in a role, through the service."""
    user = world.users[role]
    return progress_record(
        site=site or world.own,
        percent=Decimal(percent),
        on=on,
        actor=user,
        scope=scope_of(user),
        **values,
    )
