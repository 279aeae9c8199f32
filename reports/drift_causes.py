"""What was changed since a figure was computed: fields of sites, and entries of the ledger."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import F, Model, Q
from django.utils.translation import gettext as _

from funding.models import LedgerEntry
from reports.figures import context_of
from reports.models import ReportFigure
from reports.periods import Period
from reports.queries.money import entries_behind
from sites.access import Scope
from sites.fields import BY_NAME
from sites.formatting import day, yuan
from sites.history_words import value_words
from sites.models import HousingDetail, ProjectSite, WaterWorksDetail
from sites.people import person_name

MOST_ENTRIES: Final = 20
OVERLAP: Final = datetime.timedelta(minutes=1)
"""A change may have begun before the figure was computed and been stored after it."""
SITE_COLUMNS: Final = (
    "declared_length_m",
    "state",
    "year",
    "kind",
    "area_code",
    "actual_finish",
    "programme__code",
    "category__code",
    "removed_at",
)
"""Columns of a site that can change its part of a figure."""
DETAIL_COLUMNS: Final[tuple[tuple[type[Model], tuple[str, ...]], ...]] = (
    (HousingDetail, ("households",)),
    (WaterWorksDetail, ("capacity_m3_per_day",)),
)
OUTSIDE_NAMES: Final = {"area_code": "area", "programme__code": "programme"}


@dataclass(frozen=True, slots=True)
class Cause:
    """One change in words: what changed from what to what, when, by whom and why."""

    at: datetime.datetime
    person: str
    reason: str
    label: str
    old: str = ""
    new: str = ""


def causes_of(
    keys: Sequence[UUID], *, since: datetime.datetime
) -> Mapping[UUID, tuple[Cause, ...]]:
    """Return the changes of sites since a moment, the newest first: two statements a table."""
    found: dict[UUID, list[Cause]] = defaultdict(list)
    _collect(found, ProjectSite, "pk", keys, SITE_COLUMNS, since)
    for model, columns in DETAIL_COLUMNS:
        _collect(found, model, "site_id", keys, columns, since)
    names = _people(cause.person for causes in found.values() for cause in causes)
    return {
        key: tuple(
            Cause(c.at, names.get(c.person, ""), c.reason, c.label, c.old, c.new)
            for c in sorted(causes, key=lambda cause: cause.at, reverse=True)
        )
        for key, causes in found.items()
    }


def _collect(
    found: dict[UUID, list[Cause]],
    model: type[Model],
    key: str,
    keys: Sequence[UUID],
    columns: Sequence[str],
    since: datetime.datetime,
) -> None:
    """Add the differences between each old row since the moment and the one after it."""
    events: Any = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    event_key = "pgh_obj_id" if key == "pk" else key
    past = events.objects.filter(
        **{f"{event_key}__in": list(keys)}, pgh_created_at__gte=since - OVERLAP
    ).annotate(context=F("pgh_context__metadata"))
    rows: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in past.order_by("pgh_id").values(event_key, "pgh_created_at", "context", *columns):
        rows[row[event_key]].append(row)
    if not rows:
        return
    present = model._default_manager.filter(**{f"{key}__in": list(rows)})
    for row in present.values(key, *columns):
        rows[row[key]].append(row)
    for site, versions in rows.items():
        for old, new in pairwise(versions):
            found[site] += _differences(old, new, columns)


def _differences(
    old: Mapping[str, Any], new: Mapping[str, Any], columns: Sequence[str]
) -> list[Cause]:
    context = old["context"] or {}
    return [
        Cause(
            at=old["pgh_created_at"],
            person=str(context.get("user") or ""),
            reason=str(context.get("reason") or ""),
            label=_label(column),
            old=_value(column, old[column]),
            new=_value(column, new[column]),
        )
        for column in columns
        if old[column] != new[column]
    ]


def _label(column: str) -> str:
    if column == "removed_at":
        return _("Removed")
    known = BY_NAME.get(OUTSIDE_NAMES.get(column, column))
    return str(known.label) if known else column


def _value(column: str, value: Any) -> str:
    if column == "removed_at":
        return _("yes") if value else _("no")
    return value_words(column, value)


def _people(keys: Iterable[str]) -> dict[str, str]:
    wanted = {int(key) for key in keys if key.isdecimal()}
    people = get_user_model()._default_manager.in_bulk(wanted)
    return {str(key): person_name(person) for key, person in people.items()}


def money_booked_since(figure: ReportFigure, *, scope: Scope) -> tuple[Cause, ...]:
    """Return the ledger's entries that a figure about money could not hold, the latest first.

    They were booked for a later day or recorded after it was computed; at most `MOST_ENTRIES`.
    """
    report = figure.report
    context = context_of(
        area=report.area,
        period=Period(report.period_start, report.period_end),
        as_of=datetime.date.max,
        scope=scope,
    )
    rows = (
        entries_behind(context.under(figure.filter), figure.query)
        .filter(Q(booked_on__gt=figure.as_of) | Q(recorded_at__gt=figure.computed_at))
        .select_related("source", "programme", "recorded_by")
        .order_by("-booked_on", "-id")
    )
    return tuple(_booked(row) for row in rows[:MOST_ENTRIES])


def _booked(row: LedgerEntry) -> Cause:
    return Cause(
        at=row.recorded_at,
        person=person_name(row.recorded_by),
        reason=row.override_reason or row.note,
        label=f"{day(row.booked_on)} · {row.source.label} · {row.programme.label}",
        old=row.get_kind_display(),
        new=yuan(row.amount),
    )
