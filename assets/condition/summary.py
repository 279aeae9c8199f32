"""How many kilometres of road are in which condition, by township, class and pavement.

The current condition stands in `ConditionStretch`, so the figures of a whole district are two
grouped reads. Lengths are metres of chainage: they add up to the decimetre.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, DecimalField, F, QuerySet, Sum
from django.db.models.functions import Greatest, Least

from assets.filters import AssetFilter
from assets.kinds import ConditionGrade
from assets.models import Asset, ConditionStretch
from sites.access import Scope
from sites.kinds import Kind, Pavement, RoadClass

NOTHING: Final = Decimal(0)
GOOD_GRADES: Final = (ConditionGrade.EXCELLENT, ConditionGrade.GOOD)
FAIR_GRADES: Final = (*GOOD_GRADES, ConditionGrade.FAIR)
SECTION: Final = "road_section__"
KEYS: Final = ("township", "road_class", "pavement")
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class GradeLengths:
    """Metres of road by grade.

    `stated_m` is the part whose grade a testing body states; the rest of the rated metres was
    computed. What is not rated was never surveyed, or its coefficients are not verified.
    """

    sections: int = 0
    total_m: Decimal = NOTHING
    by_grade: Mapping[str, Decimal] = field(default_factory=dict)
    stated_m: Decimal = NOTHING

    def metres(self, grade: str) -> Decimal:
        """Metres of one grade."""
        return self.by_grade.get(grade, NOTHING)

    @property
    def rated_m(self) -> Decimal:
        """Metres that have a grade."""
        return sum(self.by_grade.values(), NOTHING)

    @property
    def not_rated_m(self) -> Decimal:
        """Metres without a grade."""
        return self.total_m - self.rated_m

    @property
    def good_percent(self) -> Decimal | None:
        """优良路率: excellent and good as percent of the rated metres; None when none is rated."""
        return self._percent(GOOD_GRADES)

    @property
    def fair_percent(self) -> Decimal | None:
        """优良中路率: excellent, good and fair as percent of the rated metres."""
        return self._percent(FAIR_GRADES)

    def _percent(self, grades: Iterable[str]) -> Decimal | None:
        rated = self.rated_m
        if not rated:
            return None
        part = sum((self.metres(grade) for grade in grades), NOTHING)
        return part / rated * 100

    def __add__(self, other: GradeLengths) -> GradeLengths:
        return GradeLengths(
            sections=self.sections + other.sections,
            total_m=self.total_m + other.total_m,
            by_grade={
                grade: self.metres(grade) + other.metres(grade) for grade in ConditionGrade.values
            },
            stated_m=self.stated_m + other.stated_m,
        )


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """The roads of one class and pavement in one township; an empty code means not known."""

    township_code: str
    road_class: str
    pavement: str
    lengths: GradeLengths


@dataclass(frozen=True, slots=True)
class ConditionSummary:
    """The condition of all current sections under a filter."""

    rows: tuple[ConditionRow, ...]

    @property
    def total(self) -> GradeLengths:
        """All rows in one."""
        return sum((row.lengths for row in self.rows), GradeLengths())

    def by_township(self) -> tuple[ConditionRow, ...]:
        """One row a township."""
        return self._merged(lambda row: (row.township_code, "", ""))

    def by_class(self) -> tuple[ConditionRow, ...]:
        """One row a road class, in the order of the classes."""
        rows = self._merged(lambda row: ("", row.road_class, ""))
        return tuple(sorted(rows, key=lambda row: _place(RoadClass.values, row.road_class)))

    def by_pavement(self) -> tuple[ConditionRow, ...]:
        """One row a pavement, the best first."""
        rows = self._merged(lambda row: ("", "", row.pavement))
        return tuple(sorted(rows, key=lambda row: _place(Pavement.values, row.pavement)))

    def _merged(self, key: Callable[[ConditionRow], Key]) -> tuple[ConditionRow, ...]:
        groups: dict[Key, GradeLengths] = {}
        for row in self.rows:
            groups[key(row)] = groups.get(key(row), GradeLengths()) + row.lengths
        return tuple(ConditionRow(*names, lengths) for names, lengths in sorted(groups.items()))


def condition_summary(scope: Scope, chosen: AssetFilter) -> ConditionSummary:
    """Return the condition of the sections that the scope sees under the filter: two statements."""
    assets = chosen.apply(Asset.objects.visible_to(scope)).of_kind(Kind.ROAD)
    assets = assets.filter(road_section__is_current=True).order_by()
    graded = _graded(assets)
    rows = [
        ConditionRow(*key, _lengths(sections, total, graded.get(key, {})))
        for key, sections, total in _whole(assets)
    ]
    return ConditionSummary(tuple(sorted(rows, key=_order)))


def filter_of(
    row: ConditionRow, chosen: AssetFilter, keys: tuple[str, ...] = KEYS
) -> AssetFilter | None:
    """Return the filter that lists the sections of a row, grouped by `keys`, found under `chosen`.

    None where no filter can name them: a township or a pavement that is not known, or a village
    in `chosen`, for which the row's township would be wider.
    """
    given = {"township": row.township_code, "road_class": row.road_class, "pavement": row.pavement}
    if not all(given[name] for name in keys):
        return None
    if "township" in keys and any(
        len(code) > len(row.township_code) for code in chosen["township"]
    ):
        return None
    own = chosen.replaced("kind", (Kind.ROAD.value,))
    for name in keys:
        own = own.replaced(name, (given[name],))
    return own


def _whole(assets: QuerySet[Asset]) -> Iterable[tuple[Key, int, Decimal]]:
    keys = ("township_code", f"{SECTION}route__road_class", f"{SECTION}pavement")
    length = F(f"{SECTION}end_m") - F(f"{SECTION}start_m")
    groups = assets.values_list(*keys).annotate(count=Count("pk"), metres=Sum(length))
    for township, road_class, pavement, sections, total in groups:
        yield (township, road_class, pavement), sections, total


def _graded(assets: QuerySet[Asset]) -> dict[Key, dict[tuple[str, bool], Decimal]]:
    keys = ("township_code", f"{SECTION}route__road_class", f"{SECTION}pavement")
    end = Least("condition__end_m", f"{SECTION}end_m")
    start = Greatest("condition__start_m", f"{SECTION}start_m")
    groups = (
        assets.filter(
            condition__grade__in=ConditionGrade.values,
            condition__start_m__lt=F(f"{SECTION}end_m"),
            condition__end_m__gt=F(f"{SECTION}start_m"),
        )
        .values_list(*keys, "condition__grade", "condition__is_stated")
        .annotate(metres=Sum(end - start))
    )
    found: dict[Key, dict[tuple[str, bool], Decimal]] = {}
    for township, road_class, pavement, grade, is_stated, metres in groups:
        found.setdefault((township, road_class, pavement), {})[grade, is_stated] = metres
    return found


def on_sections(stretches: QuerySet[ConditionStretch]) -> QuerySet[ConditionStretch]:
    """Return the stretches that lie on their section, with `from_m`, `to_m` and `length_m` cut."""
    section = f"asset__{SECTION}"
    cut = stretches.filter(
        start_m__lt=F(f"{section}end_m"), end_m__gt=F(f"{section}start_m")
    ).annotate(
        from_m=Greatest("start_m", f"{section}start_m"), to_m=Least("end_m", f"{section}end_m")
    )
    length: Any = F("to_m") - F("from_m")
    return cut.annotate(length_m=_decimal(length))


def _decimal(expression: Any) -> Any:
    expression.output_field = DecimalField(max_digits=12, decimal_places=1)
    return expression


def _lengths(
    sections: int, total: Decimal, graded: Mapping[tuple[str, bool], Decimal]
) -> GradeLengths:
    by_grade = {
        grade: graded.get((grade, True), NOTHING) + graded.get((grade, False), NOTHING)
        for grade in ConditionGrade.values
    }
    stated = sum((metres for (_grade, is_stated), metres in graded.items() if is_stated), NOTHING)
    return GradeLengths(sections, total, by_grade, stated)


def _order(row: ConditionRow) -> tuple[str, int, int]:
    return (
        row.township_code or "~",
        _place(RoadClass.values, row.road_class),
        _place(Pavement.values, row.pavement),
    )


def _place(codes: list[str], code: str) -> int:
    return codes.index(code) if code in codes else len(codes)
