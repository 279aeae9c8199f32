"""Who keeps the books of an area: its office; limits are overridden by the district only."""

from __future__ import annotations

from sites.access import Scope
from sites.kinds import AREA_ROLES, OFFICE_ROLES
from sites.services.errors import NotPermitted


def keeps_books(scope: Scope, area_code: str) -> bool:
    """Whether money of an area may be booked: by the office that the area lies in."""
    return scope.covers_area(area_code, OFFICE_ROLES)


def sees_books(scope: Scope, area_code: str) -> bool:
    """Whether the money of an area is open: to its office and to who evaluates it."""
    return scope.covers_area(area_code, AREA_ROLES)


def sees_any_books(scope: Scope) -> bool:
    """Whether there is an area whose money is open at all."""
    return scope.everything or bool(scope.area_codes())


def keeps_any_books(scope: Scope) -> bool:
    """Whether there is an area whose money may be booked at all."""
    return scope.everything or bool(scope.area_codes(OFFICE_ROLES))


def require_books(scope: Scope, area_code: str) -> None:
    """Raise `NotPermitted` unless the caller keeps the books of the area."""
    if not keeps_books(scope, area_code):
        raise NotPermitted


def require_district(scope: Scope, area_code: str) -> None:
    """Raise `NotPermitted` unless the caller is the planner of the area's district."""
    if not scope.manages_area(area_code):
        raise NotPermitted
