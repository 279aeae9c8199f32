"""The history of a site in words, change by change as people made them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sites.fields import BY_NAME
from sites.formatting import NOTHING, day, plain
from sites.history import GEOMETRY_COLUMNS, FieldChange
from sites.site_field import SiteField


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


def change_sets(
    changes: Iterable[FieldChange], catalogue: Mapping[str, SiteField] = BY_NAME
) -> list[ChangeSet]:
    """Return changes, which come newest first, gathered by moment, person and reason."""
    return [
        ChangeSet(
            at,
            user or _("Command on the server"),
            reason,
            tuple(_difference(change, catalogue) for change in group),
        )
        for (at, user, reason), group in groupby(
            changes, key=lambda change: (change.at, change.user, change.reason)
        )
    ]


def _difference(change: FieldChange, catalogue: Mapping[str, SiteField]) -> Difference:
    if change.field in GEOMETRY_COLUMNS:
        old, new = _size(change.old), _size(change.new)
        moved = _("(moved)")
        return Difference(change.label, old, f"{new} {moved}" if old == new else new)
    old, new = (value_words(change.field, v, catalogue) for v in (change.old, change.new))
    return Difference(change.label, old, new)


def value_words(field: str, value: Any, catalogue: Mapping[str, SiteField] = BY_NAME) -> str:
    """Return the value of a field of the catalogue in words; a dash for nothing."""
    if value is None or value == "":
        return NOTHING
    known = catalogue.get(field)
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
