"""Who files a monthly plan for whom, and who answers for its confirmation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oversight.kinds import PlanState
from oversight.models import MonthlyPlan
from oversight.services.access import require_lead
from oversight.services.errors import PlanLocked, WrongMoment
from sites.access import Scope
from sites.kinds import OrganisationKind, Role
from sites.models import Area, Organisation
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister

FILING_KINDS = (OrganisationKind.TOWNSHIP, OrganisationKind.LEAD_DEPARTMENT)
"""Bodies that file monthly plans."""


def may_file(scope: Scope, area_code: str) -> bool:
    """Whether the scope files the plans of an area's bodies: its own office does."""
    return scope.covers_area(area_code)


def require_filer(scope: Scope, organisation: Organisation, area: Area) -> None:
    """Raise unless the body files plans, for that area, and the scope acts for it."""
    if not may_file(scope, area.code):
        raise NotPermitted
    if organisation.kind not in FILING_KINDS:
        sentence = _("Townships and lead departments file monthly plans.")
        raise RefusedByRegister([("organisation", "not_filing", sentence)])
    own = organisation.area.code if organisation.area else ""
    if not area.code.startswith(own):
        sentence = _("The body does not belong to this area.")
        raise RefusedByRegister([("area", "not_its_area", sentence)])


def held(plan: MonthlyPlan, expected_version: int | None, *states: PlanState) -> MonthlyPlan:
    """Return the plan locked until the end of the transaction, in one of the states.

    Raises `ConcurrentChange`, `PlanLocked` or `WrongMoment`.
    """
    rows = MonthlyPlan.objects.select_for_update(of=("self",))
    current: MonthlyPlan = rows.select_related("organisation", "area").get(pk=plan.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    if current.state == PlanState.CLOSED:
        raise PlanLocked
    if current.state not in states:
        raise WrongMoment
    return current


def acting_role(scope: Scope, area_code: str, *, lead: bool = False) -> str:
    """Return the role in which the scope acts for an area; raises `NotPermitted`."""
    if lead:
        require_lead(scope, area_code)
        return Role.DISTRICT_PLANNER
    if scope.covers_area(area_code, (Role.DISTRICT_PLANNER,)):
        return Role.DISTRICT_PLANNER
    if scope.covers_area(area_code):
        return Role.TOWNSHIP_OFFICER
    raise NotPermitted
