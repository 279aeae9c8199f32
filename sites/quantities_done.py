"""What was delivered: quantities of finished sites and of verified service records.

"Executed" are sites whose work is finished, "verified" those of them that passed acceptance.
Service programmes count verified records only. Cancelled, removed, halted and unfinished sites
never count. Every sum is one grouped statement, whatever the number of sites.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, Self
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Left
from django.utils import timezone

from sites.access import Scope
from sites.filters import SiteFilter
from sites.kinds import STATES_FINISHED, STATES_VERIFIED, ProgrammeKind, ServiceState, State, Unit
from sites.models import Area, Programme, ProjectSite, ServiceRecord, StateChange

QUANTITY: Final = DecimalField(max_digits=20, decimal_places=4)
TOWNSHIP_DIGITS: Final = 9
LONGEST_CODE: Final = 15
ZERO = Decimal(0)

GroupKey = tuple[UUID, int, str]
"""A programme, a year and the code of an area."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done in one group: quantities in the programme's unit, and the rows behind them.

    `people_tested` are those of the records that say how many passed, `people_examined` those of
    the records that say how many got a certificate: a share is taken between like and like.
    """

    executed: Decimal = ZERO
    verified: Decimal = ZERO
    rows: int = 0
    passed: int = 0
    people_tested: int = 0
    certified: int = 0
    people_examined: int = 0

    def __add__(self, other: Self) -> Self:
        return replace(
            self,
            executed=self.executed + other.executed,
            verified=self.verified + other.verified,
            rows=self.rows + other.rows,
            passed=self.passed + other.passed,
            people_tested=self.people_tested + other.people_tested,
            certified=self.certified + other.certified,
            people_examined=self.people_examined + other.people_examined,
        )


@dataclass(frozen=True, slots=True)
class Executed:
    """The executed and verified quantity of a programme in an area, and the sites behind it."""

    executed: Decimal
    verified: Decimal
    unit: Unit
    sites: Any
    """The queryset of the executed sites; empty for a service programme."""

    def site_ids(self) -> tuple[UUID, ...]:
        """Read the identifiers of the executed sites, in order."""
        return tuple(self.sites.order_by("pk").values_list("pk", flat=True))

    def identifiers_sha256(self) -> str:
        """Return the SHA-256 of the identifiers, one a line, as `mileage` writes it."""
        return hashlib.sha256("\n".join(map(str, self.site_ids())).encode()).hexdigest()


def site_quantity(unit: Unit | str) -> Combinable:
    """Return the quantity of one site in a unit, as an expression on `ProjectSite`.

    Lengths are the declared one, else the measured one. Households are those of a housing site,
    people those that water works or a village centre state that they serve, m² the floor of a
    house, m³/d the capacity of water works. What a site does not state is 0; yuan is always 0,
    because money stands in its own ledger.
    """
    nothing = Value(ZERO, output_field=QUANTITY)
    measured = Cast("measured_length_m", DecimalField(max_digits=14, decimal_places=1))
    length = Coalesce("declared_length_m", measured, nothing, output_field=QUANTITY)
    thousandth = Value(Decimal("0.001"), output_field=DecimalField(max_digits=4, decimal_places=3))
    found: dict[str, Combinable] = {
        Unit.KILOMETRE: Cast(length * thousandth, QUANTITY),
        Unit.METRE: length,
        Unit.HOUSEHOLD: Coalesce("housing__households", 0),
        Unit.SITE: Value(1),
        Unit.PERSON: Coalesce("water_works__people_served", "village_centre__people", 0),
        Unit.CUBIC_METRE_PER_DAY: Coalesce(F("water_works__capacity_m3_per_day"), nothing),
        Unit.SQUARE_METRE: Coalesce(F("housing__floor_area_m2"), nothing),
    }
    return Cast(found.get(unit, nothing), QUANTITY)


def record_quantity(unit: Unit | str) -> Combinable:
    """Return the quantity of one service record in a unit: people, households, yuan, or 1 each."""
    found: dict[str, Combinable] = {
        Unit.PERSON: F("people"),
        Unit.HOUSEHOLD: Coalesce("households", 0),
        Unit.YUAN: Coalesce("amount", Value(ZERO), output_field=QUANTITY),
        Unit.SITE: Value(1),
    }
    return Cast(found.get(unit, Value(0)), QUANTITY)


def executed_sites(scope: Scope, *, as_of: datetime.date) -> Any:
    """Return the finished sites that the scope sees, as they stood at the end of a day.

    For a day in the past, sites finished later are left out; one without a finishing day counts.
    """
    sites = ProjectSite.objects.visible_to(scope).filter(state__in=STATES_FINISHED).order_by()
    if as_of >= timezone.localdate():
        return sites
    return sites.exclude(actual_finish__gt=as_of)


def verified_condition(as_of: datetime.date) -> Q:
    """Return which of the executed sites had passed acceptance at the end of a day."""
    condition = Q(state__in=STATES_VERIFIED)
    if as_of >= timezone.localdate():
        return condition
    later = StateChange.objects.filter(
        site=OuterRef("pk"), to_state=State.ACCEPTED, effective_on__gt=as_of
    )
    return condition & ~Q(Exists(later))


def counted_records(scope: Scope, *, as_of: datetime.date) -> Any:
    """Return the verified service records that the scope sees, of periods ended by a day."""
    found = ServiceRecord.objects.visible_to(scope).filter(state=ServiceState.VERIFIED)
    return found.filter(ends_on__lte=as_of).order_by()


def done_by_area(
    scope: Scope,
    *,
    programmes: Iterable[Programme],
    years: Iterable[int],
    as_of: datetime.date,
    area: str = "",
    villages: bool = False,
) -> Mapping[GroupKey, Done]:
    """Return what was done by programme, year and area, summed up to every unit above.

    The finest areas are townships, with `villages` what lies below them too. Two statements at
    most: one over sites, one over service records.
    """
    chosen, wanted = tuple(programmes), tuple(years)
    digits = LONGEST_CODE if villages else TOWNSHIP_DIGITS
    built = [p for p in chosen if p.kind == ProgrammeKind.ENGINEERING]
    served = [p for p in chosen if p.kind != ProgrammeKind.ENGINEERING]
    groups: dict[GroupKey, Done] = {}
    if built:
        _add(groups, _done_sites(scope, built, wanted, as_of, area, digits))
    if served:
        _add(groups, _done_records(scope, served, wanted, as_of, area, digits))
    return groups


def executed_of(
    programme: Programme,
    area: Area,
    *,
    as_of: datetime.date,
    year: int | None = None,
    scope: Scope | None = None,
) -> Executed:
    """Return what a programme executed in an area, of one year of sites or of all of them.

    Without a scope it is the fact itself, whoever may see its sites.
    """
    viewer = scope or Scope.internal()
    unit = Unit(programme.unit)
    of_year = Q(year=year) if year else Q()
    sites = executed_sites(viewer, as_of=as_of).filter(of_year, programme=programme)
    sites = sites.within(area.code)
    if programme.kind == ProgrammeKind.ENGINEERING:
        quantity = site_quantity(unit)
        sums = sites.aggregate(
            executed=Sum(quantity), verified=Sum(quantity, filter=verified_condition(as_of))
        )
    else:
        sites = sites.none()
        records = counted_records(viewer, as_of=as_of).filter(programme=programme)
        of_period = Q(ends_on__year=year) if year else Q()
        total = records.within(area.code).filter(of_period).aggregate(s=Sum(record_quantity(unit)))
        sums = {"executed": total["s"], "verified": total["s"]}
    return Executed(_number(sums["executed"]), _number(sums["verified"]), unit, sites)


def executed_filter(programme: Programme, area_code: str, year: int) -> SiteFilter:
    """Return the filter that lists exactly the executed sites of a programme, area and year."""
    return SiteFilter(
        programme=(programme.code,),
        area=(area_code,),
        year=(year,),
        state=tuple(str(state) for state in STATES_FINISHED),
    )


def _done_sites(
    scope: Scope,
    programmes: list[Programme],
    years: tuple[int, ...],
    as_of: datetime.date,
    area: str,
    digits: int,
) -> Iterable[tuple[GroupKey, Done]]:
    quantity = _by_unit(programmes, site_quantity)
    rows = (
        executed_sites(scope, as_of=as_of)
        .filter(programme__in=programmes, year__in=years, area_code__startswith=area)
        .values("programme_id", "year", place=Left("area_code", digits))
        .annotate(
            executed=Sum(quantity),
            verified=Sum(quantity, filter=verified_condition(as_of)),
            rows=Count("pk"),
        )
    )
    for row in rows:
        done = Done(_number(row["executed"]), _number(row["verified"]), row["rows"])
        yield (row["programme_id"], row["year"], row["place"]), done


def _done_records(
    scope: Scope,
    programmes: list[Programme],
    years: tuple[int, ...],
    as_of: datetime.date,
    area: str,
    digits: int,
) -> Iterable[tuple[GroupKey, Done]]:
    rows = (
        counted_records(scope, as_of=as_of)
        .filter(programme__in=programmes, ends_on__year__in=years, area_code__startswith=area)
        .values("programme_id", "ends_on__year", place=Left("area_code", digits))
        .annotate(
            quantity=Sum(_by_unit(programmes, record_quantity)),
            rows=Count("pk"),
            passed_sum=Sum("passed", default=0),
            tested=Sum("people", filter=Q(passed__isnull=False), default=0),
            certified_sum=Sum("certified", default=0),
            examined=Sum("people", filter=Q(certified__isnull=False), default=0),
        )
    )
    for row in rows:
        quantity = _number(row["quantity"])
        done = Done(
            quantity,
            quantity,
            row["rows"],
            row["passed_sum"],
            row["tested"],
            row["certified_sum"],
            row["examined"],
        )
        yield (row["programme_id"], row["ends_on__year"], row["place"]), done


def _by_unit(programmes: list[Programme], quantity: Any) -> Combinable:
    """Return the quantity in each row's own unit; only the units that occur are joined."""
    units = sorted({programme.unit for programme in programmes})
    if len(units) == 1:
        return quantity(units[0])  # type: ignore[no-any-return]
    cases = [
        When(programme__in=[p.pk for p in programmes if p.unit == unit], then=quantity(unit))
        for unit in units
    ]
    return Case(*cases, output_field=QUANTITY)


def _add(groups: dict[GroupKey, Done], found: Iterable[tuple[GroupKey, Done]]) -> None:
    """Add each group to its area and to every unit above it."""
    for (programme, year, place), done in found:
        for length in {2, 4, 6, 9, 12, len(place)}:
            if length <= len(place):
                key = (programme, year, place[:length])
                groups[key] = groups.get(key, Done()) + done


def _number(value: Any) -> Decimal:
    """Return a sum with four decimals: kilometres to the decimetre."""
    return Decimal(value or 0).quantize(Decimal("0.0001"))
