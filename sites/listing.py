"""Sites in an order, page after page; each order has an index in `ProjectSite.Meta`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from django.db.models import F

from sites import keyset_list
from sites.functions import due_date_or_never, in_pinyin_order
from sites.keyset_list import BoundedCount, Column, Cursor, bounded_count, keyset_page
from sites.models import ProjectSite
from sites.querysets import ProjectSiteQuerySet

__all__ = ["COLUMNS", "BoundedCount", "Cursor", "Order", "SitePage", "bounded_count", "site_page"]

LISTED_COLUMNS: Final = (
    "code",
    "name",
    "name_en",
    "kind",
    "state",
    "year",
    "area_code",
    "township_code",
    "progress_percent",
    "declared_length_m",
    "measured_length_m",
    "planned_start",
    "planned_finish",
    "due_on",
    "updated_at",
    "programme__code",
    "programme__name",
    "programme__name_en",
)

COLUMNS: Final[Mapping[str, Column]] = {
    "code": Column(lambda: F("code"), lambda site: site.code, str),
    "name": Column(lambda: in_pinyin_order("name"), lambda site: site.name, str),
    "updated": Column(
        lambda: F("updated_at"),
        lambda site: site.updated_at.isoformat(),
        datetime.datetime.fromisoformat,
        descending=True,
    ),
    "progress": Column(
        lambda: F("progress_percent"), lambda site: site.progress_percent, Decimal, descending=True
    ),
    "delay": Column(
        due_date_or_never,
        lambda site: site.due_on or datetime.date.max,
        datetime.date.fromisoformat,
    ),
}


@dataclass(frozen=True, slots=True)
class Order(keyset_list.Order):
    """An order of sites."""

    columns: ClassVar[Mapping[str, Column]] = COLUMNS


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of sites and the cursors of its neighbours, None where there is none."""

    sites: tuple[ProjectSite, ...]
    next: Cursor | None
    previous: Cursor | None


def site_page(
    sites: ProjectSiteQuerySet,
    *,
    order: Order,
    cursor: Cursor | None,
    limit: int,
    few: bool = False,
) -> SitePage:
    """Return one page of at most `limit` sites; see `sites.keyset_list.keyset_page`."""
    rows = sites.select_related("programme").only(*LISTED_COLUMNS)
    page = keyset_page(rows, order=order, cursor=cursor, limit=limit, few=few)
    return SitePage(page.rows, page.next, page.previous)
