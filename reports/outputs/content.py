"""What a report's documents say: the words of its page, ready for a layout or a workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from reports.kinds import ReportState
from reports.models import Report
from reports.report_page import Piece, ReportPage, ShownSection, Table
from sites.formatting import day
from sites.kinds import OrganisationKind
from sites.models import Organisation
from sites.rounding import ROUNDING_NOTE

NUMBERING: Final = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+\.\s*)")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as rows of texts under its columns."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def content_of(page: ReportPage) -> dict[str, Any]:
    """Return what a layout's tags can name.

    `title`, `subtitle`, `sections` (each with `heading`, `paragraphs` and `table`, which has
    `caption`, `columns`, `rows` and `note` or is None), `notes`, `signer`, `signed_on`, and
    `figures`, the shown number of each figure by its key.
    """
    report = page.report
    numbers = count(1)
    return {
        "title": report.label,
        "subtitle": subtitle_of(report),
        "sections": [_section(section, numbers) for section in page.sections],
        "notes": str(ROUNDING_NOTE),
        "signer": _signer(report),
        "signed_on": day(timezone.localdate(report.signed_at)) if report.signed_at else "",
        "figures": {key: told.number for key, told in page.told.items()},
    }


def subtitle_of(report: Report) -> str:
    """Return period and day of the figures, and that a draft is one."""
    words = _("%(first)s to %(last)s, figures as of %(day)s") % {
        "first": day(report.period_start),
        "last": day(report.period_end),
        "day": day(report.as_of),
    }
    if report.state == ReportState.SIGNED:
        return words
    return f"{words} · {report.get_state_display()}"


def grid_of(section: ShownSection) -> Grid | None:
    """Return a section's table as texts; ranked rows have their place in front."""
    table = section.table
    if table is None:
        return None
    ranked = any(row.rank for row in table.rows)
    place = (_("Place"),) if ranked else ()
    rows = tuple(
        (*((str(row.rank or ""),) if ranked else ()), _label(row, table), *row.cells)
        for row in table.rows
    )
    caption = NUMBERING.sub("", section.section.shown_heading)
    return Grid(caption, (*place, table.first, *table.headings), rows)


def _label(row: Any, table: Table) -> str:
    """Return a row's words; a part of the row above says so."""
    return _("of which %(part)s") % {"part": row.label} if row.is_part else str(row.label)


def _section(section: ShownSection, numbers: count[int]) -> dict[str, Any]:
    grid = grid_of(section)
    return {
        "heading": section.section.shown_heading,
        "paragraphs": ["".join(map(_words, pieces)) for pieces in section.paragraphs],
        "table": {
            "caption": _("Table %(number)s: %(caption)s")
            % {"number": next(numbers), "caption": grid.caption},
            "columns": list(grid.columns),
            "rows": [list(row) for row in grid.rows],
            "note": "",
        }
        if grid
        else None,
    }


def _words(piece: Piece) -> str:
    return piece.told.number if piece.told else piece.text


def _signer(report: Report) -> str:
    """Return the office of the report's area, and who signed for it."""
    offices = Organisation.objects.filter(kind=OrganisationKind.LIVELIHOOD_OFFICE, area=report.area)
    office = offices.order_by("name").first()
    body = office.label if office else report.area.label
    return f"{body} {report.signer_name}".strip()
