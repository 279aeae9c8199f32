"""Field entries under the sender's own identifier: the same entry twice is one entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models

from maintenance.services.field_errors import EntryDiffers
from sites.services.errors import RefusedByRegister
from sites.services.saving import save_checked

Row = TypeVar("Row", bound=models.Model)


def enter_once(row: Row, *, told: Sequence[str]) -> Row | None:
    """Insert a row; return None, or the same entry that stands under its identifier.

    The primary key decides who is first, also between two requests at the same time. `told` are
    the columns that make an entry that is sent again the same one. Raises `EntryDiffers`, or
    `RefusedByRegister` for what the register does not take.
    """
    try:
        save_checked(row, force_insert=True)
        return None
    except RefusedByRegister as error:
        rows: Any = type(row)._default_manager
        standing: Row | None = rows.filter(pk=row.pk).first()
        if standing is None or not _is_repeat(error):
            raise
        if not _is_same(standing, row, told):
            raise EntryDiffers from error
        return standing


def entered_before(model: type[Row], identifier: UUID, fingerprint: str) -> Row | None:
    """Return the entry with this fingerprint that stands under its identifier already.

    A shortcut for repeats, whatever has changed around the entry since: who is first is decided
    by `enter_once`. Raises `EntryDiffers` for another content.
    """
    rows: Any = model._default_manager
    standing: Any = rows.filter(pk=identifier).exclude(content_hash="").first()
    if standing is not None and standing.content_hash != fingerprint:
        raise EntryDiffers
    found: Row | None = standing
    return found


def _is_same(standing: Any, row: Any, told: Sequence[str]) -> bool:
    """Compare fingerprints; entries from before there were any, by the columns that tell them."""
    if standing.content_hash and row.content_hash:
        return bool(standing.content_hash == row.content_hash)
    return all(getattr(standing, name) == getattr(row, name) for name in told)


def _is_repeat(error: RefusedByRegister) -> bool:
    """Whether the identifier was found taken, by the database or by Django's own check."""
    by_database = isinstance(error.__cause__, IntegrityError)
    return by_database or any(field == "id" for field, _code, _text in error.errors)
