"""A small picture of where the rows lie: paths for an SVG, some hundred shapes at most."""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.utils import CursorWrapper

MOST_SHAPES: Final = 800
_SHAPES: Final = """
    SELECT ST_AsSVG(
               ST_Scale(
                   ST_Simplify(CASE WHEN ST_Dimension(shape) = 0 THEN
                       ST_MakeLine(ST_PointOnSurface(shape),
                                   ST_Translate(ST_PointOnSurface(shape), 0.000001, 0))
                       ELSE shape END, %(detail)s, true),
                   cosd(%(latitude)s), 1), 0, 5),
           CASE WHEN EXISTS (SELECT 1 FROM import_problem p
                             WHERE p.row_number = draft.row_number) THEN 'bad'
                WHEN ST_Dimension(shape) = 0 THEN 'points' ELSE 'shapes' END
    FROM import_draft draft
    ORDER BY md5(row_number::text) LIMIT %(most)s
"""
_AREAS: Final = """
    SELECT ST_AsSVG(ST_Scale(ST_SimplifyPreserveTopology(boundary, %(detail)s),
                             cosd(%(latitude)s), 1), 0, 4)
    FROM sites_area
    WHERE level IN ('district', 'township') AND valid_to IS NULL
      AND boundary && ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4490)
    LIMIT 60
"""


def sketch(
    cursor: CursorWrapper, bounds: tuple[float, float, float, float] | None
) -> dict[str, Any]:
    """Return `{view, outlines, shapes, points, bad}` for the drafts in the temporary table.

    Longitudes are shrunk by the cosine of the latitude, so that shapes look as they are.
    """
    if bounds is None:
        return {}
    west, south, east, north = bounds
    margin = max(east - west, north - south, 0.01) * 0.08
    values = {
        "west": west - margin,
        "south": south - margin,
        "east": east + margin,
        "north": north + margin,
        "latitude": (south + north) / 2,
        "detail": max(east - west, north - south) / 600,
        "most": MOST_SHAPES,
    }
    cursor.execute("SELECT cosd(%s)", [values["latitude"]])
    shrink = float(cursor.fetchone()[0])
    cursor.execute(_SHAPES, values)
    drawn = cursor.fetchall()
    cursor.execute(_AREAS, values)
    width, height = (east - west + 2 * margin) * shrink, north - south + 2 * margin
    view = ((west - margin) * shrink, -(north + margin), width, height)
    return {
        "view": " ".join(f"{value:.5f}" for value in view),
        "outlines": [path for (path,) in cursor.fetchall() if path],
        **{
            group: [path for path, found in drawn if path and found == group]
            for group in ("shapes", "points", "bad")
        },
    }
