"""Who wants to know that a photo has come: records that named it before it was here.

A record may name a photo by identifier and hash while the photo is still on somebody's phone.
Apps above register a listener in the `ready` of their configuration::

    photo_arrival.register(photo_arrived)

It is called once for each new photo, inside the photo's own transaction and under the photo's
lock: what it writes stands or falls with the photo. A record that names photos takes the same
lock before it looks whether they are here. So whichever comes first, the other one finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from assets.models import Photo

Listener: TypeAlias = "Callable[[Photo], None]"

_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """Call a listener for each photo that comes; the same one again changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(photo: Photo) -> None:
    """Tell every listener of a new photo; whoever calls holds the photo's lock."""
    for listener in _listeners:
        listener(photo)


def photo_lock(*identifiers: UUID) -> None:
    """Hold the locks of photos, known or not, until the transaction's end.

    Always in one order, so that two transactions with several photos never wait for each other.
    """
    numbers = _numbers(identifiers)
    if not numbers:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('photo'), number)"
            " FROM unnest(%s::integer[]) AS number",
            [numbers],
        )


def _numbers(identifiers: Iterable[UUID]) -> list[int]:
    """Return the lock numbers, sorted; the last bytes of an identifier are its random ones."""
    return sorted({int.from_bytes(key.bytes[-4:], signed=True) for key in identifiers})
