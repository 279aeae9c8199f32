"""What somebody who reported something may know of it, by the tracking code alone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.models import Photo
from maintenance.kinds import DefectState, OrderState, ReportState
from maintenance.models import DefectChange, DefectPhoto, LogPhoto, PublicReport, ReportChange
from maintenance.report_words import answer_words, reopen_until
from sites.access import Scope

LONGEST_CODE: Final = 40


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a report, in plain words, and when; no names."""

    at: datetime.datetime
    code: str
    words: str | Promise
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A report as its reporter sees it."""

    report: PublicReport
    words: str | Promise
    answer: str
    steps: tuple[Step, ...]
    photos: tuple[Photo, ...]
    due_at: datetime.datetime | None
    reopen_until: datetime.date | None


STATE_WORDS: Final = {
    ReportState.RECEIVED: _("We have received your report. Somebody will look at it."),
    ReportState.LINKED: _("Your report is being dealt with."),
    ReportState.ANSWERED: _("Your report has been answered."),
    ReportState.REJECTED: _("Your report was not taken up. The answer says why."),
    ReportState.REOPENED: _("You said that it is not done. Somebody will look at it again."),
}
_REPORT_STEPS: Final = {
    ReportState.LINKED: _("Taken up"),
    ReportState.ANSWERED: _("Answered"),
    ReportState.REJECTED: _("Not taken up"),
    ReportState.REOPENED: _("Reopened by you"),
}
_DEFECT_STEPS: Final = {
    DefectState.VERIFIED: _("Looked at on the spot"),
    DefectState.ORDERED: _("Repair ordered"),
    DefectState.REPAIRED: _("Repaired, being checked"),
    DefectState.CLOSED: _("Repair checked and confirmed"),
}


def report_by_code(code: str) -> PublicReport:
    """Return the report of a tracking code, as people copy it: spaces and case do not matter.

    Raises `PublicReport.DoesNotExist`; a report on something that is no longer public is gone.
    """
    plain = "".join(code.split()).replace("-", "").upper()
    if not plain.isascii() or not plain.isalnum() or len(plain) > LONGEST_CODE:
        raise PublicReport.DoesNotExist
    found: PublicReport = PublicReport.objects.select_related("asset", "defect__order").get(
        tracking_code=plain
    )
    if not type(found.asset).objects.visible_to(Scope.public()).filter(pk=found.asset_id).exists():
        raise PublicReport.DoesNotExist
    return found


def tracked(report: PublicReport) -> Tracked:
    """Return what the reporter may know: state, dates, answer and photos of the repair."""
    order = report.defect.order if report.defect else None
    waits = order is not None and order.state not in (OrderState.CLOSED, OrderState.CANCELLED)
    return Tracked(
        report=report,
        words=STATE_WORDS[ReportState(report.state)],
        answer=answer_words(report),
        steps=tuple(sorted(_steps(report), key=lambda step: step.at)),
        photos=tuple(_photos(report)),
        due_at=order.due_at if order is not None and waits else None,
        reopen_until=reopen_until(report),
    )


def _steps(report: PublicReport) -> list[Step]:
    """Return what happened; at one moment, the repair comes before the answer that tells of it."""
    steps = [Step(report.received_at, ReportState.RECEIVED, _("Received"))]
    if report.defect is not None:
        moves = DefectChange.objects.filter(defect=report.defect).order_by("at", "id")
        steps += [
            Step(move.at, move.to_state, _DEFECT_STEPS[DefectState(move.to_state)])
            for move in moves
            if move.to_state in _DEFECT_STEPS
        ]
    for change in ReportChange.objects.filter(report=report).order_by("at", "id"):
        state = ReportState(change.to_state)
        if state in _REPORT_STEPS:
            # The reporter's own words alone: the office's reasons are not for the public.
            note = change.reason if state == ReportState.REOPENED else ""
            steps.append(Step(change.at, state, _REPORT_STEPS[state], note))
    return steps


def _photos(report: PublicReport) -> QuerySet[Photo]:
    """Return the photos of the repair that are open to everybody, the earliest first."""
    defect = report.defect
    if defect is None or report.state != ReportState.ANSWERED:
        return Photo.objects.none()
    after = DefectPhoto.objects.filter(photo_id=OuterRef("pk"), defect=defect, stage="after")
    logged = LogPhoto.objects.filter(
        photo_id=OuterRef("pk"), log__order_id=defect.order_id, stage="after"
    )
    condition = Q(Exists(after))
    if defect.order_id:
        condition |= Q(Exists(logged))
    shown: QuerySet[Photo] = (
        Photo.objects.visible_to(Scope.public()).filter(condition).order_by("received_at", "id")
    )
    return shown
