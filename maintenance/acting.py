"""Who acts in upkeep: a person, for which body and in which role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from maintenance.parties import office_of
from sites.access import Scope
from sites.kinds import ORGANISATION_ROLES, Role
from sites.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts: the person, for which body (none: the office itself) and in which role."""

    actor: User | None
    scope: Scope
    organisation: Organisation | None = None
    role: str = ""

    @property
    def organisation_id(self) -> UUID | None:
        """The key of the body."""
        return self.organisation.pk if self.organisation else None


def acting_for(scope: Scope, actor: User | None, organisation: Organisation) -> Acting | None:
    """Return somebody acting for a body of which the scope makes them a member, or `None`."""
    for grant in scope.grants:
        if grant.role in ORGANISATION_ROLES and organisation.pk in grant.organisation_ids:
            return Acting(actor, scope, organisation, grant.role)
    return None


def acting_as_office(
    scope: Scope, actor: User | None, area_code: str, client: Organisation | None = None
) -> Acting | None:
    """Return somebody acting for the office of an area, or `None`."""
    role: Role | None = office_of(scope, area_code)
    return Acting(actor, scope, client, role) if role else None
