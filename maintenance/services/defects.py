"""Reporting of defects, and evidence that is added to them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils.translation import gettext as _

from assets.kinds import PhotoStage
from assets.models import Asset, ConditionSurvey, Photo, Structure
from maintenance.acting import Acting
from maintenance.covering import agreement_at
from maintenance.defect_place import Place, place_on
from maintenance.fingerprints import fingerprint_of
from maintenance.kinds import DefectSource, UpkeepTask
from maintenance.models import Agreement, CheckAnswer, Defect, DefectPhoto
from maintenance.parties import office_of
from maintenance.services.entries import enter_once, entered_before
from maintenance.services.evidence import FieldEvidence, evidence_taken, lock_promised
from maintenance.services.field_bodies import checker_of, day_of, past_moment, reporter_of
from maintenance.services.promised_photos import photos_promised
from sites.access import Scope
from sites.identifiers import new_id
from sites.models import Organisation
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import locked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BY_OFFICE_ONLY = frozenset({DefectSource.OFFICE, DefectSource.PUBLIC})
_TOLD = ("asset_id", "kind", "severity", "source", "found_at", "reported_by_id")
"""What makes an entry that is sent again the same entry."""


@transaction.atomic
def defect_report(
    *,
    asset: Asset,
    kind: str,
    severity: str,
    source: str,
    found_at: datetime.datetime,
    at: datetime.datetime,
    actor: User | None,
    scope: Scope,
    organisation: Organisation | None = None,
    identifier: UUID | None = None,
    point: Point | None = None,
    chainage_m: Decimal | None = None,
    description: str = "",
    photos: Sequence[FieldEvidence] = (),
    structure: Structure | None = None,
    survey: ConditionSurvey | None = None,
    answer: CheckAnswer | None = None,
    task: str = UpkeepTask.ROUTINE,
    by_rule: bool = False,
    clock_skew_s: float | None = None,
) -> tuple[Defect, bool]:
    """Write down a defect of an asset; return it, and whether it is new.

    The place is a point, a chainage in metres, both, or neither for the whole asset. Under an
    `identifier` that is known, the same entry is answered as it stands. `by_rule` is for failed
    checks; `clock_skew_s` (seconds ahead of ours) puts a wrong clock's moment right. Raises
    `NotPermitted`, `OutsideAgreement`, `NotYet`, `EntryDiffers` or `RefusedByRegister`.
    """
    fingerprint = fingerprint_of(
        *(actor, asset, kind, severity, source, found_at, organisation, point, chainage_m),
        *(description, photos, structure, survey),
    )
    before = entered_before(Defect, identifier, fingerprint) if identifier else None
    if before is not None:
        return before, False
    found_at = past_moment(found_at, skew_s=clock_skew_s, at=at, field="found_at")
    place = place_on(asset, point=point, chainage_m=chainage_m)
    day, metres = day_of(found_at), place.chainage_m
    agreement = agreement_at(asset, on=day, scope=scope, chainage_m=metres, task=task)
    own = Acting(actor, scope, organisation)
    by = own if by_rule else _reporter(own, asset, agreement, source)
    _require_own_parts(asset, structure, survey)
    defect = Defect(id=identifier or new_id(), asset=asset, agreement=agreement, found_at=found_at)
    defect.structure, defect.survey, defect.inspection_answer = structure, survey, answer
    defect.kind, defect.severity, defect.source = kind, severity, source
    defect.description, defect.content_hash = description.strip(), fingerprint
    return _entered(defect, place, photos, by)


def _entered(
    defect: Defect, place: Place, photos: Sequence[FieldEvidence], by: Acting
) -> tuple[Defect, bool]:
    """Write a defect once, at its place and with the photos that show it."""
    defect.point, defect.chainage_m = place.point, place.chainage_m
    defect.needs_review = place.needs_review
    defect.reported_by, defect.organisation = by.actor, by.organisation
    standing = enter_once(defect, told=_TOLD)
    if standing is not None:
        return standing, False
    taken = evidence_taken(photos, actor=by.actor, scope=by.scope, organisation=by.organisation)
    link_photos(defect, taken.photos, PhotoStage.BEFORE)
    photos_promised(defect, taken.promises, by=by.actor, stage=PhotoStage.BEFORE)
    defect.refresh_from_db()
    return defect, True


@transaction.atomic
def defect_add_photos(
    *,
    defect: Defect,
    photos: Sequence[FieldEvidence],
    stage: str,
    actor: User | None,
    scope: Scope,
) -> list[Photo]:
    """Add photos to a defect's thread, by whoever may see it and acts for a body or the office.

    Return those that are here; the others are linked when they arrive.
    Raises `NotPermitted` or `RefusedByRegister`.
    """
    lock_promised(photos)
    current = Defect.objects.select_for_update(of=("self",)).get(pk=defect.pk)
    if not Defect.objects.visible_to(scope).filter(pk=current.pk).exists():
        raise NotPermitted
    if not (scope.organisation_ids() or office_of(scope, current.area_code)):
        raise NotPermitted
    if stage not in PhotoStage.values:
        raise RefusedByRegister([("stage", "invalid_choice", _("There is no such stage."))])
    if not photos:
        raise RefusedByRegister([("photos", "required", _("Add at least one photo."))])
    taken = evidence_taken(photos, actor=actor, scope=scope)
    link_photos(current, taken.photos, stage)
    photos_promised(current, taken.promises, by=actor, stage=stage)
    return taken.photos


@transaction.atomic
def defect_place(
    *,
    defect: Defect,
    actor: User | None,
    scope: Scope,
    expected_version: int,
    point: Point | None = None,
    chainage_m: Decimal | None = None,
) -> Defect:
    """Say where a defect really is, by whoever judges defects; it needs no further look then.

    Raises `NotPermitted`, `ConcurrentChange` or `RefusedByRegister`.
    """
    current = locked(defect, expected_version)
    if checker_of(scope, actor, current.agreement, current.area_code) is None:
        raise NotPermitted
    place: Place = place_on(current.asset, point=point, chainage_m=chainage_m)
    current.point, current.chainage_m = place.point, place.chainage_m
    current.needs_review = False
    with authored(actor=actor):
        current.save(update_fields=["point", "chainage_m", "needs_review"])
    current.refresh_from_db()
    return current


def link_photos(defect: Defect, photos: Iterable[Photo], stage: str) -> None:
    """Link photos to a defect; one that is linked already stays as it is."""
    DefectPhoto.objects.bulk_create(
        [DefectPhoto(defect=defect, photo=photo, stage=stage) for photo in photos],
        ignore_conflicts=True,
    )


def _reporter(own: Acting, asset: Asset, agreement: Agreement | None, source: str) -> Acting:
    scope = own.scope
    if not Asset.objects.visible_to(scope).filter(pk=asset.pk).exists():
        raise NotPermitted
    if source == DefectSource.INSPECTION:
        sentence = _("Such a defect is opened by an inspection.")
        raise RefusedByRegister([("source", "by_inspection", sentence)])
    by = reporter_of(scope, own.actor, asset, agreement, own.organisation)
    if source in BY_OFFICE_ONLY and office_of(scope, asset.area_code) is None:
        raise NotPermitted
    return by


def _require_own_parts(
    asset: Asset, structure: Structure | None, survey: ConditionSurvey | None
) -> None:
    for name, part in (("structure", structure), ("survey", survey)):
        if part is not None and part.asset_id != asset.pk:
            sentence = _("This belongs to another asset.")
            raise RefusedByRegister([(name, "other_asset", sentence)])
