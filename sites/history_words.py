"""The history of a site in words, change by change as people made them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sites.fields import BY_NAME
from sites.formatting import NOTHING, day, plain
from sites.history import GEOMETRIES, FieldChange


@dataclass(frozen=True, slots=True)
class Difference:
    """One field's old and new value in words."""

    label: str | Promise
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Everything that somebody changed at one moment, with the reason."""

    at: datetime.datetime
    user: str
    reason: str
    differences: tuple[Difference, ...]


def change_sets(changes: Iterable[FieldChange]) -> list[ChangeSet]:
    """Return changes, which come newest first, gathered by moment, person and reason."""
    return [
        ChangeSet(at, user or _("Command on the server"), reason, tuple(map(_difference, group)))
        for (at, user, reason), group in groupby(
            changes, key=lambda change: (change.at, change.user, change.reason)
        )
    ]


def _difference(change: FieldChange) -> Difference:
    if change.field in GEOMETRIES:
        old, new = _size(change.old), _size(change.new)
        moved = _("(moved)")
        return Difference(change.label, old, f"{new} {moved}" if old == new else new)
    return Difference(
        change.label, value_words(change.field, change.old), value_words(change.field, change.new)
    )


def value_words(field: str, value: Any) -> str:
    """Return the value of a field of the catalogue in words; a dash for nothing."""
    if value is None or value == "":
        return NOTHING
    known = BY_NAME.get(field)
    if known and known.choices and value in known.choices.values:
        return str(known.choices(value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.date):
        return day(value)
    return plain(value) if isinstance(value, Decimal) else str(value)


def _size(words: str | None) -> str:
    """Return `LINESTRING 23 1508.2` as length and vertices."""
    if not words:
        return NOTHING
    _type, count, length = words.split(" ")
    vertices = _("%(count)s vertices") % {"count": count}
    if not float(length):
        return vertices
    kilometres = _("%(number)s km") % {"number": f"{float(length) / 1000:.3f}"}
    return ", ".join((kilometres, vertices))
