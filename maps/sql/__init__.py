"""Named SQL statements, one a file beside this one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@cache
def statement(name: str) -> str:
    """Return the text of `<name>.sql`; the words in braces stand for our own SQL, never values."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
