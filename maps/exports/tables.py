"""Rows as tables for office programs: CSV with the geometry as text, Excel with a point.

A text that begins like a formula gets an apostrophe before it, or a spreadsheet would run what
somebody typed into a name.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db.models import FloatField, Func, TextField
from django.utils.translation import gettext as _
from openpyxl import Workbook

from maps.exports.choice import ExportChoice
from maps.exports.columns import geometry_of
from maps.exports.database import copied
from maps.exports.progress import Progress, finished_file, silent
from maps.exports.rows import batches, plain, plain_id
from sites.filters import ParameterError
from sites.site_field import FieldType, SiteField

BYTE_ORDER_MARK = "\ufeff".encode()
"""Without it Chinese Excel reads UTF-8 as GBK."""
MOST_EXCEL_ROWS = 1_048_575
TEXTS = frozenset({FieldType.TEXT, FieldType.CODE})


class Harmless(Func):
    """A text that no spreadsheet takes for a formula."""

    template = r"regexp_replace(%(expressions)s, '^([=+@\t\r-])', '''\1')"
    output_field = TextField()


class WellKnownText(Func):
    """A geometry as text with eight decimals: a millimetre in degrees."""

    template = "ST_AsText(%(expressions)s, 8)"
    output_field = TextField()


class PointCoordinate(Func):
    """X or Y of a point on the geometry."""

    template = "%(function)s(ST_PointOnSurface(%(expressions)s))"
    output_field = FloatField()


def _cell(entry: SiteField, choice: ExportChoice) -> Any:
    value = plain(entry, choice)
    return Harmless(value) if entry.value_type in TEXTS else value


def csv_lines(choice: ExportChoice) -> Generator[bytes, None, None]:
    """Yield a CSV file in UTF-8: a line of field names, then one line a row."""
    columns: dict[str, Any] = {"column_id": plain_id()}
    columns |= {f"column_{entry.name}": _cell(entry, choice) for entry in choice.fields}
    columns["column_wkt"] = WellKnownText(geometry_of(choice))
    names = ["id", *(entry.name for entry in choice.fields), "wkt"]
    yield BYTE_ORDER_MARK + ",".join(names).encode() + b"\r\n"
    rows = choice.rows().values_list(*columns.values())
    yield from copied(rows, options="FORMAT csv, NULL ''")


def write_csv(choice: ExportChoice, path: Path, progress: Progress = silent) -> int:
    """Write the rows to `path`, whole or not at all; return their number."""
    count = -1
    with (
        finished_file(path) as part,
        part.open("wb") as file,
        closing(csv_lines(choice)) as pieces,
    ):
        for piece in pieces:
            file.write(piece)
            count += piece.count(b"\n")
            progress(max(count, 0))
    return count


def write_excel(choice: ExportChoice, path: Path, progress: Progress = silent) -> int:
    """Write the rows with a point each to an Excel file; raises `ParameterError` above its rows.

    Rows go to the file as they come; the workbook is never whole in memory.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(choice.layer.name)
    sheet.append(["id", *(entry.name for entry in choice.fields), "lon", "lat"])
    count = 0
    with finished_file(path) as part, closing(batches(_excel_rows(choice))) as found:
        for batch in found:
            count += len(batch)
            if count > MOST_EXCEL_ROWS:
                raise ParameterError("format", "too_many_rows", _("Excel holds fewer rows."))
            for row in batch:
                sheet.append(row)
            progress(count)
        book.save(part)
    return count


def _excel_rows(choice: ExportChoice) -> Any:
    geometry = geometry_of(choice)
    columns = [plain_id(), *(_cell(entry, choice) for entry in choice.fields)]
    columns += [PointCoordinate(geometry, function=name) for name in ("ST_X", "ST_Y")]
    return choice.rows().values_list(*columns)
