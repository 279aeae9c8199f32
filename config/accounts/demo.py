"""The demo district's doors: one click for each role, where the demo stands and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sites.kinds import Role
from sites.models import DemoMarker

ABILITIES: dict[Role, str | Promise] = {
    Role.DISTRICT_PLANNER: _("Keeps the whole register: imports, edits, moves states, exports."),
    Role.TOWNSHIP_OFFICER: _("Looks after the sites of one township and reports their progress."),
    Role.COMPANY_MEMBER: _("Sees the sites that the company builds and reports completion."),
    Role.ASSOCIATION_MEMBER: _("Follows the sites that the association supervises."),
    Role.COOPERATIVE_MEMBER: _("Follows the sites that the cooperative owns."),
    Role.EVALUATOR: _("Reads all sites of the district but restricted ones, and changes nothing."),
}
"""What each role can do, for somebody who meets the service for the first time."""


@dataclass(frozen=True, slots=True)
class DemoDoor:
    """One card of the sign-in page."""

    role: str
    label: str
    ability: str | Promise


def is_demo() -> bool:
    """Whether this is a demo district on a machine that allows its doors; never in production."""
    return bool(settings.DEMO_SIGN_IN) and DemoMarker.objects.exists()


def demo_user(role: str) -> User | None:
    """Return the demo account of a role; an account with more power is never one."""
    found: User | None = (
        get_user_model()
        ._default_manager.filter(username=role, is_active=True, is_staff=False, is_superuser=False)
        .first()
    )
    return found if role in Role.values else None


def demo_doors() -> list[DemoDoor]:
    """Return the cards of the roles that have an account here, none outside a demo."""
    if not is_demo():
        return []
    accounts = set(
        get_user_model()
        ._default_manager.filter(username__in=Role.values, is_active=True)
        .values_list("username", flat=True)
    )
    return [
        DemoDoor(role.value, str(role.label), ABILITIES[role])
        for role in Role
        if role.value in accounts
    ]
