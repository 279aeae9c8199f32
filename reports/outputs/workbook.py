"""The annex of a report: its figures, its tables and the sites behind each figure, in Excel.

A text that begins like a formula gets an apostrophe, or a spreadsheet would run it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from reports.kinds import FigureUnit
from reports.models import ReportFigure
from reports.outputs.content import grid_of, subtitle_of
from reports.report_page import ReportPage
from reports.told import MONEY_UNITS, Told
from sites.access import Scope
from sites.models import ProjectSite
from sites.townships import township_names

MOST_SITES: Final = 50_000
"""Of one figure; a larger one is taken from its list as a table."""
LONGEST_SHEET_NAME: Final = 31
FORMULA: Final = re.compile(r"^[=+@\t\r-]")
FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
BOLD: Final = Font(bold=True)
Cell = str | int | float | Decimal | None


class Annex:
    """A workbook under way: sheets with unique names, bold first rows and wide columns."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._names: set[str] = set()

    def sheet(
        self, name: str, heading: Sequence[str], rows: Iterable[Sequence[Cell]], *, wide: int = 1
    ) -> None:
        """Write one sheet; its first `wide` columns are wide, the others as wide as a number."""
        sheet = self._book.create_sheet(self._name(name))
        for column in range(1, len(heading) + 1):
            letter = get_column_letter(column)
            sheet.column_dimensions[letter].width = 34 if column <= wide else 16
        sheet.freeze_panes = "A2"
        cells = [WriteOnlyCell(sheet, value=str(harmless(text))) for text in heading]
        for cell in cells:
            cell.font = BOLD
        sheet.append(cells)
        for row in rows:
            sheet.append([harmless(value) for value in row])

    def content(self) -> bytes:
        """Return the file."""
        stream = io.BytesIO()
        self._book.save(stream)
        return stream.getvalue()

    def _name(self, wanted: str) -> str:
        plain = FORBIDDEN.sub(" ", wanted).strip(" '")[:LONGEST_SHEET_NAME] or "-"
        name, number = plain, 2
        while name.lower() in self._names:
            end = f" {number}"
            name, number = plain[: LONGEST_SHEET_NAME - len(end)] + end, number + 1
        self._names.add(name.lower())
        return name


def harmless(value: Cell) -> Cell:
    """Return a value that no spreadsheet takes for a formula; minus signs of numbers stay."""
    if isinstance(value, str) and FORMULA.match(value) and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?[\d,]+(\.\d+)?", text) is not None


def annex_of(page: ReportPage, scope: Scope) -> bytes:
    """Return the annex: figures first, then the tables, then the sites of each figure."""
    annex = Annex()
    annex.sheet(pgettext("report", "Figures"), _figure_heading(), _figure_rows(page), wide=2)
    for section in page.sections:
        grid = grid_of(section)
        if grid:
            annex.sheet(grid.caption, grid.columns, grid.rows)
    for told in page.told.values():
        if 0 < told.figure.site_count <= MOST_SITES:
            annex.sheet(told.figure.label, _site_heading(told), _site_rows(told, scope), wide=2)
    return annex.content()


def _figure_heading() -> tuple[str, ...]:
    return (
        _("Figure"),
        _("Key"),
        _("Number"),
        _("Unit"),
        _("Exact value"),
        _("On the map"),
        _("As of"),
        _("Sites"),
        _("Hash of the identifiers"),
        _("Note"),
    )


def _figure_rows(page: ReportPage) -> Iterator[Sequence[Cell]]:
    for key, told in page.told.items():
        figure = told.figure
        note = ""
        if figure.site_count > MOST_SITES:
            note = _("More sites than an annex holds; take them from the list of the figure.")
        yield (
            figure.label,
            key,
            told.number,
            told.unit,
            told.exact,
            told.mapped,
            figure.as_of.isoformat(),
            figure.site_count,
            figure.identifiers_sha256,
            note,
        )
    yield ()
    yield (page.report.label, subtitle_of(page.report))


def _site_heading(told: Told) -> tuple[str, ...]:
    money = told.figure.unit in MONEY_UNITS
    unit = FigureUnit.YUAN.label if money else told.unit
    part = _("Part of the figure (%(unit)s)") % {"unit": unit}
    return (_("Code"), _("Name"), _("Township"), _("Kind"), _("State today"), part)


def _site_rows(told: Told, scope: Scope) -> Iterator[Sequence[Cell]]:
    """Yield the sites as they were told, with what the register calls them today."""
    figure = ReportFigure.objects.get(pk=told.figure.pk)
    sites = ProjectSite.objects.visible_to(scope).only(
        "code", "name", "name_en", "township_code", "kind", "state"
    )
    known: dict[UUID, Any] = sites.in_bulk(figure.identifiers)
    names = township_names({site.township_code for site in known.values()})
    for identifier, amount in zip(figure.identifiers, figure.amounts, strict=True):
        site = known.get(identifier)
        if site is None:
            yield (str(identifier), _("No longer in the register"), "", "", "", amount)
            continue
        yield (
            site.code,
            site.label,
            names.get(site.township_code, ""),
            str(site.get_kind_display()),
            str(site.get_state_display()),
            amount,
        )
    yield ()
    yield (_("Total"), "", "", "", "", sum(figure.amounts, Decimal(0)))
