"""From `RawFeature` to `AreaDraft`: which unit a row is, by its code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely

from sites.fields import FieldType, SiteField, normalise_heading
from sites.imports.problems import FileProblemError, RowProblem
from sites.imports.sandbox import RawFeature
from sites.imports.values import Convert, ValueRefusedError, converter
from sites.kinds import CODE_LENGTHS, AreaLevel, UrbanRuralClass
from sites.models import Area

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": (
        *("code", "area_code", "区划代码", "行政区划代码", "统计用区划代码", "代码", "编码"),
        *("xzqh", "xzqhdm", "xzqdm", "qhdm", "adcode", "pac", "gb"),
    ),
    "name": ("name", "名称", "村名", "乡镇名称", "行政区名称", "xzqmc", "mc", "地名"),
    "name_en": ("name_en", "英文名称"),
    "population": ("population", "人口", "人口数", "总人口"),
    "households": ("households", "户数", "总户数"),
    "urban_rural_class": ("urban_rural_class", "城乡分类代码", "城乡分类"),
    "within": ("village_code", "村代码", "所属村代码", "parent", "parent_code"),
    "number": ("hamlet_id", "group_id", "组编号", "自然村编号", "编号", "id"),
}
_LAST_DIGITS: Final = re.compile(r"0*(\d{1,3})$")
_CODE: Final = re.compile(r"[0-9]+")


@dataclass(slots=True)
class AreaDraft:
    """A unit as a file has it. `outline` is a multipolygon, `centre` a point; one may be None."""

    row: int
    code: str
    level: str
    name: str
    values: dict[str, Any]
    outline: Any = None
    centre: Any = None


class AreaDrafter:
    """Turns rows into drafts; codes are the file's, or made from the village's for groups."""

    def __init__(self, columns: Iterable[str], level: str | None) -> None:
        by_heading: dict[str, str] = {}
        for column in columns:
            by_heading.setdefault(normalise_heading(column), column)
        self._level = level
        self._columns = {
            name: next(
                (by_heading[h] for h in map(normalise_heading, words) if h in by_heading), ""
            )
            for name, words in HEADINGS.items()
        }
        if not self._columns["name"] or not (self._columns["code"] or self._columns["within"]):
            raise FileProblemError("area_columns_missing", names=", ".join(columns)[:300])
        self._cells = {name: _converter(name) for name in HEADINGS if self._columns[name]}

    @property
    def mapping(self) -> dict[str, str]:
        """The columns that are used, by field."""
        return {name: column for name, column in self._columns.items() if column}

    def draft(self, feature: RawFeature) -> tuple[AreaDraft | None, list[RowProblem]]:
        """Return the draft of a row, or None with everything that is wrong with it."""
        problems: list[RowProblem] = []
        values: dict[str, Any] = {}
        for name, convert in self._cells.items():
            column = self._columns[name]
            try:
                values[name] = convert(feature.properties.get(column))
            except ValueRefusedError as error:
                problems.append(RowProblem(feature.row, error.code, column, error.values))
        code = self._code(feature.row, values, problems)
        if not values.get("name"):
            problems.append(RowProblem(feature.row, "name_missing", self._columns["name"]))
        if feature.problem is not None or feature.wkb is None:
            found = feature.problem or {"code": "geometry_missing"}
            problems.insert(0, RowProblem.from_reader(feature.row, found, code[:60]))
        if problems or feature.wkb is None:
            return None, problems
        draft = AreaDraft(feature.row, code, CODE_LENGTHS[len(code)], values["name"], values)
        return _with_place(draft, feature.wkb)

    def _code(self, row: int, values: dict[str, Any], problems: list[RowProblem]) -> str:
        """Return the unit's code; a group without one is numbered within its village."""
        code = values.pop("code", None)
        within, number = values.pop("within", None), values.pop("number", None)
        column = self._columns["code"] or self._columns["number"]
        if code is None and within:
            digits = _LAST_DIGITS.search(number or "")
            code = f"{within}{int(digits[1]):03d}" if digits else None
        if code is None:
            problems.append(RowProblem(row, "area_code_missing", column))
            return ""
        if not _CODE.fullmatch(code) or len(code) not in CODE_LENGTHS:
            problems.append(RowProblem(row, "area_code_form", column, {"value": code[:60]}))
        elif self._level and CODE_LENGTHS[len(code)] != self._level:
            found, wanted = CODE_LENGTHS[len(code)].label, AreaLevel(self._level).label
            shown = {"value": code, "found": str(found), "wanted": str(wanted)}
            problems.append(RowProblem(row, "area_level_differs", column, shown))
        return str(code)


def _with_place(draft: AreaDraft, wkb: bytes) -> tuple[AreaDraft | None, list[RowProblem]]:
    """Give the draft its outline and centre; a unit is an outline or a point."""
    shape: Any = shapely.from_wkb(wkb)
    if shape.geom_type == "Point":
        draft.centre = shape
    elif shape.geom_type in ("Polygon", "MultiPolygon"):
        parts = [shape] if shape.geom_type == "Polygon" else list(shape.geoms)
        draft.outline = shapely.MultiPolygon(parts)
        draft.centre = shapely.point_on_surface(shape)
    else:
        shown = {"found": shape.geom_type, "allowed": ["Point", "Polygon", "MultiPolygon"]}
        return None, [RowProblem(draft.row, "geometry_type", "", shown, draft.code)]
    return draft, []


def _converter(name: str) -> Convert:
    if name in ("population", "households"):
        column: Any = Area._meta.get_field(name)
        return converter(SiteField(name, name, name, FieldType.INTEGER), column, 1.0)
    if name == "urban_rural_class":
        entry = SiteField(name, name, name, FieldType.CHOICE, choices=UrbanRuralClass)
        return converter(entry, None, 1.0)
    limits: Any = Area._meta.get_field(name) if name in ("name", "name_en") else None
    return converter(SiteField(name, name, name), limits, 1.0)
