"""Populations from files: what is taken, what is left out, and what is refused by name."""

from __future__ import annotations

import datetime
import json
import struct
import zlib
from decimal import Decimal

import pytest
from django.contrib.gis.geos import MultiPolygon

from maps.coverage.population import NobodyCounted
from maps.coverage.population_file import FileRefused, population_from_file
from maps.models import PopulationSet
from sites.access import Scope
from sites.imports.problems import FileProblemError
from sites.services import NotPermitted, RefusedByRegister
from tests.factories.coverage import road, run
from tests.factories.records import SRID, AreaFactory, polygon


@pytest.fixture
def district(db):
    """A district of one township."""
    district = AreaFactory()
    AreaFactory(
        code="340199100",
        name="青溪镇",
        level="township",
        parent=district,
        boundary=MultiPolygon(polygon(117.0, 31.0, 117.4, 31.2), srid=SRID),
    )
    return district


def keep(path, area, **values):
    """Keep the file's people by the operator."""
    asked = {
        "name": "人口",
        "year": 2023,
        "on": datetime.date(2023, 12, 31),
        "actor": None,
        "scope": Scope.internal(),
        **values,
    }
    return population_from_file(path=path, area=area, **asked)


def written(folder, *features):
    """A GeoJSON file of (geometry, properties) pairs."""
    path = folder / "people.geojson"
    rows = [{"type": "Feature", "geometry": g, "properties": p} for g, p in features]
    text = json.dumps({"type": "FeatureCollection", "features": rows})
    path.write_text(text, encoding="utf-8")
    return path


def point(lon=117.1, lat=31.1):
    return {"type": "Point", "coordinates": [lon, lat]}


def box(west, south, east, north):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_points_inside_are_kept_with_township_class_and_name(district, tmp_path):
    kept = keep(
        written(
            tmp_path,
            (point(), {"人口": 120, "名称": "上溪", "城乡分类": "220", "户数": "41"}),
            (point(117.2), {"人口": 0}),
            (point(119.0), {"人口": 999}),
        ),
        district,
    )
    cell = kept.places.get()
    assert (kept.people, kept.cells, kept.kind) == (120, 1, "points")
    assert (cell.township_code, cell.urban_rural_class) == ("340199100", "220")
    assert (cell.label, cell.households, cell.people) == ("上溪", 41, 120)
    assert len(kept.sha256) == 64


def test_areas_count_by_the_share_that_is_reached(district, tmp_path):
    road(district, west=117.05, lat=31.1, length_m=28_000)
    metre = 1 / 110_880
    south = 31.1 + 1000 * metre
    shape = box(117.1, south, 117.2, south + 2000 * metre)
    kept = keep(written(tmp_path, (shape, {"people": 400})), district)
    found = run(district)
    assert (found.population, kept.kind) == (kept, "polygons")
    assert abs(found.numerator - 200) < 1
    assert found.gaps.get().amount == found.denominator - found.numerator


@pytest.mark.parametrize(
    ("feature", "field"),
    [
        ((point(), {}), "people"),
        ((point(), {"people": None}), "people"),
        ((point(), {"people": "many"}), "people"),
        ((point(), {"people": -1}), "people"),
        ((point(), {"people": True}), "people"),
        ((point(), {"people": "NaN"}), "people"),
        ((point(), {"people": 1e12}), "people"),
        ((None, {"people": 5}), "geometry"),
        ((point(), {"people": 5, "城乡分类": "999"}), "urban_rural_class"),
        ((point(), {"people": 5, "户数": "-3"}), "households"),
        (
            ({"type": "LineString", "coordinates": [[117, 31], [117.1, 31]]}, {"people": 5}),
            "geometry",
        ),
    ],
)
def test_a_wrong_feature_refuses_the_file_by_number_and_field(
    district, tmp_path, feature, field, settings
):
    settings.LANGUAGE_CODE = "en"
    path = written(tmp_path, (point(), {"people": 3}), feature)
    with pytest.raises(FileRefused) as refusal:
        keep(path, district)
    assert "2" in str(refusal.value)
    assert field in str(refusal.value)
    assert not PopulationSet.objects.exists()


def test_nobody_inside_another_name_and_no_right_are_refused(district, tmp_path):
    path = written(tmp_path, (point(119.0), {"people": 3}))
    with pytest.raises(NobodyCounted):
        keep(path, district)
    inside = written(tmp_path, (point(), {"people": 3}))
    with pytest.raises(NotPermitted):
        keep(inside, district, scope=Scope())
    keep(inside, district)
    with pytest.raises(RefusedByRegister):
        keep(inside, district)
    assert PopulationSet.objects.count() == 1


