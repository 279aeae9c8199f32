"""Creating, changing and removing administrative units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.models import Area
from sites.services.errors import InUse, NotPermitted, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

FIXED = ("code", "level")
"""Sites and scopes repeat an area's code; a new code is a new area with new dates."""


@transaction.atomic
def area_create(*, values: Mapping[str, Any], scope: Scope) -> Area:
    """Create an area inside the planner's own areas.

    Raises `NotPermitted` or `RefusedByRegister`.
    """
    if not scope.manages_area(values["code"]):
        raise NotPermitted
    area = Area(**values)
    _check_parent(area)
    save_checked(area, force_insert=True)
    area.refresh_from_db()
    return area


@transaction.atomic
def area_update(
    *, area: Area, values: Mapping[str, Any], scope: Scope, expected_version: int
) -> Area:
    """Change columns of an area; code and level stay as they are.

    Raises `ConcurrentChange`, `NotPermitted` or `RefusedByRegister`.
    """
    current = locked(area, expected_version)
    if not scope.manages_area(current.code):
        raise NotPermitted
    assign(current, values, fixed=FIXED)
    _check_parent(current)
    save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def area_remove(*, area: Area, scope: Scope, expected_version: int) -> None:
    """Remove an area that nothing refers to; raises `InUse` otherwise."""
    current = locked(area, expected_version)
    if not scope.manages_area(current.code):
        raise NotPermitted
    if current.membership_set.exists():
        raise InUse
    current.delete()


def _check_parent(area: Area) -> None:
    above = area.parent.code if area.parent else ""
    if area.parent and not (area.code.startswith(above) and area.code != above):
        raise RefusedByRegister(
            [("parent", "not_above", _("The code must begin with the code of the parent."))]
        )
