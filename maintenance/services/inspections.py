"""Recording of inspections: answers, score, and what failed answers lead to, all or nothing."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils.translation import gettext as _

from assets.models import Asset
from maintenance.acting import Acting
from maintenance.covering import agreement_at
from maintenance.fingerprints import fingerprint_of
from maintenance.inspection_rules import (
    Answer,
    require_complete,
    require_fitting,
    score_of,
)
from maintenance.models import (
    CheckAnswer,
    ChecklistItem,
    Inspection,
    InspectionPhoto,
    Patrol,
    UpkeepStandard,
)
from maintenance.services.entries import enter_once, entered_before
from maintenance.services.evidence import FieldEvidence, evidence_taken, lock_promised
from maintenance.services.failed_items import FailedItem, failed_items_open, findings_of
from maintenance.services.field_bodies import day_of, past_moment
from maintenance.services.inspectors import inspector_of
from maintenance.services.promised_photos import photos_promised
from maintenance.services.schedules import schedule_done
from sites.access import Scope
from sites.models import Organisation
from sites.services.errors import NotPermitted, RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User

_TOLD = ("asset_id", "standard_id", "kind", "inspected_at", "score", "performed_by_id")
"""What makes an inspection that is sent again the same inspection."""


class InspectionOutcome:
    """An inspection, whether it is new, and what each failed item led to."""

    def __init__(
        self, inspection: Inspection, findings: Sequence[FailedItem], *, is_new: bool
    ) -> None:
        self.inspection = inspection
        self.findings = tuple(findings)
        self.is_new = is_new


@transaction.atomic
def inspection_record(
    *,
    identifier: UUID,
    asset: Asset,
    standard: UpkeepStandard,
    kind: str,
    inspected_at: datetime.datetime,
    answers: Sequence[Answer],
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    organisation: Organisation | None = None,
    position: Point | None = None,
    accuracy_m: float | None = None,
    note: str = "",
    photos: Sequence[FieldEvidence] = (),
    patrol: Patrol | None = None,
    corrects: Inspection | None = None,
    clock_skew_s: float | None = None,
) -> InspectionOutcome:
    """Record a check of an asset by a checklist, under the identifier that the sender gave it.

    Sent again, it is answered as it stands. The score is 100 less the points of failed items. Each
    of these opens a defect with the photos and, where its rule says so and an agreement covers
    the place, a work order: all or nothing. The next due day moves on. `clock_skew_s` (seconds
    ahead of ours) puts a wrong clock's moment right. Raises `NotPermitted`, `OutsideAgreement`,
    `InspectsOwnWork`, `NotYet`, `EntryDiffers`, `RefusedByRegister`, or what an order refuses.
    """
    fingerprint = fingerprint_of(
        *(actor, asset, standard, kind, inspected_at, organisation, position, accuracy_m, note),
        *(photos, patrol, corrects, answers),
    )
    before = entered_before(Inspection, identifier, fingerprint)
    if before is not None:
        return InspectionOutcome(before, findings_of(before), is_new=False)
    lock_promised([*photos, *(photo for answer in answers for photo in answer.photos)])
    inspected_at = past_moment(inspected_at, skew_s=clock_skew_s, at=at, field="inspected_at")
    require_fitting(standard, asset)
    require_complete(_items_in_use(standard), answers)
    agreement = agreement_at(asset, on=day_of(inspected_at), scope=scope, task=standard.task)
    by = inspector_of(kind, asset, agreement, actor, scope, organisation)
    _require_patrol(patrol, by, scope)
    _require_correctable(corrects, asset, standard, by)
    inspection = Inspection(id=identifier, asset=asset, agreement=agreement, patrol=patrol)
    inspection.standard, inspection.kind, inspection.inspected_at = standard, kind, inspected_at
    inspection.score, inspection.note = score_of(answers), note.strip()
    inspection.position, inspection.accuracy_m = position, accuracy_m
    inspection.corrects, inspection.content_hash = corrects, fingerprint
    return _entered(inspection, answers, photos, by, at)


def _items_in_use(standard: UpkeepStandard) -> dict[UUID, ChecklistItem]:
    return {i.pk: i for i in ChecklistItem.objects.filter(standard=standard, is_active=True)}


def _entered(
    inspection: Inspection,
    answers: Sequence[Answer],
    photos: Sequence[FieldEvidence],
    by: Acting,
    at: datetime.datetime,
) -> InspectionOutcome:
    """Write the inspection once, with what follows from its failed items."""
    inspection.organisation, inspection.performed_by = by.organisation, by.actor
    standing = enter_once(inspection, told=_TOLD)
    if standing is not None:
        return InspectionOutcome(standing, findings_of(standing), is_new=False)
    recorded = _answered(inspection, answers, photos, by)
    findings = failed_items_open(inspection, recorded, by=by, at=at)
    done_on = day_of(inspection.inspected_at)
    schedule_done(asset=inspection.asset, standard=inspection.standard, on=done_on)
    inspection.refresh_from_db()
    return InspectionOutcome(inspection, findings, is_new=True)


def _require_patrol(patrol: Patrol | None, by: Acting, scope: Scope) -> None:
    if patrol is None:
        return
    if not Patrol.objects.visible_to(scope).filter(pk=patrol.pk).exists():
        raise NotPermitted
    if by.organisation and patrol.organisation_id != by.organisation.pk:
        sentence = _("This patrol was made by another body.")
        raise RefusedByRegister([("patrol", "other_body", sentence)])


def _require_correctable(
    corrects: Inspection | None, asset: Asset, standard: UpkeepStandard, by: Acting
) -> None:
    """Let a body correct its own inspection once; the row lock keeps two corrections apart."""
    if corrects is None:
        return
    old = Inspection.objects.select_for_update(of=("self",)).get(pk=corrects.pk)
    if old.organisation_id != by.organisation_id:
        raise NotPermitted
    fits = old.asset_id == asset.pk and old.standard_id == standard.pk
    if not fits or Inspection.objects.filter(corrects=old).exists():
        sentence = _("Name the latest inspection of the same asset by the same standard.")
        raise RefusedByRegister([("corrects", "not_correctable", sentence)])


def _answered(
    inspection: Inspection, answers: Sequence[Answer], photos: Sequence[FieldEvidence], by: Acting
) -> list[tuple[Answer, CheckAnswer]]:
    """Write the answers and link the photos; a photo of an answer belongs to it alone."""
    rows = []
    for answer in answers:
        row = CheckAnswer(
            inspection=inspection,
            item=answer.item,
            result=answer.result,
            chainage_m=_metres(answer.chainage_m),
            note=answer.note.strip(),
        )
        rows.append((answer, row))
    CheckAnswer.objects.bulk_create(row for _answer, row in rows)
    for answer, row in rows:
        _link(inspection, row, answer.photos, by)
    _link(inspection, None, photos, by)
    return rows


def _metres(chainage_m: Decimal | None) -> Decimal | None:
    return None if chainage_m is None else Decimal(chainage_m)


def _link(
    inspection: Inspection, answer: CheckAnswer | None, photos: Sequence[FieldEvidence], by: Acting
) -> None:
    taken = evidence_taken(photos, actor=by.actor, scope=by.scope, organisation=by.organisation)
    InspectionPhoto.objects.bulk_create(
        [
            InspectionPhoto(inspection=inspection, answer=answer, photo=photo)
            for photo in taken.photos
        ],
        ignore_conflicts=True,
    )
    photos_promised(inspection, taken.promises, by=by.actor, answer=answer)
