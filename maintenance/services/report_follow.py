"""What becomes of the public's reports when the defect to which they belong moves on."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from maintenance.kinds import DefectState, ReportState
from maintenance.models import Defect, PublicReport, ReportChange
from maintenance.report_words import REPAIRED_ANSWER

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WAITING = (ReportState.LINKED, ReportState.REOPENED)


def reports_follow(
    defect: Defect, *, at: datetime.datetime, actor: User | None, role: str = ""
) -> None:
    """Tell reporters of a repair, take a rejected defect's reports back to the office's list.

    A report that was reopened counts as being dealt with again once the defect is verified.
    """
    reports = _of(defect)
    if defect.state == DefectState.CLOSED:
        for report in reports.filter(state__in=WAITING):
            report.answer = report.answer or REPAIRED_ANSWER
            report.answered_at = at
            report_entered(report, ReportState.ANSWERED, at=at, actor=actor, role=role)
    elif defect.state == DefectState.REJECTED:
        for report in reports.filter(state=ReportState.LINKED):
            report.defect = None
            report_entered(report, ReportState.RECEIVED, at=at, actor=actor, role=role)
    elif defect.state == DefectState.VERIFIED:
        for report in reports.filter(state=ReportState.REOPENED):
            report_entered(report, ReportState.LINKED, at=at, actor=actor, role=role)


def reports_join(defect: Defect, other: Defect, *, at: datetime.datetime) -> None:
    """Move the reports of a duplicate to the defect that it repeats."""
    for report in _of(defect):
        report.defect = other
        report.save(update_fields=["defect"])
    reports_follow(other, at=at, actor=None)


def report_entered(
    report: PublicReport,
    to_state: ReportState,
    *,
    at: datetime.datetime,
    actor: User | None,
    role: str = "",
    reason: str = "",
) -> ReportChange:
    """Write a report's new state together with the row of the move; the caller holds its lock."""
    change = ReportChange.objects.create(
        report=report,
        from_state=report.state,
        to_state=to_state,
        actor=actor,
        role=role,
        at=at,
        reason=reason.strip(),
    )
    report.state = to_state
    report.save(update_fields=["state", "defect", "answer", "answered_at"])
    return change


def _of(defect: Defect):  # type: ignore[no-untyped-def]
    """Return the reports of a defect, locked in the order of their keys."""
    rows = PublicReport.objects.select_for_update(of=("self",))
    return rows.filter(defect=defect).order_by("pk")
