"""Rows of any list in an order, page after page, without counting or skipping rows.

A page is found by a comparison with the last row of the page before (keyset), so the thousandth
page costs what the first does. A list says by which columns it can be ordered; each order should
have an index of its own.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import InvalidOperation
from typing import Any, ClassVar, Final, Self
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from sites.filter_values import ParameterError
from sites.functions import ComesAfter

COUNT_LIMIT: Final = 10_000
"""Above this many rows a page says "more than", because counting would cost more than reading."""


@dataclass(frozen=True, slots=True)
class Column:
    """Something that rows can be ordered by; `descending` is its natural direction."""

    key: Callable[[], Combinable]
    of: Callable[[Any], Any]
    read: Callable[[str], Any]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A column to order by, in its natural direction or turned round (`-code` in an address).

    Each list has a subclass with its own `columns`; the first one is its order without a choice.
    """

    columns: ClassVar[Mapping[str, Column]] = {}

    column: str = "code"
    turned: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the parameter `sort`; raises `ParameterError` for an order that has no index."""
        name = text.removeprefix("-")
        if not text:
            return cls()
        if name not in cls.columns:
            raise ParameterError(
                "sort",
                "unknown_value",
                _("“%(value)s” is not one of: %(allowed)s.")
                % {"value": text[:60], "allowed": ", ".join(cls.columns)},
            )
        return cls(name, text.startswith("-"))

    def as_text(self) -> str:
        """Return the order as it is written in an address."""
        return f"-{self.column}" if self.turned else self.column

    @property
    def chosen(self) -> Column:
        """The column."""
        return self.columns[self.column]

    @property
    def descending(self) -> bool:
        """Whether large values come first."""
        return self.chosen.descending != self.turned


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
            value = order.chosen.read(key)
            if sort != order.as_text() or not isinstance(key, str) or "\x00" in key:
                raise ValueError(sort)
            return cls(order, value, UUID(identifier), bool(backward))
        except (ValueError, TypeError, AttributeError, InvalidOperation, RecursionError) as error:
            raise ParameterError(
                "cursor", "bad_cursor", _("This page does not exist in the order chosen.")
            ) from error

    @classmethod
    def at(cls, row: Any, order: Order, *, backward: bool = False) -> Cursor:
        """Return the place just after a row, or just before it when reading backward."""
        return cls(order, order.chosen.of(row), row.pk, backward)

    def as_text(self) -> str:
        """Return the cursor as it is written in an address."""
        parts = [self.order.as_text(), str(self.key), str(self.id), self.backward]
        return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """One page of rows and the cursors of its neighbours, None where there is none."""

    rows: tuple[Any, ...]
    next: Cursor | None
    previous: Cursor | None


def keyset_page(
    rows: QuerySet[Any],
    *,
    order: Order,
    cursor: Cursor | None,
    limit: int,
    few: bool = False,
) -> KeysetPage:
    """Return one page of at most `limit` rows: one statement, which reads one row more.

    `few` says that not many rows match: they are then gathered and sorted. Otherwise the order's
    index is walked until the page is full, which would be long for rows that are rare in it.
    """
    backward = cursor is not None and cursor.backward
    descending = order.descending != backward
    key = order.chosen.key()
    if few:
        key = Coalesce(key, key)
    if cursor:
        place = (Value(cursor.key), Value(cursor.id))
        rows = rows.filter(ComesAfter(key, F("id"), *place, descending=descending))
    ordered = rows.order_by(
        *(part.desc() if descending else part.asc() for part in (key, F("id")))  # type: ignore[attr-defined]
    )
    found = list(ordered[: limit + 1])
    more = len(found) > limit
    page = tuple(found[limit - 1 :: -1] if backward and more else found[:limit])
    if backward and not more:
        page = page[::-1]
    has_next, has_previous = (True, more) if backward else (more, cursor is not None)
    return KeysetPage(
        rows=page,
        next=Cursor.at(page[-1], order) if page and has_next else None,
        previous=Cursor.at(page[0], order, backward=True) if page and has_previous else None,
    )


@dataclass(frozen=True, slots=True)
class BoundedCount:
    """How many rows there are, counted up to a limit; `more` says that there are more."""

    number: int
    more: bool


def bounded_count(rows: QuerySet[Any], limit: int = COUNT_LIMIT) -> BoundedCount:
    """Return the number of rows, reading at most one more than `limit`."""
    number = rows.order_by().values("pk")[: limit + 1].count()
    return BoundedCount(min(number, limit), number > limit)
