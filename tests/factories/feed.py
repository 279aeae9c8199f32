"""The feed of changes for tests: one is a single transaction, and nobody reads one that runs."""

from __future__ import annotations

from django.db.models import F, Max

from field.feed import Horizon
from field.models import FeedEntry


def all_ended(held_back_since=None):
    """Make each row one of a transaction that has ended; return the horizon behind all of them."""
    FeedEntry.objects.update(xid=F("seq"))
    last = FeedEntry.objects.aggregate(last=Max("seq"))["last"] or 0
    return Horizon(last + 1, last + 1, held_back_since, "here")
