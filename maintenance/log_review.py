"""Which field entries stand, which count, and which are to be looked at with care.

An entry counts in figures and payments once its latest review verified it and no correction
points to it. The limits of what is marked are our choice; marked entries are kept all the same.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.utils.translation import pgettext_lazy

from maintenance.kinds import ReviewVerdict
from maintenance.models import LogReview, MaintenanceLog

FAR_M: Final = 500
INACCURATE_M: Final = 100
CLOCK_OFF: Final = datetime.timedelta(minutes=10)
"""How far a device's clock may differ from ours when it sends: our choice."""
UNKNOWN_CLOCK_OFF: Final = datetime.timedelta(hours=24)
"""How long before its arrival an entry may be dated where the device's clock is not known."""


class LogMark(TextChoices):
    """Why an entry is to be looked at with care."""

    FAR = "far", pgettext_lazy("log", "Far from the asset")
    INACCURATE = "inaccurate", pgettext_lazy("log", "Poor accuracy of the position")
    CLOCK = "clock", pgettext_lazy("log", "The device's clock is wrong")


class LogStanding(TextChoices):
    """How an entry stands: to be reviewed, verified, returned, or corrected by another."""

    PENDING = "pending", pgettext_lazy("log", "Waits for review")
    VERIFIED = "verified", pgettext_lazy("log", "Verified")
    RETURNED = "returned", pgettext_lazy("log", "Returned")
    CORRECTED = "corrected", pgettext_lazy("log", "Corrected by a newer entry")


def latest_verdict() -> Subquery:
    """Return the verdict of an entry's latest review; null where there is none."""
    reviews = LogReview.objects.filter(log=OuterRef("pk")).order_by("-at", "-id")
    return Subquery(reviews.values("verdict")[:1])


def with_standing(logs: QuerySet[Any]) -> QuerySet[Any]:
    """Add `verdict` (of the latest review, or null) and `is_corrected` to entries."""
    corrections = MaintenanceLog.objects.filter(corrects=OuterRef("pk"))
    rows: QuerySet[Any] = logs.annotate(verdict=latest_verdict(), is_corrected=Exists(corrections))
    return rows


def standing(logs: QuerySet[Any]) -> QuerySet[Any]:
    """Return entries that were neither returned nor corrected by a newer one."""
    return with_standing(logs).filter(is_corrected=False).filter(~returned())


def counting(logs: QuerySet[Any]) -> QuerySet[Any]:
    """Return the entries that count in figures and payments."""
    return with_standing(logs).filter(is_corrected=False, verdict=ReviewVerdict.VERIFIED)


def returned() -> Q:
    """Return the condition that the latest review returned an entry (see `with_standing`)."""
    return Q(verdict__isnull=False, verdict=ReviewVerdict.RETURNED)


def standing_condition(value: str) -> Q:
    """Return the condition on `with_standing` rows for one `LogStanding`."""
    if value == LogStanding.CORRECTED:
        return Q(is_corrected=True)
    if value == LogStanding.PENDING:
        # Not `verdict is null`: without a review at all is a join, not a look-up for every row.
        return Q(~Exists(LogReview.objects.filter(log=OuterRef("pk"))), is_corrected=False)
    return Q(is_corrected=False, verdict=value)


def standing_of(log: Any) -> LogStanding:
    """Return how an entry of `with_standing` stands."""
    if log.is_corrected:
        return LogStanding.CORRECTED
    return LogStanding(log.verdict or LogStanding.PENDING)


def marks_of(log: Any) -> list[LogMark]:
    """Return why an entry is to be looked at with care; empty where nothing is odd."""
    found = []
    if log.distance_m is not None and log.distance_m > FAR_M:
        found.append(LogMark.FAR)
    if log.accuracy_m is not None and log.accuracy_m > INACCURATE_M:
        found.append(LogMark.INACCURATE)
    if clock_is_wrong(log):
        found.append(LogMark.CLOCK)
    return found


def clock_is_wrong(log: Any) -> bool:
    """Whether the device's time of an entry is not to be trusted.

    An entry from the future never is. Where the device told its clock when it sent, that clock
    decides, so that an honest entry may come days later; elsewhere the delay has to.
    """
    if log.device_time > log.received_at + CLOCK_OFF:
        return True
    if log.clock_skew_s is not None:
        return bool(abs(log.clock_skew_s) > CLOCK_OFF.total_seconds())
    return bool(log.received_at - log.device_time > UNKNOWN_CLOCK_OFF)


def marked_condition() -> Q:
    """Return the condition that an entry has at least one mark."""
    return Q(distance_m__gt=FAR_M) | Q(accuracy_m__gt=INACCURATE_M) | clock_condition()


def clock_condition() -> Q:
    """Return the condition that the device's time of an entry is not to be trusted."""
    return (
        Q(device_time__gt=F("received_at") + CLOCK_OFF)
        | Q(clock_skew_s__gt=CLOCK_OFF.total_seconds())
        | Q(clock_skew_s__lt=-CLOCK_OFF.total_seconds())
        | Q(clock_skew_s__isnull=True, received_at__gt=F("device_time") + UNKNOWN_CLOCK_OFF)
    )
