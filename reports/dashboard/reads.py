"""The grouped reads of the dashboard: sites, money and months, each one statement.

A group has the unit, the programme and the light, so that what is chosen in one element can
narrow the others without asking again. No read is about single sites.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from funding.kinds import MoneyLag, Stage
from funding.models import LedgerEntry
from funding.money_lag import lag_condition
from reports.dashboard.choice import MONEY_PARAMETERS, Choice
from reports.dashboard.places import place_code
from reports.dashboard.standing import COUNTED, Standing, finished, light
from sites.access import Scope, code_prefix_condition
from sites.filters import SiteFilter
from sites.kinds import STATES_FINISHED, Kind, State, Unit
from sites.models import Programme, ProjectSite
from sites.quantities_done import site_quantity
from sites.quiet import quiet_condition

ZERO: Final = Decimal(0)
GROUPED: Final = ("place", "programme_id", "light")
LAGGING: Final = (MoneyLag.YELLOW.value, MoneyLag.RED.value)


@dataclass(frozen=True, slots=True)
class SiteGroup:
    """The sites of one unit, programme and light: numbers, kilometres of roads, people reached.

    Quantities with `finished` in their name are of finished sites alone.
    """

    place: str
    programme_id: UUID
    light: str
    sites: int
    finished: int
    quiet: int
    planned_km: Decimal
    finished_km: Decimal
    finished_households: Decimal
    finished_people: Decimal


@dataclass(frozen=True, slots=True)
class MoneyGroup:
    """The money in yuan of one unit, programme, level of source, kind of source and stage."""

    place: str
    programme_id: UUID
    level: str
    kind: str
    stage: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MonthGroup:
    """What one month added: sites and kilometres, or an amount of money at a stage."""

    month: datetime.date
    sites: int = 0
    km: Decimal = ZERO
    stage: str = ""
    amount: Decimal = ZERO


def sites_of(scope: Scope, chosen: SiteFilter, month: datetime.date | None) -> QuerySet[Any]:
    """Return the sites of a filter; cancelled ones only where that state is asked for.

    The lights of a month gone by are not those of today, so they are judged for its end.
    """
    lights = chosen.delay
    if lights and month:
        chosen = chosen.replaced("delay", ())
    sites: QuerySet[Any] = chosen.apply(ProjectSite.objects.visible_to(scope)).order_by()
    if lights and month:
        sites = sites.filter(Standing(lights, month).condition(month))
    if State.CANCELLED in chosen.state:
        return sites
    return sites.filter(Standing((COUNTED,)).condition(chosen.as_of))


def site_groups(scope: Scope, choice: Choice, digits: int) -> tuple[SiteGroup, ...]:
    """Return the sites by unit, programme and light, whatever is chosen of these: three statements.

    What needs other tables is asked of the few sites that have it.
    """
    done = finished(choice.month)
    road = Q(kind=Kind.ROAD)
    km = site_quantity(Unit.KILOMETRE)
    sites = sites_of(scope, choice.base(), choice.month).annotate(
        place=place_code(digits), light=light(choice.month, choice.today)
    )
    groups = sites.values(*GROUPED).annotate(
        sites=Count("pk"),
        finished=Count("pk", filter=done),
        planned_km=Sum(km, filter=road, default=ZERO),
        finished_km=Sum(km, filter=road & done, default=ZERO),
    )
    quiet = sites.filter(quiet_condition(choice.today)).values(*GROUPED)
    silent = {_key(row): row["number"] for row in quiet.annotate(number=Count("pk"))}
    reached = {_key(row): row for row in _reached(sites.filter(done))}
    nothing = {"households": ZERO, "people": ZERO}
    return tuple(
        SiteGroup(
            **group,
            quiet=silent.get(_key(group), 0),
            finished_households=reached.get(_key(group), nothing)["households"],
            finished_people=reached.get(_key(group), nothing)["people"],
        )
        for group in groups
    )


def _reached(sites: QuerySet[Any]) -> Any:
    """Return the households and people of sites, by group."""
    house = Q(kind=Kind.HOUSING)
    return (
        sites.filter(kind__in=[Kind.HOUSING, Kind.WATER_WORKS, Kind.VILLAGE_CENTRE])
        .values(*GROUPED)
        .annotate(
            households=Sum(site_quantity(Unit.HOUSEHOLD), filter=house, default=ZERO),
            people=Sum(site_quantity(Unit.PERSON), filter=~house, default=ZERO),
        )
    )


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in GROUPED)


def planned_months(scope: Scope, choice: Choice) -> tuple[MonthGroup, ...]:
    """Return how many sites and kilometres were to be finished in each month."""
    return _months(sites_of(scope, choice.filter, choice.month), "planned_finish")


def finished_months(scope: Scope, choice: Choice) -> tuple[MonthGroup, ...]:
    """Return how many sites and kilometres were finished in each month up to the day."""
    done = sites_of(scope, choice.filter, choice.month).filter(
        state__in=STATES_FINISHED, actual_finish__lte=choice.day
    )
    return _months(done, "actual_finish")


def _months(sites: QuerySet[Any], column: str) -> tuple[MonthGroup, ...]:
    groups = (
        sites.filter(**{f"{column}__isnull": False})
        .values(month=TruncMonth(column))
        .annotate(
            sites=Count("pk"),
            km=Sum(site_quantity(Unit.KILOMETRE), filter=Q(kind=Kind.ROAD), default=ZERO),
        )
        .order_by("month")
    )
    return tuple(MonthGroup(row["month"], row["sites"], row["km"]) for row in groups)


def undated(scope: Scope, choice: Choice) -> int:
    """Return how many finished sites have no day of finishing, so that no month can count them."""
    done = sites_of(scope, choice.filter, None).filter(state__in=STATES_FINISHED)
    number: int = done.filter(actual_finish__isnull=True).count()
    return number


def behind_in_money(scope: Scope, choice: Choice) -> int:
    """Return how many sites are paid too slowly for their progress, as things stand today."""
    sites = sites_of(scope, choice.filter, None).filter(lag_condition(LAGGING, choice.today))
    number: int = sites.count()
    return number


def money_groups(scope: Scope, choice: Choice, digits: int) -> tuple[MoneyGroup, ...]:
    """Return the money booked by the end of the day; lights leave the money of their sites."""
    chosen = choice.base().replaced("delay", choice.filter.delay)
    rows = (
        _entries(scope, chosen, choice)
        .annotate(place=place_code(digits))
        .values("place", "programme_id", "source__level", "source__kind", "stage")
        .annotate(amount=Sum("amount"))
        .order_by()
    )
    return tuple(
        MoneyGroup(
            row["place"],
            row["programme_id"],
            row["source__level"],
            row["source__kind"],
            row["stage"],
            row["amount"],
        )
        for row in rows
    )


def money_months(scope: Scope, choice: Choice) -> tuple[MonthGroup, ...]:
    """Return the money allocated and paid in each month, up to the day."""
    rows = _entries(scope, choice.filter, choice).filter(stage__in=[Stage.ALLOCATED, Stage.PAID])
    if choice.source:
        rows = rows.filter(source__level__in=choice.source)
    groups = (
        rows.values("stage", month=TruncMonth("booked_on"))
        .annotate(amount=Sum("amount"))
        .order_by("month", "stage")
    )
    return tuple(
        MonthGroup(row["month"], stage=row["stage"], amount=row["amount"]) for row in groups
    )


def _entries(scope: Scope, chosen: SiteFilter, choice: Choice) -> QuerySet[Any]:
    """Return the visible ledger entries of a filter: by their own columns, else by their sites."""
    entries: QuerySet[Any] = LedgerEntry.objects.visible_to(scope)
    condition = Q(booked_on__lte=choice.day)
    for codes in (chosen.area, chosen.township):
        if codes:
            condition &= code_prefix_condition("area_code", codes)
    programmes = Programme.objects.all()
    if chosen.programme:
        condition &= Q(programme__in=programmes.filter(code__in=chosen.programme).values("pk"))
    if chosen.year:
        condition &= Q(programme__in=programmes.filter(year__in=chosen.year).values("pk"))
    if not _own(chosen.pairs()):
        condition &= Q(site__in=sites_of(scope, chosen, choice.month).values("pk"))
    return entries.filter(condition).order_by()


def _own(pairs: Iterable[tuple[str, str]]) -> bool:
    return all(name in MONEY_PARAMETERS for name, _value in pairs)
