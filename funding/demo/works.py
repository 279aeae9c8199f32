"""The demo's sites with the days and the share of their money."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Final
from uuid import UUID

from funding.demo.prices import Terms, parts_of, price_of, terms_of
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.kinds import STATES_FINISHED, Kind, State
from sites.models import ProjectSite

BUDGETED: Final = frozenset({State.DESIGNED, State.CANCELLED})
ALLOCATED: Final = frozenset({State.APPROVED, State.TENDERING})
SIGNED: Final = frozenset(
    {State.CONTRACTED, State.UNDER_CONSTRUCTION, State.SUSPENDED, State.RECTIFYING}
)
SETTLED: Final = frozenset({State.SETTLED, State.HANDED_OVER, State.CLOSED})
LAGGING: Final = 0.07
"""Part of the works at which payment is behind."""


@dataclass(frozen=True, slots=True)
class Work:
    """A site with its money: terms, who pays which part, and how much is released and paid."""

    pk: UUID
    code: str
    name: str
    kind: str
    area_id: UUID
    area_code: str
    programme_id: UUID
    programme: str
    year: int
    contractor_id: UUID | None
    owner_id: UUID | None
    starts_on: datetime.date
    ends_on: datetime.date
    terms: Terms
    parts: dict[str, int]
    is_allocated: bool
    is_signed: bool
    released: float
    paid: float

    @property
    def has_contract(self) -> bool:
        """Whether somebody builds it for somebody else."""
        parties = {self.contractor_id, self.owner_id}
        return self.is_signed and None not in parties and len(parties) > 1


COLUMNS: Final = (
    "pk",
    "code",
    "name",
    "kind",
    "state",
    "year",
    "area_id",
    "area_code",
    "programme_id",
    "programme__code",
    "programme__level",
    "declared_length_m",
    "contractor_id",
    "owner_organisation_id",
    "progress_percent",
    "planned_start",
    "planned_finish",
    "actual_start",
    "actual_finish",
)


def works(rng: Random, as_of: datetime.date) -> Iterator[Work]:
    """Return the home sites for which there is money, in the order of their codes."""
    rows = ProjectSite.objects.filter(
        area_code__startswith=HOME_DISTRICT_CODE, removed_at__isnull=True
    ).exclude(state__in=[State.PROPOSED, State.SHORTLISTED])
    for row in rows.order_by("code").values(*COLUMNS).iterator(chunk_size=5000):
        yield _work(row, rng, as_of)


def _work(row: dict[str, Any], rng: Random, as_of: datetime.date) -> Work:
    state, kind = row["state"], row["kind"]
    is_settled = state in SETTLED and kind != Kind.HOUSING
    price = price_of(kind, row["declared_length_m"], rng)
    terms = terms_of(price, rng, is_settled=is_settled)
    if kind == Kind.HOUSING:
        terms = Terms(price, price, terms.varied * 0, None)
    released, paid = _progress(state, float(row["progress_percent"]), kind, rng)
    starts, ends = _days(row, as_of)
    return Work(
        pk=row["pk"],
        code=row["code"],
        name=row["name"],
        kind=kind,
        area_id=row["area_id"],
        area_code=row["area_code"],
        programme_id=row["programme_id"],
        programme=row["programme__code"],
        year=row["year"],
        contractor_id=row["contractor_id"],
        owner_id=row["owner_organisation_id"],
        starts_on=starts,
        ends_on=ends,
        terms=terms,
        parts=parts_of(kind, row["programme__level"], rng),
        is_allocated=state not in BUDGETED,
        is_signed=state in SIGNED or state in STATES_FINISHED,
        released=released,
        paid=paid,
    )


def _progress(state: str, percent: float, kind: str, rng: Random) -> tuple[float, float]:
    """Return the released and the paid share of what was allocated."""
    if state in SETTLED:
        return 1.0, 1.0
    if state in STATES_FINISHED or state == State.RECTIFYING:
        paid = rng.uniform(0.9, 0.97)
        paid *= rng.uniform(0.5, 0.8) if rng.random() < LAGGING else 1
        return min(paid + 0.03, 1.0), round(paid, 4)
    if state in SIGNED and percent:
        paid = percent / 100 * rng.uniform(0.9, 1.0)
        paid *= rng.uniform(0.15, 0.6) if rng.random() < LAGGING else 1
        return round(min(paid + rng.uniform(0.02, 0.15), 1.0), 4), round(paid, 4)
    return 0.0, 0.0


def _days(row: dict[str, Any], as_of: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return first and last day on which money moves: within the year for what it finished."""
    year = row["year"]
    first = row["actual_start"] or row["planned_start"] or datetime.date(year, 4, 1)
    last = row["actual_finish"] or as_of
    close = datetime.date(last.year, 12, 28)
    last = min(last + datetime.timedelta(days=25), max(close, last), as_of)
    return min(first, last), last
