"""A reader of changes beside writers that are slow, give up and overtake each other.

    python -m benchmarks.field_pull [--rows 50000] [--writers 8] [--readers 2]

Writers change records in transactions of 1 to 20, some wait before they commit, one in ten gives
up. Readers poll all the while, each with its own page size. At the end every change that was
committed must have been told to every reader, once or more, and in the order of the feed. Beside
it the same rows read the way most tools do it, by a bare sequence: how many that reader missed.

`DATABASE_URL` names any database of a cluster in which databases may be created.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

import django
import psycopg

from benchmarks import scratch

if TYPE_CHECKING:
    from field.feed import Place

SITES = 1000
MOST_IN_ONE = 20
GIVEN_UP = 0.1
SLOW = 0.1
NOTE = """
INSERT INTO field_feedentry (entity, entity_id) VALUES ('log', gen_random_uuid())
RETURNING entity_id
"""


@dataclass
class Reader:
    """What one reader was told, in its order, and how long its pages took (seconds)."""

    limit: int
    told: list[tuple[Place, UUID]] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)


@dataclass
class Written:
    """What the writers committed."""

    committed: set[UUID] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, records: Sequence[UUID]) -> None:
        """Remember records whose transaction has committed."""
        with self.lock:
            self.committed.update(records)

    def wants(self, rows: int) -> bool:
        """Whether there are still rows to write."""
        with self.lock:
            return len(self.committed) < rows


def write(url: str, seed: int, rows: int, written: Written) -> None:
    """Write transactions until enough rows are committed."""
    chance = random.Random(seed)
    with psycopg.connect(url) as connection:
        while written.wants(rows):
            records = []
            for _change in range(chance.randint(1, MOST_IN_ONE)):
                records += [record for (record,) in connection.execute(NOTE)]
            if chance.random() < SLOW:
                time.sleep(chance.random() / 10)
            if chance.random() < GIVEN_UP:
                connection.rollback()
                continue
            connection.commit()
            written.add(records)


def read(reader: Reader, ended: threading.Event) -> None:
    """Poll until the writers have ended and nothing more comes."""
    from django.db import connection

    from field.feed import START, changes_after, horizon_now
    from sites.access import Scope

    place = START
    while True:
        last_round = ended.is_set()
        begun = time.perf_counter()
        horizon = horizon_now()
        found = changes_after(place, horizon, Scope.internal(), limit=reader.limit)
        reader.pages.append(time.perf_counter() - begun)
        reader.told += [(change.place, change.entity_id) for change in found.changes]
        place = found.end
        # The database's own housekeeping may hold the last rows back for a moment.
        if last_round and not found.more and not found.changes and not horizon.held_back_since:
            break
    connection.close()


def read_by_sequence(url: str, told: set[UUID], ended: threading.Event) -> None:
    """Poll by a bare sequence: what most field tools do, for comparison."""
    statement = "SELECT seq, entity_id FROM field_feedentry WHERE seq > %s ORDER BY seq LIMIT 500"
    last = 0
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            last_round = ended.is_set()
            rows = connection.execute(statement, [last]).fetchall()
            told.update(record for _seq, record in rows)
            last = rows[-1][0] if rows else last
            if last_round and not rows:
                break


def run(url: str, rows: int, writers: int, readers: list[Reader]) -> tuple[Written, set[UUID]]:
    """Write and read at once; return what was committed and what the bare sequence told."""
    written, ended, by_sequence = Written(), threading.Event(), set[UUID]()
    reading = [threading.Thread(target=read, args=(reader, ended)) for reader in readers]
    reading.append(threading.Thread(target=read_by_sequence, args=(url, by_sequence, ended)))
    writing = [
        threading.Thread(target=write, args=(url, seed, rows, written)) for seed in range(writers)
    ]
    for thread in (*reading, *writing):
        thread.start()
    for thread in writing:
        thread.join()
    ended.set()
    for thread in reading:
        thread.join()
    return written, by_sequence


def report(reader: Reader, written: Written) -> int:
    """Print how one reader fared; return how many rows it missed or got out of order."""
    told = [record for _place, record in reader.told]
    missing = len(written.committed - set(told))
    places = [place for place, _record in reader.told]
    disorder = sum(1 for one, two in pairwise(places) if two <= one)
    pages = sorted(reader.pages)
    print(
        f"pages of {reader.limit:>4}: {len(told)} told, {missing} missing, {disorder} out of order,"
        f" {len(told) - len(set(told))} twice; page p50 {pages[len(pages) // 2] * 1000:.1f} ms,"
        f" p95 {pages[int(len(pages) * 0.95)] * 1000:.1f} ms"
    )
    return missing + disorder


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--readers", type=int, default=2)
    chosen = parser.parse_args()
    place = scratch.prepare(SITES)
    with psycopg.connect(place.url) as connection:
        connection.execute("TRUNCATE field_feedentry")
    os.environ.update(place.environment())
    django.setup()
    readers = [Reader(limit) for limit in (100, 1000, 10, 500)[: chosen.readers]]
    begun = time.perf_counter()
    written, by_sequence = run(place.url, chosen.rows, chosen.writers, readers)
    seconds = time.perf_counter() - begun
    print(f"{len(written.committed)} rows by {chosen.writers} writers in {seconds:.1f} s")
    wrong = sum([report(reader, written) for reader in readers])
    print(f"a bare sequence: {len(written.committed - by_sequence)} missing")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
