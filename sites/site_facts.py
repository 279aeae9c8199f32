"""What is told about one site beside its history: facts of its kind, its map, its moves."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.drawing import Drawing, Shape, drawing
from sites.fields import KIND_FIELDS
from sites.history_words import value_words
from sites.kinds import OFFICE_ROLES, Kind, Role
from sites.models import Area, HouseholdRecord, Milestone, ProjectSite
from sites.services.progress import REPORTING_ROLES
from sites.transitions import Transition, moves_from


@dataclass(frozen=True, slots=True)
class Fact:
    """A field's label and value in words."""

    label: str | Promise
    value: str


@dataclass(frozen=True, slots=True)
class Node:
    """A milestone with the days that it is overdue, 0 when it is done or not yet due."""

    milestone: Milestone
    days_overdue: int
    days_late: int


@dataclass(frozen=True, slots=True)
class Powers:
    """What a viewer may do to a site."""

    moves: tuple[Transition, ...]
    may_edit: bool
    may_report: bool


def kind_facts(site: ProjectSite) -> list[Fact]:
    """Return the fields of the site's own kind; restricted ones are not among them."""
    return [
        Fact(entry.label, value_words(entry.name, _value(site, entry.path)))
        for entry in KIND_FIELDS
        if site.kind in entry.kinds and not entry.restricted
    ]


def household_of(scope: Scope, site: ProjectSite) -> HouseholdRecord | None:
    """Return the household of a housing site for those who may read it, else None."""
    if site.kind != Kind.HOUSING or not scope.sees_households:
        return None
    found: HouseholdRecord | None = (
        HouseholdRecord.objects.visible_to(scope).filter(site=site).first()
    )
    return found


def nodes(milestones: Iterable[Milestone], today: datetime.date) -> list[Node]:
    """Return the milestones with how late each was done or is overdue."""
    found = []
    for milestone in milestones:
        behind = 0
        if milestone.due_on:
            behind = max(((milestone.done_on or today) - milestone.due_on).days, 0)
        is_done = milestone.done_on is not None
        found.append(Node(milestone, 0 if is_done else behind, behind if is_done else 0))
    return found


def powers(scope: Scope, site: ProjectSite) -> Powers:
    """Return what the viewer may do; the services check it once more."""
    held = frozenset({Role.DISTRICT_PLANNER}) if scope.everything else scope.roles_for_site(site)
    return Powers(
        moves=tuple(moves_from(site.state, held)),
        may_edit=bool(held & set(OFFICE_ROLES)),
        may_report=bool(held & REPORTING_ROLES),
    )


def site_drawing(site: ProjectSite, near: Iterable[ProjectSite], areas: Iterable[Area]) -> Any:
    """Return the small map of a site: units, neighbours, planned and actual geometry."""
    own = [g for g in (site.planned_geometry, site.actual_geometry) if g is not None]
    shapes = [Shape(area.boundary, f"area-{area.level}") for area in areas if area.boundary]
    for other in near:
        shown = other.actual_geometry or other.planned_geometry
        if shown:
            address = reverse("sites:site-detail", args=[other.pk])
            shapes.append(Shape(shown, "neighbour", other.label, address))
    if site.planned_geometry:
        shapes.append(Shape(site.planned_geometry, "planned", _("Planned")))
    if site.actual_geometry:
        shapes.append(Shape(site.actual_geometry, "actual", _("As built")))
    return drawing(shapes, focus=own)


def area_drawing(
    area: Area,
    below: Iterable[tuple[str, str, GEOSGeometry]],
    roads: Iterable[GEOSGeometry] = (),
) -> Drawing | None:
    """Return the outline map of a unit with the units below it, as (code, name, geometry)."""
    if area.boundary is None:
        return None
    units = [
        Shape(geometry, "unit", name, reverse("sites:area-summary", args=[code]))
        for code, name, geometry in below
    ]
    lines = [Shape(geometry, "road") for geometry in roads]
    outline = Shape(area.boundary, "outline", area.label)
    return drawing(
        [*units, *lines, outline], focus=[area.boundary], width=480, height=420, margin=0.04
    )


def _value(site: ProjectSite, path: str) -> Any:
    value: Any = site
    for step in path.split("__"):
        try:
            value = getattr(value, step)
        except ObjectDoesNotExist:
            return None
    return value
