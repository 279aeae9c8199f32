"""Log entries over HTTP against psycopg's single-row insert with commit.

    python -m benchmarks.field_logs [--seconds 8] [--connections 8] [--port 8398]

`DATABASE_URL` names an empty, migrated database that may be filled. Eight connections send: one
entry a request (PUT, and a push of one), then 20 entries a push; the peer writes the same row into
the same table, triggers and indexes included, with a commit each. All sides run one after the
other, several times, so that a busy machine disturbs them alike; the middle round counts.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import psycopg

from benchmarks.faults.district import District, build
from benchmarks.field_phone import Entry, Line, new_id, push
from benchmarks.scratch import ROOT, row, wait

BATCH = 20
SINGLE_GOAL = 0.3
BATCH_GOAL = 5
PEER_SQL = """
INSERT INTO maintenance_maintenancelog (id, agreement_id, asset_id, task, device_time, position,
    accuracy_m, distance_m, chainage_m, note, worker_id, organisation_id, device_id, content_hash)
SELECT %s, agreement_id, asset_id, task, device_time, position, accuracy_m, distance_m, chainage_m,
    note, worker_id, organisation_id, device_id, content_hash
FROM maintenance_maintenancelog WHERE id = %s
"""
Work = Callable[[int, random.Random], int]
"""Does one piece of work on a connection; returns how many entries it wrote."""


def main() -> None:
    """Measure and print one line for each way."""
    arguments = _arguments()
    district = build(arguments.connections)
    rng = random.Random(5)
    with_server = _server(arguments.port)
    try:
        lines = [Line(arguments.port, token) for token in district.tokens]
        first = _entry(district, rng)
        _require(first.put(lines[0]).status == 201, "the first entry was not taken")
        peers = [psycopg.connect(os.environ["DATABASE_URL"]) for _token in district.tokens]
        ways: dict[str, Work] = {
            "psycopg": partial(_insert, peers, str(first.id)),
            "PUT": partial(_put, lines, district),
            "push of 1": partial(_push, lines, district, 1),
            f"push of {BATCH}": partial(_push, lines, district, BATCH),
        }
        rates = _measured(ways, arguments)
    finally:
        with_server.terminate()
        with_server.wait()
    _print(rates)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--port", type=int, default=8398)
    return parser.parse_args()


def _server(port: int) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1"}
    process = subprocess.Popen(["script/web"], cwd=ROOT, env=environment)
    wait(f"http://127.0.0.1:{port}/healthz", process)
    return process


def _measured(ways: dict[str, Work], arguments: argparse.Namespace) -> dict[str, float]:
    found: dict[str, list[float]] = {name: [] for name in ways}
    for place in range(arguments.rounds):
        for name, work in ways.items():
            rate = _rate(work, arguments.seconds, arguments.connections, place)
            found[name].append(rate)
    return {name: statistics.median(rates) for name, rates in found.items()}


def _rate(work: Work, seconds: float, connections: int, seed: int) -> float:
    """Return the entries a second that all connections write together."""
    end = time.monotonic() + seconds

    def run(number: int) -> int:
        rng = random.Random(f"{seed} {number} {time.monotonic_ns()}")
        written = 0
        while time.monotonic() < end:
            written += work(number, rng)
        return written

    began = time.monotonic()
    with ThreadPoolExecutor(connections) as pool:
        written = sum(pool.map(run, range(connections)))
    return written / (time.monotonic() - began)


def _insert(peers: list[psycopg.Connection], like: str, number: int, rng: random.Random) -> int:
    peers[number].execute(PEER_SQL, [new_id(rng), like])
    peers[number].commit()
    return 1


def _put(lines: list[Line], district: District, number: int, rng: random.Random) -> int:
    answer = _entry(district, rng).put(lines[number])
    _require(answer.status == 201, answer.told())
    return 1


def _push(lines: list[Line], district: District, size: int, number: int, rng: random.Random) -> int:
    entries = [_entry(district, rng) for _place in range(size)]
    answer = push(lines[number], entries)
    _require(answer.status == 200, answer.told())
    stored = [found["status"] for found in answer.json()["results"]]
    _require(stored == ["stored"] * size, str(stored))
    return size


def _entry(district: District, rng: random.Random) -> Entry:
    return Entry(new_id(rng), new_id(rng), district.asset, district.position, "清扫路面", "phone")


def _require(is_so: bool, sentence: str) -> None:
    if not is_so:
        sys.exit(sentence)


def _print(rates: dict[str, float]) -> None:
    peer = rates["psycopg"]
    row("entries a second, one PUT each, against psycopg", rates["PUT"], peer, "/s", SINGLE_GOAL)
    row("entries a second, push of one each", rates["push of 1"], peer, "/s", SINGLE_GOAL)
    batch = rates[f"push of {BATCH}"]
    row(f"push of {BATCH}, against one PUT each", batch, rates["PUT"], "/s", BATCH_GOAL)


if __name__ == "__main__":
    main()
