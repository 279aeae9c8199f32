"""A phone as the server sees it: entries, photos and the requests that carry them.

Used by the crash rounds and by the measurements of field work. Nothing is sent twice on its own:
whoever uses a `Line` decides what a lost answer means.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

SECONDS_TO_ANSWER = 20
PIECE_BYTES = 256 * 1024
DEVICE_TIME = "2026-11-20T08:30:00+08:00"


class LinkLost(Exception):
    """The connection broke: whether the request was carried out is not known."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers in lower case, the body's bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)

    def told(self) -> str:
        """Return the status and the beginning of the body, for people."""
        return f"{self.status} {self.body[:300].decode(errors='replace')}"


class Line:
    """One kept-alive connection of one person, by token if there is one; opened when needed."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        self.token = token
        self._connection: http.client.HTTPConnection | None = None

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request and read its answer whole; raises `LinkLost`."""
        signed = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        sent = {**signed, **(headers or {})}
        try:
            connection = self._open()
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise LinkLost(str(error)) from error
        names = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, names, content)

    def send(self, method: str, path: str, value: Any) -> Answer:
        """Send a JSON value; raises `LinkLost`."""
        return self.ask(
            method, path, json.dumps(value).encode(), {"Content-Type": "application/json"}
        )

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> http.client.HTTPConnection:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                "127.0.0.1", self.port, timeout=SECONDS_TO_ANSWER
            )
        return self._connection


@dataclass(slots=True)
class Photo:
    """A photo on the phone; `acknowledged` bytes of it were said to be held by the server."""

    id: UUID
    content: bytes
    stage: str
    acknowledged: int = 0

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    def put(self, line: Line) -> Answer:
        """Send the whole photo."""
        headers = {"X-Content-SHA256": self.sha256, "Content-Type": "image/jpeg"}
        return line.ask("PUT", f"/api/v1/photos/{self.id}", self.content, headers)

    def head(self, line: Line) -> Answer:
        """Ask how many bytes the server holds: `Upload-Offset`, 0 for a photo it never saw."""
        headers = {"X-Content-SHA256": self.sha256}
        return line.ask("HEAD", f"/api/v1/photos/{self.id}", None, headers)

    def patch(self, line: Line, offset: int, size: int = PIECE_BYTES) -> Answer:
        """Send the piece that begins at `offset`."""
        headers = {
            "X-Content-SHA256": self.sha256,
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Length": str(len(self.content)),
        }
        piece = self.content[offset : offset + size]
        return line.ask("PATCH", f"/api/v1/photos/{self.id}", piece, headers)


@dataclass(frozen=True, slots=True)
class Entry:
    """A log entry on the phone, with the photos that it names."""

    id: UUID
    op_id: UUID
    asset: str
    position: tuple[float, float]
    note: str
    device_id: str
    photos: tuple[Photo, ...] = ()

    def properties(self) -> dict[str, Any]:
        """Return what the entry says, photos by identifier and hash."""
        named = [
            {"photo": str(photo.id), "stage": photo.stage, "sha256": photo.sha256}
            for photo in self.photos
        ]
        return {
            "asset": self.asset,
            "task": "routine",
            "device_time": DEVICE_TIME,
            "accuracy_m": 6.0,
            "note": self.note,
            "device_id": self.device_id,
            "photos": named,
        }

    def geometry(self) -> dict[str, Any]:
        """Return where the phone was."""
        return {"type": "Point", "coordinates": list(self.position)}

    def put(self, line: Line) -> Answer:
        """Send the entry alone."""
        feature = {
            "type": "Feature",
            "geometry": self.geometry(),
            "properties": self.properties(),
        }
        return line.send("PUT", f"/api/v1/logs/{self.id}", feature)

    def operation(self) -> dict[str, Any]:
        """Return the entry as an operation of `sync/push`."""
        return {
            "op_id": str(self.op_id),
            "type": "create",
            "entity": "log",
            "entity_id": str(self.id),
            "base_version": None,
            "device_time": DEVICE_TIME,
            "body": {**self.properties(), "geometry": self.geometry()},
        }


def push(line: Line, entries: Sequence[Entry]) -> Answer:
    """Send entries of one phone together."""
    ops = [entry.operation() for entry in entries]
    return line.send("POST", "/api/v1/sync/push", {"device_id": entries[0].device_id, "ops": ops})


def new_id(rng: random.Random) -> UUID:
    """Return an identifier of version 4, the same by seed."""
    return UUID(int=rng.getrandbits(128), version=4)
