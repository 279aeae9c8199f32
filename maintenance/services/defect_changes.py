"""Changes of what is known of a defect: its kind, severity, words and place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from maintenance.defect_place import place_on
from maintenance.kinds import OPEN_DEFECT_STATES, DefectState
from maintenance.models import Defect
from maintenance.services.errors import WrongMoment
from maintenance.services.field_bodies import checker_of
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import checked, locked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WORDS: Final = ("kind", "severity", "description")
PLACE: Final = ("point", "chainage_m")


@transaction.atomic
def defect_change(
    *,
    defect: Defect,
    changes: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int,
) -> Defect:
    """Change `kind`, `severity`, `description`, `point` (degrees) or `chainage_m` of a defect.

    By whoever judges defects there, the person who reported it, and the body for which it was
    reported, while something is left to be done; a severity that was verified only by whoever
    judges there. A point alone gets the chainage of its foot, a chainage alone the point of the
    line. What stood before stays in the history. Raises `NotPermitted`, `WrongMoment`,
    `ConcurrentChange` or `RefusedByRegister`.
    """
    current = locked(defect, expected_version)
    _require_known(changes)
    if not may_change(current, actor, scope):
        raise NotPermitted
    if current.state not in OPEN_DEFECT_STATES:
        raise WrongMoment(_("Nothing is left to be done on this defect; it stays as it is."))
    if _judges_anew(current, changes) and not _may_judge(current, actor, scope):
        raise WrongMoment(
            _("This severity was verified; whoever verifies defects there changes it.")
        )
    _apply(current, changes)
    checked(current, unchecked=("reported_by",))
    with authored(actor=actor):
        current.save(update_fields=[*WORDS, *PLACE, "needs_review"])
    current.refresh_from_db()
    return current


def may_change(defect: Defect, actor: User | None, scope: Scope) -> bool:
    """Whether somebody who may see a defect may change what is known of it."""
    if actor is not None and defect.reported_by_id == actor.pk:
        return True
    if defect.organisation_id and defect.organisation_id in scope.organisation_ids():
        return True
    return _may_judge(defect, actor, scope)


def _may_judge(defect: Defect, actor: User | None, scope: Scope) -> bool:
    return checker_of(scope, actor, defect.agreement, defect.area_code) is not None


def _judges_anew(defect: Defect, changes: Mapping[str, Any]) -> bool:
    """Whether a severity that was verified, on which time limits hang, is to become another."""
    changed = changes.get("severity", defect.severity) != defect.severity
    return changed and defect.state != DefectState.REPORTED


def _require_known(changes: Mapping[str, Any]) -> None:
    if unknown := sorted(set(changes) - {*WORDS, *PLACE}):
        sentence = _("This value of a defect stays as it is.")
        raise RefusedByRegister([(name, "read_only", sentence) for name in unknown])


def _apply(defect: Defect, changes: Mapping[str, Any]) -> None:
    for name in WORDS:
        if name in changes:
            setattr(defect, name, changes[name])
    defect.description = defect.description.strip()
    if not set(PLACE) & set(changes):
        return
    point, metres = changes.get("point"), changes.get("chainage_m")
    place = place_on(defect.asset, point=point, chainage_m=metres)
    defect.point, defect.chainage_m = place.point, place.chainage_m
    defect.needs_review = place.needs_review
