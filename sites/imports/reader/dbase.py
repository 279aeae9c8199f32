"""dBASE tables beside shapefiles: fixed-width records, each text in the table's encoding."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from sites.imports.reader.outcome import RefusedError

_HEADER: Final = struct.Struct("<B3xIHH17xB2x")
_MAX_RECORD: Final = 65_535
_RECORDS_A_PIECE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its raw name, its type letter and its decimals."""

    raw_name: bytes
    type: str
    width: int
    decimals: int


@dataclass(frozen=True, slots=True)
class Table:
    """The heading of a table: how many records, how long each, which columns."""

    records: int
    record_bytes: int
    header_bytes: int
    language_driver: int
    columns: tuple[Column, ...]


def read_table(stream: IO[bytes]) -> Table:
    """Read the heading and leave the stream at the first record; raises `RefusedError`."""
    head = stream.read(32)
    if len(head) < 32:
        raise RefusedError("dbf_broken")
    _, records, header_bytes, record_bytes, driver = _HEADER.unpack(head)
    if header_bytes < 33 or not 1 <= record_bytes <= _MAX_RECORD:
        raise RefusedError("dbf_broken")
    rest = stream.read(header_bytes - 32)
    columns = tuple(_columns(rest))
    if len(rest) != header_bytes - 32 or 1 + sum(c.width for c in columns) > record_bytes:
        raise RefusedError("dbf_broken")
    return Table(records, record_bytes, header_bytes, driver, columns)


def _columns(rest: bytes) -> Iterator[Column]:
    for start in range(0, len(rest) - 31, 32):
        piece = rest[start : start + 32]
        if piece[0] == 0x0D:
            return
        name = piece[:11].split(b"\0")[0]
        yield Column(name, chr(piece[11]), piece[16], piece[17])


def raw_records(stream: IO[bytes], table: Table) -> Iterator[tuple[bytes, ...]]:
    """Yield the fields of each record as bytes, the deletion flag first."""
    used = 1 + sum(column.width for column in table.columns)
    layout = struct.Struct(
        "1s" + "".join(f"{c.width}s" for c in table.columns) + f"{table.record_bytes - used}x"
    )
    left = table.records
    while left > 0:
        piece = stream.read(table.record_bytes * min(left, _RECORDS_A_PIECE))
        whole = len(piece) - len(piece) % table.record_bytes
        if not whole:
            return
        yield from layout.iter_unpack(piece[:whole])
        left -= whole // table.record_bytes


def text_samples(stream: IO[bytes], table: Table, limit: int = 2_000_000) -> list[bytes]:
    """Return every different text that is not ASCII, column names included, up to a limit."""
    texts = [position + 1 for position, c in enumerate(table.columns) if c.type == "C"]
    found: dict[bytes, None] = {c.raw_name: None for c in table.columns if not c.raw_name.isascii()}
    size = 0
    for record in raw_records(stream, table):
        for position in texts:
            value = record[position]
            if not value.isascii():
                value = value.rstrip(b" \0")
                if value not in found:
                    found[value] = None
                    size += len(value)
        if size > limit:
            break
    return list(found)


def converters(table: Table, encoding: str) -> list[Callable[[bytes], Any]]:
    """Return a converter for each column; a converter raises ValueError for what it can't read."""
    return [_converter(column, encoding) for column in table.columns]


def column_names(table: Table, encoding: str) -> list[str]:
    """Return the columns' names as text."""
    return [c.raw_name.decode(encoding, errors="replace").strip() for c in table.columns]


def _converter(column: Column, encoding: str) -> Callable[[bytes], Any]:
    if column.type in "NF":
        return _number
    if column.type == "D":
        return _date
    if column.type == "L":
        return lambda raw: {b"T": True, b"Y": True, b"F": False, b"N": False}.get(raw.upper())
    if column.type == "C":
        decoder = codecs.getincrementaldecoder(encoding)
        return lambda raw: decoder("strict").decode(raw.rstrip(b" \0"), False).strip() or None
    return lambda raw: None


def _number(raw: bytes) -> int | float | None:
    text = raw.strip(b" \0")
    if not text or text.startswith(b"*"):
        return None
    try:
        return int(text)
    except ValueError:
        return float(text)


def _date(raw: bytes) -> str | None:
    text = raw.strip(b" \0").decode("ascii")
    if not text or text == "00000000":
        return None
    if len(text) != 8 or not text.isdigit():
        raise ValueError("not a date")
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"
