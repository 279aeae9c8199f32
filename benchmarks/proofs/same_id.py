"""Promises A3 and A4: the same entry sent many times, and another content under its identifier."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from uuid import UUID

from benchmarks.field_phone import Entry, Line, new_id
from benchmarks.proofs.register import Register
from benchmarks.proofs.routes import AGAIN, CONFLICT, NEW, Heard, Route

OTHER_TIMES = 4
"""How often the other content is sent under each identifier."""
OTHER = "another content under the same identifier"


@dataclass(slots=True)
class Told:
    """What was answered for each identifier, kept by many threads."""

    outcomes: dict[UUID, Counter[str]] = field(default_factory=dict)
    receipts: dict[tuple[UUID, str], set[str]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, answers: Sequence[Heard], route: str) -> None:
        """Keep the answers of a route."""
        with self.lock:
            for heard in answers:
                self.outcomes.setdefault(heard.id, Counter())[heard.outcome] += 1
                if heard.receipt:
                    self.receipts.setdefault((heard.id, route), set()).add(heard.receipt)

    def faults(self, ids: Sequence[UUID], expected: Counter[str]) -> list[str]:
        """Return a sentence for each identifier that was answered otherwise."""
        return [
            f"{key} was answered {dict(self.outcomes.get(key, {}))}, expected {dict(expected)}"
            for key in ids
            if self.outcomes.get(key) != expected
        ]

    def differing(self) -> list[str]:
        """Return a sentence for each identifier with more than one receipt."""
        return [
            f"{key} got {len(found)} different receipts by {route}: {' | '.join(sorted(found))}"
            for (key, route), found in self.receipts.items()
            if len(found) > 1
        ]


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends and where to: one person's connections, and where the work was done."""

    port: int
    token: str
    office_token: str
    asset: str
    position: tuple[float, float]
    register: Register


@dataclass(frozen=True, slots=True)
class Campaign:
    """Identifiers of its own, sent `times` each over `routes`, by `threads` connections at once.

    With more than one connection all of them send the same entries at the same moment, every
    other one in the opposite order; connections take turns of the routes.
    """

    routes: Sequence[Route]
    ids: int
    times: int
    threads: int
    seed: int

    @property
    def name(self) -> str:
        """What is done, in words."""
        ways = " and ".join(route.name for route in self.routes)
        return f"{ways}, {'serial' if self.threads == 1 else f'{self.threads} at once'}"

    def run(self, sending: Sending) -> list[str]:
        """Send everything; return a sentence for each broken promise."""
        rng = random.Random(self.seed)
        entries = [self._entry(sending, rng, number) for number in range(self.ids)]
        others = [replace(entry, op_id=new_id(rng), note=OTHER) for entry in entries]
        began = time.monotonic()
        told = self._sent(sending, entries, self.times)
        faults = told.faults(
            [entry.id for entry in entries], _without_zeros({NEW: 1, AGAIN: self.times - 1})
        )
        faults += told.differing()
        faults += sending.register.faults_of_rows(entries, told.receipts)
        seconds = time.monotonic() - began
        print(
            f"{self.name}: {self.ids} identifiers × {self.times} in {seconds:.0f} s,"
            f" {sending.register.rows_of(entries)} rows, {len(faults)} faults",
            flush=True,
        )
        if len(self.routes) == 1:
            faults += self._other_contents(sending, entries, others, told)
        return faults

    def _other_contents(
        self, sending: Sending, entries: Sequence[Entry], others: Sequence[Entry], told: Told
    ) -> list[str]:
        """Promise A4, beside the entries that stand."""
        answers = self._sent(sending, others, OTHER_TIMES)
        ids = [entry.id for entry in others]
        faults = answers.faults(ids, Counter({CONFLICT: OTHER_TIMES}))
        faults += sending.register.faults_of_rows(entries, told.receipts)
        faults += sending.register.faults_set_aside(ids, OTHER, OTHER_TIMES)
        for who, token in (("sender", sending.token), ("office", sending.office_token)):
            missing = set(ids) - sending.register.shown_to(Line(sending.port, token))
            faults += [f"{key} is set aside and the {who} does not see it" for key in missing]
        print(
            f"{self.name}: other content × {OTHER_TIMES},"
            f" {sending.register.set_aside_of(ids)} set aside, {len(faults)} faults",
            flush=True,
        )
        return faults

    def _sent(self, sending: Sending, entries: Sequence[Entry], times: int) -> Told:
        told = Told()
        count = min(self.threads, times)
        barrier = threading.Barrier(count)
        size = max(route.together for route in self.routes)
        groups = [entries[start : start + size] for start in range(0, len(entries), size)]

        def work(number: int) -> None:
            line = Line(sending.port, sending.token)
            route = self.routes[number % len(self.routes)]
            turns = range(number, times, count)
            for turn, group in _steps(groups, turns, by_group=count > 1):
                if turn == number:
                    barrier.wait()
                told.keep(route.send(line, group[:: -1 if number % 2 else 1], turn), route.name)
            line.close()

        _at_once(work, count, barrier)
        return told

    def _entry(self, sending: Sending, rng: random.Random, number: int) -> Entry:
        return Entry(
            id=new_id(rng),
            op_id=new_id(rng),
            asset=sending.asset,
            position=sending.position,
            note=f"{self.name} {number}",
            device_id="phone-same-id",
        )


def _steps(
    groups: Sequence[Sequence[Entry]], turns: range, *, by_group: bool
) -> list[tuple[int, Sequence[Entry]]]:
    """Return (turn, group): all turns of one group after the other, or all groups by turns."""
    if by_group:
        return [(turn, group) for group in groups for turn in turns]
    return [(turn, group) for turn in turns for group in groups]


def _without_zeros(counts: dict[str, int]) -> Counter[str]:
    return Counter({name: count for name, count in counts.items() if count})


def _at_once(work: Callable[[int], None], count: int, barrier: threading.Barrier) -> None:
    """Work in `count` threads; an error of one ends all and is raised here."""

    def guarded(number: int) -> None:
        try:
            work(number)
        except BaseException:
            barrier.abort()
            raise

    with ThreadPoolExecutor(count) as pool:
        for done in [pool.submit(guarded, number) for number in range(count)]:
            done.result()
