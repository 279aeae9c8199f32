"""`import_sites` with all its checks against ogr2ogr, which checks nothing, and `bulk_create`.

    python -m benchmarks.imports [--rows 100000]

Needs ogr2ogr (Debian package gdal-bin). Each reads the same GeoJSON file of road lines of twenty
vertices; `bulk_create` gets a tenth of it, because it is slow, and is compared by rows a second.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from benchmarks import scratch

WIDTH, HEIGHT = 0.3, 0.2
DISTRICT_CODE = """
from django.contrib.gis.geos import MultiPolygon, Polygon
from sites.models import Area, Programme
for code, level, box in (("349999", "district", (117.5, 32.5, 117.9, 32.8)),
                         ("349999100", "township", (117.5, 32.5, 117.7, 32.8)),
                         ("349999101", "township", (117.7, 32.5, 117.9, 32.8))):
    Area.objects.get_or_create(code=code, defaults={
        "name": code, "level": level, "valid_from": "2020-01-01",
        "boundary": MultiPolygon(Polygon.from_bbox(box), srid=4490)})
Programme.objects.get_or_create(code="BENCH", defaults={
    "name": "bench", "level": "district", "year": 2023})
"""
BULK_CODE = """
import json, time
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from sites.models import Area, Programme, ProjectSite, RoadDetail
area, programme = Area.objects.get(code="349999100"), Programme.objects.get(code="BENCH")
start = time.perf_counter()
features = json.load(open({path!r}))["features"]
with transaction.atomic():
    sites = []
    for feature in features:
        values = feature["properties"]
        line = GEOSGeometry(json.dumps(feature["geometry"]))
        line.srid = 4490
        sites.append(ProjectSite(code="B" + values["road_code"], name=values["name"], kind="road",
            programme=programme, year=2023, area=area, source="bulk", planned_geometry=line,
            source_id=values["road_code"], declared_length_m=values["length_km"] * 1000))
    ProjectSite.objects.bulk_create(sites, batch_size=1000)
    RoadDetail.objects.bulk_create([RoadDetail(site=s, route_code="") for s in sites], 1000)
print(len(sites) / (time.perf_counter() - start))
"""


def main() -> None:
    """Measure and print one line for each comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    if not shutil.which("ogr2ogr"):
        sys.exit("ogr2ogr is missing: apt-get install gdal-bin")
    place = scratch.prepare(1_000)
    scratch.manage(place, DISTRICT_CODE)
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "bench.geojson", Path(folder) / "bulk.geojson"
        write(large, rows)
        write(small, rows // 10)
        forget(place)
        seconds, megabytes = ours(place, large)
        forget(place)
        plain = ogr(place, large)
        bulk = float(scratch.manage(place, BULK_CODE.format(path=str(small))))
        forget(place)
    print(f"{'':<52}{'ours':>10}{'peer':>10}")
    scratch.row(f"import of {rows:,} rows, against ogr2ogr", rows / seconds, plain, "rows/s", 0.5)
    scratch.row("the same, against bulk_create", rows / seconds, bulk, "rows/s", 5)
    print(f"largest process of ours: {megabytes:,.0f} MB (goal 500)")


def write(path: Path, rows: int) -> None:
    """Write road lines of twenty vertices, seeded."""
    dice = random.Random(2023)
    with path.open("w", encoding="utf-8") as stream:
        stream.write('{"type":"FeatureCollection","features":[')
        for number in range(rows):
            stream.write((",\n" if number else "") + json.dumps(feature(number, dice)))
        stream.write("]}")


def feature(number: int, dice: random.Random) -> dict[str, object]:
    """Return one road: a line that wanders inside the district, and a few attributes."""
    x, y = 117.55 + dice.random() * WIDTH, 32.55 + dice.random() * HEIGHT
    points = []
    for _ in range(20):
        x, y = x + dice.uniform(-0.0003, 0.0004), y + dice.uniform(-0.0002, 0.0003)
        points.append([round(x, 6), round(y, 6)])
    properties = {
        "road_code": f"C{number:07d}",
        "name": f"road {number}",
        "admin_class": "村道",
        "tech_grade": "四级",
        "surface": "水泥混凝土",
        "width_m": 3.5,
        "length_km": 1.2,
    }
    geometry = {"type": "LineString", "coordinates": points}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def ours(place: scratch.Scratch, path: Path) -> tuple[float, float]:
    """Return the seconds of our command and the peak of its largest process in MB."""
    command = [sys.executable, "manage.py", "import_sites", str(path)]
    start = time.perf_counter()
    done = subprocess.run(
        [*command, "--kind", "road", "--programme", "BENCH"],
        cwd=scratch.ROOT,
        env=place.environment(),
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit("the import failed")
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def ogr(place: scratch.Scratch, path: Path) -> float:
    """Return the rows a second of ogr2ogr into a plain table with a spatial index."""
    command = ["ogr2ogr", "-f", "PostgreSQL", f"PG:{place.connection_words()}", str(path)]
    start = time.perf_counter()
    subprocess.run(
        [*command, "-nln", "bench_plain", "-overwrite", "--config", "PG_USE_COPY", "YES"],
        check=True,
    )
    seconds = time.perf_counter() - start
    with psycopg.connect(place.url) as connection:
        count = connection.execute("SELECT count(*) FROM bench_plain").fetchone()
        connection.execute("DROP TABLE bench_plain")
    assert count is not None
    return float(count[0]) / seconds


def forget(place: scratch.Scratch) -> None:
    """Remove what a measurement wrote."""
    with psycopg.connect(place.url, autocommit=True) as connection:
        for table in ("roaddetail", "roaddetailevent"):
            connection.execute(
                f"DELETE FROM sites_{table} WHERE site_id IN"
                " (SELECT id FROM sites_projectsite WHERE source IN ('bench', 'bulk'))".encode()
            )
        connection.execute("DELETE FROM sites_projectsite WHERE source IN ('bench', 'bulk')")
        connection.execute("VACUUM ANALYZE sites_projectsite")


if __name__ == "__main__":
    main()
