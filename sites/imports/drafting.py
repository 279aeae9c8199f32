"""From `RawFeature` to `SiteDraft`: every value converted and checked, or a problem each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import orjson

from sites.fields import BY_NAME
from sites.geometry import GEOMETRY_TYPES_BY_KIND
from sites.imports.columns import plain_columns
from sites.imports.mapping import FieldMapping
from sites.imports.problems import RowProblem
from sites.imports.sandbox import RawFeature
from sites.imports.values import ChoiceConverter, Convert, ValueRefusedError, converter
from sites.kinds import Kind

_TYPE_NAMES: Final = {
    1: "Point",
    2: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
}
_DATES: Final = (("planned_start", "planned_finish"), ("actual_start", "actual_finish"))
LONGEST_IDENTIFIER: Final = 120
FINGERPRINT: Final = "sha256-"
"""How the identifier of a row begins that has none of its own."""


class SiteDraft(NamedTuple):
    """A row that obeys every rule which needs no look into the register.

    `values` are typed and in the drafter's order of fields; `wkb` is CGCS2000.
    """

    row: int
    kind: str
    source: str
    source_id: str
    code: str | None
    wkb: bytes
    values: tuple[Any, ...]


class Drafter:
    """Turns the rows of one file into drafts of sites of one kind (None: each row says its own)."""

    def __init__(
        self, *, mapping: FieldMapping, kind: str | None, source: str, columns: Iterable[str]
    ) -> None:
        self.kind = kind
        self._default_source = source
        self._columns = set(columns)
        self.late_columns: set[str] = set()
        self.fields: tuple[str, ...] = tuple(
            name for name in mapping.sources if name not in ("source", "source_id", "code")
        )
        self._kind_column = next((c for c in self._columns if c.lower() == "kind"), None)
        self._cells: dict[str, tuple[str, Convert]] = {}
        plain = plain_columns(kind)
        for name, origin in mapping.sources.items():
            model_field = plain[name].model_field if name in plain else None
            self._cells[name] = (
                origin.column,
                converter(BY_NAME[name], model_field, origin.factor),
            )

    def draft(self, feature: RawFeature) -> tuple[SiteDraft | None, list[RowProblem]]:
        """Return the draft of a row, or None with everything that is wrong with it."""
        problems: list[RowProblem] = []
        values = self._convert(feature, problems)
        identifier = self._identifier(feature, values)
        kind = self._kind_of(feature, problems)
        if feature.problem is not None or feature.wkb is None:
            found = feature.problem or {"code": "geometry_missing"}
            problems.insert(0, RowProblem.from_reader(feature.row, found))
        elif kind:
            self._check_geometry(feature.row, feature.wkb, kind, problems)
        self._check_values(feature.row, values, problems)
        if problems or feature.wkb is None or not kind:
            shown = "" if identifier.startswith(FINGERPRINT) else identifier[:60]
            known = [RowProblem(p.row, p.code, p.field, p.values, shown) for p in problems]
            return None, known
        draft = SiteDraft(
            feature.row,
            kind,
            values.get("source") or self._default_source,
            identifier,
            values.get("code"),
            feature.wkb,
            tuple(values.get(name) for name in self.fields),
        )
        return draft, []

    def left_empty(self) -> list[dict[str, Any]]:
        """Return a note for each word that was too vague for a code."""
        return [
            {"code": "vague_word", "word": word, "field": column, "count": count}
            for column, convert in self._cells.values()
            if isinstance(convert, ChoiceConverter)
            for word, count in convert.left_empty.items()
        ]

    def _convert(self, feature: RawFeature, problems: list[RowProblem]) -> dict[str, Any]:
        properties = feature.properties
        if not self._columns.issuperset(properties):
            self.late_columns.update(set(properties) - self._columns)
        values: dict[str, Any] = {}
        for name, (column, convert) in self._cells.items():
            try:
                values[name] = convert(properties.get(column))
            except ValueRefusedError as error:
                problems.append(RowProblem(feature.row, error.code, column, error.values))
        return values

    def _identifier(self, feature: RawFeature, values: Mapping[str, Any]) -> str:
        """Return what names the row in its source: its own identifier, else its fingerprint."""
        own = values.get("source_id") or values.get("code") or feature.own_id
        if own:
            return str(own)
        content = orjson.dumps(feature.properties, option=orjson.OPT_SORT_KEYS)
        digest = hashlib.sha256((feature.wkb or b"") + content)
        return f"{FINGERPRINT}{digest.hexdigest()[:32]}"

    def _kind_of(self, feature: RawFeature, problems: list[RowProblem]) -> str:
        """Return the row's kind; a file of our own says it in each row."""
        said = feature.properties.get(self._kind_column) if self._kind_column else None
        if said in Kind.values:
            if self.kind is None or said == self.kind:
                return str(said)
            values = {"found": str(Kind(said).label), "wanted": str(Kind(self.kind).label)}
            problems.append(RowProblem(feature.row, "other_kind", "kind", values))
            return ""
        if self.kind is None:
            problems.append(RowProblem(feature.row, "kind_missing", "kind"))
            return ""
        return self.kind

    @staticmethod
    def _check_geometry(row: int, wkb: bytes, kind: str, problems: list[RowProblem]) -> None:
        found = _TYPE_NAMES.get(int.from_bytes(wkb[1:5], "little"), "GeometryCollection")
        allowed = GEOMETRY_TYPES_BY_KIND[kind]
        if found not in allowed:
            values = {"found": found, "allowed": list(allowed)}
            problems.append(RowProblem(row, "geometry_type", "", values))

    def _check_values(
        self, row: int, values: Mapping[str, Any], problems: list[RowProblem]
    ) -> None:
        for first, last in _DATES:
            start, finish = values.get(first), values.get(last)
            if start and finish and finish < start:
                shown = {"start": start.isoformat(), "finish": finish.isoformat()}
                problems.append(RowProblem(row, "dates_out_of_order", self._column(last), shown))
        year = values.get("year")
        if year is not None and not 1949 <= year <= 2100:
            shown = {"value": year, "low": 1949, "high": 2100}
            problems.append(RowProblem(row, "out_of_range", self._column("year"), shown))
        progress = values.get("progress_percent")
        if progress is not None and progress > 100:
            shown = {"value": str(progress), "low": 0, "high": 100}
            problems.append(
                RowProblem(row, "out_of_range", self._column("progress_percent"), shown)
            )
        _check_codes(row, values, self._column, problems)

    def _column(self, name: str) -> str:
        return self._cells[name][0] if name in self._cells else name


def _check_codes(
    row: int, values: Mapping[str, Any], column: Any, problems: list[RowProblem]
) -> None:
    """Check the forms of codes as the register's constraints have them."""
    code = values.get("code")
    if code and (any(c.isspace() or c in ",;" for c in code) or len(code) > 60):
        problems.append(RowProblem(row, "code_form", column("code"), {"value": code[:60]}))
    identifier = values.get("source_id")
    if identifier and len(identifier) > LONGEST_IDENTIFIER:
        shown = {"length": len(identifier), "limit": LONGEST_IDENTIFIER}
        problems.append(RowProblem(row, "text_too_long", column("source_id"), shown))
    route = values.get("route_code")
    if route and not _is_route_code(route):
        problems.append(RowProblem(row, "route_code_form", column("route_code"), {"value": route}))
    if values.get("visibility") == "public" and values.get("household_reference"):
        problems.append(RowProblem(row, "household_public", column("visibility")))


def _is_route_code(code: str) -> bool:
    rest = code[1:]
    return (
        code[0] in "GSXYCZ"
        and 3 <= len(rest) <= 15
        and rest.isascii()
        and rest.isalnum()
        and rest == rest.upper()
    )
