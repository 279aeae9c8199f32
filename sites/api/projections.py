"""Geometry as the database writes it for the API."""

from __future__ import annotations

from django.db.models import Func, TextField


class AsRfc7946(Func):
    """A geometry as GeoJSON text: seven decimals, exterior rings counter-clockwise, no `crs`.

    Option 0 keeps PostGIS from adding a `crs` member, which RFC 7946 has abolished.
    """

    template = "ST_AsGeoJSON(ST_ForcePolygonCCW(%(expressions)s), 7, 0)"
    output_field = TextField()
