"""Renovated houses by village: the only thing that is told of housing outside the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Left

from assets.models import Asset
from sites.access import Scope, code_prefix_condition
from sites.kinds import AreaLevel, DangerGrade, HousingMethod, Kind
from sites.models import Area
from sites.public_totals import SMALLEST_TOLD, TOWNSHIP_DIGITS, VILLAGE_DIGITS

PARTS: Final = ("grade_c", "grade_d", "rebuilt")
"""Numbers that are parts of the houses."""


@dataclass(frozen=True, slots=True)
class HousingRow:
    """Houses of one village: how many, their households, by danger grade and method.

    None stands for a number that is too small to be told outside the office.
    """

    code: str
    name: str
    township: str
    houses: int | None
    households: int | None
    grade_c: int | None
    grade_d: int | None
    rebuilt: int | None


@dataclass(frozen=True, slots=True)
class HousingTotals:
    """Villages by code, and their sum where every number may be told."""

    rows: tuple[HousingRow, ...]
    houses: int | None

    @property
    def is_masked(self) -> bool:
        """Whether some number is not told."""
        return any(None in (row.houses, row.grade_c) for row in self.rows)


def housing_totals(scope: Scope) -> HousingTotals:
    """Return the totals of the villages in the viewer's areas, of all for who has none.

    The office sees every number. Outside it no number below `SMALLEST_TOLD` is told, nor one
    from which such a number follows; so there is no sum either.
    """
    counted = list(_counted(scope))
    names = _names(counted)
    rows, every_number = [], True
    for row in counted:
        code = row["village"]
        inside = scope.covers_area(code)
        every_number &= inside
        numbers = {name: row[name] for name in ("houses", "households", *PARTS)}
        rows.append(
            HousingRow(
                code,
                names.get(code, code),
                names.get(code[:TOWNSHIP_DIGITS], ""),
                **(numbers if inside else _told(numbers)),
            )
        )
    total = sum(row["houses"] for row in counted) if every_number else None
    return HousingTotals(tuple(rows), total)


def _counted(scope: Scope) -> QuerySet[Any, Any]:
    # A reduced read beside the viewer's own assets: totals alone leave this module.
    houses = Asset.objects.visible_to(Scope.internal()).of_kind(Kind.HOUSING)
    own = scope.area_codes()
    if own:
        houses = houses.filter(code_prefix_condition("area_code", own))
    counted: QuerySet[Any, Any] = (
        houses.order_by()
        .annotate(village=Left("area_code", VILLAGE_DIGITS))
        .values("village")
        .annotate(
            houses=Count("pk"),
            households=Sum("house__households", default=0),
            grade_c=Count("pk", filter=Q(house__danger_grade=DangerGrade.C)),
            grade_d=Count("pk", filter=Q(house__danger_grade=DangerGrade.D)),
            rebuilt=Count("pk", filter=Q(house__method=HousingMethod.REBUILD)),
        )
        .order_by("village")
    )
    return counted


def _told(numbers: Mapping[str, int]) -> dict[str, int | None]:
    """Return the numbers of a village as they may be told outside the office.

    A part and what it leaves of the whole must both be nothing or large enough, or no part is
    told.
    """
    houses = numbers["houses"]
    if _is_small(houses):
        return dict.fromkeys(numbers)
    told: dict[str, int | None] = dict(numbers)
    sizes = [size for part in PARTS for size in (numbers[part], houses - numbers[part])]
    if any(_is_small(size) for size in sizes):
        told |= dict.fromkeys(PARTS)
    return told


def _is_small(number: int) -> bool:
    return 0 < number < SMALLEST_TOLD


def _names(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    codes = {row["village"][:digits] for row in rows for digits in (9, VILLAGE_DIGITS)}
    levels = (AreaLevel.VILLAGE, AreaLevel.TOWNSHIP)
    areas = Area.objects.filter(level__in=levels, code__in=codes).order_by("valid_from")
    return {area.code: area.label for area in areas.only("code", "name", "name_en")}
