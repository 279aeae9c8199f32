"""A scratch database with a large register, and our server in front of it.

Every measurement makes its own data, so it says the same on every machine: `DATABASE_URL` names
any database of a cluster in which databases may be created; the scratch one is made beside it and
kept for the next run. `--fresh` makes it anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
NAME = "atlas_benchmark"
PORT = 8397
SECONDS_TO_START = 120
SESSION_CODE = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from sites.models import Area, Membership
user, _ = get_user_model().objects.get_or_create(username="benchmark")
city, _ = Area.objects.get_or_create(
    code="3499", defaults={"name": "city", "level": "city", "valid_from": "2020-01-01"})
held, _ = Membership.objects.get_or_create(
    user=user, role="district_planner", defaults={"valid_from": "2020-01-01"})
held.areas.set([city])
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""


@dataclass(frozen=True)
class Scratch:
    """The scratch database: its address, how many sites it holds, and a planner's session."""

    url: str
    sites: int
    session: str

    def environment(self) -> dict[str, str]:
        """Return the environment of a process that uses it."""
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "PYTHONPATH": str(ROOT),
        }

    def connection_words(self) -> str:
        """Return the database as libpq's words, for pgbench and GDAL."""
        return psycopg.conninfo.make_conninfo(self.url)


def prepare(sites: int, *, fresh: bool = False) -> Scratch:
    """Return the scratch database with the given number of sites, made when it is not there."""
    base = os.environ.get("DATABASE_URL")
    if not base:
        sys.exit("Set DATABASE_URL to a database of the cluster to measure in.")
    parts = urlsplit(base)
    name = f"{NAME}_{sites}"
    url = urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(base, autocommit=True) as maintenance:
        if fresh:
            maintenance.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        known = maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        is_new = known.fetchone() is None
        if is_new:
            print(f"making {name}: {sites:,} sites …", flush=True)
            maintenance.execute(f'CREATE DATABASE "{name}"')
    scratch = Scratch(url, sites, "")
    _manage(scratch, "migrate", "--verbosity=0")
    if is_new:
        _load(url, sites)
    return Scratch(url, sites, manage(scratch, SESSION_CODE).strip())


def manage(scratch: Scratch, code: str) -> str:
    """Run Python inside our application; return what it prints."""
    return _manage(scratch, "shell", "--verbosity=0", "--command", code)


def _manage(scratch: Scratch, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=scratch.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def _load(url: str, sites: int) -> None:
    script = (HERE / "register.sql").read_text(encoding="utf-8").replace("{sites}", str(sites))
    with psycopg.connect(url) as connection:
        connection.execute(script.encode())
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@contextmanager
def server(scratch: Scratch, application: str = "config.wsgi:application") -> Iterator[int]:
    """Run our server as `script/web` does, with 2 processes of 4 threads; give its process id."""
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{PORT}"]
    command += ["--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    command += ["--log-level", "error", "--keep-alive", "30", "--timeout", "120"]
    process = subprocess.Popen(command, cwd=ROOT, env=scratch.environment())
    try:
        wait(f"http://127.0.0.1:{PORT}/healthz", process)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers; end with a sentence when it does not."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2)
        except (URLError, OSError):
            time.sleep(0.3)
        else:
            return
    sys.exit(f"{url} does not answer")


def peak_megabytes(pid: int) -> float:
    """Return the largest resident size so far of a process or any of its children, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return max(_high_water(each) for each in [str(pid), *children])


def _high_water(pid: str) -> float:
    text = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", text)
    return int(found[1]) / 1024 if found else 0.0


def row(what: str, ours: float, peer: float, unit: str, goal: float) -> None:
    """Print one line: our figure, the peer's, the ratio and the goal."""
    ratio = ours / peer if peer else 0.0
    met = "reached" if ratio >= goal else "missed"
    print(f"{what:<52}{ours:>10,.1f}{peer:>10,.1f} {unit:<6} ×{ratio:.2f}  goal ×{goal:g} {met}")
