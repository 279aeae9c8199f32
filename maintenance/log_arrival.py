"""What has come of field entries and what is still on a phone: photos, and the phone's clock."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maintenance.models import LogPhoto, PromisedPhoto

NOTICED_S: Final = 120
"""From how many seconds on a clock's error is worth a word: our choice."""
_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86_400


@dataclass(frozen=True, slots=True)
class Arrival:
    """How many photos of an entry are here, and how many are still to come, by stage."""

    here: int
    awaited: Mapping[str, int]

    @property
    def missing(self) -> int:
        """How many photos are still on the phone."""
        return sum(self.awaited.values())

    @property
    def total(self) -> int:
        """How many photos the entry names."""
        return self.here + self.missing


def arrivals_of(keys: Iterable[UUID]) -> dict[UUID, Arrival]:
    """Return what is awaited of entries that wait for photos; the others are left out."""
    wanted = list(keys)
    awaited: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = PromisedPhoto.objects.filter(log_id__in=wanted, arrived_at__isnull=True)
    for log, stage, number in rows.values_list("log_id", "stage").annotate(number=Count("pk")):
        awaited[log][stage] = number
    if not awaited:
        return {}
    links = LogPhoto.objects.filter(log_id__in=list(awaited)).order_by()
    here = dict(links.values_list("log_id").annotate(number=Count("pk")))
    return {log: Arrival(here.get(log, 0), stages) for log, stages in awaited.items()}


def arrival_in_words(arrival: Arrival, person: str) -> str:
    """Return "2 of 3 photos have arrived; 1 is still on the phone of …"."""
    here = ngettext(
        "%(here)s of %(total)s photo has arrived",
        "%(here)s of %(total)s photos have arrived",
        arrival.total,
    )
    missing = ngettext(
        "%(missing)s is still on the phone of %(person)s",
        "%(missing)s are still on the phone of %(person)s",
        arrival.missing,
    )
    words = {"here": arrival.here, "total": arrival.total, "missing": arrival.missing}
    both = {"here": here % words, "missing": missing % {**words, "person": person}}
    return _("%(here)s; %(missing)s.") % both


def clock_in_words(log: Any) -> str:
    """Return how far the phone's clock was off when it sent, empty where it did not tell."""
    skew = log.clock_skew_s
    if skew is None:
        return ""
    if abs(skew) < NOTICED_S:
        return _("right to within two minutes")
    words = {"time": _span(abs(skew))}
    return _("%(time)s ahead") % words if skew > 0 else _("%(time)s behind") % words


def delay_in_words(log: Any) -> str:
    """Return how long the entry lay on the phone by both clocks, empty below an hour."""
    delay: datetime.timedelta = log.received_at - log.device_time
    seconds = delay.total_seconds() + (log.clock_skew_s or 0)
    return _span(seconds) if seconds >= _HOUR else ""


def _span(seconds: float) -> str:
    """Return a time span in the largest unit that it fills."""
    if seconds >= _DAY:
        number = round(seconds / _DAY)
        return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}
    if seconds >= _HOUR:
        number = round(seconds / _HOUR)
        return ngettext("%(number)s hour", "%(number)s hours", number) % {"number": number}
    number = max(round(seconds / _MINUTE), 1)
    return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": number}
