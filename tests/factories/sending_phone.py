"""Somebody's phone that sends a photo over HTTP, on a link that may break."""

from __future__ import annotations

import hashlib
import random
import uuid
from io import BytesIO

from django.test import Client
from PIL import Image


def noise(size=(400, 300)):
    """A JPEG that does not get small: some 200 KiB."""
    pixels = random.Random(7).randbytes(size[0] * size[1] * 3)
    target = BytesIO()
    Image.frombytes("RGB", size, pixels).save(target, "JPEG", quality=95, subsampling=0)
    return target.getvalue()


CONTENT = noise()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Link:
    """A body of which the link carries only the first bytes."""

    def __init__(self, content, breaks_at=None, error=None):
        self.stream, self.error = BytesIO(content[:breaks_at]), error
        self.readline = self.stream.readline

    def read(self, size=-1):
        piece = self.stream.read(size)
        if not piece and self.error:
            raise self.error
        return piece


class Phone:
    """Somebody who sends one photo."""

    def __init__(self, user, content=CONTENT, identifier=None, sha256=None):
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(user)
        self.path = f"/api/v1/photos/{identifier or uuid.uuid4()}"
        self.content = content
        self.sha256 = sha256 or hashlib.sha256(content).hexdigest()

    def send(self, method, body, *, breaks_at=None, error=None, query="", **headers):
        given = {"X-Content-SHA256": self.sha256}
        given |= {name.replace("_", "-"): str(value) for name, value in headers.items()}
        return self.client.generic(
            method,
            self.path + query,
            b"",
            content_type="image/jpeg",
            headers={name: value for name, value in given.items() if value},
            CONTENT_LENGTH=str(len(body)),
            **{"wsgi.input": Link(body, breaks_at, error)},
        )

    def put(self, **options):
        return self.send("PUT", self.content, **options)

    def patch(self, start, end=None, **options):
        return self.send("PATCH", self.content[start:end], Upload_Offset=start, **options)

    def offset(self):
        answer = self.client.head(self.path, headers={"X-Content-SHA256": self.sha256})
        assert answer.status_code == 200
        return int(answer.headers["Upload-Offset"])


def code(answer):
    return answer.status_code, answer.json()["errors"][0]["code"]
