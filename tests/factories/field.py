"""Field work for tests: standards, checks, defects and reports, by the right people."""

from __future__ import annotations

import datetime
from itertools import count
from uuid import uuid4

from django.contrib.gis.geos import Point
from django.utils import timezone

from maintenance.default_standards import load_default_standards
from maintenance.inspection_rules import Answer
from maintenance.models import ChecklistItem, UpkeepStandard
from maintenance.services import (
    defect_report,
    inspection_record,
    report_receive,
    schedules_make,
)
from tests.factories.assets import METRES_PER_DEGREE
from tests.factories.orders import by
from tests.factories.records import SRID

_numbers = count(1)
WEST = 117.05
"""Where the first township's own road begins."""


def on_road(metres, *, off_m=0.0):
    """A point at a chainage of the own road, some metres north of it."""
    return Point(WEST + metres / METRES_PER_DEGREE, 31.05 + off_m / 110_900, srid=SRID)


def proposals():
    """The proposed standards with the schedules of every asset that is there.

    The migration writes them once; a test that empties the tables takes them from those after it.
    """
    load_default_standards(UpkeepStandard, ChecklistItem)
    schedules_make(on=timezone.localdate())


def standard(*items, kind="road", **values):
    """A standard with items; an item is a dict of what differs from a pothole for ten points."""
    number = next(_numbers)
    made = UpkeepStandard.objects.create(
        **{
            "code": f"TEST-{number}",
            "name": f"检查{number}",
            "name_en": f"Check {number}",
            "asset_kind": kind,
            "task": "routine",
            "frequency_days": 30,
            **values,
        }
    )
    for position, item in enumerate(items or ({},), start=1):
        ChecklistItem.objects.create(
            **{
                "standard": made,
                "position": position,
                "text": f"问题{position}？",
                "text_en": f"Question {position}?",
                "points": 10,
                "defect_kind": "pothole",
                "severity": "moderate",
                **item,
            }
        )
    return made


def answers(made, *results, **first):
    """Answers to a standard's items in their order; `first` goes with the first answer."""
    items = made.items.filter(is_active=True).order_by("position")
    found = [Answer(item, result) for item, result in zip(items, results, strict=True)]
    if first:
        found[0] = Answer(found[0].item, found[0].result, **first)
    return found


def inspected(world, made, *results, user=None, first=None, **values):
    """An inspection of the own road by the first association, unless said otherwise."""
    now = timezone.now()
    user = user or world.users["association_member"]
    return inspection_record(
        **{
            "identifier": uuid4(),
            "asset": world.own_asset,
            "standard": made,
            "kind": "supervision",
            "inspected_at": now - datetime.timedelta(hours=1),
            "answers": answers(made, *results, **(first or {})),
            "at": now,
            **by(user),
            **values,
        }
    )


def reported(world, *, user=None, **values):
    """A defect of the own road, reported by the township's officer unless said otherwise."""
    now = timezone.now()
    user = user or world.users["township_officer"]
    defect, _is_new = defect_report(
        **{
            "asset": world.own_asset,
            "kind": "pothole",
            "severity": "moderate",
            "source": "patrol",
            "found_at": now - datetime.timedelta(hours=1),
            "at": now,
            **by(user),
            **values,
        }
    )
    return defect


def public_report(asset, **values):
    """A report from the public on an asset that is open to it."""
    report, _is_new = report_receive(
        **{
            "asset": asset,
            "text": "路面有个大坑",
            "address": "192.0.2.7",
            "at": timezone.now(),
            **values,
        }
    )
    return report


def opened(asset):
    """Open an asset to the public."""
    type(asset).objects.filter(pk=asset.pk).update(visibility="public")
    asset.refresh_from_db()
    return asset
