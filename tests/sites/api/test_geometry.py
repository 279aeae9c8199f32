"""A bad geometry never gets as far as the database, and the answer says where it is bad."""

from __future__ import annotations

import pytest
from rest_framework.exceptions import ValidationError

from sites.api.geojson import DEPTHS, MAX_POSITIONS, read_geometry


def _line(*positions):
    return {"type": "LineString", "coordinates": [list(position) for position in positions]}


def _polygon(*positions):
    return {"type": "Polygon", "coordinates": [[list(position) for position in positions]]}


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "not_geometry"),
        ("POINT (1 1)", "not_geometry"),
        ({"type": "Point"}, "not_position"),
        ({"type": "Curve", "coordinates": [1, 2]}, "wrong_type"),
        ({"type": ["Point"], "coordinates": [1, 2]}, "wrong_type"),
        ({"type": "Point", "coordinates": [1, 2], "crs": {}}, "unknown_member"),
        ({"type": "GeometryCollection", "geometries": []}, "unknown_member"),
        ({"type": "Point", "coordinates": [1]}, "not_position"),
        ({"type": "Point", "coordinates": [1, 2, 3]}, "not_position"),
        ({"type": "Point", "coordinates": ["1", "2"]}, "not_finite"),
        ({"type": "Point", "coordinates": [True, False]}, "not_finite"),
        ({"type": "Point", "coordinates": [float("nan"), 2]}, "not_finite"),
        ({"type": "Point", "coordinates": [10**400, 2]}, "not_finite"),
        ({"type": "Point", "coordinates": [1000, 2000]}, "out_of_bounds"),
        ({"type": "Point", "coordinates": [31.05, 117.05]}, "out_of_bounds"),
        ({"type": "LineString", "coordinates": []}, "not_coordinates"),
        ({"type": "LineString", "coordinates": [1, 2]}, "not_position"),
        (_line((117, 31)), "not_geometry"),
        (_line((117, 31), (117, 31)), "not_valid"),
        (_polygon((0, 0), (1, 1)), "not_geometry"),
        (_polygon((0, 0), (1, 1), (1, 0), (0, 1), (0, 0)), "not_valid"),
        (_line(*[(0, i / 1e6) for i in range(MAX_POSITIONS + 1)]), "bad_size"),
    ],
)
def test_it_is_refused_with_a_code(geometry, code):
    with pytest.raises(ValidationError) as caught:
        read_geometry(geometry, DEPTHS)
    assert caught.value.detail[0].code == code


def test_the_place_of_a_crossing_is_told():
    with pytest.raises(ValidationError, match=r"0\.5 0\.5"):
        read_geometry(_polygon((0, 0), (1, 1), (1, 0), (0, 1), (0, 0)), DEPTHS)


def test_what_is_in_order_is_stored_as_cgcs2000():
    geometry = read_geometry(_line((117.0123456, 31.5), (117.1, 31.6)), DEPTHS)
    assert geometry.srid == 4490
    assert geometry.coords == ((117.0123456, 31.5), (117.1, 31.6))
