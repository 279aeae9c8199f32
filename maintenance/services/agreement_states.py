"""The life of an agreement: negotiation, signatures, termination, and what each leaves behind."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.models import Asset
from maintenance.agreement_gaps import terms_missing
from maintenance.agreement_terms import required_roles
from maintenance.kinds import AgreementState, PartyRole, PaymentState
from maintenance.models import Agreement, AgreementChange, AgreementParty, PaymentRequest
from maintenance.parties import office_of
from maintenance.services.agreement_access import held, member_role, require_office, require_state
from maintenance.services.agreement_parts import refuse
from maintenance.services.agreement_scopes import overlap_problems
from maintenance.services.agreements import touch_agreement
from maintenance.services.errors import SignsForItself, TermsIncomplete, WrongMoment
from sites.access import Scope
from sites.kinds import Role
from sites.models import Membership, Organisation
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, ReasonMissing, RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def agreement_negotiate(
    *,
    agreement: Agreement,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> AgreementChange:
    """Lay a complete draft before its parties, who then may sign it.

    Raises `ConcurrentChange`, `NotPermitted`, `WrongMoment`, or `TermsIncomplete` with
    everything that is missing.
    """
    current = held(agreement, expected_version)
    role = require_office(scope, current.area)
    require_state(current, AgreementState.DRAFT)
    _require_complete(current, scope)
    return _move(current, AgreementState.NEGOTIATING, actor=actor, role=role, at=at)


@transaction.atomic
def agreement_return_to_draft(
    *,
    agreement: Agreement,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str,
    expected_version: int | None = None,
) -> AgreementChange:
    """Take an agreement back to be changed; the office does so, or a party that disagrees.

    All signatures fall. Raises `ConcurrentChange`, `NotPermitted`, `WrongMoment` or
    `ReasonMissing`.
    """
    current = held(agreement, expected_version)
    organisation = None
    role = office_of(scope, current.area_code)
    if role is None:
        organisation = _own_party(scope, current)
        role = member_role(scope, organisation.pk)
    require_state(current, AgreementState.NEGOTIATING)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    with authored(actor=actor, reason=reason):
        signed = current.parties.filter(signed_on__isnull=False)
        signed.update(signed_on=None, signatory="", recorded_by=None)
    return _move(
        current,
        AgreementState.DRAFT,
        actor=actor,
        role=role,
        at=at,
        organisation=organisation,
        reason=reason,
    )


@transaction.atomic
def agreement_sign(
    *,
    agreement: Agreement,
    organisation: Organisation,
    signatory: str,
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> Agreement:
    """Sign for an organisation; the last signature that is required makes the agreement binding.

    A member signs for the own organisation. The office signs for the client and for bodies
    without an account, and stands beside such a signature as who entered it. Raises
    `ConcurrentChange`, `NotPermitted`, `SignsForItself`, `WrongMoment`, `TermsIncomplete` or
    `RefusedByRegister` (another agreement covers a stretch by now, a day to come, no name).
    """
    current = held(agreement, expected_version)
    parties = list(current.parties.filter(organisation=organisation))
    role = _signing_role(scope, current, parties, timezone.localdate(at))
    require_state(current, AgreementState.NEGOTIATING)
    refuse(_signature_problems(signatory, on, timezone.localdate(at)))
    if all(party.signed_on for party in parties):
        raise WrongMoment(_("This organisation has signed already."))
    with authored(actor=actor):
        for party in parties:
            party.signatory, party.signed_on, party.recorded_by = signatory.strip(), on, actor
            party.save(update_fields=["signatory", "signed_on", "recorded_by"])
        touch_agreement(current)
        if not unsigned_roles(current):
            _conclude(
                current, actor=actor, role=role, organisation=organisation, at=at, scope=scope
            )
    current.refresh_from_db()
    return current


@transaction.atomic
def agreement_terminate(
    *,
    agreement: Agreement,
    on: datetime.date,
    reason: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> AgreementChange:
    """End a signed agreement early; `on` is the last day on which it binds.

    The day before its first day means that it never comes into force. Raises `ConcurrentChange`,
    `NotPermitted`, `WrongMoment`, `ReasonMissing`, or `RefusedByRegister` for a day outside the
    term or one before the end of a period whose payment was approved.
    """
    current = held(agreement, expected_version)
    role = require_office(scope, current.area)
    require_state(current, AgreementState.SIGNED)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    refuse(_end_problems(current, on))
    current.ended_on = on
    return _move(current, AgreementState.TERMINATED, actor=actor, role=role, at=at, reason=reason)


def unsigned_roles(agreement: Agreement) -> tuple[PartyRole, ...]:
    """Return the required roles of which some holder has not signed, or that nobody holds."""
    parties = list(agreement.parties.all())
    return tuple(
        role
        for role in required_roles(agreement)
        if not (held := [party for party in parties if party.role == role])
        or any(party.signed_on is None for party in held)
    )


def has_account(organisation: Organisation, on: datetime.date) -> bool:
    """Whether somebody acts for an organisation here on a day, and so can sign for it."""
    members = Membership.objects.in_force(on).filter(organisations=organisation)
    return members.filter(user__is_active=True).exists()


def _signing_role(
    scope: Scope, agreement: Agreement, parties: list[AgreementParty], today: datetime.date
) -> Role:
    """Return the role in which the scope signs; raises `NotPermitted` or `SignsForItself`."""
    if not parties:
        raise NotPermitted
    organisation = parties[0].organisation
    member = member_role(scope, organisation.pk)
    if member is not None:
        return member
    office = office_of(scope, agreement.area_code)
    if office is None:
        raise NotPermitted
    is_client = any(party.role == PartyRole.CLIENT for party in parties)
    if not is_client and has_account(organisation, today):
        raise SignsForItself
    return office


def _own_party(scope: Scope, agreement: Agreement) -> Organisation:
    own = scope.organisation_ids()
    party = agreement.parties.filter(organisation_id__in=own).select_related("organisation")
    found = party.order_by("pk").first() if own else None
    if found is None:
        raise NotPermitted
    organisation: Organisation = found.organisation
    return organisation


def _signature_problems(
    signatory: str, on: datetime.date, today: datetime.date
) -> list[tuple[str, str, str]]:
    problems = []
    if not signatory.strip():
        problems.append(("signatory", "blank", _("A signature needs the name of who signed.")))
    if on > today:
        problems.append(("signed_on", "in_future", _("A signature is not dated in advance.")))
    return problems


def _end_problems(agreement: Agreement, on: datetime.date) -> list[tuple[str, str, str]]:
    if not agreement.starts_on - ONE_DAY <= on <= agreement.ends_on:
        sentence = _("The last day lies within the term, or on the day before it.")
        return [("on", "outside_term", sentence)]
    paid = PaymentRequest.objects.filter(
        agreement=agreement,
        state__in=[PaymentState.APPROVED, PaymentState.PAID],
        period_end__gt=on,
    )
    if paid.exists():
        sentence = _("A payment was approved for a period that ends later than this day.")
        return [("on", "period_paid", sentence)]
    return []


def _require_complete(agreement: Agreement, scope: Scope) -> None:
    missing = terms_missing(agreement)
    if missing:
        raise TermsIncomplete(missing)
    refuse(overlap_problems(agreement, scope))


def _conclude(
    agreement: Agreement,
    *,
    actor: User | None,
    role: Role,
    organisation: Organisation,
    at: datetime.datetime,
    scope: Scope,
) -> None:
    """Make the agreement binding; the one that it renews ends the day before.

    The assets are locked in one order, so that of two agreements signed at once for one metre
    the second finds the first and is refused.
    """
    covered = agreement.scopes.values("asset_id")
    list(
        Asset.objects.filter(pk__in=covered)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )
    _require_complete(agreement, scope)
    _end_renewed(agreement, actor=actor, role=role, organisation=organisation, at=at)
    _move(
        agreement,
        AgreementState.SIGNED,
        actor=actor,
        role=role,
        organisation=organisation,
        at=at,
    )


def _end_renewed(
    agreement: Agreement,
    *,
    actor: User | None,
    role: Role,
    organisation: Organisation,
    at: datetime.datetime,
) -> None:
    if agreement.renews_id is None:
        return
    old = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.renews_id)
    if old.state == AgreementState.TERMINATED:
        return  # it ended by itself; whether its days are free was checked with all others
    last = agreement.starts_on - ONE_DAY
    if old.state != AgreementState.SIGNED or last > old.ends_on:
        sentence = _("Agreement %(number)s cannot be renewed any more: it has ended otherwise.")
        raise RefusedByRegister([("renews", "not_renewable", sentence % {"number": old.number})])
    refuse(_end_problems(old, last))
    old.ended_on = last
    _move(
        old,
        AgreementState.RENEWED,
        actor=actor,
        role=role,
        organisation=organisation,
        at=at,
        reason=_("Renewed by agreement %(number)s.") % {"number": agreement.number},
    )


def _move(
    agreement: Agreement,
    to_state: AgreementState,
    *,
    actor: User | None,
    role: Role | None,
    at: datetime.datetime,
    organisation: Organisation | None = None,
    reason: str = "",
) -> AgreementChange:
    change = AgreementChange.objects.create(
        agreement=agreement,
        from_state=agreement.state,
        to_state=to_state,
        actor=actor,
        organisation=organisation,
        role=role or "",
        at=at,
        reason=reason.strip(),
    )
    agreement.state = to_state
    with authored(actor=actor, reason=reason):
        agreement.save(update_fields=["state", "ended_on"])
    agreement.refresh_from_db()
    return change
