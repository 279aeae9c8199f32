"""How reading can end other than well: refused, or a question to the user."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Problem = dict[str, Any]
"""`{"code": …, "field": …, …values}`: what is wrong with one row, without words."""


class ReadingStoppedError(Exception):
    """Reading ended early; `code` is stable, `values` fill its sentence."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class RefusedError(ReadingStoppedError):
    """The file can't be imported as it is."""


class AskedError(ReadingStoppedError):
    """The file is readable, but the user must choose: a layer, a CRS, an encoding, axes.

    `values["choices"]` is a list of `{"value", "label", …}`.
    """


@dataclass(slots=True)
class Options:
    """What the user has already said about the file. `limit` stops after that many rows."""

    layer: str | None = None
    srid: int | None = None
    encoding: str | None = None
    axes: str | None = None
    limit: int | None = None


@dataclass(slots=True)
class Notes:
    """Things worth telling that stop nothing, such as a guessed encoding."""

    items: list[Problem] = field(default_factory=list)

    def add(self, code: str, **values: Any) -> None:
        """Keep one note; the same note is kept once."""
        note = {"code": code, **values}
        if note not in self.items:
            self.items.append(note)
