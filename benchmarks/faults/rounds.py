"""One round: phones send, something is killed at a random moment, everything is looked up."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.faults.audit import Audit
from benchmarks.faults.memory import Memory
from benchmarks.faults.processes import (
    Cluster,
    Kept,
    children_of,
    jobs,
    kill_hard,
    wait_until_ready,
    web,
)
from benchmarks.faults.senders import Gate, Sender

EARLIEST_S, LATEST_S = 0.1, 0.8
"""When in a round the kill comes."""
ENOUGH = 5
"""How many acknowledgements after the kill end a round."""
SECONDS_TO_GO_ON = 60
KINDS = ("web worker", "web master", "job worker", "PostgreSQL", "one backend")


@dataclass(slots=True)
class Service:
    """The cluster, the web server and the job worker, and the ways to kill each of them."""

    cluster: Cluster
    port: int
    web: Kept = field(init=False)
    jobs: Kept = field(init=False)

    def __post_init__(self) -> None:
        self.web = web(self.port, self.cluster.logs)
        self.jobs = jobs(self.cluster.logs)

    def start(self) -> None:
        """Start everything and wait until it is ready."""
        self.cluster.start()
        self.web.start()
        self.jobs.start()
        wait_until_ready(self.port)

    def end(self) -> None:
        """End everything in good order."""
        for process in (self.web, self.jobs, self.cluster.server):
            process.end()

    def ways(self) -> dict[str, Callable[[random.Random], object]]:
        """Return how each of `KINDS` is killed; what does not come back itself is started again."""
        ways = (
            self._kill_web_worker,
            self._kill_web_master,
            self._kill_job_worker,
            self._kill_database,
            self.cluster.kill_backend,
        )
        return dict(zip(KINDS, ways, strict=True))

    def _kill_web_worker(self, rng: random.Random) -> None:
        workers = children_of(self.web.pid)
        if workers:
            kill_hard(rng.choice(workers))

    def _kill_web_master(self, _rng: random.Random) -> None:
        self.web.kill()
        self.web.start()

    def _kill_job_worker(self, _rng: random.Random) -> None:
        self.jobs.kill()
        self.jobs.start()

    def _kill_database(self, _rng: random.Random) -> None:
        self.cluster.kill_all()
        self.cluster.start()

    def look_after(self) -> None:
        """Start again what has ended by itself, as `script/server` does with the job worker."""
        for process in (self.web, self.jobs):
            if process.process is not None and process.process.poll() is not None:
                process.start()


@dataclass(slots=True)
class Rounds:
    """The rounds and what was counted in them."""

    service: Service
    memory: Memory
    gate: Gate
    audit: Audit
    rng: random.Random
    kinds: Sequence[str]
    kills: Counter[str] = field(default_factory=Counter)

    def play(self, number: int) -> None:
        """Play one round."""
        kind = self.rng.choice(self.kinds)
        moment = self.rng.uniform(EARLIEST_S, LATEST_S)
        self._open()
        time.sleep(moment)
        killed = time.monotonic()
        self.service.ways()[kind](self.rng)
        self.kills[kind] += 1
        self._go_on()
        away = time.monotonic() - killed
        self.gate.close()
        found = self.audit.look()
        print(
            f"round {number}: {kind} killed after {moment:.2f} s, going on after {away:.1f} s,"
            f" {self.memory.count()} acknowledged, {len(found.lost)} lost,"
            f" {len(found.doubled)} doubled",
            flush=True,
        )

    def finish(self, senders: list[Sender]) -> None:
        """Let every phone send the rest, and look everything up once more."""
        for sender in senders:
            sender.makes_more = False
        self._open()
        end = time.monotonic() + SECONDS_TO_GO_ON
        while not all(sender.is_done for sender in senders) and time.monotonic() < end:
            self.service.look_after()
            time.sleep(0.1)
        self.gate.close()
        for sender in senders:
            if not sender.is_done:
                self.memory.fault(f"{sender.name} could not send everything in the end")
        self.audit.look(read_all=True)

    def _open(self) -> None:
        self.memory.begin_round()
        self.gate.open()

    def _go_on(self) -> None:
        """Wait until acknowledgements come again."""
        wanted = self.memory.count() + ENOUGH
        end = time.monotonic() + SECONDS_TO_GO_ON
        while self.memory.count() < wanted:
            self.service.look_after()
            if time.monotonic() > end:
                self.memory.fault("nothing is acknowledged any more a minute after a kill")
                return
            time.sleep(0.02)
