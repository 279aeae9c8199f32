"""The demo's ledger: what was booked for each site, and for service programmes by township."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_UP, Decimal
from random import Random
from typing import Any, Final
from uuid import UUID

from funding.demo.papers import Papers
from funding.demo.prices import BY_LEVEL, share, split
from funding.demo.works import Work
from funding.kinds import EntryKind, Stage
from sites.identifiers import new_id
from sites.kinds import Kind
from sites.models import Area, Programme

Row = dict[str, Any]
INSTALMENTS: Final = ((0.4, 0.1), (1.0, 1.0))
"""Paid so far, and when between the first and the last day."""

TEN_THOUSAND: Final = Decimal(10_000)
DETAILED_YEARS: Final = 4
"""Older years are paid in one instalment."""

SERVICE_YUAN: Final[Mapping[str, tuple[int, int]]] = {
    "cash": (180_000, 920_000),
    "training": (30_000, 120_000),
    "purchased": (20_000, 90_000),
}
"""What a service programme costs in a township and year, from and to."""


class Bookings:
    """Makes rows of the ledger; every row names all columns, in one order."""

    def __init__(
        self,
        *,
        sources: Mapping[str, UUID],
        papers: Papers,
        townships: Mapping[str, UUID],
        as_of: datetime.date,
    ) -> None:
        self.sources, self.papers, self.as_of = sources, papers, as_of
        self.townships = townships

    def of_work(self, work: Work, contract: UUID | None) -> Iterator[Row]:
        """Return what was booked for a site, from its allocation to what came back.

        Money of houses is allocated and released to townships; each house is paid.
        """
        if not work.is_allocated:
            return
        place = {"programme_id": work.programme_id, "site_id": work.pk, "area_id": work.area_id}
        spare = work.terms.total - work.terms.settled if work.terms.settled else Decimal(0)
        payee = work.contractor_id if contract else None
        for source, amount in split(work.terms.total, work.parts).items():
            if work.kind != Kind.HOUSING:
                march = min(datetime.date(work.year, 3, 20), work.starts_on)
                yield from self._stage(place, source, Stage.ALLOCATED, amount, march)
                released = share(amount, work.released)
                yield from self._stage(
                    place, source, Stage.RELEASED, released, work.starts_on, contract=contract
                )
            due = amount - spare if source == "district" else amount
            for paid, on in self._instalments(share(due, work.paid), work):
                yield from self._stage(
                    place, source, Stage.PAID, paid, on, contract=contract, payee_id=payee
                )
        if spare:
            yield from self._given_back(place, spare, work, contract)

    def of_houses(self, works: Iterable[Work]) -> Iterator[Row]:
        """Return what was allocated and released to townships for their houses."""
        sums: dict[tuple[UUID, str, int, str], list[Decimal]] = {}
        for work in works:
            if work.kind != Kind.HOUSING or not work.is_allocated:
                continue
            for source, amount in split(work.terms.total, work.parts).items():
                key = (work.programme_id, work.area_code[:9], work.year, source)
                entry = sums.setdefault(key, [Decimal(0), Decimal(0)])
                entry[0] += amount
                entry[1] += share(amount, work.released)
        for (programme, township, year, source), (allocated, released) in sums.items():
            place = {
                "programme_id": programme,
                "site_id": None,
                "area_id": self.townships[township],
            }
            march, april = datetime.date(year, 3, 20), datetime.date(year, 4, 2)
            yield from self._stage(place, source, Stage.ALLOCATED, allocated, march)
            yield from self._stage(place, source, Stage.RELEASED, released, april)

    def of_service(
        self, programme: Programme, township: Area, amount: Decimal, done: float
    ) -> Iterator[Row]:
        """Return what was booked for a service programme in a township; `done` is the part."""
        place = {"programme_id": programme.pk, "site_id": None, "area_id": township.pk}
        year = programme.year
        closing = datetime.date(year, 12, 24)
        day = closing if closing <= self.as_of else datetime.date(year, 6, 24)
        for source, part in split(amount, BY_LEVEL[programme.level]).items():
            march = datetime.date(year, 3, 20)
            yield from self._stage(place, source, Stage.ALLOCATED, part, march)
            for stage in (Stage.RELEASED, Stage.PAID):
                yield from self._stage(place, source, stage, share(part, done), day)

    def of_budgets(self, rows: Iterable[Row], district: UUID) -> Iterator[Row]:
        """Return each programme's budget by source: what its rows allocate, rounded up."""
        sums: dict[tuple[UUID, UUID], Decimal] = {}
        for row in rows:
            if row["stage"] == Stage.ALLOCATED and row["amount"] > 0:
                key = (row["programme_id"], row["source_id"])
                sums[key] = sums.get(key, Decimal(0)) + row["amount"]
        codes = {key: code for code, key in self.sources.items()}
        for (programme, source), amount in sums.items():
            budget = (amount / TEN_THOUSAND).quantize(Decimal(1), ROUND_UP) * TEN_THOUSAND
            place = {"programme_id": programme, "site_id": None, "area_id": district}
            day = datetime.date(self.papers.years[programme], 1, 20)
            yield from self._stage(place, codes[source], Stage.BUDGET, budget, day)

    def _given_back(
        self, place: Row, spare: Decimal, work: Work, contract: UUID | None
    ) -> Iterator[Row]:
        for stage in (Stage.RELEASED, Stage.ALLOCATED):
            row = self._row(place, "district", stage, -spare, work.ends_on)
            yield {
                **row,
                "kind": EntryKind.RETURN,
                "contract_id": contract if stage == Stage.RELEASED else None,
                "note": "结算审减退回",
            }

    def _instalments(self, amount: Decimal, work: Work) -> Iterator[tuple[Decimal, datetime.date]]:
        is_recent = work.year > self.as_of.year - DETAILED_YEARS
        steps = INSTALMENTS if work.kind != Kind.HOUSING and is_recent else INSTALMENTS[-1:]
        before = Decimal(0)
        for factor, place in steps:
            upto = share(amount, factor)
            yield upto - before, work.starts_on + (work.ends_on - work.starts_on) * place
            before = upto

    def _stage(
        self,
        place: Row,
        source: str,
        stage: Stage,
        amount: Decimal,
        day: datetime.date,
        **further: Any,
    ) -> Iterator[Row]:
        if amount > 0:
            contract = further.pop("contract", None)
            row = self._row(place, source, stage, amount, min(day, self.as_of))
            yield {**row, **further, "contract_id": contract}

    def _row(
        self, place: Row, source: str, stage: Stage, amount: Decimal, day: datetime.date
    ) -> Row:
        document, number = self._paper(place["programme_id"], stage, day)
        return {
            "id": new_id(),
            **place,
            "source_id": self.sources[source],
            "stage": stage.value,
            "kind": EntryKind.ENTRY.value,
            "amount": amount,
            "booked_on": day,
            "document_number": number,
            "document_id": document,
            "contract_id": None,
            "payee_id": None,
            "note": "",
        }

    def _paper(self, programme: UUID, stage: Stage, day: datetime.date) -> tuple[UUID | None, str]:
        if stage == Stage.ALLOCATED:
            return self.papers.allocations[programme]
        if stage == Stage.BUDGET:
            return self.papers.budgets[self.papers.years[programme]]
        return None, f"拨付{day:%Y%m}" if stage == Stage.RELEASED else f"支付{day:%Y%m%d}"


def service_rows(
    bookings: Bookings, programmes: Iterable[Programme], townships: Sequence[Area], rng: Random
) -> Iterator[Row]:
    """Return the ledger of service programmes; of the current year what was done so far."""
    for programme in programmes:
        if programme.kind not in SERVICE_YUAN:
            continue
        for area in townships:
            amount = Decimal(rng.randint(*SERVICE_YUAN[programme.kind])) + Decimal("0.50")
            is_over = programme.year < bookings.as_of.year
            yield from bookings.of_service(programme, area, amount, 1.0 if is_over else 0.5)
