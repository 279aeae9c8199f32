"""The processes of the service, each started as `script/server` starts it, each killed by its id.

Children die with this program: `setpriv --pdeathsig` tells the kernel so.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

import psycopg

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60
SECONDS_TO_DRAIN = 15
_CLIENTS = """
    SELECT pid FROM pg_stat_activity
     WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


def children_of(pid: int) -> list[int]:
    """Return the process ids of a process's children; none when it is gone."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(each) for each in text.split()]


def kill_hard(pid: int) -> bool:
    """Send SIGKILL to one process; return whether it was there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that waits to be buried does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


@dataclass(slots=True)
class Kept:
    """A process that is started, killed and started again."""

    command: list[str]
    log: Path
    folder: Path = ROOT
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; it dies with this program. What it says goes to its log."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, stdout=log, stderr=subprocess.STDOUT
            )

    @property
    def pid(self) -> int:
        """The process id of the running process."""
        if self.process is None:
            raise RuntimeError(f"{self.command} was not started")
        return self.process.pid

    def kill(self) -> None:
        """Kill the process with no chance to say anything."""
        kill_hard(self.pid)
        self.bury()

    def bury(self) -> None:
        """Wait until the process is gone."""
        if self.process is not None:
            self.process.wait()

    def end(self) -> None:
        """End the process in good order."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(SECONDS_TO_DRAIN)
        except subprocess.TimeoutExpired:
            self.kill()


def web(port: int, logs: Path) -> Kept:
    """Return the web server of `script/web`, with its two worker processes."""
    place = ["env", "HOST=127.0.0.1", f"PORT={port}", "WORKERS=2"]
    return Kept(["setpriv", "--pdeathsig", "TERM", *place, "script/web"], logs / "web.log")


def jobs(logs: Path) -> Kept:
    """Return the job worker of `script/worker`."""
    return Kept(["setpriv", "--pdeathsig", "TERM", "script/worker"], logs / "jobs.log")


@dataclass(slots=True)
class Cluster:
    """The private PostgreSQL cluster, with fsync on."""

    binaries: Path
    folder: Path
    owner: str
    url: str
    logs: Path
    server: Kept = field(init=False)

    def __post_init__(self) -> None:
        identity: list[str] = []
        if os.geteuid() == 0:
            identity = [f"--reuid={self.owner}", f"--regid={self.owner}", "--init-groups"]
        command = [
            *("setpriv", *identity, "--pdeathsig", "QUIT"),
            *(str(self.binaries / "postgres"), "-D", str(self.folder / "data")),
            *("-k", str(self.folder / "socket")),
            *("-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on"),
            *("-c", "max_connections=60"),
        ]
        self.server = Kept(command, self.logs / "postgres.log", Path("/"))

    @classmethod
    def of_environment(cls) -> Cluster:
        """Return the cluster that `script/faults` made."""
        try:
            return cls(
                Path(os.environ["PG_BIN"]),
                Path(os.environ["CLUSTER"]),
                os.environ["CLUSTER_OWNER"],
                os.environ["DATABASE_URL"],
                Path(os.environ["LOGS"]),
            )
        except KeyError as missing:
            sys.exit(f"{missing} is not set: start this with script/faults.")

    def start(self) -> None:
        """Start PostgreSQL and wait until it answers; recovery after a kill included."""
        end = time.monotonic() + SECONDS_TO_START
        self.server.start()
        while time.monotonic() < end:
            if self.server.process is None or self.server.process.poll() is not None:
                time.sleep(0.1)
                self.server.start()
            if self.answers():
                return
            time.sleep(0.05)
        sys.exit(f"PostgreSQL does not start; its reason stands in {self.logs}")

    def answers(self) -> bool:
        """Whether the database takes connections."""
        try:
            with psycopg.connect(self.url, connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def kill_all(self) -> None:
        """Kill the postmaster and every process of its own, and wait until none is left."""
        family = [self.server.pid, *children_of(self.server.pid)]
        for pid in family:
            kill_hard(pid)
        self.server.bury()
        while any(is_alive(pid) and self._is_ours(pid) for pid in family):
            time.sleep(0.01)

    def kill_backend(self, rng: random.Random) -> bool:
        """Kill the process of one connection; PostgreSQL then restarts all of them itself."""
        with psycopg.connect(self.url) as connection:
            found = [pid for (pid,) in connection.execute(_CLIENTS)]
        return bool(found) and kill_hard(rng.choice(sorted(found)))

    def _is_ours(self, pid: int) -> bool:
        try:
            return os.readlink(f"/proc/{pid}/cwd") == str(self.folder / "data")
        except OSError:
            return False


def wait_until_ready(port: int) -> None:
    """Wait until `/readyz` answers 200; ends the program after a minute."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return
    sys.exit("the service does not become ready again in a minute")
