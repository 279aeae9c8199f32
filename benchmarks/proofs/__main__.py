"""Promises A3 and A4: the same entries sent many times to our own server, alone and at once.

    script/proofs same-id [--ids 500] [--times 50] [--threads 10] [--seed 1] [--port 8396]

Over `PUT /api/v1/logs/{id}` and `sync/push`, from one connection, from many at once, and over both
at once: one row for each identifier, one answer that it is new and all others that it is there,
the same receipt each time. Then other contents under the same identifiers: refused each time, set
aside once, shown to the sender and the office. Exits with 1 when anything is otherwise.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.faults import district
from benchmarks.faults.processes import Cluster
from benchmarks.faults.rounds import Service
from benchmarks.proofs.register import Register
from benchmarks.proofs.routes import Push, Put, Route
from benchmarks.proofs.same_id import Campaign, Sending

MOST_FAULTS_SHOWN = 20
ROUTES: tuple[tuple[tuple[Route, ...], bool], ...] = (
    ((Put(),), False),
    ((Put(),), True),
    ((Push(),), False),
    ((Push(),), True),
    ((Put(), Push()), True),
)
"""The routes of a campaign, and whether it sends from many connections at once."""


def main() -> int:
    """Send; return the exit code."""
    given = _arguments()
    service = Service(Cluster.of_environment(), given.port)
    try:
        service.cluster.start()
        place = district.build(1)
        service.start()
        sending = Sending(
            port=given.port,
            token=place.tokens[0],
            office_token=place.office,
            asset=place.asset,
            position=place.position,
            register=Register(service.cluster.url),
        )
        faults = [fault for campaign in _campaigns(given) for fault in campaign.run(sending)]
    finally:
        service.end()
    for sentence in faults[:MOST_FAULTS_SHOWN]:
        print(f"  {sentence[:600]}")
    print("A3 and A4 hold" if not faults else f"{len(faults)} faults")
    return 1 if faults else 0


def _campaigns(given: argparse.Namespace) -> list[Campaign]:
    return [
        Campaign(routes, given.ids, given.times, given.threads if at_once else 1, given.seed + turn)
        for turn, (routes, at_once) in enumerate(ROUTES)
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/proofs same-id", description=__doc__)
    for name, value in (("ids", 500), ("times", 50), ("threads", 10), ("seed", 1), ("port", 8396)):
        parser.add_argument(f"--{name}", type=int, default=value)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
