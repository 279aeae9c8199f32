"""Who may do what in steering: the office by area, and nobody for another body."""

from __future__ import annotations

from oversight.models import Responsibility
from sites.access import Scope
from sites.kinds import Role
from sites.models import Area, ProjectSite
from sites.services.errors import NotPermitted


def may_name(scope: Scope, *, site: ProjectSite | None = None, area: Area | None = None) -> bool:
    """Whether the scope says who answers for a site, a programme's part, or a whole programme.

    The township's officer does so for the own township; for a whole programme the planner.
    """
    if site is not None:
        return scope.covers_area(site.area_code)
    return scope.covers_area(area.code) if area is not None else scope.manages_register


def may_end(scope: Scope, row: Responsibility) -> bool:
    """Whether the scope may change what a row says."""
    return may_name(scope, site=row.site, area=row.area)


def sees_phones(scope: Scope) -> bool:
    """Whether telephone numbers of responsible people are shown: to the office only."""
    return scope.edits_sites


def leads(scope: Scope, area_code: str) -> bool:
    """Whether the scope holds the office's part in an area: confirm, close, hold meetings."""
    return scope.covers_area(area_code, (Role.DISTRICT_PLANNER,))


def require_lead(scope: Scope, area_code: str) -> None:
    """Raise `NotPermitted` unless the scope holds the office's part in an area."""
    if not leads(scope, area_code):
        raise NotPermitted
