"""For whom somebody acts in the field, and whether that body stands on the right side."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from assets.models import Asset
from maintenance.acting import Acting, acting_as_office, acting_for
from maintenance.device_clock import CLOCK_TOLERANCE, by_our_clock
from maintenance.kinds import PartyRole
from maintenance.models import Agreement
from maintenance.parties import office_of, roles_in
from maintenance.services.field_errors import NotYet, OutsideAgreement
from sites.access import Scope
from sites.kinds import Role
from sites.models import Organisation
from sites.services.errors import NotPermitted, RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def past_moment(
    moment: datetime.datetime, *, skew_s: float | None, at: datetime.datetime, field: str
) -> datetime.datetime:
    """Return a moment of a device's clock by ours; raises `NotYet` for one that has not come."""
    ours = by_our_clock(moment, skew_s)
    if ours > at + CLOCK_TOLERANCE:
        raise NotYet(field=field)
    return ours


def checker_of(
    scope: Scope, actor: User | None, agreement: Agreement | None, area_code: str
) -> Acting | None:
    """Return somebody who judges defects: the supervisor, the client or the area's office."""
    if agreement is not None:
        for role in (PartyRole.SUPERVISOR, PartyRole.CLIENT):
            member = member_with(scope, actor, agreement, role)
            if member:
                return member
    return acting_as_office(scope, actor, area_code)


def member_with(
    scope: Scope, actor: User | None, agreement: Agreement, role: PartyRole
) -> Acting | None:
    """Return somebody acting for a body of theirs that holds a role in an agreement."""
    own = scope.organisation_ids()
    if not own:
        return None
    bodies = Organisation.objects.filter(
        pk__in=own, agreement_parties__agreement=agreement, agreement_parties__role=role
    )
    body = bodies.order_by("name", "pk").first()
    return acting_for(scope, actor, body) if body else None


def reporter_of(
    scope: Scope,
    actor: User | None,
    asset: Asset,
    agreement: Agreement | None,
    organisation: Organisation | None,
) -> Acting:
    """Return for whom somebody reports what they saw on an asset.

    The office and evaluators report in their area, a body's people where an agreement of theirs
    covers the place. Raises `NotPermitted` or `OutsideAgreement`.
    """
    office = office_of(scope, asset.area_code)
    if office:
        return Acting(actor, scope, organisation, office)
    if scope.covers_area(asset.area_code, (Role.EVALUATOR,)):
        return Acting(actor, scope, None, Role.EVALUATOR)
    if not scope.organisation_ids():
        raise NotPermitted
    if agreement is None or not roles_in(scope, agreement):
        raise OutsideAgreement
    return own_body(scope, actor, agreement, organisation)


def own_body(
    scope: Scope, actor: User | None, agreement: Agreement, organisation: Organisation | None
) -> Acting:
    """Return somebody acting for a party of an agreement; of several, the one that is named.

    Raises `NotPermitted` for a body of others, `RefusedByRegister` when none of several is named.
    """
    bodies = Organisation.objects.filter(
        pk__in=scope.organisation_ids(), agreement_parties__agreement=agreement
    ).distinct()
    found = [body for body in bodies if organisation is None or body.pk == organisation.pk]
    if len(found) > 1:
        sentence = _("Say for which of your organisations.")
        raise RefusedByRegister([("organisation", "ambiguous", sentence)])
    member = acting_for(scope, actor, found[0]) if found else None
    if member is None:
        raise NotPermitted
    return member


def day_of(moment: datetime.datetime) -> datetime.date:
    """Return the local day of a moment."""
    return timezone.localdate(moment)
