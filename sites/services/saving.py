"""Saving a record so that every refusal, ours or the database's, says which field and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from sites.models.versioned import VersionedRecord
from sites.services.errors import ConcurrentChange, RefusedByRegister

Versioned = TypeVar("Versioned", bound=VersionedRecord)


def save_checked(
    record: models.Model, *, force_insert: bool = False, unchecked: tuple[str, ...] = ()
) -> None:
    """Check a record and save it; raises `RefusedByRegister` with every problem found.

    `unchecked` names columns that the service itself has filled: the person who acts, say, whom
    a command on the server does not have.
    """
    checked(record, unchecked=unchecked)
    try:
        with transaction.atomic():
            record.save(force_insert=force_insert)
    except IntegrityError as error:
        raise RefusedByRegister.from_integrity(error, type(record)) from error


def checked(record: models.Model, *, unchecked: tuple[str, ...] = ()) -> None:
    """Check a record without saving it; raises `RefusedByRegister` with every problem found."""
    try:
        record.full_clean(exclude=unchecked)
    except ValidationError as error:
        raise RefusedByRegister.from_validation(error) from error


def locked(record: Versioned, expected_version: int) -> Versioned:
    """Return the record as it stands, locked until the end of the transaction.

    Raises `ConcurrentChange` when its version is no longer the expected one.
    """
    rows = type(record)._default_manager.select_for_update(of=("self",))
    current = rows.get(pk=record.pk)
    if current.version != expected_version:
        raise ConcurrentChange(current)
    return current


def assign(record: models.Model, values: Mapping[str, Any], *, fixed: tuple[str, ...] = ()) -> None:
    """Set columns of a record; raises `RefusedByRegister` when a fixed one would change."""
    refused = [name for name in fixed if name in values and getattr(record, name) != values[name]]
    if refused:
        sentence = _("This value cannot be changed once the record exists.")
        raise RefusedByRegister([(name, "read_only", sentence) for name in refused])
    for name, value in values.items():
        setattr(record, name, value)
