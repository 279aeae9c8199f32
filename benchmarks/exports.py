"""GeoJSON over HTTP against COPY and ogr2ogr, GeoPackage against ogr2ogr.

    python -m benchmarks.exports [--sites 100000] [--rounds 3]

Needs ogr2ogr (Debian package gdal-bin). Slices of the competitors take turns; medians are compared.
"""

from __future__ import annotations

import argparse
import http.client
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from benchmarks import scratch

STATEMENTS_CODE = """
from maps.exports.choice import ExportChoice
from maps.exports.columns import geometry_of
from maps.exports.geojson import feature_text
from maps.exports.rows import columns_of
from maps.sql import literal
from sites.access import Scope
from sites.filters import SiteFilter
choice = ExportChoice.of(Scope.internal(), SiteFilter())
rows = choice.rows()
print(literal(rows.annotate(feature_text=feature_text(choice)).values_list("feature_text")))
print(literal(rows.annotate(geom=geometry_of(choice)).values("geom", **columns_of(choice))))
"""
AS_IT_IS = "FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02'"


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def copy_alone(url: str, statement: str) -> None:
    """Read the same text through psycopg and throw it away: the limit."""
    with (
        psycopg.connect(url) as connection,
        connection.cursor().copy(
            f"COPY ({statement}) TO STDOUT WITH ({AS_IT_IS})".encode()
        ) as copy,
    ):
        for _ in copy:
            pass


def over_http(session: str, first: list[float], form: str = "geojson") -> None:
    """Fetch the file from our server; note the seconds to the first byte."""
    client = http.client.HTTPConnection("127.0.0.1", scratch.PORT)
    start = time.perf_counter()
    client.request("GET", f"/api/v1/sites.{form}", headers={"Cookie": f"sessionid={session}"})
    answer = client.getresponse()
    answer.read(1)
    first.append((time.perf_counter() - start) * 1000)
    size = 1
    while piece := answer.read(1 << 20):
        size += len(piece)
    if answer.status != 200 or size < 1_000_000:
        sys.exit(f"the stream answered {answer.status} with {size} bytes")


def ogr(place: scratch.Scratch, statement: str, form: str, target: Path) -> None:
    """Let ogr2ogr write the same rows and columns."""
    target.unlink(missing_ok=True)
    command = ["ogr2ogr", "-f", form, str(target), f"PG:{place.connection_words()}"]
    command += ["-sql", statement, "-nln", "sites"]
    if form == "GeoJSON":
        command += ["-lco", "COORDINATE_PRECISION=7"]
    subprocess.run(command, check=True, capture_output=True)


def ours(place: scratch.Scratch, form: str, target: Path) -> None:
    """Let our command write the layer."""
    command = [sys.executable, "manage.py", "export_layers", "sites", "--format", form]
    subprocess.run(
        [*command, "--output", str(target)],
        cwd=scratch.ROOT,
        env=place.environment(),
        check=True,
        capture_output=True,
    )


def children_peak_megabytes() -> float:
    """Return the largest resident size of any process we have run, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def measure(place: scratch.Scratch, rounds: int, folder: Path) -> None:
    """Take turns and print the ratios of rates."""
    feature, columns = scratch.manage(place, STATEMENTS_CODE).strip().split("\n")
    first: list[float] = []
    work: dict[str, Callable[[], object]] = {
        "copy": lambda: copy_alone(place.url, feature),
        "http": lambda: over_http(place.session, first),
        "gpkg": lambda: over_http(place.session, [], "gpkg"),
        "command": lambda: ours(place, "gpkg", folder / "ours.gpkg"),
        "ogr gpkg": lambda: ogr(place, columns, "GPKG", folder / "theirs.gpkg"),
        "ogr geojson": lambda: ogr(place, columns, "GeoJSON", folder / "theirs.geojson"),
    }
    seconds: dict[str, list[float]] = {name: [] for name in work}
    with scratch.server(place) as pid:
        over_http(place.session, [])
        before = scratch.peak_megabytes(pid)
        for _ in range(rounds):
            for name, run in work.items():
                seconds[name].append(timed(run))
        peak = scratch.peak_megabytes(pid)
    rate = {name: place.sites / 1000 / statistics.median(s) for name, s in seconds.items()}
    scratch.row("GeoJSON over HTTP, of COPY alone", rate["http"], rate["copy"], "k/s", 0.8)
    scratch.row("GeoJSON over HTTP, of ogr2ogr", rate["http"], rate["ogr geojson"], "k/s", 7)
    scratch.row("GeoPackage over HTTP, of ogr2ogr", rate["gpkg"], rate["ogr gpkg"], "k/s", 1.0)
    scratch.row("export_layers to gpkg, of ogr2ogr", rate["command"], rate["ogr gpkg"], "k/s", 1.0)
    print(f"first byte of GeoJSON: {statistics.median(first):.0f} ms  goal < 200 ms")
    print(f"peak of a server process: {peak:.0f} MB, {peak - before:.0f} MB of it while streaming")
    print(f"peak of any export command: {children_peak_megabytes():.0f} MB  goal ≤ 300 MB")


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sites", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--fresh", action="store_true", help="make the scratch database anew")
    arguments = parser.parse_args()
    if not shutil.which("ogr2ogr"):
        sys.exit("ogr2ogr is not installed.")
    place = scratch.prepare(arguments.sites, fresh=arguments.fresh)
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {place.sites:,} sites")
    with tempfile.TemporaryDirectory() as name:
        measure(place, arguments.rounds, Path(name))


if __name__ == "__main__":
    main()
