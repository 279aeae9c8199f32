"""What the page of a report shows: its text with figures in place, and its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from reports.kinds import Dimension, SectionKind
from reports.models import FigurePart, Report, ReportFigure, ReportSection
from reports.placeholders import MONEY_STAGES, money_key, pieces, table_keys
from reports.queries.money import GROUPS, STAGE_WORDS
from reports.told import Told, number_of, places_of, told_figures
from sites.models import Programme
from sites.rounding import ROUNDING_NOTE, rounded_parts
from sites.townships import township_names

DIMENSIONS = {
    SectionKind.TOWNSHIPS: Dimension.TOWNSHIP,
    SectionKind.RANKING: Dimension.TOWNSHIP,
    SectionKind.PROGRAMMES: Dimension.PROGRAMME,
}
Parts = Mapping[tuple[str, str], Mapping[str, Decimal]]
"""By dimension and key: the amount of each code."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text, or a figure in it; a key without a figure is shown as it is written."""

    text: str = ""
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it is about, its place where rows are ranked, and its cells."""

    label: str
    cells: tuple[str, ...]
    rank: int = 0
    is_sum: bool = False
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its headings; the last row is the sum where there is one."""

    first: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    is_ranked: bool = False


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section as the page shows it."""

    section: ReportSection
    paragraphs: tuple[tuple[Piece, ...], ...]
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that the page of a report shows of it."""

    report: Report
    told: Mapping[str, Told]
    sections: tuple[ShownSection, ...]
    rounding: tuple[str, ...]


def report_page(report: Report) -> ReportPage:
    """Return a report as its page shows it: five statements, whatever its size."""
    figures = ReportFigure.objects.filter(report=report).defer("identifiers", "amounts")
    shown = told_figures(figures)
    parts = _parts(report)
    names = _names(parts)
    sections = tuple(
        ShownSection(
            section,
            _paragraphs(section.shown_body, shown),
            _table(section, shown, parts, names),
        )
        for section in report.sections.order_by("position")
    )
    return ReportPage(report, shown, sections, rounding_rules())


def rounding_rules() -> tuple[str, ...]:
    """Return how the shown numbers were rounded, as every output prints it."""
    return (
        str(ROUNDING_NOTE),
        _("Figures are rounded half up to the decimals shown; the exact value stands with each."),
        _("Lengths are the declared ones; the length measured on the map stands beside them."),
    )


def _paragraphs(body: str, shown: Mapping[str, Told]) -> tuple[tuple[Piece, ...], ...]:
    return tuple(
        tuple(
            Piece(told=shown[piece.key])
            if piece.key in shown
            else Piece(text=piece.text or f"{{{{ {piece.key} }}}}")
            for piece in pieces(line)
        )
        for line in body.splitlines()
        if line.strip()
    )


def _parts(report: Report) -> Parts:
    found: dict[tuple[str, str], dict[str, Decimal]] = {}
    rows = FigurePart.objects.filter(figure__report=report).order_by("code")
    for dimension, key, code, amount in rows.values_list(
        "dimension", "figure__key", "code", "amount"
    ):
        found.setdefault((dimension, key), {})[code] = amount
    return found


def _names(parts: Parts) -> dict[str, dict[str, str]]:
    """Return the names of townships and programmes in the language in force."""
    codes: dict[str, set[str]] = {dimension: set() for dimension in Dimension.values}
    for (dimension, _key), amounts in parts.items():
        codes[dimension] |= set(amounts)
    programmes = Programme.objects.filter(code__in=codes[Dimension.PROGRAMME])
    return {
        Dimension.TOWNSHIP: township_names(codes[Dimension.TOWNSHIP]),
        Dimension.PROGRAMME: {row.code: row.label for row in programmes},
    }


def _table(
    section: ReportSection,
    shown: Mapping[str, Told],
    parts: Parts,
    names: Mapping[str, Mapping[str, str]],
) -> Table | None:
    kind = SectionKind(section.kind)
    if kind == SectionKind.TEXT:
        return None
    if kind == SectionKind.MONEY:
        return money_table(shown)
    keys = [key for key in table_keys(section) if key in shown]
    dimension = DIMENSIONS[kind]
    columns = {key: parts.get((dimension, key), {}) for key in keys}
    if kind == SectionKind.RANKING:
        return _ranking(keys, columns, shown, names[dimension])
    first = _("Township") if dimension == Dimension.TOWNSHIP else _("Programme")
    return _parted(first, keys, columns, shown, names[dimension])


