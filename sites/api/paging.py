"""Pages of a collection by keyset: the next page is found by one extra row, never by counting."""

from __future__ import annotations

import base64
import binascii
import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework.request import Request

from sites.functions import ComesAfter
from sites.problems import Problem, bad_parameter

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
MAX_CURSOR = 2000


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order, and how its value is read back from a cursor."""

    name: str
    read: Callable[[str], Any]


def read_text(text: str) -> str:
    """Return a text that the database can compare; raises `ValueError`."""
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(text)
    return text


def read_moment(text: str) -> datetime.datetime:
    """Return a time with offset; raises `ValueError`."""
    moment = parse_datetime(text)
    if moment is None or moment.tzinfo is None:
        raise ValueError(text)
    return moment


BY_ID = (Key("id", UUID),)
BY_CODE = (Key("code", read_text),)
BY_CODE_AND_ID = (*BY_CODE, *BY_ID)
BY_UPDATE = (Key("updated_at", read_moment), *BY_ID)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page and the cursor of the next one, empty on the last."""

    rows: list[Any]
    next_cursor: str

    def links(self, request: Request) -> dict[str, str | None]:
        """Return `next_cursor` and `next`, the address of the next page, null on the last."""
        if not self.next_cursor:
            return {"next_cursor": None, "next": None}
        query: QueryDict = request._request.GET.copy()
        query["cursor"] = self.next_cursor
        address = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        return {"next_cursor": self.next_cursor, "next": address}


def read_page(rows: QuerySet[Any], keys: Sequence[Key], params: QueryDict) -> Page:
    """Return the page that `limit` and `cursor` ask for; raises `Problem` 400."""
    limit = read_limit(params.get("limit", ""))
    cursor = params.get("cursor", "")
    if cursor:
        rows = _after(rows, keys, read_cursor(keys, cursor))
    found = list(rows.order_by(*(key.name for key in keys))[: limit + 1])
    if len(found) <= limit:
        return Page(found, "")
    return Page(found[:limit], _cursor(keys, found[limit - 1]))


def read_limit(text: str) -> int:
    """Return the page size, 1 to `MAX_LIMIT`; raises `Problem` 400."""
    if not text:
        return DEFAULT_LIMIT
    if not (text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= MAX_LIMIT):
        raise bad_parameter(
            "limit",
            "out_of_range",
            _("Give a whole number from 1 to %(limit)s.") % {"limit": MAX_LIMIT},
        )
    return int(text)


def _after(rows: QuerySet[Any], keys: Sequence[Key], values: Sequence[Any]) -> QuerySet[Any]:
    if len(keys) == 1:
        return rows.filter(**{f"{keys[0].name}__gt": values[0]})
    columns = [F(key.name) for key in keys]
    return rows.filter(ComesAfter(*columns, *(Value(value) for value in values)))


def _cursor(keys: Sequence[Key], row: Any) -> str:
    values = [row[key.name] if isinstance(row, dict) else getattr(row, key.name) for key in keys]
    texts = [
        value.isoformat() if isinstance(value, datetime.datetime) else str(value)
        for value in values
    ]
    return write_cursor(texts)


def write_cursor(values: Sequence[Any]) -> str:
    """Return the cursor that stands for the key of a page's last row."""
    packed = json.dumps(list(map(str, values)), ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(keys: Sequence[Key], cursor: str) -> list[Any]:
    """Return the key that a cursor stands for; raises `Problem` 400."""
    try:
        return _unpacked(keys, cursor)
    except (ValueError, binascii.Error, RecursionError) as error:
        raise _bad_cursor() from error


def _unpacked(keys: Sequence[Key], cursor: str) -> list[Any]:
    if len(cursor) > MAX_CURSOR or not cursor.isascii():
        raise ValueError(cursor)
    packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    texts = json.loads(packed.decode("utf-8"))
    if not isinstance(texts, list) or len(texts) != len(keys):
        raise ValueError(cursor)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(cursor)
    return [key.read(text) for key, text in zip(keys, texts, strict=True)]


def _bad_cursor() -> Problem:
    return bad_parameter("cursor", "bad_cursor", _("The cursor is not one that we gave."))
