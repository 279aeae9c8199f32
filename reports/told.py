"""How a figure is told: in its unit, rounded by one rule, so that shown parts sum to the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.kinds import FigureUnit
from reports.models import ReportFigure
from reports.queries import QUERIES
from sites.formatting import MINUS, NOTHING
from sites.rounding import rounded_parts

MONEY_UNITS: Final = (
    FigureUnit.YUAN,
    FigureUnit.TEN_THOUSAND_YUAN,
    FigureUnit.HUNDRED_MILLION_YUAN,
)
SCALES: Final = {FigureUnit.TEN_THOUSAND_YUAN: 4, FigureUnit.HUNDRED_MILLION_YUAN: 8}
"""How many powers of ten of a yuan a unit is."""
ENGLISH_STEPS: Final = {FigureUnit.TEN_THOUSAND_YUAN: 1, FigureUnit.HUNDRED_MILLION_YUAN: 2}
"""English counts thousands and millions: how many decimals it needs less for the same step."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with its shown number: `number` in words of the unit, `exact` with the unit."""

    figure: ReportFigure
    number: str
    unit: str
    exact: str
    mapped: str = ""

    @property
    def is_defined(self) -> bool:
        """Whether there is a value at all."""
        return self.figure.value is not None

    @property
    def query(self) -> str:
        """The address of the list of exactly the sites behind the figure, empty without any."""
        return f"figure={self.figure.pk}" if self.figure.site_count else ""

    @property
    def page(self) -> str:
        """The address of the figure's own page."""
        return reverse("reports:figure-detail", args=[self.figure.report_id, self.figure.key])

    @property
    def address(self) -> str:
        """Where a click on the number leads: the map with exactly its sites, else its page."""
        return self.map_address or self.page

    @property
    def map_address(self) -> str:
        """The address of the map with exactly its sites, all of them listed; empty without any."""
        return f"/?{self.query}&everywhere=1&panel=list" if self.query else ""


def told_figures(figures: Iterable[ReportFigure]) -> dict[str, Told]:
    """Return each figure of one report as it is told, by key."""
    rows = list(figures)
    rounded = _rounded(rows)
    return {row.key: told(row, rounded.get(row.pk)) for row in rows}


def told(figure: ReportFigure, rounded: Decimal | None = None) -> Told:
    """Return a figure as it is told; `rounded` is its value when it is a part of a whole."""
    value = round_half_up(figure.value, places_of(figure)) if rounded is None else rounded
    return Told(
        figure,
        number_of(value, figure.unit, figure.decimals),
        unit_word(figure.unit),
        exact_words(figure.value, figure.unit),
        exact_words(figure.mapped, figure.unit) if figure.mapped is not None else "",
    )


def _rounded(rows: Sequence[ReportFigure]) -> dict[UUID, Decimal]:
    """Return the rounded values of figures that are a whole or a part of one in this report."""
    groups: dict[tuple[str, str, int], dict[str, ReportFigure]] = defaultdict(dict)
    for row in rows:
        if row.value is not None:
            groups[row.filter, row.unit, row.decimals][row.query] = row
    found: dict[UUID, Decimal] = {}
    for group in groups.values():
        for code in [code for code in group if not _whole(group, code) and _parts(group, code)]:
            leaves = _leaves(group, code)
            values = [group[leaf].value or Decimal(0) for leaf in leaves]
            shown = rounded_parts(values, places_of(group[code]))
            found |= _summed_up(group, code, dict(zip(leaves, shown, strict=True)))
    return found


def _whole(group: Mapping[str, ReportFigure], code: str) -> str:
    """Return the whole of which a question is a part here, if all its parts are here."""
    whole = QUERIES[code].whole if code in QUERIES else ""
    return whole if whole in group and _parts(group, whole) else ""


def _parts(group: Mapping[str, ReportFigure], code: str) -> list[str]:
    """Return the questions that part another one, if all of them are here and sum to it."""
    parts = [query.code for query in QUERIES.values() if query.whole == code]
    if not parts or not all(part in group for part in parts):
        return []
    total = sum((group[part].value or Decimal(0) for part in parts), Decimal(0))
    return parts if total == group[code].value else []


def _leaves(group: Mapping[str, ReportFigure], code: str) -> list[str]:
    parts = _parts(group, code)
    return [leaf for part in parts for leaf in _leaves(group, part)] if parts else [code]


def _summed_up(
    group: Mapping[str, ReportFigure], code: str, leaves: Mapping[str, Decimal]
) -> dict[UUID, Decimal]:
    """Return the shown values from a whole downwards: every whole is the sum of its parts."""
    parts = _parts(group, code)
    if not parts:
        return {group[code].pk: leaves[code]}
    found: dict[UUID, Decimal] = {}
    for part in parts:
        found |= _summed_up(group, part, leaves)
    found[group[code].pk] = sum((found[group[part].pk] for part in parts), Decimal(0))
    return found


def places_of(figure: ReportFigure) -> int:
    """Return the decimals to which the stored value is rounded: negative for units of money."""
    return figure.decimals - SCALES.get(FigureUnit(figure.unit), 0)


def round_half_up(value: Decimal | None, places: int) -> Decimal | None:
    """Round half up (四舍五入), also to tens and thousands."""
    if value is None:
        return None
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number_of(value: Decimal | None, unit: str, decimals: int) -> str:
    """Return a stored value as the number of its unit in the language in force, without a unit.

    Chinese documents write no separators of thousands, English ones do.
    """
    if value is None:
        return NOTHING
    kind = FigureUnit(unit)
    scale = SCALES.get(kind, 0)
    step = ENGLISH_STEPS.get(kind, 0) if is_english() else 0
    shown = value.scaleb(step - scale)
    places = max(decimals - step, 0)
    text = f"{abs(shown):,.{places}f}" if is_english() else f"{abs(shown):.{places}f}"
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def exact_words(value: Decimal | None, unit: str) -> str:
    """Return the exact value with its unit: money in yuan to the fen, all else without zeros."""
    if value is None:
        return NOTHING
    money = unit in MONEY_UNITS
    text = f"{abs(value):,.2f}" if money else _short(abs(value))
    sign = MINUS if value < 0 else ""
    word = unit_word(FigureUnit.YUAN if money else unit)
    return f"{sign}{text} {word}"


def _short(value: Decimal) -> str:
    text = f"{value:,.6f}"
    return text.rstrip("0").rstrip(".")


def unit_word(unit: str) -> str:
    """Return the word of a unit as numbers are told in it in the language in force."""
    if is_english() and unit == FigureUnit.TEN_THOUSAND_YUAN:
        return _("thousand yuan")
    if is_english() and unit == FigureUnit.HUNDRED_MILLION_YUAN:
        return _("million yuan")
    return str(FigureUnit(unit).label)


def is_english() -> bool:
    """Whether English is in force."""
    return (get_language() or "").startswith("en")
