"""Reports of physical progress, and the office's word on those of others."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.gis.geos import Point
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.access import Scope
from sites.kinds import OFFICE_ROLES, ProgressVerdict, Role
from sites.models import ProgressEntry, ProgressReview, ProjectSite
from sites.progress_standing import counted
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, ReasonMissing, ServiceError
from sites.services.saving import checked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

REPORTING_ROLES = frozenset({Role.DISTRICT_PLANNER, Role.TOWNSHIP_OFFICER, Role.COMPANY_MEMBER})


class AlreadyReviewed(ServiceError):
    """Somebody has said already whether the entry counts."""

    code = "already_reviewed"
    problem = "conflict"
    message = gettext_lazy("This entry was reviewed already.")


@transaction.atomic
def progress_record(
    *,
    site: ProjectSite,
    percent: Decimal,
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    note: str = "",
    quantity: Decimal | None = None,
    position: Point | None = None,
    accuracy_m: float | None = None,
    captured_at: datetime.datetime | None = None,
    photo_sha256: str = "",
) -> ProgressEntry:
    """Record physical progress in percent (0-100) on a day.

    `quantity` is what stands built by then, in the unit of the site's programme. The office's
    own entry counts at once; a company's waits for a review. A fall needs a note that says why.
    Raises `NotPermitted`, `ReasonMissing` or `RefusedByRegister`.
    """
    current = _locked(site)
    if not (scope.everything or scope.roles_for_site(current) & REPORTING_ROLES):
        raise NotPermitted
    entry = ProgressEntry(
        site=current,
        percent=percent,
        quantity=quantity,
        reported_on=on,
        note=note.strip(),
        position=position,
        accuracy_m=accuracy_m,
        captured_at=captured_at,
        photo_sha256=photo_sha256,
        reported_by=actor,
        needs_review=not is_office(scope, current),
    )
    checked(entry, unchecked=("reported_by",))
    if percent < current.progress_percent and not entry.note:
        raise ReasonMissing(_("Say in the note why progress fell."), field="note")
    save_checked(entry, force_insert=True, unchecked=("reported_by",))
    counts = None if entry.needs_review else entry
    _heard(current, counts, actor=actor, why=entry.note)
    return entry


@transaction.atomic
def progress_review(
    *,
    entry: ProgressEntry,
    verdict: str,
    actor: User | None,
    scope: Scope,
    reason: str = "",
) -> ProgressReview:
    """Say whether an entry counts: verified moves the site's percentage, returned has a reason.

    One entry is reviewed once, by the office and by somebody else than who reported it.
    Raises `NotPermitted`, `AlreadyReviewed`, `ReasonMissing` or `RefusedByRegister`.
    """
    site = _locked(entry.site)
    if not is_office(scope, site) or (actor and entry.reported_by_id == actor.pk):
        raise NotPermitted
    if not entry.needs_review or entry.reviews.exists():
        raise AlreadyReviewed
    told = reason.strip()
    if verdict == ProgressVerdict.RETURNED and not told:
        raise ReasonMissing(_("Say why the entry is returned."), field="reason")
    falls = entry.percent < site.progress_percent and _is_latest(entry)
    if verdict == ProgressVerdict.VERIFIED and falls and not (told or entry.note):
        raise ReasonMissing(_("Progress falls by this entry: say why."), field="reason")
    review = ProgressReview(entry=entry, verdict=verdict, reason=told, reviewer=actor)
    save_checked(review, force_insert=True, unchecked=("reviewer",))
    counts = entry if verdict == ProgressVerdict.VERIFIED else None
    _heard(site, counts, actor=actor, why=told or entry.note)
    return review


def is_office(scope: Scope, site: ProjectSite) -> bool:
    """Whether a scope speaks for the office towards a site."""
    return scope.everything or bool(scope.roles_for_site(site) & set(OFFICE_ROLES))


def _locked(site: ProjectSite) -> ProjectSite:
    """Return the site as it stands; whoever reports or reviews next waits for this one."""
    found: ProjectSite = ProjectSite.objects.select_for_update(of=("self",)).get(pk=site.pk)
    return found


def _is_latest(entry: ProgressEntry) -> bool:
    """Whether no entry that counts speaks of a later day, or of the same day but came later."""
    later = Q(reported_on__gt=entry.reported_on) | Q(reported_on=entry.reported_on, pk__gt=entry.pk)
    return not counted(ProgressEntry.objects.filter(later, site=entry.site_id)).exists()


def _heard(site: ProjectSite, entry: ProgressEntry | None, *, actor: User | None, why: str) -> None:
    """Take over the percentage of an entry that counts now, unless a later one stands.

    The row is written even when the percentage stays: tiles learn from it that the site has
    been heard of.
    """
    if entry is not None and _is_latest(entry):
        site.progress_percent = entry.percent
    site.updated_by = actor
    with authored(actor=actor, reason=why):
        site.save(update_fields=["progress_percent", "updated_by"])
