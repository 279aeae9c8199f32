"""The evening sync: phones send a day's logs and photos beside planners at their maps.

    script/manage collectstatic --noinput
    python -m benchmarks.field_evening [--phones 200] [--logs 20] [--minutes 10] [--planners 20]
                                       [--sites 20000] [--photo-kb 300]

Each phone comes back at a random moment and sends its entries one by one, each followed by its
photo in pieces at `LINK_BYTES_S`. Planners open pages and tiles with pauses between. Afterwards
everything acknowledged is looked up in the tables and on the disk. Limits of promise D3: nothing
lost, 95 of 100 logs within 800 ms and tiles within 500 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks import scratch
from benchmarks.faults.audit import Audit
from benchmarks.faults.memory import Memory
from benchmarks.field_phone import PIECE_BYTES, Entry, Line, LinkLost, Photo, new_id
from benchmarks.jpegs import landscape, told_apart
from benchmarks.tiles import addresses
from benchmarks.upkeep import load, p95

NAME = "atlas_evening"
LINK_BYTES_S = 128 * 1024
LOG_MS, TILE_MS = 800, 500
TRIES = 20
PAGES = ("/sites/", "/assets/", "/maintenance/orders/", "/maintenance/logs/")
LAYERS = ("assets", "roads", "sites")
PHONES_CODE = """
import json
from django.contrib.auth import get_user_model
from django.utils import timezone
from maintenance.models import AgreementParty, AgreementScope
from sites.api.authentication import issue_token
from sites.models import Membership
parties = list(AgreementParty.objects.filter(role="executor").order_by("pk")[:40])
found = []
for number in range(%(phones)d):
    party = parties[number %% len(parties)]
    user = get_user_model().objects.create(username=f"phone-{number}")
    held = Membership.objects.create(user=user, role="company_member", valid_from="2020-01-01")
    held.organisations.set([party.organisation_id])
    scopes = AgreementScope.objects.filter(agreement=party.agreement_id).select_related("asset")
    scope = scopes.order_by("pk")[number // len(parties)]
    place = scope.asset.geometry.centroid
    found.append([issue_token(user, now=timezone.now()).token, str(scope.asset_id),
                  [round(place.x, 6), round(place.y, 6)]])
print(json.dumps(found))
"""


@dataclass(slots=True)
class Times:
    """Milliseconds of logs, pieces of photos, pages and tiles; kept by many threads."""

    of: dict[str, list[float]] = field(default_factory=dict)

    def add(self, what: str, began: float) -> None:
        """Keep how long something took since `began` (monotonic seconds)."""
        self.of.setdefault(what, []).append((time.monotonic() - began) * 1000)


class EveningPhone(threading.Thread):
    """Comes back at `starts` and sends what it has, entry by entry, until all is acknowledged."""

    def __init__(
        self, line: Line, entries: list[Entry], starts: float, memory: Memory, times: Times
    ) -> None:
        super().__init__(daemon=True)
        self.line, self.entries, self.starts = line, entries, starts
        self.memory, self.times = memory, times

    def run(self) -> None:
        """Send everything."""
        time.sleep(self.starts)
        for entry in self.entries:
            self._until_done(lambda entry=entry: self._send_log(entry))
            for photo in entry.photos:
                self._until_done(lambda photo=photo: self._send_photo(photo))

    def _until_done(self, send: Any) -> None:
        for _try in range(TRIES):
            try:
                if send():
                    return
            except LinkLost as lost:
                self.memory.lose_link(str(lost))
            time.sleep(1)
        self.memory.fault("a phone gave up")

    def _send_log(self, entry: Entry) -> bool:
        began = time.monotonic()
        answer = entry.put(self.line)
        self.times.add("log", began)
        if answer.status not in (200, 201):
            self.memory.hear("log", answer)
            return False
        self.memory.keep_entry(entry)
        return True

    def _send_photo(self, photo: Photo) -> bool:
        told = photo.head(self.line)
        offset = int(told.headers.get("upload-offset", "0"))
        while True:
            began = time.monotonic()
            answer = photo.patch(self.line, offset)
            self.times.add("piece of a photo", began)
            # 409 with an offset: an abandoned piece went on meanwhile, the next begins there.
            if answer.status not in (204, 409) or "upload-offset" not in answer.headers:
                break
            offset = int(answer.headers["upload-offset"])
            time.sleep(max(0.0, PIECE_BYTES / LINK_BYTES_S - (time.monotonic() - began)))
        if answer.status not in (200, 201):
            self.memory.hear("photo", answer)
            return False
        self.memory.keep_photo(photo)
        return True


class Planner(threading.Thread):
    """Opens a page, then the tiles of a map, then reads for some seconds."""

    def __init__(self, session: str, seed: int, memory: Memory, times: Times) -> None:
        super().__init__(daemon=True)
        self.rng = random.Random(seed)
        self.line = Line(scratch.PORT, "")
        self.headers = {"Cookie": f"sessionid={session}"}
        self.memory, self.times = memory, times
        self.goes_on = True

    def run(self) -> None:
        """Click until told to stop."""
        places = addresses(2_000, (10, 11, 12, 13, 14, 15))
        while self.goes_on:
            self._get("page", self.rng.choice(PAGES))
            layer = self.rng.choice(LAYERS)
            for z, x, y in self.rng.sample(places, 6):
                self._get("tile", f"/api/v1/tiles/{layer}/{z}/{x}/{y}.mvt")
            time.sleep(self.rng.uniform(3, 7))

    def _get(self, what: str, path: str) -> None:
        began = time.monotonic()
        try:
            answer = self.line.ask("GET", path, None, self.headers)
        except LinkLost as lost:
            self.memory.lose_link(str(lost))
            return
        self.times.add(what, began)
        if answer.status not in (200, 204):
            self.memory.hear(path, answer)


def copied(made: scratch.Scratch) -> scratch.Scratch:
    """Return a copy of the scratch database for one evening."""
    parts = urlsplit(made.url)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{NAME}" TEMPLATE "{parts.path[1:]}"')
    return replace(made, url=urlunsplit(parts._replace(path=f"/{NAME}")))


def entries_of(number: int, asset: str, place: list[float], given: Any, pictures: Any) -> Any:
    """Return a phone's entries of the day, each with a photo."""
    rng = random.Random(number)
    found = []
    for turn in range(given.logs):
        identifier = new_id(rng)
        content = told_apart(rng.choice(pictures), str(identifier))
        photo = Photo(identifier, content, "after")
        found.append(
            Entry(
                new_id(rng),
                new_id(rng),
                asset,
                (place[0], place[1]),
                f"{number}-{turn}",
                f"phone-{number}",
                (photo,),
            )
        )
    return found


def report(memory: Memory, times: Times, audit: Audit, seconds: float) -> int:
    """Print what was measured against the limits; return the exit code."""
    found = audit.look()
    print(f"{seconds:.0f} s, {len(memory.entries)} logs and {len(memory.photos)} photos received")
    for what, figures in sorted(times.of.items()):
        middle = sorted(figures)[len(figures) // 2]
        print(f"{what:<18}{len(figures):>7}  p50 {middle:7.0f} ms  p95 {p95(figures):7.0f} ms")
    print(f"lost {len(found.lost)}, doubled {len(found.doubled)}, faults {len(found.faults)}")
    print(f"503: {memory.unavailable.total()}, broken: {memory.lost_links.total()}")
    for sentence in [*found.faults, *memory.odd][:20]:
        print(f"  {sentence}")
    kept = not (found.lost or found.doubled or found.faults or memory.odd)
    quick = p95(times.of["log"]) <= LOG_MS and p95(times.of["tile"]) <= TILE_MS
    print("D3 holds" if kept and quick else "D3 is missed")
    return 0 if kept and quick else 1


def evening(given: Any, made: scratch.Scratch, media: Path) -> int:
    """Play the evening; return the exit code."""
    told = json.loads(scratch.manage(made, PHONES_CODE % {"phones": given.phones}))
    size = given.photo_kb * 1000
    pictures = [landscape((2560, 1920), seed, target_bytes=size) for seed in range(4)]
    memory, times = Memory(), Times()
    memory.begin_round()
    latest = max(given.minutes * 60 - 90, 1)
    rng = random.Random(200)
    phones = [
        EveningPhone(
            Line(scratch.PORT, token),
            entries_of(number, asset, place, given, pictures),
            rng.uniform(0, latest),
            memory,
            times,
        )
        for number, (token, asset, place) in enumerate(told)
    ]
    planners = [Planner(made.session, n, memory, times) for n in range(given.planners)]
    with scratch.server(made):
        began = time.monotonic()
        for thread in [*phones, *planners]:
            thread.start()
        for phone in phones:
            phone.join()
        for planner in planners:
            planner.goes_on = False
        seconds = time.monotonic() - began
        return report(memory, times, Audit(made.url, media, memory), seconds)


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("phones", 200), ("logs", 20), ("planners", 20), ("sites", 20_000)):
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--photo-kb", type=int, default=300)
    parser.add_argument("--minutes", type=float, default=10)
    given = parser.parse_args()
    base = scratch.prepare(given.sites)
    load(base, given.sites * 5)
    with tempfile.TemporaryDirectory() as media:
        os.environ["MEDIA_ROOT"] = media
        return evening(given, copied(base), Path(media))


if __name__ == "__main__":
    sys.exit(main())
