"""The assets behind a number of the coverage, page after page, in one pass over them.

A gap may be rare or common. The keys of a rare set are read once, sorted and cut here; a common
set is walked along the index of codes, which fills a page soon.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F

from assets.listing import Order, asset_page
from assets.querysets import AssetQuerySet
from maintenance.upkeep_gaps import gap_of, has_agreement, has_keeper, has_money
from sites.keyset_list import BoundedCount, Cursor

BY_CODE: Final = Order("code")
FEW: Final = 2000


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """One page of assets with what each has and lacks, and how many there are in all."""

    rows: tuple[Any, ...]
    count: BoundedCount
    next: Cursor | None


def coverage_page_of(
    assets: AssetQuerySet, *, day: datetime.date, cursor: Cursor | None, limit: int
) -> CoveragePage:
    """Return the page of at most `limit` assets after a cursor; two statements."""
    known = list(assets.order_by().values_list("code", "pk")[: FEW + 1])
    shown = assets.annotate(
        gap=gap_of(day),
        has_agreement=has_agreement(day),
        has_keeper=has_keeper(day),
        has_money=has_money(day),
        next_due_on=F("upkeep_status__next_due_on"),
    )
    if len(known) > FEW:
        page = asset_page(shown, order=BY_CODE, cursor=cursor, limit=limit)
        return CoveragePage(page.rows, BoundedCount(FEW, more=True), page.next)
    place = (cursor.key, cursor.id) if cursor else None
    left = sorted(key for key in known if place is None or key > place)
    wanted = [pk for _code, pk in left[:limit]]
    page = asset_page(
        shown.filter(pk__in=wanted), order=BY_CODE, cursor=None, limit=limit, few=True
    )
    following = Cursor.at(page.rows[-1], BY_CODE) if len(left) > limit and page.rows else None
    return CoveragePage(page.rows, BoundedCount(len(known), more=False), following)
