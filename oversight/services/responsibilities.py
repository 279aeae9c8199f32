"""Naming who answers for a site, a programme or a township's part of it; and ending it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from oversight.models import Responsibility
from oversight.services.access import may_end, may_name
from sites.access import Scope
from sites.kinds import AreaLevel
from sites.models import Area, Organisation, Programme, ProjectSite
from sites.services.authorship import authored
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_SITES = 500
"""Sites for which one person is named at once."""
ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def responsibility_set(
    *,
    role: str,
    person: str,
    starts_on: datetime.date,
    actor: User | None,
    scope: Scope,
    site: ProjectSite | None = None,
    programme: Programme | None = None,
    area: Area | None = None,
    post: str = "",
    phone: str = "",
    organisation: Organisation | None = None,
    ends_on: datetime.date | None = None,
) -> Responsibility:
    """Name a person in a role from a day on; whoever held it ends the day before.

    The subject is a site, a programme, or a programme's part in a township. Raises
    `NotPermitted` or `RefusedByRegister` (a later successor is named already, a bad value).
    """
    if not may_name(scope, site=site, area=area):
        raise NotPermitted
    _check_subject(site, programme, area)
    _check_days(starts_on, ends_on)
    _lock_subject(site, programme)
    row = Responsibility(
        site=site,
        programme=programme,
        area=area,
        role=role,
        person=person.strip(),
        post=post.strip(),
        phone=phone.strip(),
        organisation=organisation,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    with authored(actor=actor):
        _make_room(row)
        save_checked(row, force_insert=True)
    row.refresh_from_db()
    return row


@transaction.atomic
def responsibility_set_many(
    *,
    site_ids: Iterable[UUID],
    scope: Scope,
    actor: User | None,
    **values: Any,
) -> list[Responsibility]:
    """Name one person in a role for many sites at once: all of them, or none.

    Takes what `responsibility_set` takes. Raises `RefusedByRegister` for none or more than 500
    sites, or for a site that is not there.
    """
    wanted = set(site_ids)
    if not 0 < len(wanted) <= MOST_SITES:
        sentence = _("Choose between 1 and %(limit)s sites.") % {"limit": MOST_SITES}
        raise RefusedByRegister([("sites", "out_of_range", sentence)])
    # In the order of their keys, so that two officers who choose the same sites wait in turn.
    sites = list(ProjectSite.objects.visible_to(scope).filter(pk__in=wanted).order_by("pk"))
    if len(sites) != len(wanted):
        raise RefusedByRegister([("sites", "does_not_exist", _("There is no such record."))])
    return [responsibility_set(site=site, scope=scope, actor=actor, **values) for site in sites]


@transaction.atomic
def responsibility_end(
    *,
    responsibility: Responsibility,
    ends_on: datetime.date,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
    reason: str = "",
) -> Responsibility:
    """Say on which day a person answered last.

    A site at work then has a blank, which the matrix shows; it stays at work. Raises
    `ConcurrentChange`, `NotPermitted` or `RefusedByRegister`.
    """
    rows = Responsibility.objects.select_for_update(of=("self",)).select_related("site", "area")
    current: Responsibility = rows.get(pk=responsibility.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    if not may_end(scope, current):
        raise NotPermitted
    if current.ends_on is not None and ends_on > current.ends_on:
        sentence = _("It ended on %(day)s; name the person again for a later time.")
        raise RefusedByRegister([("ends_on", "ended", sentence % {"day": current.ends_on})])
    _check_days(current.starts_on, ends_on)
    current.ends_on = ends_on
    with authored(actor=actor, reason=reason):
        save_checked(current)
    current.refresh_from_db()
    return current


def _check_subject(
    site: ProjectSite | None, programme: Programme | None, area: Area | None
) -> None:
    if (site is None) == (programme is None):
        sentence = _("A person answers for a site or for a programme.")
        raise RefusedByRegister([("site", "required", sentence)])
    if area is not None and (programme is None or area.level != AreaLevel.TOWNSHIP):
        sentence = _("A programme's part is that of a township.")
        raise RefusedByRegister([("area", "not_a_township", sentence)])


def _check_days(starts_on: datetime.date, ends_on: datetime.date | None) -> None:
    """Refuse days in the wrong order before the database makes a range of them."""
    if ends_on is not None and ends_on < starts_on:
        sentence = _("The last day must not come before the first.")
        raise RefusedByRegister([("ends_on", "responsibility_days_in_order", sentence)])


def _lock_subject(site: ProjectSite | None, programme: Programme | None) -> None:
    """Let one officer after the other name people for the same subject."""
    if site is not None:
        ProjectSite.objects.select_for_update(of=("self",), no_key=True).get(pk=site.pk)
    elif programme is not None:
        Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)


def _make_room(row: Responsibility) -> None:
    """End who held the role; refuse where somebody is named for the same or a later time."""
    held = Responsibility.objects.filter(
        site=row.site, programme=row.programme, area=row.area, role=row.role
    )
    later = held.filter(starts_on__gte=row.starts_on)
    if row.ends_on is not None:
        later = later.filter(starts_on__lte=row.ends_on)
    clash = later.order_by("starts_on").first()
    if clash is not None:
        sentence = _("%(person)s is named for this role from %(day)s on.")
        values = {"person": clash.person, "day": clash.starts_on}
        raise RefusedByRegister([("starts_on", "already_named", sentence % values)])
    before = row.starts_on - ONE_DAY
    for earlier in held.filter(starts_on__lt=row.starts_on).exclude(ends_on__lte=before):
        earlier.ends_on = before
        save_checked(earlier)
