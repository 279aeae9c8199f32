"""Crash rounds: phones send while web server, job worker and PostgreSQL are killed.

    script/faults [--rounds 60] [--seed N] [--phones 6] [--kinds KIND …] [--port 8396]

Each round kills one process with SIGKILL at a random moment, starts it again, and compares what
phones were told with the tables and the files. Exits with 1 when anything is lost, doubled or odd.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import sys
import time
from pathlib import Path

from benchmarks.faults import district
from benchmarks.faults.audit import Audit, Findings
from benchmarks.faults.memory import Memory
from benchmarks.faults.processes import Cluster
from benchmarks.faults.rounds import KINDS, Rounds, Service
from benchmarks.faults.senders import Gate, Sender
from benchmarks.jpegs import landscape

SIZES = (((320, 240), 6_000), ((800, 600), 40_000), ((1600, 1200), 150_000))
MOST_FAULTS_SHOWN = 20
MOST_REASONS_SHOWN = 6


def main() -> int:
    """Play the rounds; return the exit code."""
    given = _arguments()
    print(f"seed {given.seed}, {given.phones} phones, {os.cpu_count()} cores", flush=True)
    cluster, memory, gate = Cluster.of_environment(), Memory(), Gate()
    service = Service(cluster, given.port)
    try:
        service.cluster.start()
        place = district.build(given.phones)
        service.start()
        audit = Audit(service.cluster.url, Path(os.environ["MEDIA_ROOT"]), memory)
        rounds = Rounds(service, memory, gate, audit, random.Random(given.seed), given.kinds)
        pictures = [
            landscape(size, given.seed + number, target_bytes=most)
            for number, (size, most) in enumerate(SIZES)
        ]
        senders = [
            Sender(
                number, place, pictures, port=given.port, seed=given.seed, memory=memory, gate=gate
            )
            for number in range(given.phones)
        ]
        for sender in senders:
            sender.start()
        began = time.monotonic()
        for number in range(1, given.rounds + 1):
            rounds.play(number)
        rounds.finish(senders)
        _report(rounds, time.monotonic() - began)
    finally:
        service.end()
    return _verdict(memory, audit.found)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--phones", type=int, default=6)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--port", type=int, default=8396)
    return parser.parse_args()


def _report(rounds: Rounds, seconds: float) -> None:
    memory, found = rounds.memory, rounds.audit.found
    print(f"\nrounds              {rounds.kills.total()} in {seconds:.0f} s")
    for kind, times in sorted(rounds.kills.items()):
        print(f"  {kind:<18}{times} killed")
    print(f"logs acknowledged   {len(memory.entries)}")
    print(f"photos acknowledged {len(memory.photos)}")
    print(f"lost                {len(found.lost)}")
    print(f"doubled             {len(found.doubled)}")
    print(f"connections broken  {memory.lost_links.total()}")
    for reason, times in memory.lost_links.most_common(MOST_REASONS_SHOWN):
        print(f"  {times:<6}{reason[:70]}")
    print(f"answers 503         {memory.unavailable.total()}")
    print(f"repeats on purpose  {memory.resent}")
    print(f"offsets put right   {memory.resumed}")
    print(f"longest outage      {memory.longest_gap_s:.1f} s")
    print(f"faults              {len(found.faults) + len(memory.odd)}")


def _verdict(memory: Memory, found: Findings) -> int:
    for sentence in [*found.faults, *memory.odd][:MOST_FAULTS_SHOWN]:
        print(f"  {sentence}")
    return 1 if found.lost or found.doubled or found.faults or memory.odd else 0


if __name__ == "__main__":
    sys.exit(main())
