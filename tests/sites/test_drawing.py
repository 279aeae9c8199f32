"""Small maps: north is up, lengths are true, the scale bar is round."""

from __future__ import annotations

import math
import re

import pytest
from django.contrib.gis.geos import MultiPolygon, Point
from django.utils import translation
from pyproj import Geod

from sites.drawing import Shape, drawing
from tests.factories import line, polygon


def _points(path):
    return [tuple(map(float, pair.split())) for pair in re.findall(r"[-\d.]+ [-\d.]+", path)]


def _drawn(geometry, **extra):
    with translation.override("en"):
        return drawing([Shape(geometry, "actual")], focus=[geometry], **extra)


def test_the_scale_bar_measures_what_is_drawn():
    road = line((117.05, 31.05), (117.08, 31.07))
    picture = _drawn(road)
    (x1, y1), (x2, y2) = _points(picture.shapes[0].path)
    drawn = math.hypot(x2 - x1, y2 - y1)
    truth = Geod(ellps="GRS80").inv(117.05, 31.05, 117.08, 31.07)[2]
    bar_m = {"500 m": 500, "1 km": 1000}[picture.bar_label]
    assert drawn * bar_m / picture.bar_units == pytest.approx(truth, rel=0.001)


def test_everything_in_focus_lies_inside_the_picture_and_north_is_up():
    picture = _drawn(line((117.0, 31.0), (117.3, 31.001), (117.3, 31.2)))
    points = _points(picture.shapes[0].path)
    assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in points)
    assert points[2][1] < points[0][1]


def test_areas_are_closed_ring_by_ring():
    both = MultiPolygon(polygon(117, 31, 117.1, 31.1), polygon(117.2, 31, 117.3, 31.1), srid=4490)
    shape = _drawn(both).shapes[0]
    assert shape.is_area
    assert (shape.path.count("M"), shape.path.count("Z")) == (2, 2)


def test_a_single_point_gets_its_surroundings():
    picture = _drawn(Point(117.05, 31.05, srid=4490))
    assert picture.shapes[0].points == ((picture.width / 2, picture.height / 2),)
    assert picture.bar_label == "100 m"


def test_nothing_in_focus_is_no_picture():
    assert drawing([], focus=[]) is None
