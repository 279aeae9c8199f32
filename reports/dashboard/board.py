"""The dashboard put together: every element with what the others choose, few statements in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from funding.kinds import SourceLevel, Stage
from reports.dashboard import reads
from reports.dashboard.choice import Choice
from reports.dashboard.memory import data_version, remembered
from reports.dashboard.months import MonthRow, month_rows
from reports.dashboard.places import Place, Places, places_of
from reports.dashboard.reads import ZERO, MoneyGroup, SiteGroup
from reports.dashboard.standards import Rate, rural_access, upkeep
from reports.dashboard.tally import Tally, tally_of
from reports.dashboard.targets import ProgrammeTarget, programme_targets
from sites.access import Scope
from sites.models import Programme

ELSEWHERE: Final = Place("", "")
"""Rows of an area above the units: a district's money, a site placed in the district itself."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A unit with its numbers, and whether it is chosen."""

    place: Place
    tally: Tally
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme with its numbers, its target of the year if one was set, and if it is chosen."""

    programme: Programme
    tally: Tally
    target: ProgrammeTarget | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A level of sources with its money by stage, and its kinds of other money."""

    level: SourceLevel
    money: dict[str, Decimal]
    kinds: tuple[tuple[str, dict[str, Decimal]], ...]
    is_chosen: bool

    @property
    def is_empty(self) -> bool:
        """Whether no stage has money of this level."""
        return not any(self.money.values())


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that a dashboard shows, exact: nothing is rounded here."""

    choice: Choice
    places: Places
    total: Tally
    by_place: tuple[PlaceRow, ...]
    by_programme: tuple[ProgrammeRow, ...]
    by_source: tuple[SourceRow, ...]
    lights: Tally
    months: tuple[MonthRow, ...]
    upkeep: Rate | None
    rural_access: Rate | None
    undated: int
    money_lag: int | None
    """Sites paid too slowly; None for a month gone by and for who does not see the books."""

    @property
    def ranking(self) -> tuple[PlaceRow, ...]:
        """The units by the chosen indicator, the largest first; those without it are left out."""
        known = [row for row in self.by_place if row.tally.measure(self.choice.rank) is not None]
        rank = self.choice.rank
        ordered = sorted(known, key=lambda row: row.tally.measure(rank) or ZERO, reverse=True)
        return tuple(row for row in ordered if row.place.code)

    @property
    def money_total(self) -> dict[str, Decimal]:
        """The money of all sources by stage."""
        return {
            stage: sum((row.money.get(stage, ZERO) for row in self.by_source), ZERO)
            for stage in Stage.values
        }


@dataclass(frozen=True, slots=True)
class _Groups:
    """What was read, and what is chosen in the elements that narrow each other."""

    sites: tuple[SiteGroup, ...]
    money: tuple[MoneyGroup, ...]
    townships: frozenset[str]
    programmes: frozenset[UUID] | None
    lights: frozenset[str]
    sources: frozenset[str]

    def sites_for(self, element: str) -> Iterable[SiteGroup]:
        """Return the groups that an element shows: all that the other elements leave."""
        return (
            group
            for group in self.sites
            if (element == "place" or self._in_place(group.place))
            and (element == "programme" or self._of_programme(group.programme_id))
            and (element == "light" or not self.lights or group.light in self.lights)
        )

    def money_for(self, element: str) -> Iterable[MoneyGroup]:
        """Return the groups of money that an element shows."""
        return (
            group
            for group in self.money
            if (element == "place" or self._in_place(group.place))
            and (element == "programme" or self._of_programme(group.programme_id))
            and (element == "source" or not self.sources or group.level in self.sources)
        )

    def _in_place(self, code: str) -> bool:
        return not self.townships or code in self.townships

    def _of_programme(self, identifier: UUID) -> bool:
        return self.programmes is None or identifier in self.programmes


def board(scope: Scope, choice: Choice) -> Board:
    """Return the dashboard of a scope for a choice: some fifteen statements, fewer remembered."""
    places = places_of(scope, choice.filter.area)
    groups = _groups(scope, choice, places)
    query, day, version = choice.to_query(), choice.day, data_version()
    programmes = _programmes(scope, groups)
    months = remembered(
        scope, f"months:{query}", choice.today, version, lambda: month_rows(scope, choice)
    )
    undated = remembered(
        scope, f"undated:{query}", day, version, lambda: reads.undated(scope, choice)
    )
    return Board(
        choice=choice,
        places=places,
        total=tally_of(groups.sites_for(""), groups.money_for("")),
        by_place=_place_rows(groups, places),
        by_programme=_programme_rows(scope, choice, groups, programmes),
        by_source=_source_rows(groups, choice),
        lights=tally_of(groups.sites_for("light")),
        months=months,
        upkeep=upkeep(scope, choice),
        rural_access=rural_access(scope, choice),
        undated=undated,
        money_lag=_money_lag(scope, choice),
    )


def _money_lag(scope: Scope, choice: Choice) -> int | None:
    if choice.month or not (scope.everything or scope.area_codes()):
        return None
    return remembered(
        scope,
        f"lag:{choice.filter.to_query()}",
        choice.today,
        data_version(),
        lambda: reads.behind_in_money(scope, choice),
    )


def _groups(scope: Scope, choice: Choice, places: Places) -> _Groups:
    version, query = data_version(), choice.base().to_query()
    month = choice.month.isoformat() if choice.month else ""
    light = ",".join(sorted(choice.filter.delay))
    digits = places.digits
    sites = remembered(
        scope,
        f"sites:{digits}:{month}:{query}",
        choice.today,
        version,
        lambda: reads.site_groups(scope, choice, digits),
    )
    money = remembered(
        scope,
        f"money:{digits}:{month}:{light}:{query}",
        choice.today,
        version,
        lambda: reads.money_groups(scope, choice, digits),
    )
    crossed = choice.filter.township if choice.townships_crossed else ()
    programmes = None
    if choice.filter.programme:
        found = Programme.objects.visible_to(scope).filter(code__in=choice.filter.programme)
        programmes = frozenset(found.values_list("pk", flat=True))
    return _Groups(
        sites,
        money,
        frozenset(code[:digits] for code in crossed),
        programmes,
        frozenset(choice.filter.delay),
        frozenset(choice.source),
    )


def _place_rows(groups: _Groups, places: Places) -> tuple[PlaceRow, ...]:
    known = {place.code for place in places.units}
    tallies: dict[str, Tally] = defaultdict(Tally)
    for group in groups.sites_for("place"):
        code = group.place if group.place in known else ""
        tallies[code] = tallies[code].with_sites(group)
    for entry in groups.money_for("place"):
        code = entry.place if entry.place in known else ""
        tallies[code] = tallies[code].with_money(entry)
    rows = [
        PlaceRow(place, tallies.get(place.code, Tally()), place.code in groups.townships)
        for place in places.units
    ]
    if "" in tallies and not tallies[""].is_empty:
        rows.append(PlaceRow(ELSEWHERE, tallies[""], False))
    return tuple(rows)


def _programmes(scope: Scope, groups: _Groups) -> tuple[Programme, ...]:
    wanted = {group.programme_id for group in groups.sites}
    wanted |= {group.programme_id for group in groups.money}
    found = Programme.objects.visible_to(scope).filter(pk__in=wanted | (groups.programmes or set()))
    columns = ("code", "name", "name_en", "level", "kind", "unit", "year")
    return tuple(found.only(*columns).order_by("-year", "level", "code"))


def _programme_rows(
    scope: Scope, choice: Choice, groups: _Groups, programmes: tuple[Programme, ...]
) -> tuple[ProgrammeRow, ...]:
    tallies: dict[UUID, Tally] = defaultdict(Tally)
    for group in groups.sites_for("programme"):
        tallies[group.programme_id] = tallies[group.programme_id].with_sites(group)
    for entry in groups.money_for("programme"):
        tallies[entry.programme_id] = tallies[entry.programme_id].with_money(entry)
    targets = programme_targets(scope, choice)
    chosen = groups.programmes or frozenset()
    return tuple(
        ProgrammeRow(
            programme,
            tallies.get(programme.pk, Tally()),
            targets.get(programme.pk),
            programme.pk in chosen,
        )
        for programme in programmes
    )


def _source_rows(groups: _Groups, choice: Choice) -> tuple[SourceRow, ...]:
    levels: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    kinds: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for group in groups.money_for("source"):
        levels[group.level][group.stage] += group.amount
        if group.kind:
            kinds[group.kind][group.stage] += group.amount
    other = tuple((kind, dict(stages)) for kind, stages in sorted(kinds.items()))
    return tuple(
        SourceRow(
            level,
            dict(levels.get(level, {})),
            other if level == SourceLevel.OTHER else (),
            level in choice.source,
        )
        for level in SourceLevel
    )
