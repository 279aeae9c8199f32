"""Claimed against mapped: declared lengths beside measured ones, by programme and township.

A site is compared when it declares a length and its geometry has one. It is beyond tolerance
when the two are further apart than `sites.lengths` tolerates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Abs

from sites.access import Scope
from sites.filters import SiteFilter
from sites.length_gap_condition import COMPARED, beyond_condition, length_difference
from sites.models import Programme, ProjectSite
from sites.townships import township_names

MOST_ROWS: Final = 2000
WORST: Final = 20


@dataclass(frozen=True, slots=True)
class GapRow:
    """The compared sites of one programme in one township; lengths in metres.

    `gap_m` is measured minus declared over all of them, `beyond_gap_m` over those beyond
    tolerance alone.
    """

    programme: Programme
    township_code: str
    township: str
    sites: int
    declared_m: Decimal
    measured_m: float
    beyond: int
    beyond_gap_m: float
    link: SiteFilter

    @property
    def gap_m(self) -> float:
        """Measured minus declared."""
        return self.measured_m - float(self.declared_m)

    @property
    def gap_percent(self) -> float | None:
        """The gap as percent of what was declared."""
        return self.gap_m / float(self.declared_m) * 100 if self.declared_m else None


@dataclass(frozen=True, slots=True)
class GapTotal:
    """The sums of all rows; lengths in metres."""

    sites: int
    declared_m: Decimal
    measured_m: float
    beyond: int
    beyond_gap_m: float

    @property
    def gap_m(self) -> float:
        """Measured minus declared."""
        return self.measured_m - float(self.declared_m)


def gap_rows(scope: Scope, chosen: SiteFilter) -> list[GapRow]:
    """Return a row for each programme and township under the filter, in their order.

    Three statements, whatever the number of sites; at most `MOST_ROWS` rows.
    """
    sites: QuerySet[Any] = chosen.apply(ProjectSite.objects.visible_to(scope)).filter(COMPARED)
    beyond = beyond_condition()
    groups = (
        sites.order_by()
        .values("programme", "township_code")
        .annotate(
            sites=Count("pk"),
            declared_m=Sum("declared_length_m"),
            measured_m=Sum("measured_length_m"),
            beyond=Count("pk", filter=beyond),
            beyond_gap_m=Sum(length_difference(), filter=beyond, default=0.0),
        )
        .order_by("programme__level", "programme__code", "township_code")[:MOST_ROWS]
    )
    return _named(list(groups), chosen)


def gap_total(rows: Iterable[GapRow]) -> GapTotal:
    """Return the sums of rows."""
    found = tuple(rows)
    return GapTotal(
        sites=sum(row.sites for row in found),
        declared_m=sum((row.declared_m for row in found), Decimal(0)),
        measured_m=sum(row.measured_m for row in found),
        beyond=sum(row.beyond for row in found),
        beyond_gap_m=sum(row.beyond_gap_m for row in found),
    )


def worst_sites(scope: Scope, chosen: SiteFilter) -> list[Any]:
    """Return the sites beyond tolerance that are furthest apart, with `gap_m`."""
    sites: QuerySet[Any] = chosen.apply(ProjectSite.objects.visible_to(scope))
    columns = ("code", "name", "name_en", "township_code", "declared_length_m", "measured_length_m")
    far = sites.filter(beyond_condition()).annotate(gap_m=length_difference()).only(*columns)
    return list(far.order_by(Abs(F("gap_m")).desc(), "pk")[:WORST])


def _named(groups: list[dict[str, Any]], chosen: SiteFilter) -> list[GapRow]:
    wanted = {group["programme"] for group in groups}
    programmes = Programme.objects.in_bulk(list(wanted))
    townships = township_names(group["township_code"] for group in groups)
    rows = []
    for group in groups:
        code, programme = group["township_code"], programmes[group.pop("programme")]
        link = replace(chosen, programme=(programme.code,), township=(code,) if code else ())
        group["township"] = townships.get(code, code)
        rows.append(GapRow(programme=programme, link=link, **group))
    return rows
