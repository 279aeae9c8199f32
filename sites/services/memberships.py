"""Giving people roles, and taking them back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.kinds import AREA_ROLES
from sites.models import Area, Membership, Organisation
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

PARTS = ("areas", "organisations")


@transaction.atomic
def membership_create(*, values: Mapping[str, Any], scope: Scope) -> Membership:
    """Give a person a role within areas and organisations.

    A planner gives nothing beyond the own areas: raises `NotPermitted`. A role without what it
    is limited to raises `RefusedByRegister`.
    """
    areas, organisations = values.get("areas", ()), values.get("organisations", ())
    _require_within(scope, areas, organisations)
    membership = Membership(**_columns(values))
    _check_limits(membership, areas, organisations)
    save_checked(membership, force_insert=True)
    membership.areas.set(areas)
    membership.organisations.set(organisations)
    membership.refresh_from_db()
    return membership


@transaction.atomic
def membership_update(
    *, membership: Membership, values: Mapping[str, Any], scope: Scope, expected_version: int
) -> Membership:
    """Change a membership whose whole extent, before and after, lies in the planner's areas.

    Raises `ConcurrentChange`, `NotPermitted` or `RefusedByRegister`.
    """
    current = locked(membership, expected_version)
    before = (list(current.areas.all()), list(current.organisations.all()))
    _require_within(scope, *before)
    after = (
        list(values.get("areas", before[0])),
        list(values.get("organisations", before[1])),
    )
    _require_within(scope, *after)
    assign(current, _columns(values), fixed=("user",))
    _check_limits(current, *after)
    save_checked(current)
    if {*before[0], *before[1]} != {*after[0], *after[1]}:
        current.areas.set(after[0])
        current.organisations.set(after[1])
        # The links stand in other tables, where the trigger on this one does not see them.
        Membership.objects.filter(pk=current.pk, version=expected_version).update(
            version=F("version") + 1
        )
    current.refresh_from_db()
    return current


@transaction.atomic
def membership_remove(*, membership: Membership, scope: Scope, expected_version: int) -> None:
    """Take a role back; counts from the person's next request, and the history keeps it."""
    current = locked(membership, expected_version)
    _require_within(scope, current.areas.all(), current.organisations.all())
    current.delete()


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in PARTS}


def _require_within(
    scope: Scope, areas: Iterable[Area], organisations: Iterable[Organisation]
) -> None:
    if not scope.manages_register:
        raise NotPermitted
    codes = [area.code for area in areas]
    codes += [body.area.code if body.area else "" for body in organisations]
    if not all(scope.manages_area(code) for code in codes):
        raise NotPermitted


def _check_limits(
    membership: Membership, areas: Iterable[Area], organisations: Iterable[Organisation]
) -> None:
    if membership.role in AREA_ROLES and not list(areas):
        raise RefusedByRegister([("areas", "required", _("This role needs an area."))])
    if membership.role not in AREA_ROLES and not list(organisations):
        raise RefusedByRegister(
            [("organisations", "required", _("This role needs an organisation."))]
        )
