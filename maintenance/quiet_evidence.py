"""What upkeep knows of sites at work: a log entry of an asset that the site built."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from assets.models import AssetSource
from maintenance.models import MaintenanceLog


def logged(since: datetime.date) -> Q:
    """Return that work was logged on what a site built, on a day or later.

    A clock that runs years ahead keeps no site from falling quiet: an entry has to have come
    since that day, too.
    """
    first = timezone.make_aware(datetime.datetime.combine(since, datetime.time.min))
    logs = MaintenanceLog.objects.filter(
        asset=OuterRef("asset"), device_time__gte=first, received_at__gte=first
    )
    return Q(Exists(AssetSource.objects.filter(Exists(logs), site=OuterRef("pk"))))
