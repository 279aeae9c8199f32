"""On which side of a case somebody stands: the office that leads it, or the body it is about."""

from __future__ import annotations

from typing import Final

from oversight.models import AccountabilityCase
from sites.access import Scope
from sites.kinds import ORGANISATION_ROLES, OrganisationKind, Role
from sites.models import Organisation

_ROLE_OF_BODY: Final = {
    OrganisationKind.TOWNSHIP.value: Role.TOWNSHIP_OFFICER,
    OrganisationKind.LIVELIHOOD_OFFICE.value: Role.DISTRICT_PLANNER,
}
"""Bodies whose people hold a role of an area instead of one of the body."""


def belongs_to(scope: Scope, body: Organisation) -> bool:
    """Whether somebody speaks for a body: a member of it, or the officer of that township.

    A planner belongs to the livelihood office of the own area, not to those below it.
    """
    role = _ROLE_OF_BODY.get(body.kind)
    for grant in scope.grants:
        if grant.role in ORGANISATION_ROLES and body.pk in grant.organisation_ids:
            return True
        if role and grant.role == role and body.area and body.area.code in grant.area_codes:
            return True
    return False


def is_accused(scope: Scope, case: AccountabilityCase) -> bool:
    """Whether the case is about the body for which this person speaks."""
    return belongs_to(scope, case.organisation)


def leads(scope: Scope, case: AccountabilityCase) -> bool:
    """Whether this person leads the case for the office: a planner of the area, never accused."""
    return scope.manages_area(case.area_code) and not is_accused(scope, case)
