"""Drafts into a temporary table by COPY: nothing is visible to anybody before the commit."""

from __future__ import annotations

import datetime
import struct
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from importlib import resources
from typing import Any, Final

from django.db import connection
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from sites.geometry import STORED_SRID
from sites.identifiers import new_id
from sites.imports.columns import LOOKUPS, plain_columns
from sites.imports.drafting import SiteDraft

TABLES: Final = (
    "import_draft",
    "import_problem",
    "import_outline",
    "import_district",
    "import_named",
    "import_placed",
    "import_matched",
    "import_linked",
    "import_plan",
)
STATEMENT_MINUTES: Final = 30
_ROWS_A_WRITE: Final = 1_000
_SRID: Final = struct.pack("<I", STORED_SRID)
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def query(name: str, /, **parts: sql.Composable) -> str:
    """Return a named statement of `sites/imports/sql` with its identifiers filled in."""
    text = (resources.files("sites.imports") / "sql" / f"{name}.sql").read_text(encoding="utf-8")
    return sql.SQL(text).format(**parts).as_string(connection.connection)


def value_column(field: str) -> sql.Composable:
    """Return the draft table's column of a field."""
    return sql.SQL("draft.") + sql.Identifier(f"v_{field}")


def prepare_session(cursor: CursorWrapper) -> None:
    """Let the transaction's statements take their time, and memory for joins and indexes."""
    cursor.execute(
        f"SET LOCAL statement_timeout = '{STATEMENT_MINUTES}min'; SET LOCAL work_mem = '64MB'"
    )


def create_tables(cursor: CursorWrapper, fields: Iterable[str], kind: str | None) -> None:
    """Create the temporary tables of a run with a typed column for each mapped field."""
    plain = plain_columns(kind)
    columns = [
        sql.SQL(", {} {}").format(
            sql.Identifier(f"v_{name}"),
            sql.SQL("text" if name in LOOKUPS else plain[name].type),
        )
        for name in fields
    ]
    for table in TABLES:
        cursor.execute(f'DROP TABLE IF EXISTS pg_temp."{table}"')
    cursor.execute(query("stage", columns=sql.SQL("").join(columns)))


def copy_drafts(drafts: Iterator[SiteDraft], fields: tuple[str, ...]) -> int:
    """Write drafts to the temporary table as they come; returns how many."""
    names = ["row_number", "new_id", "kind", "source", "source_id", "code", "shape"]
    names += [f"v_{name}" for name in fields]
    statement = sql.SQL("COPY import_draft ({}) FROM STDIN").format(
        sql.SQL(", ").join(map(sql.Identifier, names))
    )
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        lines: list[str] = []
        for draft in drafts:
            lines.append(_line(draft))
            if len(lines) >= _ROWS_A_WRITE:
                copy.write("".join(lines))
                count += len(lines)
                lines.clear()
        copy.write("".join(lines))
        count += len(lines)
    return count


def _line(draft: SiteDraft) -> str:
    row, kind, source, source_id, code, wkb, values = draft
    cells = [str(row), str(new_id()), kind, _text(source), _text(source_id)]
    cells.append("\\N" if code is None else _text(code))
    cells.append(_with_srid(wkb))
    cells += [
        "\\N" if value is None else _WRITERS.get(type(value), _text)(value) for value in values
    ]
    return "\t".join(cells) + "\n"


def _text(value: Any) -> str:
    return str(value).translate(_ESCAPES)


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    int: str,
    Decimal: lambda value: format(value, "f"),
    datetime.date: datetime.date.isoformat,
    bool: lambda value: "t" if value else "f",
}


def _with_srid(wkb: bytes) -> str:
    """Return little-endian WKB as hexadecimal EWKB that names the stored CRS."""
    head = struct.pack("<BI", 1, int.from_bytes(wkb[1:5], "little") | 0x20000000)
    return (head + _SRID + wkb[5:]).hex()
