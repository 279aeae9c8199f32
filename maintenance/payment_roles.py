"""On which side of a payment somebody stands: who drafts, scores, verifies, confirms, approves.

The supervisor scores and verifies, the participant confirms, the client pays; the executor may
ask for its money but never judges its own work. Where an agreement has no supervisor, the role
that inspects its work orders takes the place. The office acts for the client alone, and an
administrator for nobody but the office.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from maintenance.acting import Acting, acting_as_office, acting_for
from maintenance.kinds import PartyRole
from maintenance.models import Agreement, AgreementParty, PaymentChange, PaymentRequest
from sites.access import Scope
from sites.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class PaymentSide(StrEnum):
    """Who does something to a payment."""

    DRAFTER = "drafter"
    VERIFIER = "verifier"
    CONFIRMER = "confirmer"
    OFFICE = "office"
    DEDUCTER = "deducter"


class PaymentParties:
    """The parties of one agreement, read once, and what they are to its payments."""

    def __init__(self, agreement: Agreement) -> None:
        self.agreement = agreement
        rows = AgreementParty.objects.filter(agreement=agreement).select_related("organisation")
        self.rows = list(rows.order_by("role", "organisation__name", "pk"))

    def holders(self, role: str) -> list[Organisation]:
        """Return the bodies that hold a role."""
        return [row.organisation for row in self.rows if row.role == role]

    @property
    def verifying_role(self) -> PartyRole:
        """The role that scores a period and verifies its payment."""
        if self.holders(PartyRole.SUPERVISOR):
            return PartyRole.SUPERVISOR
        return PartyRole(self.agreement.inspects)

    @property
    def confirming_role(self) -> PartyRole:
        """The role that confirms a payment: never the one that verified it."""
        if self.agreement.confirms != self.verifying_role:
            return PartyRole(self.agreement.confirms)
        return PartyRole(self.agreement.inspects)

    def acting(self, side: PaymentSide, scope: Scope, actor: User | None) -> Acting | None:
        """Return somebody acting on a side, `None` when they do not stand there."""
        if side == PaymentSide.VERIFIER:
            return self._checking(self.verifying_role, scope, actor)
        if side == PaymentSide.CONFIRMER:
            return self._checking(self.confirming_role, scope, actor)
        client = self._office(scope, actor)
        if client or side == PaymentSide.OFFICE:
            return client
        further = PartyRole.EXECUTOR if side == PaymentSide.DRAFTER else self.verifying_role
        return self._member(self.holders(further), scope, actor)

    def carries_out(self, scope: Scope) -> bool:
        """Whether the scope belongs to a body that carries out the agreement's work."""
        own = set(scope.organisation_ids())
        return any(body.pk in own for body in self.holders(PartyRole.EXECUTOR))

    def _member(
        self, bodies: Iterable[Organisation], scope: Scope, actor: User | None
    ) -> Acting | None:
        found = (acting_for(scope, actor, body) for body in bodies)
        return next((member for member in found if member), None)

    def _office(self, scope: Scope, actor: User | None) -> Acting | None:
        clients = self.holders(PartyRole.CLIENT)
        member = self._member(clients, scope, actor)
        if member:
            return member
        return acting_as_office(
            scope, actor, self.agreement.area_code, clients[0] if clients else None
        )

    def _checking(self, role: PartyRole, scope: Scope, actor: User | None) -> Acting | None:
        if role == PartyRole.CLIENT and not scope.everything:
            return self._office(scope, actor)
        return self._member(self.holders(role), scope, actor)


def acted_for_another(payment: PaymentRequest, by: Acting) -> bool:
    """Whether the person took part in this payment or its assessment for another body."""
    if by.actor is None:
        return False
    changes = PaymentChange.objects.filter(payment=payment, actor=by.actor).exclude(role="")
    bodies: set[UUID | None] = set(changes.values_list("organisation_id", flat=True))
    assessment = payment.assessment
    if assessment and assessment.assessor_id == by.actor.pk:
        bodies.add(assessment.organisation_id)
    return bool(bodies - {by.organisation_id})
