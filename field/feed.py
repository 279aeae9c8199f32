"""The feed of changes, read in the order in which transactions can no longer come in between.

A row of the feed bears the number of the transaction that wrote it. Numbers are given out when a
transaction begins to write, so one that commits late comes in behind others. A reader therefore
stops at the horizon: the oldest transaction that is still running. Everything before it has ended
for good, and whatever begins later is behind it. A cursor is a place in the order
(transaction, number of the row).

A transaction of this database that runs for long, such as a large import, holds the horizon back
for everybody while it runs: changes come late then, none is lost, and `held_back_since` says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from maintenance.models import AgreementParty
from sites.access import Scope
from sites.kinds import AREA_ROLES

_SQL = Path(__file__).resolve().parent / "sql"
MOST_SCANNED: Final = 20_000
"""Rows of the feed that one page looks through at most before it answers with what it has."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the order of the feed, after which the next page begins."""

    xid: int
    seq: int


START: Final = Place(0, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """A record that changed, at its last place below the horizon."""

    place: Place
    entity: str
    entity_id: UUID


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far the feed can be read: transactions below `xid` have ended, none from `newest` on.

    `held_back_since` is the time of the first change that cannot be read yet, if there is one.
    `history` names the database cluster and its timeline, in which alone the numbers mean anything.
    """

    xid: int
    newest: int
    held_back_since: datetime.datetime | None
    history: str

    @property
    def place(self) -> Place:
        """The place behind everything that can be read now."""
        return Place(self.xid, 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The changes of one page, the place where the next one begins, and whether more is there."""

    changes: list[Change]
    end: Place
    more: bool


def horizon_now() -> Horizon:
    """Return how far the feed can be read at this moment; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_statement("horizon"))
        return Horizon(*cursor.fetchone())


def place_of(since: datetime.datetime, horizon: Horizon) -> Place:
    """Return a place before every change of a time and later.

    A transaction that runs may have begun after that time with a lower number than those found,
    so the place is never behind the horizon.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(xid) FROM field_feedentry WHERE at >= %s", [since])
        (first,) = cursor.fetchone()
    return Place(min(horizon.xid, first or horizon.xid), 0)


def changes_after(place: Place, horizon: Horizon, scope: Scope, *, limit: int) -> Stretch:
    """Return the first `limit` changes after a place that may concern the scope.

    A first choice by agreement and area: what the scope sees of the records is decided by their
    own `visible_to`. Two to four statements, and never a walk through the whole feed.
    """
    values = {
        "xid": place.xid,
        "seq": place.seq,
        "horizon": horizon.xid,
        "limit": limit + 1,
        "scanned": MOST_SCANNED,
        "everything": scope.everything,
        "areas": list(scope.area_codes(AREA_ROLES)),
        "agreements": _agreements(scope),
        "day": timezone.localdate(),
    }
    by_area = scope.everything or bool(values["areas"])
    # Before the page: repeated rows that are tidied away meanwhile only let it look further.
    looked_at = _looked_at(values) if by_area else None
    found = _changes("pull_areas" if by_area else "pull_agreements", values)
    if len(found) > limit:
        return Stretch(found[:limit], found[limit - 1].place, more=True)
    return Stretch(found, looked_at or max(place, horizon.place), more=looked_at is not None)


def _agreements(scope: Scope) -> list[UUID]:
    own = scope.organisation_ids()
    if not own or scope.everything:
        return []
    parties = AgreementParty.objects.filter(organisation_id__in=own).order_by("agreement_id")
    return list(parties.values_list("agreement_id", flat=True).distinct())


def _changes(name: str, values: Mapping[str, Any]) -> list[Change]:
    with connection.cursor() as cursor:
        cursor.execute(_statement(name), values)
        return [Change(Place(xid, seq), what, pk) for xid, seq, what, pk in cursor.fetchall()]


def _looked_at(values: Mapping[str, Any]) -> Place | None:
    with connection.cursor() as cursor:
        cursor.execute(_statement("pull_looked_at"), values)
        row = cursor.fetchone()
    return Place(*row) if row else None


@cache
def _statement(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text()
