"""A reader beside writers that are slow, overtake each other and give up: promise A7."""

from __future__ import annotations

import random
import threading
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from field.feed import START, changes_after, horizon_now
from field.models import FeedEntry
from sites.access import Scope

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6
TRANSACTIONS = 40
ALL = Scope.internal()


class GivenUp(Exception):
    """A writer that changes its mind."""


def note():
    """One change of a record of its own; returns the record."""
    return FeedEntry.objects.create(entity="log", entity_id=uuid4()).entity_id


def write(seed, committed, locks):
    """Transactions of one to four changes; some are given up, some wait while others overtake."""
    chance = random.Random(seed)
    for _number in range(TRANSACTIONS):
        noted = []
        try:
            with transaction.atomic():
                for _change in range(chance.randint(1, 4)):
                    noted.append(note())
                    if chance.random() < 0.3:
                        # Somebody else goes on first: a commit that comes late.
                        locks.wait(chance.random() / 100)
                if chance.random() < 0.2:
                    raise GivenUp
        except GivenUp:
            continue
        committed.extend(noted)
    connections["default"].close()


def read_on(place, *, limit):
    """One page from a place on: the records, and the next place."""
    found = changes_after(place, horizon_now(), ALL, limit=limit)
    return [(change.place, change.entity_id) for change in found.changes], found


def read_settled(place):
    """All that comes after a place once no housekeeping of the database holds it back."""
    never = threading.Event()
    for _try in range(500):
        if not horizon_now().held_back_since:
            break
        never.wait(0.02)
    page, found = read_on(place, limit=100)
    return [entity_id for _place, entity_id in page], found


def test_nothing_is_missing_and_nothing_out_of_order_beside_slow_writers():
    committed: list = []
    never = threading.Event()
    threads = [
        threading.Thread(target=write, args=(seed, committed, never)) for seed in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    place, read, chance = START, [], random.Random(7)
    while True:
        writing = any(thread.is_alive() for thread in threads)
        page, found = read_on(place, limit=chance.choice([1, 7, 50]))
        read, place = read + page, found.end
        # The database's own housekeeping may hold the last rows back for a moment.
        if not writing and not found.more and not page and not horizon_now().held_back_since:
            break
    for thread in threads:
        thread.join()
    told = [entity_id for _place, entity_id in read]
    assert set(told) == set(committed)
    assert len(told) == len(committed) == FeedEntry.objects.count()
    assert [at for at, _entity in read] == sorted(at for at, _entity in read)


def test_a_transaction_that_commits_late_is_waited_for_and_the_reader_is_told():
    slow = connection.copy()
    slow.set_autocommit(False)
    with slow.cursor() as cursor:
        cursor.execute(
            "INSERT INTO field_feedentry (entity, entity_id) VALUES ('log', gen_random_uuid())"
            " RETURNING entity_id"
        )
        (late,) = cursor.fetchone()
    early = note()
    page, found = read_on(START, limit=100)
    assert page == []
    held = horizon_now().held_back_since
    assert held == FeedEntry.objects.get(entity_id=early).at
    slow.commit()
    slow.close()
    told, _found = read_settled(found.end)
    assert told == [late, early]
    assert horizon_now().held_back_since is None


def test_a_record_that_changes_again_while_it_is_read_is_told_again():
    entity_id = note()
    first, found = read_settled(START)
    FeedEntry.objects.create(entity="log", entity_id=entity_id)
    again, _found = read_settled(found.end)
    assert first == again == [entity_id]