def geotiff(path, cells, *, deflate=False, tiled=False):
    """Write a raster of float32 cells, 0.01° each, from 117° E 31.2° N."""
    high, wide = len(cells), len(cells[0])
    size = 16 if tiled else wide
    rows = [[*row, *[0.0] * (size - wide)] for row in cells]
    rows += [[0.0] * size for _ in range(size - high)] if tiled else []
    raw = b"".join(struct.pack(f"<{size}f", *row) for row in rows)
    raw = zlib.compress(raw) if deflate else raw
    doubles = {
        33550: (0.01, 0.01, 0.0),
        33922: (0.0, 0.0, 0.0, 117.0, 31.2, 0.0),
    }
    shorts = {256: wide, 257: high, 258: 32, 259: 8 if deflate else 1, 277: 1, 339: 3}
    shorts |= {322: 16, 323: 16} if tiled else {278: high}
    keys = (1, 1, 0, 1, 2048, 0, 1, 4326)
    body, entries = bytearray(b"\0" * 8), []

    def place(data):
        start = len(body)
        body.extend(data)
        return struct.pack("<I", start)

    entries += [(tag, 3, 1, struct.pack("<HH", value, 0)) for tag, value in shorts.items()]
    entries += [
        (tag, 12, len(v), place(struct.pack(f"<{len(v)}d", *v))) for tag, v in doubles.items()
    ]
    entries.append((34735, 3, len(keys), place(struct.pack(f"<{len(keys)}H", *keys))))
    entries.append((42113, 2, 6, place(b"-9999\0")))
    starts, counts = (324, 325) if tiled else (273, 279)
    entries.append((starts, 4, 1, place(raw)))
    entries.append((counts, 4, 1, struct.pack("<I", len(raw))))
    directory = len(body)
    body.extend(struct.pack("<H", len(entries)))
    for tag, kind, count, value in sorted(entries):
        body.extend(struct.pack("<HHI", tag, kind, count) + value)
    body.extend(b"\0" * 4)
    body[:8] = b"II" + struct.pack("<HI", 42, directory)
    path.write_bytes(bytes(body))
    return path


@pytest.mark.parametrize("deflate", [False, True])
@pytest.mark.parametrize("tiled", [False, True])
def test_cells_of_a_raster_count_at_their_centre(district, tmp_path, deflate, tiled):
    cells = [[0.0, 5.5, -9999.0], [2.25, float("nan"), 0.0]]
    path = geotiff(tmp_path / "people.tif", cells, deflate=deflate, tiled=tiled)
    kept = keep(path, district)
    assert (kept.kind, kept.people, kept.cells) == ("raster", Decimal("7.75"), 2)
    first = kept.places.get(people=Decimal("5.50")).place
    assert (round(first.x, 6), round(first.y, 6)) == (117.015, 31.195)


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({259: 5}, "geotiff_kind"),
        ({277: 3}, "geotiff_kind"),
        ({258: 24}, "geotiff_kind"),
        ({256: 0}, "geotiff_too_large"),
        ({278: 0}, "geotiff_broken"),
        ({256: 60_000, 257: 60_000}, "geotiff_too_large"),
        ({257: 400}, "geotiff_broken"),
    ],
)
def test_a_raster_that_is_not_plain_is_refused_with_its_reason(district, tmp_path, tags, code):
    path = geotiff(tmp_path / "people.tif", [[1.0, 2.0]])
    data = bytearray(path.read_bytes())
    start = struct.unpack("<I", data[4:8])[0]
    count = struct.unpack("<H", data[start : start + 2])[0]
    for number in range(count):
        entry = start + 2 + 12 * number
        tag = struct.unpack("<H", data[entry : entry + 2])[0]
        if tag in tags:
            data[entry + 8 : entry + 10] = struct.pack("<H", tags[tag])
    path.write_bytes(bytes(data))
    with pytest.raises(FileProblemError) as refusal:
        keep(path, district)
    assert refusal.value.code == code
    assert not PopulationSet.objects.exists()


@pytest.mark.parametrize("cut", [0, 4, 9, 40, 120, 260])
def test_a_raster_that_breaks_off_is_refused(district, tmp_path, cut):
    path = geotiff(tmp_path / "people.tif", [[1.0, 2.0]] * 3)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(FileProblemError):
        keep(path, district)
