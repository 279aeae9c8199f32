"""A phone in Python with a store of its own on disk: it can be killed and started again."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
from datetime import timedelta
from threading import Event

from django.utils import timezone

PIECE = 256 * 1024
PATIENCE = 600
"""Requests after which a phone that still has something unsent is a failed test."""


class Killed(Exception):
    """The phone's process ended in the middle of something."""


class PocketPhone:
    """Entries and photos in a folder, removed from the unsent ones by a receipt and nothing else.

    `dies_after` is the number of requests after which the process is killed.
    """

    def __init__(self, folder, link, token, *, dies_after=None):
        self.folder = folder
        self.link = link
        self.token = token
        self.dies_after = dies_after
        self.requests = 0
        self._retry = Event()
        self.file = folder / "store.json"
        self.store = {"entries": {}, "photos": {}}
        if self.file.exists():
            self.store = json.loads(self.file.read_text(encoding="utf-8"))

    def enter(self, identifier, entity, body, photos=(), *, op_type="create", base_version=None):
        """Keep an entry with its photos, (id, bytes) each, until the register has them."""
        for photo_id, content in photos:
            (self.folder / str(photo_id)).write_bytes(content)
            sha256 = hashlib.sha256(content).hexdigest()
            self.store["photos"][str(photo_id)] = {"sha256": sha256, "receipt": None}
        self.store["entries"][str(identifier)] = {
            "entity": entity,
            "type": op_type,
            "entity_id": str(body.pop("of", identifier)),
            "base_version": base_version,
            "body": body,
            "receipt": None,
            "problem": None,
        }
        self._keep()

    def sync(self):
        """Send until nothing is unsent, over whatever link there is; raises `Killed`."""
        while unsent := self.unsent():
            assert self.requests < PATIENCE, unsent
            try:
                self._push()
                for photo_id in self.unsent_photos():
                    self._send_photo(photo_id)
            except (OSError, http.client.HTTPException):
                continue

    def unsent(self):
        entries = [key for key, entry in self.store["entries"].items() if _is_unsent(entry)]
        return entries + self.unsent_photos()

    def unsent_photos(self):
        return [key for key, photo in self.store["photos"].items() if not photo["receipt"]]

    def received(self):
        """How many entries and photos have a receipt."""
        entries = [entry for entry in self.store["entries"].values() if entry["receipt"]]
        photos = [photo for photo in self.store["photos"].values() if photo["receipt"]]
        return len(entries), len(photos)

    def problems(self):
        """What the register said of the entries that it did not take."""
        return [entry["problem"] for entry in self.store["entries"].values() if entry["problem"]]

    def pull(self):
        """Everything that the register tells this phone, to the end.

        What waits for somebody's open transaction, such as another test's, comes when that ends.
        """
        items, cursor, waits = [], "", True
        while waits:
            answer = self._ask("GET", f"/api/v1/sync/pull?limit=100&cursor={cursor}")
            assert answer["status"] == 200, answer
            page = json.loads(answer["content"])
            items += page["items"]
            cursor = page["next_cursor"]
            waits = page["more"] or page["held_back_since"]
            self._retry.wait(0.2 if page["held_back_since"] else 0)
        return items

    def _push(self):
        """Send the unsent entries, five at a time, so that a cut finds some sent and some not."""
        waiting = [key for key, entry in self.store["entries"].items() if _is_unsent(entry)][:5]
        if not waiting:
            return
        ops = [self._operation(key) for key in waiting]
        body = {"device_id": "pocket", "sent_at": timezone.now().isoformat(), "ops": ops}
        headers = {"Content-Type": "application/json"}
        answer = self._ask("POST", "/api/v1/sync/push", json.dumps(body).encode(), headers)
        assert answer["status"] == 200, answer
        results = json.loads(answer["content"])["results"]
        for key, result in zip(waiting, results, strict=True):
            entry = self.store["entries"][key]
            if result["status"] in ("stored", "duplicate"):
                entry["receipt"] = result["receipt"]
            else:
                entry["problem"] = result
        self._keep()

    def _operation(self, key):
        entry = self.store["entries"][key]
        named = ("entity", "type", "entity_id", "base_version", "body")
        at = timezone.now() - timedelta(hours=1)
        return {
            "op_id": key,
            "device_time": at.replace(microsecond=0, hour=1).isoformat(),
            **{name: entry[name] for name in named},
        }

    def _send_photo(self, photo_id):
        """Go on from where the server is; the receipt states the hash of what it holds."""
        photo = self.store["photos"][photo_id]
        content = (self.folder / photo_id).read_bytes()
        path, hashed = f"/api/v1/photos/{photo_id}", {"X-Content-SHA256": photo["sha256"]}
        held = self._ask("HEAD", path, headers=hashed)
        offset = int(held["headers"].get("Upload-Offset", 0)) if held["status"] < 300 else 0
        while True:
            answer = self._ask(
                "PATCH",
                path,
                content[offset : offset + PIECE],
                {**hashed, "Upload-Offset": str(offset), "Upload-Length": str(len(content))},
            )
            if answer["status"] not in (204, 409):
                break
            offset = int(answer["headers"]["Upload-Offset"])
        assert answer["status"] in (200, 201), answer
        photo["receipt"] = json.loads(answer["content"])
        self._keep()

    def _ask(self, method, path, body=None, headers=None):
        self.requests += 1
        if self.requests == self.dies_after:
            raise Killed
        connection = http.client.HTTPConnection("127.0.0.1", self.link.port, timeout=10)
        try:
            sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return {
                "status": answer.status,
                "headers": answer.headers,
                "content": answer.read(),
            }
        finally:
            connection.close()

    def _keep(self):
        """Write the store so that a kill finds the old one or the new one, whole."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(json.dumps(self.store), encoding="utf-8")
        os.replace(fresh, self.file)


def _is_unsent(entry):
    return not entry["receipt"] and not entry["problem"]