def money_table(shown: Mapping[str, Told]) -> Table:
    """Return the table of money by source and stage; the shown parts sum to the shown whole."""
    order = ("central_and_province", "central", "province", "city", "district", "other", "")
    stages = [stage for stage in MONEY_STAGES if money_key(stage) in shown]
    rows = [
        Row(
            label=str(GROUPS[group][0]) if group else _("Total"),
            cells=tuple(shown[money_key(stage, group)].number for stage in stages),
            is_sum=not group,
            is_part=bool(GROUPS[group][2]),
        )
        for group in order
    ]
    unit = shown[money_key(stages[0])].unit if stages else ""
    headings = tuple(f"{STAGE_WORDS[stage]} ({unit})" for stage in stages)
    return Table(_("Source"), headings, tuple(rows))


def _parted(
    first: str,
    keys: Sequence[str],
    columns: Mapping[str, Mapping[str, Decimal]],
    shown: Mapping[str, Told],
    names: Mapping[str, str],
) -> Table:
    codes = sorted({code for amounts in columns.values() for code in amounts})
    rounded = {key: _column(codes, columns[key], shown[key].figure) for key in keys}
    rows = [
        Row(
            names.get(code) or code or _("Not in a township"),
            tuple(rounded[key].get(code, "") for key in keys),
        )
        for code in codes
    ]
    rest = {key: rounded[key].get(None, "") for key in keys}
    if any(rest.values()):
        rows.append(Row(_("Not tied to a site"), tuple(rest[key] or "0" for key in keys)))
    rows.append(Row(_("Total"), tuple(shown[key].number for key in keys), is_sum=True))
    return Table(first, tuple(heading(shown[key]) for key in keys), tuple(rows))


def heading(told: Told) -> str:
    """Return the heading of a column: the figure's name and its unit."""
    return f"{told.figure.label} ({told.unit})"


def _column(
    codes: Sequence[str], amounts: Mapping[str, Decimal], figure: ReportFigure
) -> dict[str | None, str]:
    """Return the shown amounts of a column; the key None is what belongs to no site."""
    values = [amounts.get(code, Decimal(0)) for code in codes]
    rest = (figure.value or Decimal(0)) - sum(values, Decimal(0))
    shown = rounded_parts([*values, rest] if rest else values, places_of(figure))
    keys: list[str | None] = [*codes, None] if rest else [*codes]
    return {
        key: number_of(value, figure.unit, figure.decimals)
        for key, value in zip(keys, shown, strict=True)
    }


def _ranking(
    keys: Sequence[str],
    columns: Mapping[str, Mapping[str, Decimal]],
    shown: Mapping[str, Told],
    names: Mapping[str, str],
) -> Table:
    """Return townships by the first figure as percent of the second, or by the first alone."""
    codes = sorted({code for amounts in columns.values() for code in amounts})
    scores = {code: _score(code, keys, columns) for code in codes}
    ordered = sorted(codes, key=lambda code: (-scores[code], code))
    rounded = {key: _column(codes, columns[key], shown[key].figure) for key in keys}
    shares = len(keys) > 1
    rows = []
    for code in ordered:
        place = 1 + sum(1 for other in codes if scores[other] > scores[code])
        cells = tuple(rounded[key].get(code, "") for key in keys)
        share = (f"{scores[code]:.1f}",) if shares else ()
        rows.append(Row(names.get(code) or code, (*cells, *share), rank=place))
    headings: tuple[Any, ...] = tuple(heading(shown[key]) for key in keys)
    if shares:
        headings = (*headings, _("Share (%)"))
    return Table(_("Township"), headings, tuple(rows), is_ranked=True)


def _score(code: str, keys: Sequence[str], columns: Mapping[str, Mapping[str, Decimal]]) -> Decimal:
    if not keys:
        return Decimal(0)
    own = columns[keys[0]].get(code, Decimal(0))
    if len(keys) == 1:
        return own
    whole = columns[keys[1]].get(code, Decimal(0))
    return own * 100 / whole if whole else Decimal(0)
