"""The lives of the demo's orders and defects: which steps were taken until the day, and when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

import numpy as np

from sites.demo.copying import Record
from sites.identifiers import new_id

HOURS: Final = {
    "accepted": (2, 20),
    "doing": (3, 30),
    "submitted": (5, 70),
    "inspected": (8, 40),
    "confirmed": (6, 40),
    "closed": (8, 60),
}
"""Hours at least and at most from one step of an order to the next."""
ROLE_OF: Final = {
    "accepted": ("executor", "company_member"),
    "doing": ("executor", "company_member"),
    "submitted": ("executor", "company_member"),
    "inspected": ("inspector", "association_member"),
    "confirmed": ("confirmer", "cooperative_member"),
    "closed": ("client", "township_officer"),
}
REWORK: Final = 0.07
REWORK_REASONS: Final = (
    "修补边缘未压实,返工",
    "清淤不彻底,涵洞下游仍有堆积",
    "照片看不清完工情况,请补拍",
)
LEFT_LYING: Final = 0.1
"""How often an order of the last weeks waits longer than it should."""
DEFECT_AFTER: Final = {"issued": "ordered", "submitted": "repaired", "closed": "closed"}


@dataclass(frozen=True, slots=True)
class Step:
    """A move from a state to another, when, by which party of the agreement and why."""

    before: str
    after: str
    at: datetime.datetime
    party: str = "client"
    role: str = "township_officer"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OrderLife:
    """An order's steps until the day, in order of time."""

    issued_at: datetime.datetime
    steps: tuple[Step, ...] = field(repr=False)

    @property
    def state(self) -> str:
        """The state on the day."""
        return self.steps[-1].after if self.steps else "issued"

    @property
    def reworks(self) -> int:
        """How often it was sent back."""
        return sum(step.after == "doing" and step.before != "accepted" for step in self.steps)

    def last(self, state: str) -> datetime.datetime | None:
        """Return when the order last entered a state."""
        found = [step.at for step in self.steps if step.after == state]
        return found[-1] if found else None


def order_life(
    issued_at: datetime.datetime, now: datetime.datetime, rng: np.random.Generator
) -> OrderLife:
    """Live one order from its issue until now."""
    steps: list[Step] = []
    state, at = "issued", issued_at
    recent = (now - issued_at).days < 45
    for after, (least, most) in HOURS.items():
        at += datetime.timedelta(hours=float(rng.uniform(least, most)))
        if recent and rng.random() < LEFT_LYING:
            at += datetime.timedelta(days=float(rng.uniform(8, 40)))
        if after == "inspected" and rng.random() < REWORK:
            steps += _sent_back(at, rng)
            at = steps[-1].at + datetime.timedelta(hours=float(rng.uniform(8, 30)))
        party, role = ROLE_OF[after]
        steps.append(Step(state, after, at, party, role))
        state = after
    return OrderLife(issued_at, tuple(step for step in steps if step.at < now))


def _sent_back(at: datetime.datetime, rng: np.random.Generator) -> list[Step]:
    reason = REWORK_REASONS[int(rng.integers(len(REWORK_REASONS)))]
    again = at + datetime.timedelta(hours=float(rng.uniform(10, 60)))
    return [
        Step("submitted", "doing", at, "inspector", "association_member", reason),
        Step("doing", "submitted", again, "executor", "company_member"),
    ]


def defect_steps(found_at: datetime.datetime, order: OrderLife) -> list[Step]:
    """Return the steps of a defect that an order repairs."""
    checked = found_at + (order.issued_at - found_at) / 2
    steps = [
        Step("reported", "verified", checked),
        Step("verified", "ordered", order.issued_at),
    ]
    state = "ordered"
    for step in order.steps:
        after = DEFECT_AFTER.get(step.after)
        if step.after == "doing" and step.before == "submitted":
            after = "ordered"
        if after and after != state:
            steps.append(Step(state, after, step.at, step.party, step.role))
            state = after
    return steps


def change_rows(
    key: str, subject: UUID, steps: Sequence[Step], parties: dict[str, UUID | None]
) -> Iterator[Record]:
    """Yield the rows of a table of changes; `key` names its column of the subject."""
    for step in steps:
        yield {
            "id": new_id(),
            key: subject,
            "from_state": step.before,
            "to_state": step.after,
            "organisation_id": parties.get(step.party),
            "role": step.role,
            "at": step.at,
            "reason": step.reason,
        }
