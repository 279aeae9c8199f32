"""CSV and its kin: encoding proved or asked for, separator counted, every cell text."""

from __future__ import annotations

import codecs
import csv
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sites.imports.reader import encodings, table
from sites.imports.reader.outcome import Notes, Options, RefusedError
from sites.imports.reader.source import Layer, Source

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS: Final = ",;\t|"
_PIECE: Final = 1 << 20
MAX_CELL: Final = 4 * 1024 * 1024


def open_delimited(path: Path, options: Options, notes: Notes) -> Source:
    """Open a CSV file with coordinate columns or a WKT column."""
    csv.field_size_limit(MAX_CELL)
    encoding = _encoding(path, options, notes)
    separator = _separator(path, encoding)

    def cells() -> Iterator[tuple[int, table.Cells]]:
        with path.open(encoding=encoding, newline="") as stream:
            try:
                for line_number, row in enumerate(csv.reader(stream, delimiter=separator), 1):
                    yield line_number, [cell.strip() or None for cell in row]
            except csv.Error as error:
                raise RefusedError("csv_broken", reason=str(error)[:120]) from error
            except UnicodeDecodeError as error:
                raise RefusedError("encoding_wrong", encoding=encoding) from error

    heading = table.find_heading(itertools.islice(cells(), table.HEADING_ROWS))
    swapped = options.axes == "yx"
    sample = list(itertools.islice(table.rows_of(heading, cells(), swapped=False), 200))
    table.needs_axes(heading, sample, options)
    layer = Layer(path.stem, None)
    return Source(
        format="CSV",
        layer=layer,
        layers=[layer],
        crs=table.crs_of(heading, sample, options, notes),
        encoding=encoding,
        fields=heading.names,
        place_fields=heading.place_names,
        rows=lambda: table.rows_of(heading, cells(), swapped=swapped),
    )


def _encoding(path: Path, options: Options, notes: Notes) -> str:
    """Return the encoding by its mark, else by what all of the file's lines prove."""
    samples: list[bytes] = []
    size = 0
    with path.open("rb") as stream:
        head = stream.read(4)
        for mark, encoding in _MARKS:
            if head.startswith(mark):
                return encoding
        if not head:
            raise RefusedError("file_empty")
        stream.seek(0)
        for line in iter(lambda: stream.readline(_PIECE), b""):
            if not line.isascii() and size < 8 * _PIECE:
                samples.append(line)
                size += len(line)
    return encodings.decide(samples, chosen=options.encoding, declared=None, notes=notes)


def _separator(path: Path, encoding: str) -> str:
    """Return the separator that occurs most in the first lines; a comma if none does."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        head = "".join(itertools.islice(stream, 5))[:65_536]
    if "\0" in head:
        raise RefusedError("csv_broken", reason="NUL")
    return max(_SEPARATORS, key=head.count)
