"""Who may do what in the acceptance and handover of one site.

The township holds the preliminary acceptance, the district the final one; the builder rectifies;
who supervises or inspects may raise findings. Nobody judges work of their own.
"""

from __future__ import annotations

from uuid import UUID

from assets.kinds import AcceptanceStage
from sites.access import Scope
from sites.kinds import OFFICE_ROLES, Role
from sites.models import ProjectSite


def holds_office(scope: Scope, site: ProjectSite) -> bool:
    """Whether the scope is the office in whose area the site lies."""
    return scope.covers_area(site.area_code, OFFICE_ROLES)


def concludes(scope: Scope, site: ProjectSite, stage: str) -> bool:
    """Whether the scope opens, fills in and concludes acceptances of the stage."""
    if stage == AcceptanceStage.FINAL:
        return scope.covers_area(site.area_code, (Role.DISTRICT_PLANNER,))
    return holds_office(scope, site)


def hands_over(scope: Scope, site: ProjectSite) -> bool:
    """Whether the scope completes handovers: the district's planner."""
    return scope.covers_area(site.area_code, (Role.DISTRICT_PLANNER,))


def builds(scope: Scope, site: ProjectSite) -> bool:
    """Whether the scope belongs to the site's contractor."""
    return site.contractor_id is not None and site.contractor_id in _own(scope)


def rectifies(scope: Scope, site: ProjectSite) -> bool:
    """Whether the scope answers findings: the contractor; the office where there is none."""
    return builds(scope, site) or (site.contractor_id is None and holds_office(scope, site))


def raises_findings(scope: Scope, site: ProjectSite) -> bool:
    """Whether the scope may raise findings: the office, the site's supervisor or association."""
    if builds(scope, site):
        return False
    supervises = site.supervisor_id is not None and site.supervisor_id in _own(scope)
    inspects = Role.ASSOCIATION_MEMBER in scope.roles_for_site(site)
    return holds_office(scope, site) or supervises or inspects


def rechecks(scope: Scope, site: ProjectSite) -> bool:
    """Whether the scope may close findings: the office, unless it is the builder's as well."""
    return holds_office(scope, site) and not builds(scope, site)


def signs_for(scope: Scope, site: ProjectSite, organisation_id: UUID | None) -> bool:
    """Whether the scope may record a signature: the office any, a body its own."""
    return holds_office(scope, site) or (
        organisation_id is not None and organisation_id in _own(scope)
    )


def _own(scope: Scope) -> tuple[UUID, ...]:
    return scope.organisation_ids()
