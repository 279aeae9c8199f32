"""Opening an acceptance and filling it in: team, checklist, what was measured, who signed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.db.models.functions import Now
from django.db.transaction import atomic
from django.utils.translation import gettext as _

from assets.acceptance_roles import concludes, signs_for
from assets.checklists import default_items
from assets.kinds import AcceptanceStage, Verdict
from assets.models import Acceptance, AcceptanceCheck, AcceptanceMember
from assets.quantities import claimed_by_default
from assets.services.errors import (
    AcceptanceStillOpen,
    AlreadyPassed,
    NotReadyForAcceptance,
    PreliminaryMissing,
    RecordFixed,
)
from assets.services.locking import site_locked
from sites.access import Scope
from sites.kinds import State
from sites.models import Organisation, ProjectSite
from sites.services.authorship import authored
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from uuid import UUID

    from django.contrib.auth.models import User

SIGNED_FACTS: Final = (
    "held_on",
    "unit",
    "claimed_quantity",
    "measured_quantity",
    "discrepancy_reason",
)
"""What the team puts its name to, beside the checklist."""
EDITED: Final = frozenset({*SIGNED_FACTS, "note"})
MOST_PARTS: Final = 60
"""Our choice: no team and no checklist is longer."""


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """An item of a checklist with its answer, empty while nobody answered."""

    item: str
    item_en: str = ""
    result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MemberDraft:
    """Somebody of the team: on whose behalf, the name, and the body they come from."""

    role: str
    name: str
    organisation: Organisation | None = None


@atomic
def acceptance_open(
    *,
    site: ProjectSite,
    stage: str,
    held_on: datetime.date,
    actor: User | None,
    scope: Scope,
    values: Mapping[str, Any] | None = None,
    members: Sequence[MemberDraft] = (),
    checks: Sequence[CheckDraft] | None = None,
) -> Acceptance:
    """Open the next round of a stage; quantity and checklist begin with the site's defaults.

    Raises `NotPermitted`, `WrongMoment` (the stage is not due) or `RefusedByRegister`.
    """
    current = site_locked(site.pk)
    if not concludes(scope, current, stage):
        raise NotPermitted
    _require_due(current, stage)
    quantity, unit = claimed_by_default(current)
    given = {"claimed_quantity": quantity, "unit": unit, **_own_values(values or {})}
    acceptance = Acceptance(
        site=current, stage=stage, held_on=held_on, round_no=_next_round(current, stage), **given
    )
    _require_after_finish(current, held_on)
    with authored(actor=actor):
        save_checked(acceptance, force_insert=True)
        if checks is None:
            defaults = default_items(current.kind)
            checks = [CheckDraft(entry.item, entry.item_en) for entry in defaults]
        _replace_checks(acceptance, checks)
        _replace_members(acceptance, members)
    acceptance.refresh_from_db()
    return acceptance


@atomic
def acceptance_update(
    *,
    acceptance: Acceptance,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
    checks: Sequence[CheckDraft] | None = None,
    members: Sequence[MemberDraft] | None = None,
) -> Acceptance:
    """Change an open acceptance; a list that is given replaces the one that stands.

    Signatures are taken back when what was signed changes: quantities, day, reason or answers.
    Raises `ConcurrentChange`, `NotPermitted`, `RecordFixed` or `RefusedByRegister`.
    """
    site, current = acceptance_locked(acceptance, expected_version)
    if not concludes(scope, site, current.stage):
        raise NotPermitted
    changes = {k: v for k, v in _own_values(values).items() if getattr(current, k) != v}
    for name, value in changes.items():
        setattr(current, name, value)
    _require_after_finish(site, current.held_on)
    with authored(actor=actor):
        if changes:
            save_checked(current)
        answered = checks is not None and _replace_checks(current, checks)
        seated = members is not None and _replace_members(current, members)
        unsigned = bool(answered or changes.keys() & set(SIGNED_FACTS)) and _take_back(current)
        if not changes and (answered or seated or unsigned):
            _count_up(current)
    current.refresh_from_db()
    return current


@atomic
def acceptance_sign(
    *,
    acceptance: Acceptance,
    member_id: UUID,
    at: datetime.datetime,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> AcceptanceMember:
    """Record that a member of the team signed what stands now; the office may record any.

    Raises `DoesNotExist`, `ConcurrentChange`, `NotPermitted` or `RecordFixed`.
    """
    site, current = acceptance_locked(acceptance, expected_version)
    member: AcceptanceMember = current.members.get(pk=member_id)
    if not signs_for(scope, site, member.organisation_id):
        raise NotPermitted
    if member.signed_at is None:
        member.signed_at = at
        with authored(actor=actor):
            member.save(update_fields=["signed_at"])
            _count_up(current)
    return member


def acceptance_locked(
    acceptance: Acceptance, expected_version: int | None
) -> tuple[ProjectSite, Acceptance]:
    """Return site and acceptance, locked in this order; raises `RecordFixed` once concluded.

    Raises `ConcurrentChange` when an expected version is given and no longer current.
    """
    site = site_locked(acceptance.site_id)
    current: Acceptance = Acceptance.objects.select_for_update(of=("self",)).get(pk=acceptance.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    if current.verdict:
        raise RecordFixed
    return site, current


def _own_values(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - EDITED
    if unknown:
        raise ValueError(f"columns that services set themselves: {sorted(unknown)}")
    return dict(values)


def _require_due(site: ProjectSite, stage: str) -> None:
    """Raise a `WrongMoment` unless the stage is the next thing to do."""
    rounds = Acceptance.objects.filter(site=site)
    if site.state not in {State.COMPLETED, State.RECTIFYING} or (
        # Rectifying without an acceptance is work that was sent back by hand: finish it first.
        site.state == State.RECTIFYING and not rounds.exclude(verdict="").exists()
    ):
        raise NotReadyForAcceptance
    if rounds.filter(verdict="").exists():
        raise AcceptanceStillOpen
    passed = set(rounds.filter(verdict=Verdict.PASSED).values_list("stage", flat=True))
    if stage in passed:
        raise AlreadyPassed
    if stage == AcceptanceStage.FINAL and AcceptanceStage.PRELIMINARY not in passed:
        raise PreliminaryMissing


def _require_after_finish(site: ProjectSite, held_on: datetime.date) -> None:
    if site.actual_finish and held_on < site.actual_finish:
        sentence = _("An acceptance is not held before the work was finished.")
        raise RefusedByRegister([("held_on", "before_finish", sentence)])


def _next_round(site: ProjectSite, stage: str) -> int:
    rounds = Acceptance.objects.filter(site=site, stage=stage)
    return int(rounds.aggregate(last=models.Max("round_no"))["last"] or 0) + 1


def _replace_checks(acceptance: Acceptance, drafts: Sequence[CheckDraft]) -> bool:
    """Make the checklist read as given, row by row; return whether anything changed."""
    _require_few(drafts, "checks")
    standing = {check.position: check for check in acceptance.checks.all()}
    changed = False
    for position, draft in enumerate(drafts, start=1):
        check = standing.pop(position, None)
        columns = {name: getattr(draft, name) for name in ("item", "item_en", "result", "note")}
        if check and all(getattr(check, name) == value for name, value in columns.items()):
            continue
        check = check or AcceptanceCheck(acceptance=acceptance, position=position)
        for name, value in columns.items():
            setattr(check, name, value)
        save_checked(check)
        changed = True
    for check in standing.values():
        check.delete()
    return changed or bool(standing)


def _replace_members(acceptance: Acceptance, drafts: Sequence[MemberDraft]) -> bool:
    """Make the team be the one given; who stays keeps the signature."""
    _require_few(drafts, "members")
    standing = {(member.role, member.name): member for member in acceptance.members.all()}
    changed = False
    for draft in drafts:
        member = standing.pop((draft.role, draft.name), None)
        organisation_id = draft.organisation.pk if draft.organisation else None
        if member and member.organisation_id == organisation_id:
            continue
        member = member or AcceptanceMember(acceptance=acceptance, role=draft.role, name=draft.name)
        member.organisation = draft.organisation
        save_checked(member)
        changed = True
    for member in standing.values():
        member.delete()
    return changed or bool(standing)


def _require_few(drafts: Sequence[object], field: str) -> None:
    if len(drafts) > MOST_PARTS:
        sentence = _("Give at most %(limit)s rows.") % {"limit": MOST_PARTS}
        raise RefusedByRegister([(field, "too_many", sentence)])


def _take_back(acceptance: Acceptance) -> bool:
    signed = acceptance.members.filter(signed_at__isnull=False)
    return bool(signed.update(signed_at=None))


def _count_up(acceptance: Acceptance) -> None:
    """Void the versions that clients hold when only parts of the acceptance changed."""
    Acceptance.objects.filter(pk=acceptance.pk, version=acceptance.version).update(
        version=models.F("version") + 1, updated_at=Now()
    )
