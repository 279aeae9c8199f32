"""Sites in an order, page after page, without counting or skipping rows.

A page is found by a comparison with the last row of the page before (keyset), so the thousandth
page costs what the first does. Each order has an index of its own in `ProjectSite.Meta`.
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from sites.filters import ParameterError
from sites.functions import ComesAfter, due_date_or_never, in_pinyin_order
from sites.models import ProjectSite
from sites.querysets import ProjectSiteQuerySet

COUNT_LIMIT: Final = 10_000
"""Above this many rows a page says "more than", because counting would cost more than reading."""
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


@dataclass(frozen=True, slots=True)
class Column:
    """Something that sites can be ordered by; `descending` is its natural direction."""

    key: Callable[[], Combinable]
    of: Callable[[ProjectSite], Any]
    read: Callable[[str], Any]
    descending: bool = False


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
class Order:
    """A column to order by, in its natural direction or turned round (`-code` in an address)."""

    column: str = "code"
    turned: bool = False

    @classmethod
    def parse(cls, text: str) -> Order:
        """Read the parameter `sort`; raises `ParameterError` for an order that has no index."""
        name = text.removeprefix("-")
        if not text:
            return cls()
        if name not in COLUMNS:
            raise ParameterError(
                "sort",
                "unknown_value",
                _("“%(value)s” is not one of: %(allowed)s.")
                % {"value": text[:60], "allowed": ", ".join(COLUMNS)},
            )
        return cls(name, text.startswith("-"))

    def as_text(self) -> str:
        """Return the order as it is written in an address."""
        return f"-{self.column}" if self.turned else self.column

    @property
    def descending(self) -> bool:
        """Whether large values come first."""
        return COLUMNS[self.column].descending != self.turned


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two rows: the row's key and identifier, and which way to read from it."""

    order: Order
    key: Any
    id: UUID
    backward: bool = False

    @classmethod
    def parse(cls, text: str, order: Order) -> Cursor | None:
        """Read the parameter `cursor`; raises `ParameterError` unless it belongs to the order."""
        if not text:
            return None
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            sort, key, identifier, backward = json.loads(
                base64.b64decode(padded, altchars=b"-_", validate=True)
            )
            value = COLUMNS[order.column].read(key)
            if sort != order.as_text() or not isinstance(key, str) or "\x00" in key:
                raise ValueError(sort)
            return cls(order, value, UUID(identifier), bool(backward))
        except (ValueError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
            raise ParameterError(
                "cursor", "bad_cursor", _("This page does not exist in the order chosen.")
            ) from error

    @classmethod
    def at(cls, site: ProjectSite, order: Order, *, backward: bool = False) -> Cursor:
        """Return the place just after a row, or just before it when reading backward."""
        return cls(order, COLUMNS[order.column].of(site), site.pk, backward)

    def as_text(self) -> str:
        """Return the cursor as it is written in an address."""
        parts = [self.order.as_text(), str(self.key), str(self.id), self.backward]
        return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


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
    """Return one page of at most `limit` sites: one statement, which reads one row more.

    `few` says that not many rows match: they are then gathered and sorted. Otherwise the order's
    index is walked until the page is full, which would be long for rows that are rare in it.
    """
    backward = cursor is not None and cursor.backward
    descending = order.descending != backward
    key = COLUMNS[order.column].key()
    if few:
        key = Coalesce(key, key)
    if cursor:
        place = (Value(cursor.key), Value(cursor.id))
        sites = sites.filter(ComesAfter(key, F("id"), *place, descending=descending))
    ordered = sites.order_by(
        *(part.desc() if descending else part.asc() for part in (key, F("id")))  # type: ignore[attr-defined]
    )
    found = list(ordered.select_related("programme").only(*LISTED_COLUMNS)[: limit + 1])
    more = len(found) > limit
    rows = tuple(found[limit - 1 :: -1] if backward and more else found[:limit])
    if backward and not more:
        rows = rows[::-1]
    has_next, has_previous = (True, more) if backward else (more, cursor is not None)
    return SitePage(
        sites=rows,
        next=Cursor.at(rows[-1], order) if rows and has_next else None,
        previous=Cursor.at(rows[0], order, backward=True) if rows and has_previous else None,
    )


@dataclass(frozen=True, slots=True)
class BoundedCount:
    """How many rows there are, counted up to a limit; `more` says that there are more."""

    number: int
    more: bool


def bounded_count(sites: ProjectSiteQuerySet, limit: int = COUNT_LIMIT) -> BoundedCount:
    """Return the number of sites, reading at most one more than `limit`."""
    number = sites.order_by().values("pk")[: limit + 1].count()
    return BoundedCount(min(number, limit), number > limit)
