"""Sums of the ledger in yuan, exact to the fen: by source, stage, programme, township and month.

Every function starts from what the caller may see. `starts_on` and `ends_on` are days of booking,
both included; `year` is the programme's year. The sum of any parts is the whole: nothing is
rounded here.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, CharField, Q, Sum, Value, When
from django.db.models.functions import Left, Length, TruncMonth
from django.db.models.lookups import GreaterThanOrEqual

from funding.kinds import SourceLevel, Stage
from funding.models import FundingSource, LedgerEntry
from sites.access import Scope
from sites.filters import SiteFilter
from sites.models import Area, Programme, ProjectSite
from sites.townships import TOWNSHIP_DIGITS

NOTHING: Final = Decimal("0.00")
UPPER_LEVELS: Final = (SourceLevel.CENTRAL, SourceLevel.PROVINCE)
"""中央及省: the two levels that are told as one."""


@dataclass(frozen=True, slots=True)
class SourceMoney:
    """What one source gave at one stage."""

    source: FundingSource
    amount: Decimal

    @property
    def level(self) -> SourceLevel:
        """Whose money it is."""
        return SourceLevel(self.source.level)


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """Money of one stage by source, sources in the order of levels; those without money are out."""

    stage: str
    rows: tuple[SourceMoney, ...]

    @property
    def total(self) -> Decimal:
        """The sum over all sources."""
        return sum((row.amount for row in self.rows), NOTHING)

    @property
    def levels(self) -> dict[SourceLevel, Decimal]:
        """The sum of each of the five levels, also of those without money."""
        found = dict.fromkeys(SourceLevel, NOTHING)
        for row in self.rows:
            found[row.level] += row.amount
        return found

    @property
    def central_and_province(self) -> Decimal:
        """The roll-up 中央及省."""
        return sum((self.levels[level] for level in UPPER_LEVELS), NOTHING)


@dataclass(frozen=True, slots=True)
class MoneyCell:
    """One cell of the matrix: a source, a stage, a programme and a township ("" for none)."""

    source_id: UUID
    stage: str
    programme_id: UUID
    township: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class SiteMoney:
    """The money of one site by stage."""

    budget: Decimal = NOTHING
    allocated: Decimal = NOTHING
    released: Decimal = NOTHING
    paid: Decimal = NOTHING

    @property
    def is_empty(self) -> bool:
        """Whether nothing was booked."""
        return not (self.budget or self.allocated or self.released or self.paid)

    @property
    def paid_percent(self) -> Decimal | None:
        """Paid in percent of what was allocated, to one decimal; None without an allocation."""
        if not self.allocated:
            return None
        return (self.paid * 100 / self.allocated).quantize(Decimal("0.1"))


def ledger_rows(
    scope: Scope,
    *,
    stage: str | None = None,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    year: int | None = None,
    area: Area | str | None = None,
    programmes: Iterable[Programme] | None = None,
    site_filter: SiteFilter | None = None,
) -> Any:
    """Return the visible entries that the arguments ask for; the sums below are over these.

    `site_filter` leaves entries of its sites only, so entries without a site are then out.
    """
    rows = LedgerEntry.objects.visible_to(scope)
    if area is not None:
        rows = rows.within(area if isinstance(area, str) else area.code)
    condition = Q()
    if stage:
        condition &= Q(stage=stage)
    if starts_on:
        condition &= Q(booked_on__gte=starts_on)
    if ends_on:
        condition &= Q(booked_on__lte=ends_on)
    if year is not None:
        condition &= Q(programme__in=Programme.objects.filter(year=year).values("pk"))
    if programmes is not None:
        condition &= Q(programme__in=[programme.pk for programme in programmes])
    if site_filter is not None and not site_filter.is_empty:
        sites = site_filter.apply(ProjectSite.objects.visible_to(scope)).order_by()
        condition &= Q(site__in=sites.values("pk"))
    return rows.filter(condition)


def money_by_source(scope: Scope, *, stage: str, **asked: Any) -> MoneyTable:
    """Return the money of one stage by source; `asked` is what `ledger_rows` takes."""
    return money_by_stage(scope, stage=stage, **asked)[Stage(stage)]


def money_by_stage(scope: Scope, **asked: Any) -> dict[Stage, MoneyTable]:
    """Return the money of each stage by source; two statements."""
    return tables_of(ledger_rows(scope, **asked))


def tables_of(rows: Any) -> dict[Stage, MoneyTable]:
    """Return the tables by stage of ledger entries."""
    grouped = rows.order_by().values("source_id", "stage").annotate(sum=Sum("amount"))
    amounts: dict[str, dict[UUID, Decimal]] = defaultdict(dict)
    for row in grouped:
        amounts[row["stage"]][row["source_id"]] = row["sum"]
    sources = sources_in_order()
    return {
        stage: MoneyTable(
            stage.value,
            tuple(
                SourceMoney(source, amounts[stage.value][source.pk])
                for source in sources
                if amounts[stage.value].get(source.pk)
            ),
        )
        for stage in Stage
    }


def sources_in_order() -> list[FundingSource]:
    """Return all sources, by level from the top, then by code."""
    order = {level.value: place for place, level in enumerate(SourceLevel)}
    rows = FundingSource.objects.all().order_by("code")
    return sorted(rows, key=lambda source: order[source.level])


def money_matrix(scope: Scope, **asked: Any) -> tuple[MoneyCell, ...]:
    """Return source × stage × programme × township, cells without money left out; one statement.

    What was booked above a township (a district's entries without a site) has township "".
    """
    rows = (
        ledger_rows(scope, **asked)
        .order_by()
        .annotate(township=_township())
        .values("source_id", "stage", "programme_id", "township")
        .annotate(sum=Sum("amount"))
        .order_by("programme_id", "township", "source_id", "stage")
    )
    return tuple(
        MoneyCell(row["source_id"], row["stage"], row["programme_id"], row["township"], row["sum"])
        for row in rows
        if row["sum"]
    )


def money_by_month(
    scope: Scope, *, stage: str, **asked: Any
) -> Mapping[datetime.date, Mapping[SourceLevel, Decimal]]:
    """Return the money of one stage by month (its first day) and level, months in order."""
    rows = (
        ledger_rows(scope, stage=stage, **asked)
        .order_by()
        .annotate(month=TruncMonth("booked_on"))
        .values("month", "source__level")
        .annotate(sum=Sum("amount"))
        .order_by("month")
    )
    found: dict[datetime.date, dict[SourceLevel, Decimal]] = {}
    for row in rows:
        levels = found.setdefault(row["month"], dict.fromkeys(SourceLevel, NOTHING))
        levels[SourceLevel(row["source__level"])] += row["sum"]
    return found


def money_by_township(scope: Scope, **asked: Any) -> dict[str, dict[Stage, Decimal]]:
    """Return the money of each stage by township code, "" for what lies above them."""
    grouped = (
        ledger_rows(scope, **asked)
        .order_by()
        .annotate(township=_township())
        .values("township", "stage")
        .annotate(sum=Sum("amount"))
    )
    return _by_stage(grouped, "township")


def money_by_programme(scope: Scope, **asked: Any) -> dict[UUID, dict[Stage, Decimal]]:
    """Return the money of each stage by programme."""
    grouped = (
        ledger_rows(scope, **asked)
        .order_by()
        .values("programme_id", "stage")
        .annotate(sum=Sum("amount"))
    )
    return _by_stage(grouped, "programme_id")


def site_money(site: ProjectSite, scope: Scope) -> SiteMoney:
    """Return the money of one site, as far as the caller sees its entries."""
    return money_of_sites([site.pk], scope).get(site.pk, SiteMoney())


def money_of_sites(site_ids: Sequence[UUID], scope: Scope) -> dict[UUID, SiteMoney]:
    """Return the money of each site that has any; one statement."""
    grouped = (
        LedgerEntry.objects.visible_to(scope)
        .filter(site__in=list(site_ids))
        .order_by()
        .values("site_id", "stage")
        .annotate(sum=Sum("amount"))
    )
    found: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    for row in grouped:
        found[row["site_id"]][row["stage"]] = row["sum"]
    return {key: SiteMoney(**amounts) for key, amounts in found.items()}


def _township() -> Case:
    """Return the code of the township that an entry lies in, "" above townships."""
    return Case(
        When(
            GreaterThanOrEqual(Length("area_code"), TOWNSHIP_DIGITS),
            then=Left("area_code", TOWNSHIP_DIGITS),
        ),
        default=Value(""),
        output_field=CharField(),
    )


def _by_stage(grouped: Any, key: str) -> dict[Any, dict[Stage, Decimal]]:
    found: dict[Any, dict[Stage, Decimal]] = {}
    for row in grouped:
        stages = found.setdefault(row[key], dict.fromkeys(Stage, NOTHING))
        stages[Stage(row["stage"])] = row["sum"]
    return found
