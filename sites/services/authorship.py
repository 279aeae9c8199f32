"""Who changed a record and why, for the history that the database keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pghistory

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@contextmanager
def authored(*, actor: User | None, reason: str = "") -> Iterator[None]:
    """Name the actor and the reason in every history row written inside the block."""
    with pghistory.context(user=actor.pk if actor else None):
        if reason.strip():
            with pghistory.context(reason=reason.strip()):
                yield
        else:
            yield
