"""The life of a finding: raised, rectified with photos, rechecked, closed or sent back."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Max
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from assets.acceptance_roles import builds, raises_findings, rechecks, rectifies
from assets.kinds import FindingState, PhotoStage
from assets.models import Acceptance, Finding, FindingChange, FindingPhoto, Photo
from assets.photos.intake import ReceivedPhoto
from assets.services.acceptance import acceptance_locked
from assets.services.errors import RoleConflict, WrongMoment
from assets.services.locking import site_locked
from assets.services.photos import photos_keep
from sites.access import Scope
from sites.models import ProjectSite
from sites.services.authorship import authored
from sites.services.errors import (
    ConcurrentChange,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@atomic
def finding_raise(
    *,
    acceptance: Acceptance,
    text: str,
    severity: str,
    due_on: datetime.date,
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    photos: Sequence[Photo] = (),
    received: Iterable[ReceivedPhoto] = (),
) -> Finding:
    """Raise a finding in an open acceptance, with photos of how it is before.

    Raises `NotPermitted`, `RecordFixed` or `RefusedByRegister`.
    """
    site, current = acceptance_locked(acceptance, None)
    if not raises_findings(scope, site):
        raise NotPermitted
    if due_on < on:
        sentence = _("A finding is due on the day it is raised or later.")
        raise RefusedByRegister([("due_on", "before_start", sentence)])
    last = current.findings.aggregate(last=Max("number"))["last"]
    finding = Finding(
        acceptance=current,
        number=int(last or 0) + 1,
        text=text.strip(),
        severity=severity,
        due_on=due_on,
    )
    with authored(actor=actor):
        save_checked(finding, force_insert=True)
    _note_step(finding, FindingState.OPEN, on=on, actor=actor, note="")
    _attach(finding, PhotoStage.BEFORE, photos, received, actor=actor, scope=scope)
    finding.refresh_from_db()
    return finding


@atomic
def finding_rectify(
    *,
    finding: Finding,
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    note: str = "",
    photos: Sequence[Photo] = (),
    received: Iterable[ReceivedPhoto] = (),
    expected_version: int | None = None,
) -> Finding:
    """Report an open finding as rectified, with at least one photo of how it is after.

    Raises `NotPermitted`, `WrongMoment`, `RefusedByRegister` or `ConcurrentChange`.
    """
    site, current = _finding_locked(finding, expected_version)
    if not rectifies(scope, site):
        raise NotPermitted
    _require_state(current, FindingState.OPEN, _("Only an open finding can be rectified."))
    _move(current, FindingState.RECTIFIED, on=on, actor=actor, note=note)
    if not _attach(current, PhotoStage.AFTER, photos, received, actor=actor, scope=scope):
        sentence = _("Add at least one photo of the work after it was rectified.")
        raise RefusedByRegister([("photos", "photo_missing", sentence)])
    return current


@atomic
def finding_recheck(
    *,
    finding: Finding,
    passed: bool,
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    note: str = "",
    expected_version: int | None = None,
) -> Finding:
    """Close a rectified finding, or send it back with a reason.

    Raises `RoleConflict` for who rectified it, `NotPermitted`, `WrongMoment`, `ReasonMissing`,
    `RefusedByRegister` or `ConcurrentChange`.
    """
    site, current = _finding_locked(finding, expected_version)
    if builds(scope, site) or _rectified_by(current, actor):
        raise RoleConflict
    if not rechecks(scope, site):
        raise NotPermitted
    _require_state(
        current, FindingState.RECTIFIED, _("Only a finding that was rectified can be rechecked.")
    )
    if not passed and not note.strip():
        raise ReasonMissing(_("Say why the finding is sent back."), field="note")
    to_state = FindingState.CLOSED if passed else FindingState.OPEN
    _move(current, to_state, on=on, actor=actor, note=note)
    return current


def _finding_locked(finding: Finding, expected_version: int | None) -> tuple[ProjectSite, Finding]:
    site_id = Acceptance.objects.values_list("site_id", flat=True).get(pk=finding.acceptance_id)
    site = site_locked(site_id)
    current: Finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    return site, current


def _require_state(finding: Finding, state: FindingState, sentence: str) -> None:
    if finding.state != state:
        raise WrongMoment(sentence)


def _rectified_by(finding: Finding, actor: User | None) -> bool:
    if actor is None:
        return False
    steps = finding.changes.filter(to_state=FindingState.RECTIFIED)
    last = steps.order_by("-at", "-id").first()
    return last is not None and last.actor_id == actor.pk


def _move(
    finding: Finding, to_state: FindingState, *, on: datetime.date, actor: User | None, note: str
) -> None:
    latest = finding.changes.aggregate(day=Max("effective_on"))["day"]
    if latest and on < latest:
        sentence = _("This step cannot come before the last one.")
        raise RefusedByRegister([("on", "before_last_step", sentence)])
    _note_step(finding, to_state, on=on, actor=actor, note=note)
    finding.state = to_state
    with authored(actor=actor, reason=note):
        finding.save(update_fields=["state"])
    finding.refresh_from_db()


def _note_step(
    finding: Finding, to_state: FindingState, *, on: datetime.date, actor: User | None, note: str
) -> None:
    FindingChange.objects.create(
        finding=finding,
        from_state=finding.state,
        to_state=to_state,
        note=note.strip(),
        effective_on=on,
        actor=actor,
    )


def _attach(
    finding: Finding,
    stage: PhotoStage,
    photos: Sequence[Photo],
    received: Iterable[ReceivedPhoto],
    *,
    actor: User | None,
    scope: Scope,
) -> int:
    """Link photos that are kept and keep those that a form brought; return how many are new."""
    kept = photos_keep(received=received, actor=actor, scope=scope)
    known = set(finding.photos.values_list("pk", flat=True))
    links = FindingPhoto.objects.bulk_create(
        FindingPhoto(finding=finding, photo=photo, stage=stage)
        for photo in {photo.pk: photo for photo in (*photos, *kept)}.values()
        if photo.pk not in known
    )
    return len(links)
