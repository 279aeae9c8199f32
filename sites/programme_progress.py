"""How far each programme is: sites, finished sites and kilometres, level by level."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, Q, Sum

from sites.access import Scope
from sites.kinds import STATES_FINISHED, Delay, Kind, ProgrammeKind, ProgrammeLevel, State
from sites.models import Programme, ProjectSite

METRES_PER_KILOMETRE = Decimal(1000)


@dataclass(frozen=True, slots=True)
class ProgrammeProgress:
    """One programme with what the viewer may see of it; lengths in kilometres, as declared."""

    programme: Programme
    sites: int = 0
    finished: int = 0
    late: int = 0
    road_km: Decimal = Decimal(0)
    finished_road_km: Decimal = Decimal(0)

    @property
    def finished_percent(self) -> int:
        """Share of finished sites, in whole percent; 0 where there are none."""
        return round(100 * self.finished / self.sites) if self.sites else 0


@dataclass(frozen=True, slots=True)
class KindTally:
    """How many programmes of one kind there are."""

    kind: ProgrammeKind
    total: int


@dataclass(frozen=True, slots=True)
class LevelProgress:
    """The programmes of one level of government, with their sums."""

    level: ProgrammeLevel
    programmes: list[ProgrammeProgress] = field(default_factory=list)

    @property
    def sites(self) -> int:
        """Sites of all programmes of the level."""
        return sum(row.sites for row in self.programmes)

    @property
    def finished(self) -> int:
        """Finished sites of all programmes of the level."""
        return sum(row.finished for row in self.programmes)


def programme_progress(
    *, scope: Scope, as_of: datetime.date, year: int | None = None
) -> list[LevelProgress]:
    """Return the programmes visible to the scope, grouped by level, newest year first.

    Cancelled sites are left out of the counts. Two queries, whatever the number of programmes.
    """
    programmes = Programme.objects.visible_to(scope).select_related("lead_organisation", "category")
    sites = ProjectSite.objects.visible_to(scope).exclude(state=State.CANCELLED)
    if year is not None:
        programmes = programmes.filter(year=year)
        sites = sites.filter(programme__year=year)
    finished = Q(state__in=STATES_FINISHED)
    roads = Q(kind=Kind.ROAD)
    counted = {
        row["programme_id"]: row
        for row in sites.with_delay(as_of, red_days=settings.DELAY_RED_DAYS)
        .order_by()
        .values("programme_id")
        .annotate(
            sites=Count("pk"),
            finished=Count("pk", filter=finished),
            late=Count("pk", filter=Q(delay=Delay.RED)),
            road_m=Sum("declared_length_m", filter=roads),
            finished_road_m=Sum("declared_length_m", filter=roads & finished),
        )
    }
    levels = {level: LevelProgress(level) for level in ProgrammeLevel}
    for programme in programmes:
        row = counted.get(programme.pk, {})
        levels[ProgrammeLevel(programme.level)].programmes.append(
            ProgrammeProgress(
                programme=programme,
                sites=row.get("sites", 0),
                finished=row.get("finished", 0),
                late=row.get("late", 0),
                road_km=(row.get("road_m") or Decimal(0)) / METRES_PER_KILOMETRE,
                finished_road_km=(row.get("finished_road_m") or Decimal(0)) / METRES_PER_KILOMETRE,
            )
        )
    return [level for level in levels.values() if level.programmes]


def levels_of_kind(levels: list[LevelProgress], kind: str) -> list[LevelProgress]:
    """Return the levels with the programmes of one kind only."""
    narrowed = [
        LevelProgress(level.level, [row for row in level.programmes if row.programme.kind == kind])
        for level in levels
    ]
    return [level for level in narrowed if level.programmes]


def tally_by_kind(levels: list[LevelProgress]) -> list[KindTally]:
    """Return the number of programmes by kind, for kinds that have any."""
    numbers = Counter(row.programme.kind for level in levels for row in level.programmes)
    return [KindTally(kind, numbers[kind]) for kind in ProgrammeKind if numbers[kind]]
