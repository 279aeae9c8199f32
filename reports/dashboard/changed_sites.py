"""The sites that changed between two dates: how many of each kind, a page of them, and a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.gis.db.models.functions import Centroid
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from reports.dashboard.changes import (
    Change,
    Span,
    kind_of,
    move_condition,
    moved,
    moves,
)
from reports.dashboard.kinds import ChangeKind
from sites.access import Scope
from sites.filters import SiteFilter
from sites.functions import shown_geometry
from sites.models import ProjectSite, StateChange

MOST_POINTS: Final = 2000
"""Beyond this number the drawing shows the first ones; the map of the register shows all."""
FIRST_SEEN: Final = (
    ChangeKind.CANCELLED,
    ChangeKind.SUSPENDED,
    ChangeKind.FINISHED,
    ChangeKind.ACCEPTED,
    ChangeKind.STARTED,
    ChangeKind.STATE,
    ChangeKind.MOVED,
)
"""Which kind a point shows where a site has several."""


@dataclass(frozen=True, slots=True)
class ChangedSite:
    """A site with its state at both ends of the span, its changes in order, and if it moved."""

    site: Any
    state_before: str
    state_after: str
    moves: tuple[StateChange, ...]
    has_moved: bool

    @property
    def kinds(self) -> tuple[ChangeKind, ...]:
        """The kinds of its changes, the weightiest first."""
        found = {kind_of(move) for move in self.moves}
        if self.has_moved:
            found.add(ChangeKind.MOVED)
        return tuple(kind for kind in FIRST_SEEN if kind in found)


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page of changed sites in the order of their codes, and the code after which the next is."""

    rows: tuple[ChangedSite, ...]
    following: str


@dataclass(frozen=True, slots=True)
class ChangedPoint:
    """A changed site on the drawing: degrees, and the kind that is shown."""

    site_id: UUID
    code: str
    label: str
    longitude: float
    latitude: float
    kind: ChangeKind


def changed_filter(chosen: SiteFilter, span: Span, kinds: Iterable[str]) -> SiteFilter:
    """Return the filter that lists the sites with any of the kinds of change; all without one."""
    wanted = [kind for kind in ChangeKind if kind in set(kinds)] or list(ChangeKind)
    return chosen.replaced("changed", (Change(tuple(wanted), span),))


def changed_counts(scope: Scope, chosen: SiteFilter, span: Span) -> dict[ChangeKind, int]:
    """Return how many sites have each kind of change; two statements."""
    sites = chosen.apply(ProjectSite.objects.visible_to(scope)).order_by()
    state_kinds = [kind for kind in ChangeKind if kind != ChangeKind.MOVED]
    counted = (
        moves(span)
        .filter(site__in=sites.values("pk"))
        .aggregate(
            **{
                kind.value: Count("site", distinct=True, filter=move_condition(kind))
                for kind in state_kinds
            }
        )
    )
    found: dict[ChangeKind, int] = {kind: int(counted[kind.value]) for kind in state_kinds}
    found[ChangeKind.MOVED] = sites.filter(moved(span)).count()
    return found


def changed_page(
    scope: Scope, chosen: SiteFilter, span: Span, *, after: str, limit: int
) -> ChangedPage:
    """Return a page of the sites that `chosen` (from `changed_filter`) finds; four statements."""
    sites = chosen.apply(ProjectSite.objects.visible_to(scope)).order_by("code")
    if after:
        sites = sites.filter(code__gt=after)
    columns = ("code", "name", "name_en", "kind", "state", "township_code")
    found = list(sites.only(*columns)[: limit + 1])
    rows = _compared(found[:limit], span)
    following = found[limit - 1].code if len(found) > limit else ""
    return ChangedPage(rows, following)


def changed_points(scope: Scope, chosen: SiteFilter, span: Span) -> tuple[ChangedPoint, ...]:
    """Return where the changed sites lie, at most `MOST_POINTS`; three statements."""
    sites: QuerySet[Any] = chosen.apply(ProjectSite.objects.visible_to(scope)).order_by("code")
    placed = sites.annotate(middle=Centroid(shown_geometry())).filter(middle__isnull=False)
    columns = ("code", "name", "name_en", "kind", "state", "township_code")
    found = list(placed.only(*columns)[:MOST_POINTS])
    by_id = {row.site.pk: row for row in _compared(found, span)}
    return tuple(
        ChangedPoint(
            site.pk,
            site.code,
            site.label,
            round(site.middle.x, 5),
            round(site.middle.y, 5),
            by_id[site.pk].kinds[0] if by_id[site.pk].kinds else ChangeKind.STATE,
        )
        for site in found
    )


def _compared(sites: list[Any], span: Span) -> tuple[ChangedSite, ...]:
    identifiers = [site.pk for site in sites]
    inside = _moves_of(identifiers, span)
    earlier = _states_before(identifiers, span)
    later = _states_after(identifiers, span)
    has_moved = set(
        ProjectSite.objects.filter(Q(pk__in=identifiers) & moved(span)).values_list("pk", flat=True)
    )
    rows = []
    for site in sites:
        own = tuple(inside.get(site.pk, ()))
        at_end = own[-1].to_state if own else later.get(site.pk, site.state)
        at_start = own[0].from_state if own else earlier.get(site.pk, at_end)
        rows.append(ChangedSite(site, at_start, at_end, own, site.pk in has_moved))
    return tuple(rows)


def _moves_of(identifiers: list[UUID], span: Span) -> Mapping[UUID, list[StateChange]]:
    found: dict[UUID, list[StateChange]] = defaultdict(list)
    rows = moves(span).filter(site__in=identifiers).select_related("actor")
    for move in rows.order_by("effective_on", "at", "id"):
        found[move.site_id].append(move)
    return found


def _states_before(identifiers: list[UUID], span: Span) -> dict[UUID, str]:
    rows = StateChange.objects.filter(site=OuterRef("pk"), effective_on__lt=span.first)
    newest = rows.order_by("-effective_on", "-at", "-id").values("to_state")[:1]
    return _states(identifiers, newest)


def _states_after(identifiers: list[UUID], span: Span) -> dict[UUID, str]:
    rows = StateChange.objects.filter(site=OuterRef("pk"), effective_on__gt=span.last)
    next_one = rows.order_by("effective_on", "at", "id").values("from_state")[:1]
    return _states(identifiers, next_one)


def _states(identifiers: list[UUID], state: QuerySet[Any]) -> dict[UUID, str]:
    sites = ProjectSite.objects.filter(pk__in=identifiers).annotate(then=Subquery(state))
    rows = sites.filter(then__isnull=False).values_list("pk", "then")
    return dict(rows)
