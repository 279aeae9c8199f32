"""Who answers for which site on a day: the responsibility matrix 责任落实 as facts.

What stands for the site comes before what stands for the programme in the site's township, and
that before what stands for the whole programme.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from oversight.kinds import ResponsibleRole
from oversight.models import Responsibility
from sites.models import ProjectSite

REQUIRED_ROLES: Final = tuple(ResponsibleRole)
"""Roles that are filled before work starts: all five (our choice)."""

Answering: TypeAlias = dict[UUID, dict[str, Responsibility]]


def responsible_of(sites: Iterable[ProjectSite | UUID], on: datetime.date) -> Answering:
    """Return who answers for each site on a day, by role; two statements for any number of sites.

    Sites are given as records or as keys. A role that nobody holds is not in the answer.
    """
    places = _places(sites)
    programmes = {programme_id for programme_id, _township in places.values()}
    rows = (
        in_force(Responsibility.objects.all(), on)
        .filter(Q(site_id__in=list(places)) | Q(programme_id__in=programmes))
        .select_related("organisation")
        .annotate(of_township=F("area__code"))
        .order_by("starts_on", "created_at", "pk")
    )
    held: dict[tuple[UUID | None, str], dict[str, Responsibility]] = {}
    for row in rows:
        key = (row.site_id or row.programme_id, row.of_township or "")
        held.setdefault(key, {})[row.role] = row
    return {
        site_id: {
            **held.get((programme_id, ""), {}),
            **held.get((programme_id, township or "-"), {}),
            **held.get((site_id, ""), {}),
        }
        for site_id, (programme_id, township) in places.items()
    }


def blank_roles(
    sites: Iterable[ProjectSite | UUID], on: datetime.date
) -> Mapping[UUID, tuple[ResponsibleRole, ...]]:
    """Return which required roles nobody holds on a day; sites without a blank are not in it."""
    found = {}
    for site_id, held in responsible_of(sites, on).items():
        blank = tuple(role for role in REQUIRED_ROLES if role not in held)
        if blank:
            found[site_id] = blank
    return found


def in_force(rows: QuerySet[Responsibility], on: datetime.date) -> QuerySet[Responsibility]:
    """Return the responsibilities that somebody holds on a day."""
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)


def blank_condition(on: datetime.date) -> Q:
    """Return the condition on sites that at least one required role is blank on a day."""
    condition = Q()
    for role in REQUIRED_ROLES:
        condition |= ~_held(role, on)
    return condition


def _held(role: str, on: datetime.date) -> Q:
    rows = in_force(Responsibility.objects.filter(role=role), on)
    whole = rows.filter(programme__isnull=False, area__isnull=True)
    part = rows.filter(programme=OuterRef("programme"), area__code=OuterRef("township_code"))
    return (
        Q(programme__in=whole.values("programme"))
        | Q(Exists(part))
        | Q(pk__in=rows.filter(site__isnull=False).values("site"))
    )


def _places(sites: Iterable[ProjectSite | UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Return programme and township of each site, asked of the database where only a key stands."""
    known: dict[UUID, tuple[UUID, str]] = {}
    asked: list[UUID] = []
    for site in sites:
        if isinstance(site, ProjectSite):
            known[site.pk] = (site.programme_id, site.township_code)
        else:
            asked.append(site)
    if asked:
        rows = ProjectSite.objects.filter(pk__in=asked)
        for pk, programme_id, township in rows.values_list("pk", "programme_id", "township_code"):
            known[pk] = (programme_id, township)
    return known
