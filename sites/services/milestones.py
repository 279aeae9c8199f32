"""Changes of a site's plan: its milestones, and the points of its planned curve."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.milestones import DONE_BY_STATE, milestones_mark
from sites.models import Milestone, Organisation, PlannedProgress, ProjectSite
from sites.progress_curve import Point, points_mark
from sites.services.authorship import authored
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister
from sites.services.progress import is_office
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_POINTS: Final = 60


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """A milestone as it is to stand: its kind, when it is due and was done, and whose it is."""

    kind: str
    due_on: datetime.date | None = None
    done_on: datetime.date | None = None
    responsible: Organisation | None = None


@transaction.atomic
def milestones_save(
    *,
    site: ProjectSite,
    plan: Sequence[PlannedMilestone],
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected: str | None = None,
    reason: str = "",
) -> list[Milestone]:
    """Make a site's milestones what the plan says; those that it leaves out are removed.

    `on` is today: nothing is done in the future. `expected` is the `milestones_mark` that was
    read. Raises `NotPermitted`, `ConcurrentChange` or `RefusedByRegister`.
    """
    current = _held(site, scope)
    standing = {row.kind: row for row in Milestone.objects.filter(site=current)}
    if expected is not None and expected != milestones_mark(standing.values()):
        raise ConcurrentChange(current)
    _require_sound(plan, on)
    with authored(actor=actor, reason=reason):
        for entry in plan:
            row = standing.pop(entry.kind, None) or Milestone(site=current, kind=entry.kind)
            row.due_on, row.done_on = entry.due_on, entry.done_on
            row.responsible = entry.responsible
            save_checked(row)
        for left_out in standing.values():
            left_out.delete()
    _touch(current, actor)
    return list(Milestone.objects.filter(site=current).select_related("responsible"))


@transaction.atomic
def planned_progress_save(
    *,
    site: ProjectSite,
    points: Sequence[Point],
    actor: User | None,
    scope: Scope,
    expected: str | None = None,
    reason: str = "",
) -> list[PlannedProgress]:
    """Make a site's planned points what is given: days in order, percentages never falling.

    `expected` is the `points_mark` that was read. Raises `NotPermitted`, `ConcurrentChange` or
    `RefusedByRegister`.
    """
    current = _held(site, scope)
    standing = {row.on: row for row in PlannedProgress.objects.filter(site=current)}
    read = [Point(row.on, row.percent) for row in standing.values()]
    if expected is not None and expected != points_mark(read):
        raise ConcurrentChange(current)
    ordered = sorted(points, key=lambda point: point.on)
    _require_rising(ordered)
    with authored(actor=actor, reason=reason):
        for point in ordered:
            row = standing.pop(point.on, None) or PlannedProgress(site=current, on=point.on)
            row.percent = point.percent
            save_checked(row)
        for left_out in standing.values():
            left_out.delete()
    _touch(current, actor)
    return list(PlannedProgress.objects.filter(site=current).order_by("on"))


def milestone_done(*, site: ProjectSite, kind: str, on: datetime.date) -> None:
    """Date a milestone of the site's plan that a fact has fulfilled, unless it has a date."""
    for row in Milestone.objects.filter(site=site, kind=kind, done_on__isnull=True):
        row.done_on = on
        row.save(update_fields=["done_on"])


def milestone_follow(*, site: ProjectSite, state: str, on: datetime.date) -> None:
    """Date the milestone that entering a state fulfils."""
    if state in DONE_BY_STATE:
        milestone_done(site=site, kind=DONE_BY_STATE[state], on=on)


def _held(site: ProjectSite, scope: Scope) -> ProjectSite:
    """Return the site locked, so that two officers save one after the other."""
    current: ProjectSite = ProjectSite.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if not is_office(scope, current):
        raise NotPermitted
    return current


def _touch(site: ProjectSite, actor: User | None) -> None:
    """Let tiles learn of the change: what they show may hang on the plan."""
    ProjectSite.objects.filter(pk=site.pk).update(updated_by=actor)


def _require_sound(plan: Sequence[PlannedMilestone], today: datetime.date) -> None:
    kinds = [entry.kind for entry in plan]
    errors = [
        (kind, "twice", _("Each milestone may stand once."))
        for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1})
    ]
    errors += [
        (entry.kind, "in_the_future", _("This day lies in the future."))
        for entry in plan
        if entry.done_on and entry.done_on > today
    ]
    errors += [
        (entry.kind, "no_date", _("Give the day on which it is due, or was done."))
        for entry in plan
        if not (entry.due_on or entry.done_on)
    ]
    if errors:
        raise RefusedByRegister(errors)


def _require_rising(points: Sequence[Point]) -> None:
    errors = []
    if len(points) > MOST_POINTS:
        errors.append(("", "too_many", _("At most %(most)s points.") % {"most": MOST_POINTS}))
    for before, after in pairwise(points):
        if before.on == after.on:
            errors.append(("on", "twice", _("Each day may stand once.")))
        elif after.percent < before.percent:
            errors.append(("percent", "falls", _("The planned progress must not fall.")))
    if any(not Decimal(0) <= point.percent <= 100 for point in points):
        errors.append(
            ("percent", "out_of_range", _("Progress must lie between 0 and 100 percent."))
        )
    if errors:
        raise RefusedByRegister(errors)
