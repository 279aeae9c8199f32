"""Who may change an agreement, and in which role they act."""

from __future__ import annotations

from uuid import UUID

from maintenance.kinds import BINDING_STATES, AgreementState
from maintenance.models import Agreement
from maintenance.parties import office_of
from maintenance.services.errors import AgreementFixed, AlreadySigned, WrongMoment
from sites.access import Scope
from sites.kinds import ORGANISATION_ROLES, Role
from sites.models import Area
from sites.services.errors import NotPermitted
from sites.services.saving import locked


def require_office(scope: Scope, area: Area) -> Role:
    """Return the office role in which the scope acts for an area; raises `NotPermitted`."""
    role = office_of(scope, area.code)
    if role is None:
        raise NotPermitted
    return role


def require_open(agreement: Agreement) -> None:
    """Raise `AgreementFixed` once it binds, `AlreadySigned` once a party has signed its terms."""
    if agreement.state in BINDING_STATES:
        raise AgreementFixed
    if agreement.parties.filter(signed_on__isnull=False).exists():
        raise AlreadySigned


def require_state(agreement: Agreement, *states: AgreementState) -> None:
    """Raise `WrongMoment` unless the agreement is in one of the states."""
    if agreement.state not in states:
        raise WrongMoment


def member_role(scope: Scope, organisation_id: UUID) -> Role | None:
    """Return the role in which the scope acts for an organisation of its own."""
    for grant in scope.grants:
        if grant.role in ORGANISATION_ROLES and organisation_id in grant.organisation_ids:
            return grant.role
    return None


def held(agreement: Agreement, expected_version: int | None) -> Agreement:
    """Return the agreement locked; raises `ConcurrentChange` unless it stands as it was read.

    Without a version the caller has read nothing that could have changed.
    """
    if expected_version is not None:
        return locked(agreement, expected_version)
    current: Agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    return current
