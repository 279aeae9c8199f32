"""What units of one level owe each other: no overlap, inside their parent, no shifted outline."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from pyproj import Geod
from shapely.affinity import translate

from sites.imports.area_drafting import AreaDraft
from sites.imports.problems import RowProblem

MOST_OVERLAP: Final = 0.01
"""Share of the smaller unit that may lie in its neighbour: outlines are drawn by hand."""
MOST_OUTSIDE: Final = 0.02
POINT_TOLERANCE_M: Final = 500
_SHIFT_M: Final = (150, 1_200)
"""GCJ-02 moves places in China by 348 m on average, at most by about a kilometre."""
_GEOD: Final = Geod(ellps="GRS80")


@dataclass(frozen=True, slots=True)
class Known:
    """A unit that is in the register already."""

    code: str
    level: str
    name: str
    outline: Any


def check(
    drafts: Sequence[AreaDraft], known: Mapping[str, Known]
) -> tuple[list[RowProblem], list[dict[str, Any]]]:
    """Return what is wrong between the drafts and the units in force, and what is worth a note."""
    astray: list[float] = []
    problems = list(_repeated(drafts))
    outlines = {code: unit.outline for code, unit in known.items() if unit.outline is not None}
    outlines.update({d.code: d.outline for d in drafts if d.outline is not None})
    names = {code: unit.name for code, unit in known.items()} | {d.code: d.name for d in drafts}
    for draft in drafts:
        problems += _inside_parent(draft, outlines, names, astray)
        if draft.outline is not None and draft.code in known:
            problems += _shifted(draft, known[draft.code])
    problems += _overlaps(drafts, known)
    notes: list[dict[str, Any]] = []
    if astray:
        worst = round(max(astray) / 1000, 1)
        notes.append({"code": "centres_outside_parent", "count": len(astray), "kilometres": worst})
    return problems, notes


def _repeated(drafts: Iterable[AreaDraft]) -> Iterable[RowProblem]:
    first: dict[str, int] = {}
    for draft in drafts:
        if draft.code in first:
            shown = {"first": first[draft.code], "identifier": draft.code}
            yield RowProblem(draft.row, "duplicate_in_file", "code", shown, draft.code)
        first.setdefault(draft.code, draft.row)


def _inside_parent(
    draft: AreaDraft, outlines: Mapping[str, Any], names: Mapping[str, str], astray: list[float]
) -> list[RowProblem]:
    """Check a unit against the outlines that its code lies under.

    An outline must lie in the smallest of them, a centre in the largest: township outlines are
    often only sketched, so a centre astray of its township is noted in `astray` (metres).
    """
    around = [code for code in outlines if code != draft.code and draft.code.startswith(code)]
    if not around:
        return []
    parent = max(around, key=len)
    outline = outlines[parent]
    if draft.outline is not None:
        outside = draft.outline.difference(outline).area / draft.outline.area
        if outside <= MOST_OUTSIDE:
            return []
        shown: dict[str, Any] = {"name": names[parent], "percent": round(outside * 100, 1)}
        return [RowProblem(draft.row, "area_outside_parent", "", shown, draft.code)]
    distance = metres_between(outline, draft.centre)
    if distance <= POINT_TOLERANCE_M:
        return []
    parent = min(around, key=len)
    if metres_between(outlines[parent], draft.centre) <= POINT_TOLERANCE_M:
        astray.append(distance)
        return []
    distance = metres_between(outlines[parent], draft.centre)
    shown = {"name": names[parent], "kilometres": round(distance / 1000, 1)}
    return [RowProblem(draft.row, "outside_named_area", "", shown, draft.code)]


def metres_between(outline: Any, place: Any) -> float:
    """Return the distance in metres between the nearest points of two geometries in degrees."""
    line = shapely.shortest_line(outline, place)
    return float(_GEOD.geometry_length(line))


def _shifted(draft: AreaDraft, known: Known) -> list[RowProblem]:
    """Refuse an outline that is the register's own, only moved: the mark of GCJ-02 coordinates."""
    if known.outline is None:
        return []
    old, new = known.outline.centroid, draft.outline.centroid
    azimuth, _, metres = _GEOD.inv(old.x, old.y, new.x, new.y)
    if not _SHIFT_M[0] <= metres <= _SHIFT_M[1]:
        return []
    back = translate(draft.outline, old.x - new.x, old.y - new.y)
    apart = draft.outline.symmetric_difference(known.outline).area
    apart_when_moved_back = back.symmetric_difference(known.outline).area
    if apart_when_moved_back > apart / 3:
        return []
    directions = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
    shown = {
        "name": known.name,
        "metres": round(metres),
        "direction": directions[math.floor((azimuth % 360 + 22.5) / 45) % 8],
    }
    return [RowProblem(draft.row, "area_shifted", "", shown, draft.code)]


def _overlaps(drafts: Sequence[AreaDraft], known: Mapping[str, Known]) -> list[RowProblem]:
    """Check outlines against those of the same level, in the file and in the register."""
    replaced = {draft.code for draft in drafts}
    units = [
        (unit.code, unit.level, unit.name, unit.outline)
        for unit in known.values()
        if unit.outline is not None and unit.code not in replaced
    ]
    units += [(d.code, d.level, d.name, d.outline) for d in drafts if d.outline is not None]
    if not units:
        return []
    tree = shapely.STRtree([unit[3] for unit in units])
    problems: list[RowProblem] = []
    for draft in drafts:
        if draft.outline is None:
            continue
        for index in tree.query(draft.outline, predicate="intersects"):
            code, level, name, outline = units[index]
            if level != draft.level or code == draft.code:
                continue
            share = draft.outline.intersection(outline).area / min(draft.outline.area, outline.area)
            if share > MOST_OVERLAP:
                shown = {"name": name, "percent": round(share * 100, 1)}
                problems.append(RowProblem(draft.row, "area_overlaps", "", shown, draft.code))
                break
    return problems
