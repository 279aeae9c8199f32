"""Reports of physical progress."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.kinds import Role
from sites.models import ProgressEntry, ProjectSite
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, ReasonMissing, RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User

REPORTING_ROLES = frozenset({Role.DISTRICT_PLANNER, Role.TOWNSHIP_OFFICER, Role.COMPANY_MEMBER})


@transaction.atomic
def progress_record(
    *,
    site: ProjectSite,
    percent: Decimal,
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    note: str = "",
    position: Point | None = None,
    accuracy_m: float | None = None,
    captured_at: datetime.datetime | None = None,
    photo_sha256: str = "",
) -> ProgressEntry:
    """Record physical progress in percent (0-100) on a day, and set it on the site.

    A fall needs a note that says why. Raises `NotPermitted`, `ReasonMissing` or
    `RefusedByRegister`.
    """
    current = ProjectSite.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if not (scope.everything or scope.roles_for_site(current) & REPORTING_ROLES):
        raise NotPermitted
    if percent < current.progress_percent and not note.strip():
        raise ReasonMissing(_("Say in the note why progress fell."), field="note")
    entry = ProgressEntry(
        site=current,
        percent=percent,
        reported_on=on,
        note=note.strip(),
        position=position,
        accuracy_m=accuracy_m,
        captured_at=captured_at,
        photo_sha256=photo_sha256,
        reported_by=actor,
    )
    try:
        entry.full_clean()
    except ValidationError as error:
        raise RefusedByRegister.from_validation(error) from error
    entry.save(force_insert=True)
    current.progress_percent = percent
    current.updated_by = actor
    with authored(actor=actor, reason=note):
        current.save(update_fields=["progress_percent", "updated_by"])
    return entry
