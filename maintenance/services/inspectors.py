"""Who may make which kind of inspection, and for which body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assets.models import Asset
from maintenance.acting import Acting
from maintenance.inspection_rules import DAILY_WATCH
from maintenance.kinds import InspectionKind, PartyRole
from maintenance.models import Agreement, AgreementParty
from maintenance.services.field_bodies import member_with, reporter_of
from maintenance.services.field_errors import InspectsOwnWork
from sites.access import Scope
from sites.kinds import OFFICE_ROLES, Role
from sites.models import Organisation
from sites.services.errors import NotPermitted, RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User

INSPECTING_ROLES = {
    InspectionKind.TOWNSHIP: OFFICE_ROLES,
    InspectionKind.DEPARTMENT: (Role.DISTRICT_PLANNER,),
    InspectionKind.THIRD_PARTY: (Role.EVALUATOR,),
}
"""Roles that make an inspection within their area."""


def inspector_of(
    kind: str,
    asset: Asset,
    agreement: Agreement | None,
    actor: User | None,
    scope: Scope,
    organisation: Organisation | None,
) -> Acting:
    """Return for whom an inspection is made.

    Daily watch is open to every party and to the office. A supervisor's inspection is made by
    the supervisor of the agreement alone, not even by an administrator; the others by whoever
    holds the role in the area. Nobody with a seat in the body that carries out the work makes
    any of these. Raises `NotPermitted`, `OutsideAgreement`, `InspectsOwnWork` or
    `RefusedByRegister`.
    """
    if kind not in InspectionKind.values:
        sentence = _("There is no such kind of inspection.")
        raise RefusedByRegister([("kind", "invalid_choice", sentence)])
    if kind in DAILY_WATCH:
        return reporter_of(scope, actor, asset, agreement, organisation)
    _require_no_executor(scope, agreement, organisation)
    if kind == InspectionKind.SUPERVISION:
        if agreement is None:
            raise NotPermitted
        member = member_with(scope, actor, agreement, PartyRole.SUPERVISOR)
        if member is None or organisation not in (None, member.organisation):
            raise NotPermitted
        return member
    for role in INSPECTING_ROLES[InspectionKind(kind)]:
        if _holds(scope, role, asset.area_code):
            return Acting(actor, scope, organisation, role)
    raise NotPermitted


def _require_no_executor(
    scope: Scope, agreement: Agreement | None, organisation: Organisation | None
) -> None:
    if agreement is None:
        return
    bodies = {*scope.organisation_ids(), *([organisation.pk] if organisation else [])}
    executors = AgreementParty.objects.filter(
        agreement=agreement, role=PartyRole.EXECUTOR, organisation_id__in=bodies
    )
    if executors.exists():
        raise InspectsOwnWork


def _holds(scope: Scope, role: Role, area_code: str) -> bool:
    if scope.everything:
        return role in scope.roles or not scope.roles
    return scope.covers_area(area_code, (role,))
