"""The feed keeps the last row of each record, and forgets old ones that a later one repeats."""

from __future__ import annotations

import datetime
from itertools import count
from uuid import uuid4

from django.utils import timezone

from field import feed
from field.models import FeedEntry
from field.services import feed_tidying
from field.services.feed_tidying import foreign_numbers_renew, repeated_remove
from field.tasks import tidy_feed
from sites.access import Scope
from tests.factories.feed import all_ended

NOW = timezone.now()
_transactions = count(1)
"""Numbers below every transaction of a cluster that is in use."""


def noted(entity_id, days_ago):
    """A row of the feed by a transaction that ended long ago."""
    row = FeedEntry.objects.create(
        entity="log", entity_id=entity_id, at=NOW - datetime.timedelta(days=days_ago)
    )
    FeedEntry.objects.filter(pk=row.pk).update(xid=next(_transactions))
    return row.pk


def left():
    return set(FeedEntry.objects.values_list("pk", flat=True))


def test_old_rows_that_a_later_one_repeats_go_and_the_last_one_stays(db):
    entity_id = uuid4()
    noted(entity_id, 32)
    noted(entity_id, 31)
    last = noted(entity_id, 31)
    alone = noted(uuid4(), 300)
    assert repeated_remove(at=NOW) == 2
    assert left() == {last, alone}


def test_a_row_goes_once_its_record_changes_however_old_it_is(db):
    entity_id = uuid4()
    noted(entity_id, 200)
    new = noted(entity_id, 1)
    assert repeated_remove(at=NOW) == 1
    assert left() == {new}


def test_young_rows_stay(db):
    entity_id = uuid4()
    rows = {noted(entity_id, days) for days in (29, 3, 0)}
    assert repeated_remove(at=NOW) == 0
    assert left() == rows


def test_a_row_stays_while_the_one_that_repeats_it_is_not_readable_yet(db):
    entity_id = uuid4()
    old = noted(entity_id, 31)
    running = FeedEntry.objects.create(entity="log", entity_id=entity_id).pk
    assert repeated_remove(at=NOW) == 0
    assert left() == {old, running}


def test_many_rows_go_in_several_statements(db, monkeypatch):
    monkeypatch.setattr(feed_tidying, "IN_ONE_GO", 2)
    entity_id = uuid4()
    for _number in range(6):
        noted(entity_id, 31)
    assert repeated_remove(at=NOW) == 5
    assert FeedEntry.objects.count() == 1


def test_the_worker_tidies_at_night(db):
    entity_id = uuid4()
    noted(entity_id, 31)
    last = noted(entity_id, 31)
    tidy_feed(timestamp=0)
    assert left() == {last}


def test_rows_restored_from_another_cluster_are_told_under_a_number_of_this_one(db):
    ours = noted(uuid4(), 1)
    first, second = noted(uuid4(), 1), noted(uuid4(), 1)
    FeedEntry.objects.filter(pk__in=[first, second]).update(xid=2**61)
    assert foreign_numbers_renew() == 2
    numbers = dict(FeedEntry.objects.values_list("pk", "xid"))
    assert numbers[first] == numbers[second] < 2**61
    assert numbers[ours] < numbers[first]
    assert foreign_numbers_renew() == 0


def test_no_change_is_passed_over_while_the_feed_is_tidied(db, monkeypatch):
    again, fresh = uuid4(), [uuid4(), uuid4()]
    for entity_id in (again, again, again, *fresh, again):
        noted(entity_id, 31)
    reads = count(1)

    def between(read):
        def found(*given):
            if next(reads) == 2:
                assert repeated_remove(at=NOW) == 3
            return read(*given)

        return found

    monkeypatch.setattr(feed, "MOST_SCANNED", 3)
    for name in ("_changes", "_looked_at"):
        monkeypatch.setattr(feed, name, between(getattr(feed, name)))
    place, seen, more = feed.START, [], True
    while more:
        stretch = feed.changes_after(place, all_ended(), Scope.internal(), limit=100)
        place, more = stretch.end, stretch.more
        seen += [change.entity_id for change in stretch.changes]
    assert set(seen) == {again, *fresh}
