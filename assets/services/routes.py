"""Creating, changing and removing road routes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from assets.models import RoadRoute
from sites.access import Scope
from sites.kinds import OFFICE_ROLES
from sites.services.authorship import authored
from sites.services.errors import InUse, NotPermitted, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIXED = ("county_code",)


@transaction.atomic
def route_create(*, values: Mapping[str, Any], actor: User | None, scope: Scope) -> RoadRoute:
    """Create a route in a county of the office's; raises `NotPermitted`, `RefusedByRegister`."""
    route = RoadRoute(**values)
    _require_county(scope, route.county_code)
    _refuse_twin(route)
    with authored(actor=actor):
        save_checked(route, force_insert=True)
    route.refresh_from_db()
    return route


@transaction.atomic
def route_update(
    *,
    route: RoadRoute,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int,
    reason: str = "",
) -> RoadRoute:
    """Change columns of a route; the county stays, for sections lie in it.

    Raises `ConcurrentChange`, `NotPermitted` or `RefusedByRegister`.
    """
    current = locked(route, expected_version)
    _require_county(scope, current.county_code)
    assign(current, values, fixed=FIXED)
    _refuse_twin(current)
    with authored(actor=actor, reason=reason):
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def route_remove(
    *, route: RoadRoute, actor: User | None, scope: Scope, expected_version: int
) -> None:
    """Remove a route without sections, past ones included; raises `InUse` otherwise."""
    current = locked(route, expected_version)
    _require_county(scope, current.county_code)
    if current.sections.exists():
        raise InUse
    with authored(actor=actor):
        current.delete()


def may_write_routes(scope: Scope, county_code: str) -> bool:
    """Whether the scope's office lies in the county or above it."""
    if scope.everything:
        return True
    own = scope.area_codes(OFFICE_ROLES)
    return any(code.startswith(county_code) or county_code.startswith(code) for code in own)


def _refuse_twin(route: RoadRoute) -> None:
    """Refuse a number that the county has already, under the name of the constraint."""
    same = RoadRoute.objects.filter(route_no=route.route_no, county_code=route.county_code)
    if same.exclude(pk=route.pk).exists():
        sentence = _("This route number exists already in the county.")
        raise RefusedByRegister([("route_no", "road_route_number_once", sentence)])


def _require_county(scope: Scope, county_code: str) -> None:
    if not county_code or not may_write_routes(scope, county_code):
        raise NotPermitted
