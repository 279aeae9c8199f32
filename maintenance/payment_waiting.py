"""For whom a payment waits: whose move is the next one, and whether that is the viewer's."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from maintenance.kinds import PartyRole, PaymentState
from maintenance.models import AgreementParty
from sites.access import Scope, code_prefix_condition
from sites.kinds import OFFICE_ROLES

CLIENT_S = (PaymentState.CONFIRMED, PaymentState.APPROVED)
"""States in which the client, or the office for it, makes the next move."""


def waits_for_condition(scope: Scope) -> Q:
    """Return the condition on payments that the next move is the viewer's to make.

    A draft waits for whoever scores and verifies, a verified payment for whoever confirms, a
    confirmed or approved one for the client.
    """
    office = _office(scope)
    confirms_by_client = Q(agreement__confirms=PartyRole.CLIENT)
    found = Q(state__in=CLIENT_S) & (office | _holds(scope, PartyRole.CLIENT))
    if scope.everything:
        return found
    verifies = _holds(scope, PartyRole.SUPERVISOR) | (
        ~_supervised() & (_holds(scope, OuterRef("agreement__inspects")) | _inspects(office))
    )
    confirms = (
        Q(agreement__confirms=PartyRole.SUPERVISOR) & _holds(scope, OuterRef("agreement__inspects"))
    ) | (
        ~Q(agreement__confirms=PartyRole.SUPERVISOR)
        & (_holds(scope, OuterRef("agreement__confirms")) | (confirms_by_client & office))
    )
    return (
        found
        | (Q(state=PaymentState.DRAFTED) & verifies)
        | (Q(state=PaymentState.VERIFIED) & confirms)
    )


def _inspects(office: Q) -> Q:
    return Q(agreement__inspects=PartyRole.CLIENT) & office


def _office(scope: Scope) -> Q:
    if scope.everything:
        return Q()
    return code_prefix_condition("agreement__area_code", scope.area_codes(OFFICE_ROLES))


def _holds(scope: Scope, role: PartyRole | OuterRef) -> Q:
    parties = AgreementParty.objects.filter(
        agreement_id=OuterRef("agreement_id"),
        organisation_id__in=scope.organisation_ids(),
        role=role,
    )
    return Q(Exists(parties))


def _supervised() -> Q:
    parties = AgreementParty.objects.filter(agreement_id=OuterRef("agreement_id"))
    return Q(Exists(parties.filter(role=PartyRole.SUPERVISOR)))
