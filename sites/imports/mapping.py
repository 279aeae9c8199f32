"""Which column of a file feeds which field of a site: matched by name, then the user's to edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sites.fields import BY_NAME, FieldType, SiteField, fields_of, normalise_heading
from sites.imports.columns import LOOKUPS
from sites.imports.headings import ABBREVIATIONS, IDENTIFIERS, LENGTH_IN_KILOMETRES
from sites.imports.problems import FileProblemError
from sites.imports.values import ValueRefusedError, converter

FEWEST_SAMPLES: Final = 2
"""A column is judged by its values only when so many different ones were seen."""
_NUMBERS: Final = (FieldType.DECIMAL, FieldType.INTEGER)
_UNITS: Final = ("公里", "km", "千米", "m", "米", "%", "人", "户", "㎡", "m2", "平方米", "m3d")


@dataclass(frozen=True, slots=True)
class FieldSource:
    """A column of the file, and the factor that turns its unit into the field's own."""

    column: str
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """Fields of a site and the columns that feed them."""

    sources: Mapping[str, FieldSource]

    @classmethod
    def from_json(
        cls, content: Any, columns: Iterable[str] | None, kind: str | None
    ) -> FieldMapping:
        """Read `{"field": "column" | {"column", "factor"} | null}`.

        Raises `FileProblemError` for a field that the kind lacks or a column that the file lacks;
        `columns` None means that they are not known before the whole file was read.
        """
        if not isinstance(content, Mapping):
            raise FileProblemError("mapping_unreadable")
        known = {entry.name for entry in fields_of(kind) if entry.writable}
        available = None if columns is None else set(columns)
        sources: dict[str, FieldSource] = {}
        for name, given in content.items():
            if given in (None, ""):
                continue
            if name not in known:
                raise FileProblemError("mapping_field_unknown", field=str(name)[:60])
            source = _source(BY_NAME[name], given)
            if available is not None and source.column not in available:
                raise FileProblemError("mapping_column_missing", column=source.column[:60])
            sources[name] = source
        return cls(sources)

    @classmethod
    def matched(
        cls, columns: Iterable[str], kind: str | None, samples: Mapping[str, list[str]]
    ) -> FieldMapping:
        """Return the mapping by names and synonyms; one column may feed several fields.

        A column of which no sample can be a value of the field is left alone: `STATE` may be a
        state of a country.
        """
        by_heading: dict[str, str] = {}
        for column in columns:
            by_heading.setdefault(normalise_heading(column), column)
        sources: dict[str, FieldSource] = {}
        for entry in fields_of(kind):
            if not entry.writable:
                continue
            best = _best_column(entry, by_heading)
            if best is not None and _is_plausible(entry, samples.get(best, [])):
                sources[entry.name] = _source(entry, best)
        _add_code(sources, by_heading)
        return cls(sources)

    def as_json(self) -> dict[str, Any]:
        """Return the mapping as it is saved and shown."""
        return {
            name: source.column
            if source.factor == 1.0
            else {"column": source.column, "factor": source.factor}
            for name, source in self.sources.items()
        }

    def unused(self, columns: Iterable[str]) -> list[str]:
        """Return the columns that feed nothing, so that nothing is lost without a word."""
        used = {source.column for source in self.sources.values()}
        return [column for column in columns if column not in used]


def _best_column(entry: SiteField, by_heading: Mapping[str, str]) -> str | None:
    """Return the column of the field's name, else of the first synonym that is there."""
    words = (entry.name, *entry.synonyms, *ABBREVIATIONS.get(entry.name, ()))
    for word in words:
        heading = normalise_heading(word)
        if heading not in by_heading and entry.value_type in _NUMBERS:
            heading = _with_unit(heading, by_heading)
        column = by_heading.get(heading)
        if column is not None:
            return column
    return None


def _is_plausible(entry: SiteField, samples: list[str]) -> bool:
    if entry.name in LOOKUPS or len(samples) < FEWEST_SAMPLES:
        return True
    convert = converter(entry, None, 1.0)
    for sample in samples:
        try:
            convert(sample)
        except ValueRefusedError:
            continue
        return True
    return False


def _with_unit(heading: str, by_heading: Mapping[str, str]) -> str:
    """Return the heading that is the word and a unit, such as `长度公里` for `长度`."""
    for unit in _UNITS:
        if heading + unit in by_heading:
            return heading + unit
    return heading


def _add_code(sources: dict[str, FieldSource], by_heading: Mapping[str, str]) -> None:
    """Let another identifying column be the site's code where no column is called so."""
    if "code" in sources or "source_id" in sources:
        return
    for heading in IDENTIFIERS:
        column = by_heading.get(normalise_heading(heading))
        if column is not None:
            sources["code"] = FieldSource(column)
            if "area" in sources and sources["area"].column == column:
                del sources["area"]
            return


def _source(entry: SiteField, given: Any) -> FieldSource:
    """Return the source of a field; the unit in a heading gives the factor."""
    if isinstance(given, Mapping):
        factor = given.get("factor", 1.0)
        if isinstance(factor, bool) or not isinstance(factor, int | float) or not 0 < factor < 1e9:
            raise FileProblemError("mapping_unreadable")
        return FieldSource(str(given.get("column", "")), float(factor))
    column = str(given)
    return FieldSource(column, _factor(entry, column))


def _factor(entry: SiteField, column: str) -> float:
    if not entry.factors:
        return 1.0
    heading = normalise_heading(column)
    if heading in LENGTH_IN_KILOMETRES:
        return 1000.0
    endings = [word for word in entry.factors if heading.endswith(word)]
    return entry.factors[endings[0]] if endings else 1.0
