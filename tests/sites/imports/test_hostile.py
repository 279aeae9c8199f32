"""Hostile files get a clear refusal; nothing outside the file is read, nothing runs away."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import stat
import threading
import zipfile

import pytest

from sites.imports.problems import FileProblemError, QuestionError
from sites.imports.reader.outcome import Options
from sites.imports.sandbox import FeatureStream


def read(path, **options):
    """All rows of a file, with the stream that gave them."""
    with FeatureStream(path, Options(**options)) as stream:
        return list(stream), stream


def refusal(path):
    """The code with which a file is refused."""
    with pytest.raises(FileProblemError) as caught:
        read(path)
    assert str(caught.value) != caught.value.code
    return caught.value.code


def collection(*features, **members):
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)})


def point(x, y, **properties):
    geometry = {"type": "Point", "coordinates": [x, y]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.fixture
def listener():
    """A port that notes every connection made to it."""
    calls = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.2)
    over = threading.Event()

    def listen():
        while not over.is_set():
            try:
                calls.append(server.accept())
            except TimeoutError:
                continue

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], calls
    over.set()
    thread.join()
    server.close()


def test_the_child_gives_up_network_privileges_and_other_files(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text(collection(point(118, 30)), encoding="utf-8")
    _, stream = read(path)
    granted = stream.facts.sandbox
    assert granted["no_new_privileges"]
    assert granted["network_namespace"] or granted["system_call_filter"]


def test_a_crs_link_is_refused_and_never_fetched(tmp_path, listener):
    port, calls = listener
    path = tmp_path / "link.geojson"
    crs = {"type": "link", "properties": {"href": f"http://127.0.0.1:{port}/crs", "type": "proj4"}}
    path.write_text(collection(point(118, 30), crs=crs), encoding="utf-8")
    assert refusal(path) == "crs_link"
    assert calls == []


def test_another_format_under_our_ending_is_not_opened(tmp_path):
    path = tmp_path / "vrt.geojson"
    path.write_text(
        "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource>"
        "</OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    assert refusal(path) == "json_broken"


@pytest.mark.parametrize("ending", [".gml", ".kml", ".vrt", ".xls", ".exe", ""])
def test_formats_that_are_not_ours_are_refused_by_name(tmp_path, ending):
    path = tmp_path / f"file{ending}"
    path.write_text("x", encoding="utf-8")
    assert refusal(path) == "format_unknown"


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members:
            target.writestr(name, content)
    return path


def test_an_archive_that_unpacks_to_far_more_is_refused(tmp_path):
    path = archive(tmp_path / "bomb.zip", [("a.shp", b"\0" * 200_000_000)])
    assert refusal(path) == "zip_bomb"


@pytest.mark.parametrize("name", ["../a.shp", "/etc/a.shp", "b/../../a.shp", "C:\\a.shp"])
def test_paths_that_lead_out_of_the_archive_are_refused(tmp_path, name):
    assert refusal(archive(tmp_path / "paths.zip", [(name, b"x")])) == "zip_path"


def test_links_and_nested_archives_are_refused(tmp_path):
    link = zipfile.ZipInfo("a.shp")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert refusal(archive(tmp_path / "link.zip", [(link, "/etc/passwd")])) == "zip_link"
    assert refusal(archive(tmp_path / "nested.zip", [("a.zip", b"PK")])) == "zip_nested"


def test_too_many_members_are_refused(tmp_path):
    members = [(f"{number}.txt", b"") for number in range(1_001)]
    assert refusal(archive(tmp_path / "many.zip", members)) == "zip_too_many_members"


def test_a_view_that_never_ends_is_not_read(tmp_path, pilot):
    path = tmp_path / "view.gpkg"
    shutil.copy(pilot / "pilot.gpkg", path)
    path.chmod(0o600)
    database = sqlite3.connect(path)
    database.executescript(
        "CREATE VIEW endless AS WITH RECURSIVE n(x) AS"
        " (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid, NULL AS geom FROM n;"
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
        " VALUES ('endless', 'features', 'endless', 4326);"
        "INSERT INTO gpkg_geometry_columns VALUES ('endless', 'geom', 'POINT', 4326, 0, 0);"
    )
    database.close()
    assert refusal(path) == "geopackage_view"


def test_ten_million_vertices_in_one_feature_are_refused(tmp_path):
    path = tmp_path / "vertices.geojson"
    with path.open("w", encoding="utf-8") as stream:
        stream.write('{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},')
        stream.write('"geometry":{"type":"LineString","coordinates":[')
        block = ",".join(f"[118.{number:06d},30.2]" for number in range(100_000))
        for number in range(100):
            stream.write(("," if number else "") + block)
        stream.write("]}}]}")
    assert refusal(path) == "feature_too_large"


def test_endless_nesting_is_refused(tmp_path):
    path = tmp_path / "deep.geojson"
    path.write_text('{"type":"FeatureCollection","features":' + "[" * 200_000, encoding="utf-8")
    assert refusal(path) in {"json_too_deep", "json_broken"}


def test_numbers_that_are_none_and_texts_that_can_not_be_stored_are_row_problems(tmp_path):
    path = tmp_path / "odd.geojson"
    features = [
        '{"type":"Feature","properties":{"a":1e999,"n":"x\\u0000y"},"geometry":'
        '{"type":"Point","coordinates":[118.1,30.1]}}',
        '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1e999,NaN]}}',
        '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":["1","2"]}}',
        '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":'
        "[[[118,30],[118.1,30],[118.1,30.1],[118,30.2]]]}}",
        '{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[1000,2000]}}',
        json.dumps(point(118.2, 30.2)),
        json.dumps(point(118.3, 30.3)),
    ]
    path.write_text(
        '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}", encoding="utf-8"
    )
    rows, _ = read(path)
    assert [row.problem["code"] if row.problem else None for row in rows] == [
        "text_unusable",
        "geometry_not_finite",
        "geometry_malformed",
        "ring_not_closed",
        "coordinates_out_of_range",
        None,
        None,
    ]


def test_metres_without_a_crs_are_asked_about(tmp_path):
    path = tmp_path / "metres.geojson"
    path.write_text(collection(point(39_500_000, 3_350_000)), encoding="utf-8")
    with pytest.raises(QuestionError) as caught:
        read(path)
    assert [choice["value"] for choice in caught.value.choices] == ["4527"]
    rows, _ = read(path, srid=4527)
    assert rows[0].problem is None


def test_an_old_datum_without_parameters_is_refused(tmp_path):
    path = tmp_path / "beijing54.geojson"
    crs = {"type": "name", "properties": {"name": "EPSG:2422"}}
    path.write_text(collection(point(500_000, 3_350_000), crs=crs), encoding="utf-8")
    assert refusal(path) == "crs_old_datum"


def test_the_child_needs_little_memory_for_many_features(tmp_path):
    path = tmp_path / "many.geojson"
    with path.open("w", encoding="utf-8") as stream:
        stream.write('{"type":"FeatureCollection","features":[')
        for number in range(100_000):
            feature = json.dumps(point(118 + number / 1e6, 30, name=f"点{number}"))
            stream.write(("," if number else "") + feature)
        stream.write("]}")
    peak = 0
    with FeatureStream(path) as stream:
        for feature in stream:
            if feature.row % 20_000 == 0:
                peak = max(peak, _peak_kilobytes(stream))
    assert stream.rows == 100_000
    assert 0 < peak < 300_000


def _peak_kilobytes(stream):
    status = f"/proc/{stream._child.pid}/status"
    with open(status, encoding="ascii") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
