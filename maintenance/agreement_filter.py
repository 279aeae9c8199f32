"""The filter of agreements that list and API share: parsed strictly, written in one form."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from maintenance.kinds import (
    BINDING_STATES,
    AgreementModel,
    AgreementPhase,
    AgreementState,
    PartyRole,
    UpkeepTask,
)
from maintenance.models import Agreement, AgreementParty, AgreementScope
from maintenance.phases import EXPIRING_DAYS
from maintenance.querysets import AgreementQuerySet
from sites.access import Scope, code_prefix_condition
from sites.filter_values import (
    AREA_CODE,
    Params,
    as_text,
    choices,
    matching,
    moment_of,
    parsed,
    text_of,
    yes_or_no,
)
from sites.kinds import OFFICE_ROLES
from sites.models import Membership

NAMES = (
    "state",
    "phase",
    "model",
    "task",
    "area",
    "organisation",
    "asset",
    "q",
    "to_sign",
    "needs_renewal",
    "updated_since",
)
"""The parameters, in the order in which a filter is written."""


@dataclass(frozen=True, slots=True)
class AgreementFilter:
    """Which agreements are asked for; every tuple is an *or*, the fields together an *and*.

    `to_sign` are those that wait for a signature of the viewer, `needs_renewal` those that end
    within 60 days or have ended, and that nobody renewed. `as_of` is the day for which phases
    are judged; it is no parameter of the address.
    """

    state: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    task: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    organisation: tuple[UUID, ...] = ()
    asset: tuple[UUID, ...] = ()
    q: str = ""
    to_sign: bool | None = None
    needs_renewal: bool | None = None
    updated_since: datetime.datetime | None = None
    as_of: datetime.date = field(default_factory=timezone.localdate, compare=False)

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address; raises `ParameterError` for the first wrong parameter."""
        return cls(
            state=choices(params, "state", AgreementState.values),
            phase=choices(params, "phase", AgreementPhase.values),
            model=choices(params, "model", AgreementModel.values),
            task=choices(params, "task", UpkeepTask.values),
            area=matching(params, "area", AREA_CODE),
            organisation=parsed(params, "organisation", UUID),
            asset=parsed(params, "asset", UUID),
            q=text_of(params, "q"),
            to_sign=yes_or_no(params, "to_sign"),
            needs_renewal=yes_or_no(params, "needs_renewal"),
            updated_since=moment_of(params, "updated_since"),
        )

    def apply(self, agreements: AgreementQuerySet, scope: Scope) -> AgreementQuerySet:
        """Narrow agreements to what is asked for, and annotate their `phase`."""
        found = agreements.with_phase(self.as_of).filter(self._columns() & self._parts())
        if self.phase:
            found = found.filter(phase__in=self.phase)
        for wanted, condition in (
            (self.to_sign, waits_for_signature_of(scope, self.as_of)),
            (self.needs_renewal, needs_renewal(self.as_of)),
        ):
            if wanted is not None:
                found = found.filter(condition if wanted else ~condition)
        return found

    def _columns(self) -> Q:
        condition = Q()
        for path, values in (("state", self.state), ("model", self.model)):
            if values:
                condition &= Q(**{f"{path}__in": values})
        if self.area:
            condition &= code_prefix_condition("area_code", self.area)
        if self.updated_since:
            condition &= Q(updated_at__gte=self.updated_since)
        for word in self.q.split():
            condition &= Q(number__icontains=word) | Q(name__icontains=word)
        return condition

    def _parts(self) -> Q:
        condition = Q()
        if self.organisation:
            parties = AgreementParty.objects.filter(organisation_id__in=self.organisation)
            condition &= Q(Exists(parties.filter(agreement_id=OuterRef("pk"))))
        for path, values in (("asset_id", self.asset), ("task", self.task)):
            if values:
                scopes = AgreementScope.objects.filter(**{f"{path}__in": values})
                condition &= Q(Exists(scopes.filter(agreement_id=OuterRef("pk"))))
        return condition

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        values = ((name, as_text(getattr(self, name))) for name in NAMES)
        return [(name, text) for name, text in values if text]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")


def needs_renewal(on: datetime.date) -> Q:
    """Return that an agreement ends within 60 days or has ended, and no signed one follows it."""
    last = on + datetime.timedelta(days=EXPIRING_DAYS)
    followers = Agreement.objects.filter(renews_id=OuterRef("pk"), state__in=BINDING_STATES)
    return Q(state=AgreementState.SIGNED, ends_on__lte=last) & ~Q(Exists(followers))


def waits_for_signature_of(scope: Scope, on: datetime.date) -> Q:
    """Return that an agreement waits for a signature that the scope can give.

    A member for the own organisation; the office, in its area, for the client and for bodies
    without an account.
    """
    unsigned = AgreementParty.objects.filter(agreement_id=OuterRef("pk"), signed_on__isnull=True)
    condition = Q(Exists(unsigned.filter(organisation_id__in=scope.organisation_ids())))
    members = Membership.objects.in_force(on).filter(
        organisations=OuterRef("organisation_id"), user__is_active=True
    )
    by_office = unsigned.filter(Q(role=PartyRole.CLIENT) | ~Exists(members))
    if scope.everything:
        condition |= Q(Exists(by_office))
    elif scope.area_codes(OFFICE_ROLES):
        own = code_prefix_condition("area_code", scope.area_codes(OFFICE_ROLES))
        condition |= own & Q(Exists(by_office))
    return Q(state=AgreementState.NEGOTIATING) & condition
