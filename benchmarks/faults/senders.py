"""Phones that send without pause, and forget nothing that was not acknowledged."""

from __future__ import annotations

import random
import threading
import time

from benchmarks.faults.district import District
from benchmarks.faults.memory import Memory
from benchmarks.field_phone import Answer, Entry, Line, LinkLost, Photo, new_id, push
from benchmarks.jpegs import told_apart

UNSENT = 6
"""How many entries and photos a phone holds before it makes no further ones."""
ACKNOWLEDGED = (200, 201)
PAUSE_S = 0.03
AWAY_S = 0.1


class Gate:
    """Lets phones send while it is open; closing it waits until no request is under way."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._is_open = False
        self._inside = 0

    def __enter__(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_open)
            self._inside += 1

    def __exit__(self, *_reason: object) -> None:
        with self._changed:
            self._inside -= 1
            self._changed.notify_all()

    def open(self) -> None:
        """Let everybody go on."""
        with self._changed:
            self._is_open = True
            self._changed.notify_all()

    def close(self) -> None:
        """Hold everybody; return when the last request has ended."""
        with self._changed:
            self._is_open = False
            self._changed.wait_for(lambda: self._inside == 0)


class Sender(threading.Thread):
    """One phone: makes entries with photos, sends them in any order, sends again after a loss."""

    def __init__(
        self,
        number: int,
        district: District,
        pictures: list[bytes],
        *,
        port: int,
        seed: int,
        memory: Memory,
        gate: Gate,
    ) -> None:
        super().__init__(daemon=True, name=f"phone-{number}")
        self.number = number
        self.district = district
        self.pictures = pictures
        self.rng = random.Random(seed * 1000 + number)
        self.line = Line(port, district.tokens[number])
        self.memory = memory
        self.gate = gate
        self.makes_more = True
        self.entries: list[Entry] = []
        self.photos: list[Photo] = []
        self._made = 0

    def run(self) -> None:
        """Send until the program ends."""
        while True:
            with self.gate:
                moved = self._step()
            if not moved:
                time.sleep(PAUSE_S)

    @property
    def is_done(self) -> bool:
        """Whether everything that was made is acknowledged."""
        return not self.entries and not self.photos

    def _step(self) -> bool:
        """Carry out one request; return whether the link held."""
        try:
            if self.makes_more and len(self.entries) + len(self.photos) < UNSENT:
                self._make()
            if self.rng.random() < 0.05:
                self._send_again()
            elif self.photos and (not self.entries or self.rng.random() < 0.5):
                self._send_photo(self.rng.choice(self.photos))
            elif self.entries:
                self._send_entries()
            else:
                return False
        except LinkLost as lost:
            self.memory.lose_link(str(lost))
            return False
        return True

    def _make(self) -> None:
        self._made += 1
        stages = ["before", "after"][: self.rng.choice((0, 1, 1, 2))]
        photos = tuple(self._photo(stage) for stage in stages)
        west, south = self.district.position
        entry = Entry(
            id=new_id(self.rng),
            op_id=new_id(self.rng),
            asset=self.district.asset,
            position=(west + self.rng.random() / 1000, south),
            note=f"{self.number}-{self._made}",
            device_id=self.name,
            photos=photos,
        )
        self.entries.append(entry)
        self.photos.extend(photos)

    def _photo(self, stage: str) -> Photo:
        identifier = new_id(self.rng)
        content = told_apart(self.rng.choice(self.pictures), str(identifier))
        return Photo(identifier, content, stage)

    def _send_entries(self) -> None:
        if self.rng.random() < 0.5:
            entry = self.rng.choice(self.entries)
            answer = entry.put(self.line)
            if answer.status in ACKNOWLEDGED:
                self._entry_is_there(entry)
            else:
                self._hear("PUT log", answer)
            return
        together = self.rng.sample(self.entries, self.rng.randint(1, len(self.entries)))
        answer = push(self.line, together)
        if answer.status != 200:
            self._hear("push", answer)
            return
        for entry, result in zip(together, answer.json()["results"], strict=True):
            self._hear_result(entry, result)

    def _hear_result(self, entry: Entry, result: dict[str, object]) -> None:
        if result["op_id"] != str(entry.op_id) or result["status"] not in ("stored", "duplicate"):
            self.memory.fault(f"push: {result}")
            return
        receipt = result["receipt"]
        told = receipt.get("content_hash", "") if isinstance(receipt, dict) else ""
        self._entry_is_there(entry, told)

    def _entry_is_there(self, entry: Entry, content_hash: str = "") -> None:
        if entry in self.entries:
            self.entries.remove(entry)
        self.memory.keep_entry(entry, content_hash)

    def _send_photo(self, photo: Photo) -> None:
        if photo.id.int % 3 == 0:
            self._hear_photo("PUT", photo, photo.put(self.line))
            return
        told = photo.head(self.line)
        if told.status != 200:
            self._hear(f"HEAD {photo.id}", told)
            return
        held = self._held(photo, told)
        size = self.rng.randint(1, len(photo.content))
        answer = photo.patch(self.line, held, size)
        if answer.status == 204:
            photo.acknowledged = self._held(photo, answer)
        elif answer.status == 409 and "upload-offset" in answer.headers:
            # An abandoned request of before went on meanwhile: the next piece begins there.
            self._held(photo, answer)
            self.memory.go_on_elsewhere()
        else:
            end = min(held + size, len(photo.content))
            self._hear_photo(f"PATCH {held}–{end} of {len(photo.content)}", photo, answer)

    def _held(self, photo: Photo, answer: Answer) -> int:
        """Return the offset of an answer: never less than was acknowledged, nor past the end."""
        held = int(answer.headers["upload-offset"])
        if not photo.acknowledged <= held <= len(photo.content):
            said = f"{photo.acknowledged} of {len(photo.content)} bytes were acknowledged"
            self.memory.fault(f"{photo.id}: {said}, {answer.status} says that {held} are held")
        return held

    def _hear_photo(self, what: str, photo: Photo, answer: Answer) -> None:
        if answer.status not in ACKNOWLEDGED:
            self._hear(f"{what} {photo.id}", answer)
            return
        if answer.json()["sha256"] != photo.sha256:
            self.memory.fault(f"{photo.id}: the receipt states another hash")
        if photo in self.photos:
            self.photos.remove(photo)
        self.memory.keep_photo(photo)

    def _send_again(self) -> None:
        """Send something that was acknowledged: it has to be answered as a repeat."""
        kept = [entry for entry in list(self.memory.entries.values()) if self._is_mine(entry)]
        if not kept:
            return
        entry = self.rng.choice(kept)
        answer = entry.put(self.line)
        self.memory.send_again()
        if answer.status != 200:
            self._hear("repeat of a log", answer)

    def _hear(self, what: str, answer: Answer) -> None:
        """Keep what is no acknowledgement; a service that is away is left alone for a moment."""
        self.memory.hear(what, answer)
        if answer.status == 503:
            time.sleep(AWAY_S)

    def _is_mine(self, entry: Entry) -> bool:
        return entry.note.startswith(f"{self.number}-")
