"""Writes the home district's money: documents, contracts, the ledger, a reserve and fallbacks."""

from __future__ import annotations

import datetime
from itertools import chain
from random import Random
from typing import Final

from funding.demo.bookings import Bookings, service_rows
from funding.demo.kept_back import write_fallbacks, write_reserve
from funding.demo.papers import write_contracts, write_documents
from funding.demo.works import works
from funding.models import FundingSource, LedgerEntry
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.demo.copying import copy_records
from sites.kinds import AreaLevel
from sites.models import Area, Programme

STREAM: Final = 7
"""Which stream of the seed's random numbers is ours."""


def load_money(*, seed: int, as_of: datetime.date) -> None:
    """Store the money of the sites and programmes that `sites.demo` wrote.

    The ledger is one statement: its triggers judge the accounts once.
    """
    rng = Random(seed * 100 + STREAM)  # noqa: S311 - invented data, no secret
    district = Area.objects.get(code=HOME_DISTRICT_CODE)
    inside = Area.objects.filter(code__startswith=HOME_DISTRICT_CODE, level=AreaLevel.TOWNSHIP)
    townships = list(inside.order_by("code"))
    programmes = list(Programme.objects.filter(year__lte=as_of.year).order_by("year", "code"))
    papers = write_documents(programmes, district, as_of)
    found = [work for work in works(rng, as_of) if work.programme_id in papers.years]
    contracts = write_contracts(found, rng)
    bookings = Bookings(
        sources=dict(FundingSource.objects.values_list("code", "pk")),
        papers=papers,
        townships={area.code: area.pk for area in townships},
        as_of=as_of,
    )
    rows = [row for work in found for row in bookings.of_work(work, contracts.get(work.pk))]
    rows += bookings.of_houses(found)
    rows += service_rows(bookings, programmes, townships, rng)
    copy_records(LedgerEntry, chain(bookings.of_budgets(rows, district.pk), rows))
    write_reserve(district, as_of)
    write_fallbacks(district, as_of)
