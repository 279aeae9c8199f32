"""Geometry as the database writes it for the API."""

from __future__ import annotations

from django.db.models import Func, TextField


class AsRfc7946(Func):
    """A geometry as GeoJSON text: seven decimals, exterior rings counter-clockwise, no `crs`.

    Option 0 keeps PostGIS from adding a `crs` member, which RFC 7946 has abolished. Only polygons
    are turned: `ST_ForcePolygonCCW` would reverse lines too, and a road has a beginning.
    """

    template = (
        "ST_AsGeoJSON(CASE WHEN ST_Dimension(%(expressions)s) = 2"
        " THEN ST_ForcePolygonCCW(%(expressions)s) ELSE %(expressions)s END, 7, 0)"
    )
    output_field = TextField()
