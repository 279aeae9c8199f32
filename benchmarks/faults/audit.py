"""Looks up what was acknowledged: in the tables and on the disk, without asking the service."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from benchmarks.faults.memory import Memory

_LOGS = "SELECT id, note, content_hash FROM maintenance_maintenancelog WHERE note <> ''"
_PHOTOS = "SELECT id, sha256, size_bytes FROM assets_photo"
_LINKS = "SELECT log_id, photo_id, stage FROM maintenance_logphoto"
_AWAITED = """
    SELECT photo_id FROM maintenance_promisedphoto AS promised
     WHERE arrived_at IS NULL AND EXISTS (
           SELECT FROM assets_photo AS photo WHERE photo.id = promised.photo_id)
"""
ENDINGS = ("original", "public.jpg", "thumb.jpg")


@dataclass(slots=True)
class Findings:
    """What is wrong; a sentence each, and how many acknowledged records are lost or doubled."""

    lost: set[UUID] = field(default_factory=set)
    doubled: set[UUID] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


class Audit:
    """Compares what phones were told with what is there; files are read back once each."""

    def __init__(self, url: str, media: Path, memory: Memory) -> None:
        self.url = url
        self.photos_folder = media / "photos"
        self.memory = memory
        self.found = Findings()
        self._read_back: set[UUID] = set()

    def look(self, *, read_all: bool = False) -> Findings:
        """Compare; photos' files that were read before are read again when `read_all`."""
        if read_all:
            self._read_back.clear()
        with psycopg.connect(self.url) as connection:
            self._look_at_logs(connection.execute(_LOGS).fetchall())
            self._look_at_photos(connection.execute(_PHOTOS).fetchall())
            self._look_at_links(connection.execute(_LINKS).fetchall())
            for (photo_id,) in connection.execute(_AWAITED):
                self._fault(f"photo {photo_id} is there and still awaited")
        return self.found

    def _look_at_logs(self, rows: list[Any]) -> None:
        by_note: dict[str, list[tuple[UUID, str]]] = {}
        for identifier, note, content_hash in rows:
            by_note.setdefault(note, []).append((identifier, content_hash))
        for entry in self.memory.entries.values():
            kept = by_note.get(entry.note, [])
            if entry.id not in {identifier for identifier, _hash in kept}:
                self.found.lost.add(entry.id)
            if len(kept) > 1:
                self.found.doubled.add(entry.id)
            told = self.memory.hashes.get(entry.id)
            if told and kept and kept[0][1] != told:
                self._fault(f"log {entry.id}: the receipt's hash is not the row's")

    def _look_at_photos(self, rows: list[Any]) -> None:
        by_hash: dict[str, list[UUID]] = {}
        for identifier, sha256, size in rows:
            by_hash.setdefault(sha256, []).append(identifier)
            self._read(identifier, sha256, size)
        for photo in self.memory.photos.values():
            kept = by_hash.get(photo.sha256, [])
            if photo.id not in kept:
                self.found.lost.add(photo.id)
            if len(kept) > 1:
                self.found.doubled.add(photo.id)

    def _read(self, identifier: UUID, sha256: str, size: int) -> None:
        """A row's three files are there, and the original has the row's hash and size."""
        if identifier in self._read_back:
            return
        stem = self.photos_folder / sha256[:2] / sha256
        files = [stem.with_name(f"{sha256}.{ending}") for ending in ENDINGS]
        if not all(file.is_file() and file.stat().st_size for file in files):
            self._fault(f"photo {identifier}: a row without all of its files")
            self.found.lost.add(identifier)
            return
        content = files[0].read_bytes()
        if (hashlib.sha256(content).hexdigest(), len(content)) != (sha256, size):
            self._fault(f"photo {identifier}: the file's bytes are not the row's")
            self.found.lost.add(identifier)
        self._read_back.add(identifier)

    def _look_at_links(self, rows: list[Any]) -> None:
        """An acknowledged photo of an acknowledged entry is linked to it, once, at its stage."""
        links: dict[UUID, list[tuple[UUID, str]]] = {}
        for log_id, photo_id, stage in rows:
            links.setdefault(log_id, []).append((photo_id, stage))
        for entry in self.memory.entries.values():
            kept = links.get(entry.id, [])
            for photo in entry.photos:
                times = kept.count((photo.id, photo.stage))
                if photo.id in self.memory.photos and times != 1:
                    self._fault(f"photo {photo.id} is linked {times} times to log {entry.id}")

    def _fault(self, sentence: str) -> None:
        if sentence not in self.found.faults:
            self.found.faults.append(sentence)
