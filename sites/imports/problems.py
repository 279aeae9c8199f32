"""What can be wrong with a file or a row, and how it is said.

Each problem has a class, a stable code and a sentence in the reader's language. Codes and values
travel (from the child process, into the database, over the API); sentences are made when shown.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sites.imports.sentences import sentence


class ImportStoppedError(Exception):
    """An import ended before anything was written; the text is the sentence for the user."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return sentence(self.code, self.values)

    def as_json(self) -> dict[str, Any]:
        """Return the code, the values and the sentence."""
        return {"code": self.code, "message": str(self), **self.values}


class FileProblemError(ImportStoppedError):
    """The file can't be imported as it is."""


class QuestionError(ImportStoppedError):
    """The file is readable, but somebody must choose: layer, CRS, encoding or axes."""

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The possible answers, as `{"value", "label", …}`."""
        return list(self.values.get("choices", []))


class CancelledError(Exception):
    """Somebody cancelled the import; nothing was written."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why one row can't be taken: where it is, which field, which rule, which values."""

    row: int
    code: str
    field: str = ""
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    identifier: str = ""

    @classmethod
    def from_reader(cls, row: int, problem: Mapping[str, Any], identifier: str = "") -> RowProblem:
        """Return the problem that the sandboxed reader found in a row."""
        values = {k: v for k, v in problem.items() if k not in ("code", "field")}
        return cls(row, str(problem["code"]), str(problem.get("field", "")), values, identifier)

    @property
    def message(self) -> str:
        """The sentence in the language that is active."""
        return sentence(self.code, {"field": self.field, **self.values})

    def as_json(self, file: str) -> dict[str, Any]:
        """Return the problem as the API and the database hold it."""
        return {
            "file": file,
            "feature": self.row,
            "identifier": self.identifier,
            "field": self.field,
            "code": self.code,
            "message": self.message,
            "values": dict(self.values),
        }
