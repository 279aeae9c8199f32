"""What was changed on a record, by whom and why: the rows that triggers kept, as differences.

A history row holds the values from before a change, so a difference is taken between each row and
the one after it, and between the last one and what stands now.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import F, Func, Model, QuerySet, TextField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sites.access import Scope
from sites.fields import FIELDS
from sites.models import HouseholdRecord, Milestone, ProjectSite
from sites.services.site_records import DETAIL_MODELS

GEOMETRIES = {
    "planned_geometry": _("Planned geometry"),
    "actual_geometry": _("Actual geometry"),
}
GEOMETRY_COLUMNS = frozenset({*GEOMETRIES, "geometry"})
"""Columns compared by what they hold and shown by their size."""
UNSEEN = frozenset(
    {
        "days_late",
        "delay",
        "measured_area_m2",
        "measured_length_m",
        "township",
        "township_name",
        "updated_at",
    }
)
"""Fields that follow from others or from the clock."""
PART_TABLES = frozenset({*DETAIL_MODELS, "household"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that changed: its outside name and label, both values, who, when and why.

    Geometry is shown as its type, number of points and length in metres on the ellipsoid, such as
    `LINESTRING 23 1508.2`.
    """

    at: datetime.datetime
    user: str
    reason: str
    field: str
    label: str | Promise
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class HistorySource:
    """A table with its history: columns by outside name, the old rows, and the present one."""

    columns: Mapping[str, str]
    labels: Mapping[str, str | Promise]
    past: QuerySet[Any]
    present: QuerySet[Any]


class GeometryWords(Func):
    """A geometry as its type, its number of points and its length in metres."""

    template = (
        "(GeometryType(%(expressions)s) || ' ' || ST_NPoints(%(expressions)s)"
        " || ' ' || round(ST_Length((%(expressions)s)::geography)::numeric, 1))"
    )
    output_field = TextField()


class GeometryMark(Func):
    """A text that differs when the geometry does."""

    template = "md5(ST_AsBinary(%(expressions)s))"
    output_field = TextField()


def site_history(site: ProjectSite, *, scope: Scope, limit: int = 500) -> list[FieldChange]:
    """Return the latest changes of a site that the scope sees, the newest first.

    The household's own record is left out for who may not read it. Milestones are included,
    named `milestone.<kind>.due_on` and so on.
    """
    return latest_changes(_sources(site, scope), limit=limit)


def latest_changes(sources: Iterable[HistorySource], *, limit: int) -> list[FieldChange]:
    """Return the latest changes of all sources, the newest first, with the names of people."""
    changes = [change for source in sources for change in _differences(source)]
    changes.sort(key=lambda change: change.at, reverse=True)
    return _with_user_names(changes[:limit])


def _sources(site: ProjectSite, scope: Scope) -> Iterator[HistorySource]:
    own = [entry for entry in FIELDS if site.kind in entry.kinds]
    labels = {entry.name: entry.label for entry in own} | GEOMETRIES
    shared = {
        entry.name: entry.path
        for entry in own
        if _table(entry.path) == "" and entry.name not in UNSEEN
    }
    geometry = {name: name for name in GEOMETRIES}
    yield history_source(ProjectSite, {"pk": site.pk}, shared | geometry, labels)
    detail = {
        entry.name: entry.path.partition("__")[2]
        for entry in own
        if _table(entry.path) == site.kind
    }
    if detail:
        yield history_source(DETAIL_MODELS[site.kind], {"site": site.pk}, detail, labels)
    if HouseholdRecord.objects.visible_to(scope).filter(site=site.pk).exists():
        household = {"household_reference": "reference"}
        yield history_source(HouseholdRecord, {"site": site.pk}, household, labels)
    for milestone in Milestone.objects.filter(site=site.pk):
        yield _milestone_source(milestone)


def _table(path: str) -> str:
    """Return the part table of a path, empty for a column or reference of the site itself."""
    table = path.partition("__")[0]
    return table if table in PART_TABLES else ""


def history_source(
    model: type[Model],
    key: Mapping[str, Any],
    columns: Mapping[str, str],
    labels: Mapping[str, str | Promise],
) -> HistorySource:
    """Return the source for the rows of a model that have the key, and their past."""
    past: Any = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    past_key = {"pgh_obj_id" if name == "pk" else name: value for name, value in key.items()}
    return HistorySource(
        columns,
        labels,
        past.objects.filter(**past_key)
        .annotate(context=F("pgh_context__metadata"))
        .order_by("pgh_id"),
        model._default_manager.filter(**key),
    )


def _milestone_source(milestone: Milestone) -> HistorySource:
    prefix = f"milestone.{milestone.kind}"
    columns = {f"{prefix}.{name}": name for name in ("due_on", "done_on")}
    word = milestone.get_kind_display()
    labels = {
        f"{prefix}.due_on": _("%(milestone)s: due") % {"milestone": word},
        f"{prefix}.done_on": _("%(milestone)s: done") % {"milestone": word},
    }
    return history_source(Milestone, {"pk": milestone.pk}, columns, labels)


def _differences(source: HistorySource) -> Iterator[FieldChange]:
    past = list(_read(source.past, source, "pgh_created_at", "context"))
    if not past:
        return
    for old, new in pairwise([*past, *_read(source.present, source)]):
        context = old["context"] or {}
        for field, path in source.columns.items():
            if old[_compared(path)] == new[_compared(path)]:
                continue
            yield FieldChange(
                at=old["pgh_created_at"],
                user=str(context.get("user") or ""),
                reason=str(context.get("reason") or ""),
                field=field,
                label=source.labels[field],
                old=old[_shown(path)],
                new=new[_shown(path)],
            )


def _read(rows: QuerySet[Any], source: HistorySource, *more: str) -> Iterator[dict[str, Any]]:
    texts: dict[str, Any] = {}
    plain = [*more]
    for path in source.columns.values():
        if path in GEOMETRY_COLUMNS:
            texts[_compared(path)] = GeometryMark(path)
            texts[_shown(path)] = GeometryWords(path)
        else:
            plain.append(path)
    yield from rows.values(*plain, **texts)


def _compared(path: str) -> str:
    return f"{path}_mark" if path in GEOMETRY_COLUMNS else path


def _shown(path: str) -> str:
    return f"{path}_words" if path in GEOMETRY_COLUMNS else path


def _with_user_names(changes: list[FieldChange]) -> list[FieldChange]:
    keys = {int(change.user) for change in changes if change.user.isdecimal()}
    people = get_user_model()._default_manager.in_bulk(keys)
    names = {str(key): person.get_username() for key, person in people.items()}
    return [replace(change, user=names.get(change.user, "")) for change in changes]
