"""The ways on which an entry reaches the register, and what each answers, in the same words."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID, uuid4

from benchmarks.field_phone import Answer, Entry, Line, LinkLost, push

NEW, AGAIN, CONFLICT = "new", "again", "conflict"
TRIES = 50
AWAY_S = 0.1
_OF_PUT = {201: NEW, 200: AGAIN, 409: CONFLICT}
_OF_PUSH = {"stored": NEW, "duplicate": AGAIN, "conflict": CONFLICT}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was answered for one entry: an outcome or the answer itself, and its receipt as text."""

    id: UUID
    outcome: str
    receipt: str = ""


class Route(Protocol):
    """One way of sending entries."""

    name: str
    together: int
    """Entries that go at once, so that senders who have them in another order meet head-on."""

    def send(self, line: Line, entries: Sequence[Entry], turn: int) -> list[Heard]:
        """Send entries for the `turn`-th time; an answer for each, in their order."""


class Put:
    """`PUT /api/v1/logs/{id}`, one entry after the other."""

    name = "PUT logs"
    together = 1

    def send(self, line: Line, entries: Sequence[Entry], turn: int) -> list[Heard]:
        """Send each alone; the receipt is the whole record as it was answered."""
        return [self._heard(entry, line) for entry in entries]

    def _heard(self, entry: Entry, line: Line) -> Heard:
        answer = _answered(lambda: entry.put(line))
        outcome = _OF_PUT.get(answer.status)
        if outcome is None:
            return Heard(entry.id, answer.told())
        return Heard(entry.id, outcome, "" if outcome == CONFLICT else _text(answer.json()))


class Push:
    """`POST /api/v1/sync/push`, all together.

    Every third time under new operations, as from an outbox file or a phone that was restored.
    """

    name = "sync/push"
    together = 20

    def send(self, line: Line, entries: Sequence[Entry], turn: int) -> list[Heard]:
        """Send all together; the receipt is that of the operation."""
        if turn % 3 == 2:
            entries = [replace(entry, op_id=uuid4()) for entry in entries]
        answer = _answered(lambda: push(line, entries))
        if answer.status != 200:
            return [Heard(entry.id, answer.told()) for entry in entries]
        found = []
        for entry, result in zip(entries, answer.json()["results"], strict=True):
            outcome = _OF_PUSH.get(result["status"])
            if outcome is None or result["op_id"] != str(entry.op_id):
                found.append(Heard(entry.id, _text(result)))
            else:
                receipt = result["receipt"] if outcome != CONFLICT else None
                found.append(Heard(entry.id, outcome, _text(receipt) if receipt else ""))
        return found


def _answered(ask: Callable[[], Answer]) -> Answer:
    """Ask until the service answers anything but 503; a lost connection is an answer of its own."""
    for _try in range(TRIES):
        try:
            answer = ask()
        except LinkLost as lost:
            return Answer(0, {}, str(lost).encode())
        if answer.status != 503 or "retry-after" not in answer.headers:
            return answer
        time.sleep(AWAY_S)
    return answer


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
