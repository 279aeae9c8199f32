"""Which progress entries count, which wait for the office's word, and which were returned."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from sites.kinds import ProgressVerdict
from sites.models import ProgressEntry, ProgressReview


class Standing(TextChoices):
    """How a progress entry stands."""

    COUNTS = "counts", pgettext_lazy("progress", "Counts")
    WAITS = "waits", pgettext_lazy("progress", "Waits for review")
    RETURNED = "returned", pgettext_lazy("progress", "Returned")


def _reviewed(verdict: ProgressVerdict) -> Exists:
    return Exists(ProgressReview.objects.filter(entry=OuterRef("pk"), verdict=verdict))


VERIFIED: Final = _reviewed(ProgressVerdict.VERIFIED)
RETURNED: Final = _reviewed(ProgressVerdict.RETURNED)


def counted(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Return the entries that count: the office's own, and those that it verified."""
    return entries.filter(Q(needs_review=False) | Q(VERIFIED))


def waiting(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Return the entries that nobody has reviewed yet."""
    reviews = ProgressReview.objects.filter(entry=OuterRef("pk"))
    return entries.filter(Q(needs_review=True) & ~Exists(reviews))


def with_standing(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Add `standing`, one of `Standing`."""
    found: QuerySet[Any] = entries.annotate(
        standing=Case(
            When(needs_review=False, then=Value(Standing.COUNTS.value)),
            When(VERIFIED, then=Value(Standing.COUNTS.value)),
            When(RETURNED, then=Value(Standing.RETURNED.value)),
            default=Value(Standing.WAITS.value),
            output_field=CharField(max_length=10),
        )
    )
    return found


def recorded_words(entry: ProgressEntry) -> str:
    """Return what is told to somebody who has just reported progress."""
    if entry.needs_review:
        return _("The progress was recorded. It counts once the office has verified it.")
    return _("The progress was recorded.")
