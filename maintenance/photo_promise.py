"""A photo that an entry names before it has come."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PhotoPromise:
    """The identifier under which the sender will send a photo, and the SHA-256 of its bytes."""

    photo_id: UUID
    sha256: str
