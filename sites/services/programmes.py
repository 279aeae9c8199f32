"""Creating, changing and removing programmes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sites.access import Scope
from sites.models import Programme
from sites.services.errors import NotPermitted
from sites.services.saving import assign, locked, save_checked


@transaction.atomic
def programme_create(*, values: Mapping[str, Any], scope: Scope) -> Programme:
    """Create a programme; raises `NotPermitted` or `RefusedByRegister`."""
    _require_planner(scope)
    programme = Programme(**values)
    save_checked(programme, force_insert=True)
    programme.refresh_from_db()
    return programme


@transaction.atomic
def programme_update(
    *, programme: Programme, values: Mapping[str, Any], scope: Scope, expected_version: int
) -> Programme:
    """Change a programme; its code stays, because files and addresses name it.

    Raises `ConcurrentChange`, `NotPermitted` or `RefusedByRegister`.
    """
    _require_planner(scope)
    current = locked(programme, expected_version)
    assign(current, values, fixed=("code",))
    save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def programme_remove(*, programme: Programme, scope: Scope, expected_version: int) -> None:
    """Remove a programme without sites; raises `ProtectedError` otherwise."""
    _require_planner(scope)
    locked(programme, expected_version).delete()


def _require_planner(scope: Scope) -> None:
    if not scope.manages_register:
        raise NotPermitted
