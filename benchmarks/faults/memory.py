"""What phones were told: the promise that the rounds hold the service to."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from benchmarks.field_phone import Answer, Entry, Photo


@dataclass(slots=True)
class Memory:
    """Acknowledged entries and photos, odd answers, and the gaps between acknowledgements."""

    entries: dict[UUID, Entry] = field(default_factory=dict)
    hashes: dict[UUID, str] = field(default_factory=dict)
    photos: dict[UUID, Photo] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    unavailable: Counter[str] = field(default_factory=Counter)
    lost_links: Counter[str] = field(default_factory=Counter)
    resent: int = 0
    resumed: int = 0
    longest_gap_s: float = 0.0
    _last: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep_entry(self, entry: Entry, content_hash: str = "") -> None:
        """An entry was acknowledged, with the hash that its receipt states where it states one."""
        with self._lock:
            self.entries[entry.id] = entry
            if content_hash:
                self.hashes[entry.id] = content_hash
            self._acknowledged()

    def keep_photo(self, photo: Photo) -> None:
        """A whole photo was acknowledged."""
        with self._lock:
            self.photos[photo.id] = photo
            self._acknowledged()

    def count(self) -> int:
        """Return how many entries and photos were acknowledged."""
        return len(self.entries) + len(self.photos)

    def hear(self, what: str, answer: Answer) -> None:
        """An answer that is no acknowledgement: 503 is allowed, anything else is a fault."""
        with self._lock:
            if answer.status == 503 and "retry-after" in answer.headers:
                self.unavailable[what.split()[0]] += 1
            else:
                self.odd.append(f"{what}: {answer.told()}")

    def fault(self, sentence: str) -> None:
        """Something is wrong that no answer shows."""
        with self._lock:
            self.odd.append(sentence)

    def lose_link(self, reason: str) -> None:
        """A connection broke before its answer."""
        with self._lock:
            self.lost_links[reason] += 1

    def send_again(self) -> None:
        """Something acknowledged was sent once more, on purpose."""
        with self._lock:
            self.resent += 1

    def go_on_elsewhere(self) -> None:
        """A piece was sent from another offset than the server's, and was told the right one."""
        with self._lock:
            self.resumed += 1

    def begin_round(self) -> None:
        """Phones go on: a gap between acknowledgements is measured from here."""
        with self._lock:
            self._last = time.monotonic()

    def _acknowledged(self) -> None:
        now = time.monotonic()
        self.longest_gap_s = max(self.longest_gap_s, now - self._last)
        self._last = now
