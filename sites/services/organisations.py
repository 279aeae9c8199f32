"""Creating, changing and removing organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sites.access import Scope
from sites.models import Organisation
from sites.services.errors import InUse, NotPermitted
from sites.services.saving import assign, locked, save_checked


@transaction.atomic
def organisation_create(*, values: Mapping[str, Any], scope: Scope) -> Organisation:
    """Create an organisation seated in the planner's own areas.

    Raises `NotPermitted` or `RefusedByRegister`.
    """
    organisation = Organisation(**values)
    _require_seat_in(scope, organisation)
    save_checked(organisation, force_insert=True)
    organisation.refresh_from_db()
    return organisation


@transaction.atomic
def organisation_update(
    *, organisation: Organisation, values: Mapping[str, Any], scope: Scope, expected_version: int
) -> Organisation:
    """Change an organisation; raises `ConcurrentChange`, `NotPermitted`, `RefusedByRegister`."""
    current = locked(organisation, expected_version)
    _require_seat_in(scope, current)
    assign(current, values)
    _require_seat_in(scope, current)
    save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def organisation_remove(*, organisation: Organisation, scope: Scope, expected_version: int) -> None:
    """Remove an organisation that nothing refers to; raises `InUse` otherwise."""
    current = locked(organisation, expected_version)
    _require_seat_in(scope, current)
    if current.memberships.exists():
        raise InUse
    current.delete()


def _require_seat_in(scope: Scope, organisation: Organisation) -> None:
    """Only a body with a seat can be judged by area; the others are the administrator's."""
    seat = organisation.area
    if not (scope.everything or (seat is not None and scope.manages_area(seat.code))):
        raise NotPermitted
