"""Pages of rows from the newest to the oldest, found by a comparison with the last row shown."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.http import QueryDict
from django.utils.translation import gettext as _

from sites.filter_values import ParameterError
from sites.functions import ComesAfter

PAGE_SIZE: Final = 50
_BETWEEN: Final = "~"


@dataclass(frozen=True, slots=True)
class NewestPage:
    """One page and the cursor of the next one, empty on the last."""

    rows: list[Any]
    next_cursor: str


def newest_page(
    rows: QuerySet[Any], moment: str, cursor: str = "", *, size: int = PAGE_SIZE
) -> NewestPage:
    """Return a page of rows by a column of times and the key, both falling.

    Each column needs an index together with the key. Raises `ParameterError` for a cursor that
    is not ours.
    """
    if cursor:
        at, key = _read(cursor)
        rows = rows.filter(ComesAfter(F(moment), F("id"), Value(at), Value(key), descending=True))
    found = list(rows.order_by(f"-{moment}", "-id")[: size + 1])
    if len(found) <= size:
        return NewestPage(found, "")
    last = found[size - 1]
    return NewestPage(found[:size], f"{getattr(last, moment).isoformat()}{_BETWEEN}{last.pk}")


def page_leniently(
    rows: QuerySet[Any], moment: str, cursor: str, problems: list[str]
) -> NewestPage:
    """Return a page as `newest_page` does; for a cursor that is not ours the first, and say so."""
    try:
        return newest_page(rows, moment, cursor)
    except ParameterError as error:
        problems.append(f"{error.parameter}: {error.message}")
        return newest_page(rows, moment)


def read_leniently(read: Any, query: QueryDict, names: tuple[str, ...]) -> tuple[Any, list[str]]:
    """Return a filter and what is wrong with the address; each wrong parameter is left out.

    `read` takes the parameters and raises `ParameterError`.
    """
    usable = query.copy()
    problems = [
        f"{name[:60]}: {_('There is no such parameter.')}"
        for name in sorted(set(query) - {*names, "cursor"})
    ]
    while True:
        try:
            return read(usable), problems
        except ParameterError as error:
            problems.append(f"{error.parameter}: {error.message}")
            del usable[error.parameter]


def _read(cursor: str) -> tuple[datetime.datetime, UUID]:
    moment, _between, key = cursor.partition(_BETWEEN)
    try:
        at = datetime.datetime.fromisoformat(moment)
        if at.tzinfo is None:
            raise ValueError(moment)
        return at, UUID(key)
    except ValueError as error:
        raise ParameterError(
            "cursor", "bad_cursor", _("This page does not exist in the order chosen.")
        ) from error
