"""Excel workbooks (.xlsx), read sheet by sheet in openpyxl's streaming mode."""

from __future__ import annotations

import datetime
import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from sites.imports.reader import table
from sites.imports.reader.archive import open_archive
from sites.imports.reader.outcome import Notes, Options, RefusedError
from sites.imports.reader.source import Layer, Source, choose_layer

_EMPTY_ROWS_AT_THE_END: Final = 2_000
_BROKEN: Final = (
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    zipfile.BadZipFile,
)


def open_workbook(path: Path, options: Options, notes: Notes) -> Source:
    """Open the only visible sheet that is not empty, or the one that the user chose."""
    open_archive(path).close()
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        layers = [Layer(sheet.title, None) for sheet in sheets if _has_cells(sheet)]
    except _BROKEN as error:
        raise RefusedError("workbook_broken") from error
    layer = choose_layer(layers, options.layer)

    def cells() -> Iterator[tuple[int, table.Cells]]:
        yield from _cells(book[layer.name])

    heading = table.find_heading(itertools.islice(cells(), table.HEADING_ROWS))
    sample = list(itertools.islice(table.rows_of(heading, cells(), swapped=False), 200))
    table.needs_axes(heading, sample, options)
    return Source(
        format="Excel",
        layer=layer,
        layers=layers,
        crs=table.crs_of(heading, sample, options, notes),
        encoding="utf-8",
        fields=heading.names,
        place_fields=heading.place_names,
        rows=lambda: table.rows_of(heading, cells(), swapped=options.axes == "yx"),
    )


def _has_cells(sheet: Any) -> bool:
    rows = itertools.islice(_cells(sheet), 50)
    return any(cell is not None for _, row in rows for cell in row)


def _cells(sheet: Any) -> Iterator[tuple[int, table.Cells]]:
    """Yield rows with their numbers; a long run of empty rows is the end of the sheet."""
    sheet.reset_dimensions()
    empty = 0
    try:
        for row_number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [_value(cell) for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            empty = 0 if cells else empty + 1
            if empty > _EMPTY_ROWS_AT_THE_END:
                return
            yield row_number, cells
    except _BROKEN as error:
        raise RefusedError("workbook_broken") from error


def _value(cell: Any) -> Any:
    """Return a cell as text, number, truth value or ISO date; a whole float as an integer."""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, datetime.timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if isinstance(cell, str):
        return cell.strip() or None
    return cell
