"""Vector tiles over HTTP against the SQL alone, and against tipg where it is installed.

    python -m benchmarks.tiles [--sites 100000] [--seconds 4] [--rounds 2] [--tipg PYTHON]

Needs pgbench (comes with PostgreSQL) and wrk (Debian package of that name); tipg needs the
database over TCP. Slices of the
competitors take turns, so that a busy machine disturbs all alike; medians are compared.
"""

from __future__ import annotations

import argparse
import http.client
import math
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import scratch

WEST, SOUTH, EAST, NORTH = 116.55, 31.05, 117.65, 31.95
MIXES = {"z12–z16": (12, 13, 14, 15, 16), "z14–z16": (14, 15, 16)}
"""Each zoom equally often; in the first mix a few heavy tiles of z12 take most of the time."""
CONNECTIONS = 8
TIPG_PORT = 8398
WARM_TILES = 400
LUA = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local at = 0
init = function() math.randomseed(os.time()); at = math.random(#paths) end
request = function()
  at = at + 1
  return wrk.format("GET", paths[at %% #paths + 1], {Cookie = "sessionid=%s"})
end
"""
STATEMENT_CODE = """
from maps.layers import LAYERS
from maps.tile_address import TileAddress
from maps.tiles import tile_query
from sites.access import Grant, Scope
from sites.filters import SiteFilter
from sites.kinds import Role
scope = Scope(grants=(Grant(Role.DISTRICT_PLANNER, ("3499",)),),
              roles=frozenset({Role.DISTRICT_PLANNER}))
for zoom in (13, 14):
    query = tile_query(LAYERS["roads"], TileAddress(zoom, 0, 0), scope, SiteFilter())
    print(query.text.decode().replace("\\n", " "))
"""


def column(lon: float, zoom: int) -> int:
    """Return the tile column of a longitude."""
    return int((lon + 180) / 360 * 2**zoom)


def line(lat: float, zoom: int) -> int:
    """Return the tile row of a latitude."""
    return int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)


def edges(zoom: int) -> tuple[int, int, int, int]:
    """Return west, east, north and south of the tiles over the register."""
    return column(WEST, zoom), column(EAST, zoom), line(NORTH, zoom), line(SOUTH, zoom)


def addresses(count: int, zooms: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Return tiles chosen by chance, the same ones on every run."""
    chance = random.Random(5)
    found = []
    for _ in range(count):
        zoom = chance.choice(zooms)
        west, east, north, south = edges(zoom)
        found.append((zoom, chance.randint(west, east), chance.randint(north, south)))
    return found


class Competitor:
    """One way to get tiles, measured in slices."""

    def __init__(self, name: str, slice_: Callable[[], float]) -> None:
        self.name = name
        self.slice = slice_
        self.rates: list[float] = []

    @property
    def rate(self) -> float:
        """The median of requests a second."""
        return statistics.median(self.rates)


def wrk(folder: Path, port: int, paths: list[str], session: str, seconds: int) -> float:
    """Return the requests a second of one slice; refuses answers that are errors."""
    listed = folder / f"paths-{port}"
    listed.write_text("\n".join(paths))
    script = folder / f"paths-{port}.lua"
    script.write_text(LUA % (listed, session))
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "-s", str(script)]
    out = subprocess.run(
        [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in out:
        sys.exit(f"errors from port {port}:\n{out}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", out)
    return float(found[1]) if found else 0.0


def pgbench(folder: Path, place: scratch.Scratch, zooms: tuple[int, ...], seconds: int) -> float:
    """Return the transactions a second of the tile's statement alone, prepared."""
    plain, named = scratch.manage(place, STATEMENT_CODE).strip().splitlines()
    files = []
    for zoom in zooms:
        west, east, north, south = edges(zoom)
        sql = (named if zoom >= 14 else plain).replace("%%", "%")
        for name in "xyz":
            sql = sql.replace(f"%({name})s", f":{name}")
        sql = re.sub(r"--[^\n]*?(?=WITH tile)", "", sql)
        file = folder / f"z{zoom}.sql"
        file.write_text(
            f"\\set z {zoom}\n\\set x random({west}, {east})\n"
            f"\\set y random({north}, {south})\n{sql};\n"
        )
        files += ["-f", str(file)]
    command = ["pgbench", "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "2"]
    out = subprocess.run(
        [*command, "-T", str(seconds), *files, place.connection_words()],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = re.search(r"tps = ([\d.]+)", out)
    return float(found[1]) if found else 0.0


@contextmanager
def tipg(python: str | None, place: scratch.Scratch) -> Iterator[bool]:
    """Run tipg with two processes on the same table; gives False where it is not installed."""
    if not python:
        yield False
        return
    environment = {
        **os.environ,
        "DATABASE_URL": place.url,
        "TIPG_DB_SCHEMAS": '["public"]',
        "TIPG_MAX_FEATURES_PER_TILE": "10000",
    }
    command = [python, "-m", "uvicorn", "tipg.main:app", "--workers", "2", "--log-level", "error"]
    process = subprocess.Popen([*command, "--port", str(TIPG_PORT)], env=environment)
    try:
        scratch.wait(f"http://127.0.0.1:{TIPG_PORT}/healthz", process)
        yield True
    finally:
        process.terminate()
        process.wait()


def tipg_path(z: int, x: int, y: int) -> str:
    """Return tipg's address of the same tile: the projected column, and as few properties."""
    table = "/collections/public.sites_projectsite/tiles/WebMercatorQuad"
    return f"{table}/{z}/{x}/{y}?geom-column=geometry_3857&properties=id,kind,state&kind=road"


def rates(arguments: argparse.Namespace, place: scratch.Scratch, folder: Path, mix: str) -> None:
    """Print what a server carries against what the database alone carries."""
    zooms, seconds, session = MIXES[mix], arguments.seconds, place.session
    chosen = addresses(20_000, zooms)
    cold = [f"/api/v1/tiles/roads/{z}/{x}/{y}.mvt" for z, x, y in chosen]
    limit = Competitor("limit", lambda: pgbench(folder, place, zooms, seconds))
    with (
        scratch.server(place, "benchmarks.uncached_wsgi:application"),
        tipg(arguments.tipg, place) as has_tipg,
    ):
        ours = Competitor("uncached", lambda: wrk(folder, scratch.PORT, cold, session, seconds))
        every = [limit, ours]
        if has_tipg:
            theirs = [tipg_path(*address) for address in chosen]
            peer = Competitor("tipg", lambda: wrk(folder, TIPG_PORT, theirs, "", seconds))
            every.append(peer)
        take_turns(every, arguments.rounds)
    scratch.row(f"{mix}, not cached, of the SQL alone", ours.rate, limit.rate, "/s", 0.40)
    if has_tipg:
        scratch.row(f"{mix}, not cached, of tipg", ours.rate, peer.rate, "/s", 5)
    limit.rates.clear()
    with scratch.server(place):
        warm = Competitor(
            "warm", lambda: wrk(folder, scratch.PORT, cold[:WARM_TILES], session, seconds)
        )
        take_turns([limit, warm], arguments.rounds)
    scratch.row(f"{mix}, warm cache, of the SQL alone", warm.rate, limit.rate, "/s", 0.78)


def take_turns(every: list[Competitor], rounds: int) -> None:
    """Measure everybody in turn."""
    for competitor in every:
        competitor.slice()
    for _ in range(rounds):
        for competitor in every:
            competitor.rates.append(competitor.slice())


def every_zoom(place: scratch.Scratch) -> None:
    """Print the time and size of tiles of every zoom and layer, one after the other."""
    with scratch.server(place, "benchmarks.uncached_wsgi:application"):
        client = http.client.HTTPConnection("127.0.0.1", scratch.PORT)
        for layer in ("sites", "roads", "housing", "areas"):
            times, sizes = [], []
            for zoom in range(5, 17):
                for z, x, y in addresses(12, (zoom,)):
                    start = time.perf_counter()
                    client.request(
                        "GET",
                        f"/api/v1/tiles/{layer}/{z}/{x}/{y}.mvt",
                        headers={"Cookie": f"sessionid={place.session}"},
                    )
                    sizes.append(len(client.getresponse().read()) / 1000)
                    times.append((time.perf_counter() - start) * 1000)
            times.sort()
            print(
                f"{layer:<10} z5–z16, not cached: median {statistics.median(times):6.1f} ms,"
                f" p95 {times[int(len(times) * 0.95)]:6.1f} ms, largest {max(sizes):6.1f} kB"
                "  goal p95 < 100 ms, ≤ 500 kB"
            )


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sites", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--tipg", help="python of an environment that has tipg and uvicorn")
    parser.add_argument("--fresh", action="store_true", help="make the scratch database anew")
    arguments = parser.parse_args()
    for needed in ("wrk", "pgbench"):
        if not shutil.which(needed):
            sys.exit(f"{needed} is not installed.")
    place = scratch.prepare(arguments.sites, fresh=arguments.fresh)
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {place.sites:,} sites")
    with tempfile.TemporaryDirectory() as name:
        for mix in MIXES:
            rates(arguments, place, Path(name), mix)
    every_zoom(place)


if __name__ == "__main__":
    main()
