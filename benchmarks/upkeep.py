"""Tiles and lists of assets and upkeep, 100,000 assets with 1,000,000 logs, against the SQL alone.

    python -m benchmarks.upkeep [--assets 100000] [--logs 1000000] [--tiles 30] [--fresh]

The database's role must be a superuser: the data is loaded with triggers off. Tiles are not
cached. Each tile is asked for over HTTP and then as the bare statement, one after the other, so
that a busy machine disturbs both alike.
"""

from __future__ import annotations

import argparse
import http.client
import json
import math
import statistics
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from benchmarks import scratch
from benchmarks.tiles import addresses

LAYERS = ("assets", "defects", "work_orders", "closures", "structures")
ZOOMS = (6, 8, 9, 10, 11, 12, 13, 14, 16)
LISTS = (
    "/api/v1/assets?limit=100",
    "/api/v1/assets?limit=100&gap=any",
    "/api/v1/assets?limit=100&gap=no_keeper&kind=road",
    "/api/v1/map/assets?limit=30&bbox=117,31.4,117.1,31.5",
    "/api/v1/assets/counts",
    "/api/v1/defects?limit=100&open=1",
    "/api/v1/work-orders?limit=100&overdue=1",
    "/api/v1/logs?limit=100",
    "/assets/",
    "/maintenance/defects/",
    "/maintenance/orders/",
    "/maintenance/logs/",
)
STATEMENTS_CODE = """
import json, sys
from maps.layers import LAYERS
from maps.subjects import subject_of
from maps.tile_address import TileAddress
from maps.tiles import tile_query
from sites.access import Grant, Scope
from sites.kinds import Role
scope = Scope(grants=(Grant(Role.DISTRICT_PLANNER, ("3499",)),),
              roles=frozenset({Role.DISTRICT_PLANNER}))
found = {}
for layer in %(layers)s:
    for zoom in %(zooms)s:
        chosen = subject_of(LAYERS[layer]).read({})
        query = tile_query(LAYERS[layer], TileAddress(zoom, 0, 0), scope, chosen)
        found[f"{layer}/{zoom}"] = [query.text.decode(), query.prepare]
print(json.dumps(found))
"""
HALF_GRID = 22
"""Zoom of the grid on which assets are counted (`sites.functions.CLUSTER_ZOOM`)."""


def values_of(zoom: int, x: int, y: int) -> dict[str, Any]:
    """Return what a tile's statement binds."""
    bits = HALF_GRID - zoom
    return {
        "z": zoom,
        "x": x,
        "y": y,
        "west": x << bits,
        "east": ((x + 1) << bits) - 1,
        "north": y << bits,
        "south": ((y + 1) << bits) - 1,
        "shift": max(bits - 3, 0),
        "unit": 4096 / (1 << bits),
    }


def p95(figures: list[float]) -> float:
    """Return the figure that 95 of 100 do not exceed."""
    return sorted(figures)[max(math.ceil(len(figures) * 0.95) - 1, 0)]


def fetch(client: http.client.HTTPConnection, path: str, session: str) -> int:
    """Fetch an address; return the size of the answer, or end with what went wrong."""
    client.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    answer = client.getresponse()
    body = answer.read()
    if answer.status not in (200, 204):
        raise SystemExit(f"{path}: {answer.status} {body[:200]!r}")
    return len(body)


def load(made: scratch.Scratch, logs: int) -> None:
    """Fill the scratch database with assets and upkeep when it holds none."""
    with psycopg.connect(made.url, autocommit=True) as connection:
        known = connection.execute("SELECT count(*) FROM maintenance_maintenancelog").fetchone()
        if known and known[0]:
            return
        print(f"making assets and {logs:,} logs …", flush=True)
        script = Path(__file__).with_name("upkeep.sql").read_text(encoding="utf-8")
        connection.execute(script.replace("{logs}", str(logs)).encode())
        connection.execute("VACUUM ANALYZE")


def measure_tiles(
    made: scratch.Scratch, statements: Mapping[str, Any], client: Any, count: int
) -> None:
    """Print medians and the 95th percentile of each layer and zoom, and the ratio to the SQL."""
    print(f"{'tiles, not cached':<24}{'p50':>9}{'p95':>9}{'SQL p50':>9}{'ratio':>7}{'kB max':>8}")
    with psycopg.connect(made.url, autocommit=True) as database:
        for name, (text, prepare) in statements.items():
            if text:
                bare = partial(cut, database, text, prepare)
                measure_layer(name, partial(fetch, client, session=made.session), bare, count)


def cut(
    database: psycopg.Connection[Any], text: str, prepare: bool | None, bound: Mapping[str, Any]
) -> None:
    """Cut a tile with the statement alone."""
    database.execute(text.encode(), bound, prepare=prepare, binary=True).fetchone()


def measure_layer(
    name: str, get: Callable[..., int], bare: Callable[[Mapping[str, Any]], None], count: int
) -> None:
    """Print the line of one layer at one zoom; its tiles are asked for in turns."""
    layer, zoom = name.split("/")
    ours, alone, largest = [], [], 0
    for z, x, y in addresses(count, (int(zoom),)):
        start = time.perf_counter()
        largest = max(largest, get(path=f"/api/v1/tiles/{layer}/{z}/{x}/{y}.mvt"))
        middle = time.perf_counter()
        bare(values_of(z, x, y))
        ours.append((middle - start) * 1000)
        alone.append((time.perf_counter() - middle) * 1000)
    one, other = statistics.median(ours), statistics.median(alone)
    print(
        f"{name:<24}{one:>9.1f}{p95(ours):>9.1f}{other:>9.1f}{other / one:>7.2f}"
        f"{largest / 1000:>8.0f}",
        flush=True,
    )


def measure_lists(made: scratch.Scratch, client: Any, count: int) -> None:
    """Print how long the pages of lists take."""
    print(f"\n{'lists':<60}{'p50':>9}{'p95':>9}")
    for path in LISTS:
        fetch(client, path, made.session)
        figures = []
        for _ in range(count):
            start = time.perf_counter()
            fetch(client, path, made.session)
            figures.append((time.perf_counter() - start) * 1000)
        print(f"{path:<60}{statistics.median(figures):>9.1f}{p95(figures):>9.1f}", flush=True)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assets", type=int, default=100_000)
    parser.add_argument("--logs", type=int, default=1_000_000)
    parser.add_argument("--tiles", type=int, default=30)
    parser.add_argument("--fresh", action="store_true")
    given = parser.parse_args()
    made = scratch.prepare(given.assets, fresh=given.fresh)
    load(made, given.logs)
    asked = STATEMENTS_CODE % {"layers": repr(LAYERS), "zooms": repr(ZOOMS)}
    statements = json.loads(scratch.manage(made, asked))
    with scratch.server(made, "benchmarks.uncached_wsgi:application"):
        client = http.client.HTTPConnection("127.0.0.1", scratch.PORT)
        measure_tiles(made, statements, client, given.tiles)
        measure_lists(made, client, given.tiles)


if __name__ == "__main__":
    main()
