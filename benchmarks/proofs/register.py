"""What the register holds of the entries that were sent: looked up in its tables, not asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import psycopg

from benchmarks.field_phone import Entry, Line

_ROWS = """
    SELECT id, content_hash, note FROM maintenance_maintenancelog
     WHERE id = ANY(%(ids)s) OR note = ANY(%(notes)s)
"""
_SET_ASIDE = """
    SELECT entity_id, cause, times_sent, body::text FROM maintenance_setasideentry
     WHERE entity_id = ANY(%s)
"""
PAGE = 500


class Register:
    """The tables of the service's own database."""

    def __init__(self, url: str) -> None:
        self.url = url

    def rows_of(self, entries: Sequence[Entry]) -> int:
        """Return how many log entries have the identifiers or the contents of these."""
        return len(self._rows(entries))

    def faults_of_rows(
        self, entries: Sequence[Entry], receipts: Mapping[tuple[UUID, str], set[str]]
    ) -> list[str]:
        """Each entry is one row, as it was sent first, with the hash that its receipt states."""
        rows = self._rows(entries)
        found: dict[UUID, list[tuple[str, str]]] = {}
        for key, content_hash, note in rows:
            found.setdefault(key, []).append((content_hash, note))
        faults = []
        if len(rows) != len(entries):
            faults.append(f"{len(rows)} rows instead of {len(entries)}")
        for entry in entries:
            kept = found.get(entry.id, [])
            if [note for _hash, note in kept] != [entry.note]:
                faults.append(f"{entry.id} stands as {kept}")
        for (key, route), texts in receipts.items():
            stated = {_stated_hash(text) for text in texts} - {""}
            if stated - {content_hash for content_hash, _note in found.get(key, [])}:
                faults.append(f"{key}: the hash of the receipt by {route} is not the row's")
        return faults

    def set_aside_of(self, ids: Sequence[UUID]) -> int:
        """Return how many entries are set aside under these identifiers."""
        return len(self._fetched(_SET_ASIDE, (list(ids),)))

    def faults_set_aside(self, ids: Sequence[UUID], note: str, times: int) -> list[str]:
        """Under each identifier one entry is set aside, whole, counted as often as it was sent."""
        found: dict[UUID, list[tuple[str, int, bool]]] = {}
        for key, cause, times_sent, body in self._fetched(_SET_ASIDE, (list(ids),)):
            found.setdefault(key, []).append((cause, times_sent, note in body))
        expected = [("other_content", times, True)]
        return [
            f"{key} is set aside as {found.get(key)}, expected {expected}"
            for key in ids
            if found.get(key) != expected
        ]

    def shown_to(self, line: Line) -> set[UUID]:
        """Return the identifiers of what somebody is shown of the entries set aside."""
        address = f"/api/v1/set-aside?state=open&limit={PAGE}"
        shown: set[UUID] = set()
        while address:
            page = line.ask("GET", address).json()
            shown |= {UUID(row["entity_id"]) for row in page["items"]}
            address = _path_of(page["next"])
        return shown

    def _rows(self, entries: Sequence[Entry]) -> list[Any]:
        named = {"ids": [entry.id for entry in entries], "notes": [e.note for e in entries]}
        return self._fetched(_ROWS, named)

    def _fetched(self, query: str, parameters: Any) -> list[Any]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(query.encode(), parameters).fetchall()


def _stated_hash(receipt: str) -> str:
    return str(json.loads(receipt).get("content_hash", ""))


def _path_of(address: str | None) -> str:
    """Return the path and query of a page's address, or nothing."""
    return "/" + address.split("/", 3)[3] if address else ""
