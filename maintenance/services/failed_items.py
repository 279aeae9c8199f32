"""What a failed item of a checklist leads to: a defect, and by rule a work order."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from assets.kinds import CheckResult
from assets.models import Asset, Photo
from maintenance.acting import Acting
from maintenance.inspection_rules import Answer
from maintenance.kinds import DefectSource, DefectState, InspectionKind
from maintenance.models import (
    Agreement,
    CheckAnswer,
    Defect,
    Inspection,
    InspectionPhoto,
    PromisedPhoto,
    WorkOrder,
)
from maintenance.nearby import possible_duplicates
from maintenance.photo_promise import PhotoPromise
from maintenance.services.defect_moves import defect_move
from maintenance.services.defects import defect_report
from maintenance.services.errors import BodiesMissing, NotCovered
from maintenance.services.evidence import FieldEvidence
from maintenance.services.orders import order_issue
from sites.access import Scope

LONGEST_TITLE: Final = 200


class Outcome(StrEnum):
    """What became of a failed item."""

    OPENED = "opened"
    ORDERED = "ordered"
    KNOWN = "known"
    UNCOVERED = "uncovered"
    NO_BODIES = "no_bodies"


@dataclass(frozen=True, slots=True)
class FailedItem:
    """A failed answer, its defect, the work order if there is one, and what happened."""

    answer: CheckAnswer
    defect: Defect
    order: WorkOrder | None
    outcome: Outcome


def failed_items_open(
    inspection: Inspection,
    answers: Iterable[tuple[Answer, CheckAnswer]],
    *,
    by: Acting,
    at: datetime.datetime,
) -> list[FailedItem]:
    """Open a defect for each failed answer, and the work order that its rule asks for.

    A defect of the same kind that is open at the place already takes the new evidence as its
    duplicate, so that a weekly check does not order the same repair every week.
    """
    failed = [pair for pair in answers if pair[0].result == CheckResult.FAILED]
    if failed:
        _take_turns(inspection)
    return [_open(inspection, answer, row, by=by, at=at) for answer, row in failed]


def _take_turns(inspection: Inspection) -> None:
    """Let one check of an asset at a time look for what is known and open what is not.

    The agreement is locked before any defect, in the order in which work orders lock them.
    """
    Asset.objects.select_for_update(no_key=True, of=("self",)).get(pk=inspection.asset_id)
    if inspection.agreement_id:
        rows = Agreement.objects.select_for_update(no_key=True, of=("self",))
        rows.get(pk=inspection.agreement_id)


def findings_of(inspection: Inspection) -> list[FailedItem]:
    """Return what the failed items of a recorded inspection led to, as it stands now."""
    defects = (
        Defect.objects.filter(inspection_answer__inspection=inspection)
        .select_related("order", "duplicate_of__order", "inspection_answer__item", "agreement")
        .order_by("inspection_answer__item__position", "pk")
    )
    return [_standing(defect, defect.inspection_answer) for defect in defects]


def _standing(defect: Defect, answer: CheckAnswer) -> FailedItem:
    if defect.state == DefectState.DUPLICATE:
        known = defect.duplicate_of
        return FailedItem(answer, defect, known.order if known else None, Outcome.KNOWN)
    if defect.order is not None:
        return FailedItem(answer, defect, defect.order, Outcome.ORDERED)
    is_bare = answer.item.opens_order and defect.agreement_id is None
    return FailedItem(answer, defect, None, Outcome.UNCOVERED if is_bare else Outcome.OPENED)


def _open(
    inspection: Inspection, answer: Answer, row: CheckAnswer, *, by: Acting, at: datetime.datetime
) -> FailedItem:
    defect, _is_new = defect_report(
        asset=inspection.asset,
        kind=answer.item.defect_kind,
        severity=answer.item.severity,
        source=_source(inspection),
        found_at=inspection.inspected_at,
        at=at,
        actor=by.actor,
        scope=by.scope,
        organisation=by.organisation,
        point=None if answer.chainage_m is not None else inspection.position,
        chainage_m=answer.chainage_m,
        description=answer.note.strip() or answer.item.text,
        photos=_evidence(inspection, row),
        answer=row,
        task=inspection.standard.task,
        by_rule=True,
    )
    known = _known(defect, at)
    if known is not None:
        _move(defect, DefectState.DUPLICATE, by=by, at=at, duplicate_of=known)
    if not answer.item.opens_order:
        return FailedItem(row, defect, None, Outcome.KNOWN if known else Outcome.OPENED)
    return _ordered(inspection, answer, row, defect, known, by=by, at=at)


def _ordered(
    inspection: Inspection,
    answer: Answer,
    row: CheckAnswer,
    defect: Defect,
    known: Defect | None,
    *,
    by: Acting,
    at: datetime.datetime,
) -> FailedItem:
    """Issue the order that the rule asks for, unless the known defect has one already."""
    standing = known or defect
    if standing.order_id is not None:
        return FailedItem(row, defect, standing.order, Outcome.KNOWN)
    if standing.agreement is None:
        return FailedItem(row, defect, None, Outcome.UNCOVERED)
    try:
        with transaction.atomic():
            order = _issue(answer, standing, standing.agreement, by=by, at=at)
    except NotCovered:
        return FailedItem(row, defect, None, Outcome.UNCOVERED)
    except BodiesMissing:
        return FailedItem(row, defect, None, Outcome.NO_BODIES)
    return FailedItem(row, defect, order, Outcome.KNOWN if known else Outcome.ORDERED)


def _issue(
    answer: Answer, defect: Defect, agreement: Agreement, *, by: Acting, at: datetime.datetime
) -> WorkOrder:
    if defect.state == DefectState.REPORTED:
        _move(defect, DefectState.VERIFIED, by=by, at=at)
    return order_issue(
        agreement=agreement,
        asset=defect.asset,
        title=_title(answer, defect),
        kind=answer.item.order_kind,
        priority=answer.item.order_priority,
        at=at,
        due_at=at + datetime.timedelta(hours=answer.item.order_hours),
        actor=by.actor,
        scope=by.scope,
        defects=(defect,),
        description=answer.note,
        by_rule=True,
    )


def _title(answer: Answer, defect: Defect) -> str:
    """Name the order in the language of the register, whoever made the check."""
    with override(settings.LANGUAGE_CODE):
        words = {"defect": defect.get_kind_display(), "asset": defect.asset.name}
        return (_("%(defect)s: %(asset)s") % words)[:LONGEST_TITLE]


def _source(inspection: Inspection) -> DefectSource:
    is_patrol = inspection.kind == InspectionKind.PATROL
    return DefectSource.PATROL if is_patrol else DefectSource.INSPECTION


def _evidence(inspection: Inspection, row: CheckAnswer) -> Sequence[FieldEvidence]:
    """Return the photos of the answer, or else those of the whole inspection; some may come."""
    return _photos_of(inspection, row) or _photos_of(inspection, None)


def _photos_of(inspection: Inspection, row: CheckAnswer | None) -> list[FieldEvidence]:
    here = InspectionPhoto.objects.filter(inspection=inspection, answer=row)
    awaited = PromisedPhoto.objects.filter(
        inspection=inspection, answer=row, arrived_at__isnull=True
    )
    return [
        *Photo.objects.filter(pk__in=here.values("photo_id")),
        *(PhotoPromise(promise.photo_id, promise.sha256) for promise in awaited.order_by("pk")),
    ]


def _known(defect: Defect, at: datetime.datetime) -> Defect | None:
    """Return the open defect of the same kind that is at the same place already."""
    near = possible_duplicates(
        asset_id=defect.asset_id,
        point=defect.point,
        chainage_m=defect.chainage_m,
        scope=Scope.internal(),
        at=at,
        excluding=defect.pk,
    )
    for found in near:
        other = found.defect
        is_open = other.state not in (DefectState.CLOSED, DefectState.DUPLICATE)
        if is_open and other.kind == defect.kind and other.agreement_id == defect.agreement_id:
            return other
    return None


def _move(
    defect: Defect,
    to_state: DefectState,
    *,
    by: Acting,
    at: datetime.datetime,
    duplicate_of: Defect | None = None,
) -> None:
    defect_move(
        defect=defect,
        to_state=to_state,
        actor=by.actor,
        scope=by.scope if duplicate_of is None else Scope.internal(),
        at=at,
        organisation=by.organisation,
        duplicate_of=duplicate_of,
        by_rule=True,
    )
