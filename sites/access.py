"""Who may see what: the one place from which every page, tile, export and count starts.

A `Scope` is what one user may see today. Querysets turn it into conditions in their
`visible_to`; nothing else decides visibility.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from sites.kinds import AREA_ROLES, OFFICE_ROLES, ORGANISATION_ROLES, Role
from sites.prepared import prepared_rows

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Grant:
    """One membership in force: a role with area codes and organisation identifiers."""

    role: Role
    area_codes: tuple[str, ...] = ()
    organisation_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What one user may see and do, resolved for one day.

    `everything` is a superuser or an internal command; `is_public` is the anonymous public.
    """

    grants: tuple[Grant, ...] = ()
    everything: bool = False
    is_public: bool = False
    user_id: int | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)

    @classmethod
    def public(cls) -> Scope:
        """The scope of somebody who has not signed in."""
        return cls(is_public=True)

    @classmethod
    def internal(cls) -> Scope:
        """The scope of a command run by the operator on the server."""
        return cls(everything=True)

    @property
    def sees_households(self) -> bool:
        """Whether household rows may be read at all; rows are still limited by area."""
        return self.everything or any(role in OFFICE_ROLES for role in self.roles)

    @property
    def manages_register(self) -> bool:
        """Whether areas, organisations, programmes and memberships may be changed."""
        return self.everything or Role.DISTRICT_PLANNER in self.roles

    @property
    def edits_sites(self) -> bool:
        """Whether sites may be created, edited and imported within the scope."""
        return self.everything or any(role in OFFICE_ROLES for role in self.roles)

    def area_codes(self, roles: Iterable[Role] = AREA_ROLES) -> tuple[str, ...]:
        """Return the area codes that the given roles are limited to, shortest first."""
        wanted = set(roles)
        codes = {c for grant in self.grants if grant.role in wanted for c in grant.area_codes}
        return tuple(
            code
            for code in sorted(codes, key=lambda c: (len(c), c))
            if not any(code != other and code.startswith(other) for other in codes)
        )

    def organisation_ids(self) -> tuple[UUID, ...]:
        """Return the organisations of the company, association and cooperative roles."""
        found = {
            identifier
            for grant in self.grants
            if grant.role in ORGANISATION_ROLES
            for identifier in grant.organisation_ids
        }
        return tuple(sorted(found))

    def covers_area(self, code: str, roles: Iterable[Role] = OFFICE_ROLES) -> bool:
        """Whether the area code lies in the scope of one of the roles."""
        return self.everything or any(code.startswith(own) for own in self.area_codes(roles))

    def manages_area(self, code: str) -> bool:
        """Whether the register's records of an area (units, bodies, people) may be changed."""
        return self.covers_area(code, (Role.DISTRICT_PLANNER,))

    def roles_for_site(self, site: Any) -> frozenset[Role]:
        """Return the roles that this scope holds towards one site."""
        held = {
            grant.role
            for grant in self.grants
            if (
                grant.role in AREA_ROLES
                and any(site.area_code.startswith(code) for code in grant.area_codes)
            )
            or (
                grant.role in ORGANISATION_ROLES
                and {site.contractor_id, site.supervisor_id, site.owner_organisation_id}
                & set(grant.organisation_ids)
            )
        }
        return frozenset(held)

    def cache_key(self) -> str:
        """Return a text that is equal for users who see exactly the same rows."""
        if self.everything:
            return "all"
        if self.is_public:
            return "public"
        office = ",".join(self.area_codes(OFFICE_ROLES))
        evaluated = ",".join(self.area_codes((Role.EVALUATOR,)))
        organisations = ",".join(str(identifier) for identifier in self.organisation_ids())
        return f"office:{office}|evaluator:{evaluated}|organisations:{organisations}"


Viewer: TypeAlias = "User | AnonymousUser | Scope"
GRANTS_SQL: Final = """
SELECT membership.role,
    ARRAY(SELECT area.code FROM sites_membership_areas held
          JOIN sites_area area ON area.id = held.area_id
          WHERE held.membership_id = membership.id),
    ARRAY(SELECT held.organisation_id FROM sites_membership_organisations held
          WHERE held.membership_id = membership.id)
FROM sites_membership membership
WHERE membership.user_id = %(user)s AND membership.valid_from <= %(day)s
    AND (membership.valid_to IS NULL OR membership.valid_to > %(day)s)
ORDER BY membership.role, membership.valid_from, membership.id
"""
"""A person's memberships in force on a day: this runs with every request, before all else."""


def scope_of(viewer: Viewer, *, today: datetime.date | None = None) -> Scope:
    """Return the scope of a user on a day; a `Scope` is returned as it is.

    One query, always fresh, so that a revoked membership counts from the next request.
    """
    if isinstance(viewer, Scope):
        return viewer
    if not viewer.is_authenticated or not viewer.is_active:
        return Scope.public()
    if viewer.is_superuser:
        return Scope(everything=True, user_id=viewer.pk, roles=frozenset({Role.DISTRICT_PLANNER}))
    return scope_held(viewer.pk, today or timezone.localdate())


def scope_held(user_id: int, day: datetime.date) -> Scope:
    """Return what the memberships of a day gave somebody, whether or not they may still sign in.

    For judging what somebody did; what they may do now is `scope_of`.
    """
    grants = tuple(
        Grant(Role(role), tuple(sorted(codes)), tuple(sorted(organisations)))
        for role, codes, organisations in prepared_rows(GRANTS_SQL, {"user": user_id, "day": day})
    )
    return Scope(grants=grants, user_id=user_id, roles=frozenset(grant.role for grant in grants))


def scope_of_request(request: HttpRequest) -> Scope:
    """Return the scope of a request's user, asked for once a request."""
    known: Scope | None = getattr(request, "scope", None)
    if known is None:
        known = scope_of(request.user)
        request.scope = known  # type: ignore[attr-defined]
    return known


def code_prefix_condition(path: str, codes: Iterable[str]) -> Q:
    """Return the condition that a code field lies in the subtree of any of the codes."""
    condition = Q(pk__in=[])
    for code in codes:
        condition |= Q(**{f"{path}__startswith": code})
    return condition
