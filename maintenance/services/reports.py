"""Reports from the public: taken without an account, answered by the office, reopened in time."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from assets.models import Asset
from assets.photos.intake import ReceivedPhoto
from maintenance.kinds import DefectSource, DefectState, ReportState
from maintenance.models import Defect, PublicReport, ReportPhoto
from maintenance.parties import office_of
from maintenance.report_words import reopen_until
from maintenance.services.defect_moves import defect_move
from maintenance.services.defects import defect_report, link_photos
from maintenance.services.evidence import photos_taken
from maintenance.services.field_bodies import day_of
from maintenance.services.field_errors import EntryDiffers, ReopenTooLate, TooManyReports
from maintenance.services.report_follow import report_entered, reports_follow
from sites.access import Scope
from sites.identifiers import new_id
from sites.services.errors import (
    ConcurrentChange,
    IllegalTransition,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

LIMITS: Final = (
    (datetime.timedelta(hours=1), 10),
    (datetime.timedelta(days=1), 40),
)
"""Reports from one address within a time: our choice; a village may share one address."""
MOST_PHOTOS: Final = 5
LONGEST_TEXT: Final = 2000
LONGEST_CONTACT: Final = 120


def reporter_key(address: str) -> str:
    """Return what an address is counted by: a salted hash, from which it cannot be read back."""
    salted = hmac.new(settings.SECRET_KEY.encode(), b"public-report:" + address.encode(), "sha256")
    return salted.hexdigest()


def require_room(address: str, *, at: datetime.datetime) -> None:
    """Raise `TooManyReports` when an address has sent as many reports as it may."""
    sent = PublicReport.objects.filter(reporter_key=reporter_key(address))
    for span, most in LIMITS:
        times = sent.filter(received_at__gt=at - span).order_by("-received_at")
        recent = list(times.values_list("received_at", flat=True)[:most])
        if len(recent) >= most:
            wait = (recent[-1] + span - at).total_seconds()
            raise TooManyReports(max(1, math.ceil(wait)))


@transaction.atomic
def report_receive(
    *,
    asset: Asset,
    text: str,
    address: str,
    at: datetime.datetime,
    identifier: UUID | None = None,
    point: Point | None = None,
    accuracy_m: float | None = None,
    contact: str = "",
    photos: Sequence[ReceivedPhoto] = (),
) -> tuple[PublicReport, bool]:
    """Take a report from the public; return it with its tracking code, and whether it is new.

    Only for assets that are open to the public. `address` is the sender's network address; it is
    not kept. Raises `NotPermitted`, `TooManyReports`, `EntryDiffers` or `RefusedByRegister`.
    """
    scope = Scope.public()
    if not Asset.objects.visible_to(scope).filter(pk=asset.pk).exists():
        raise NotPermitted
    report = PublicReport(
        id=identifier or new_id(),
        asset=asset,
        text=text.strip(),
        point=point,
        accuracy_m=accuracy_m,
        contact=contact.strip(),
        reporter_key=reporter_key(address),
    )
    standing = _same(report)
    if standing is not None:
        return standing, False
    _wait_for_twin(report.reporter_key)
    require_room(address, at=at)
    if len(photos) > MOST_PHOTOS:
        sentence = _("Choose at most %(most)s photos.") % {"most": MOST_PHOTOS}
        raise RefusedByRegister([("photos", "too_many", sentence)])
    try:
        save_checked(report, force_insert=True)
    except RefusedByRegister as error:
        if isinstance(error.__cause__, IntegrityError) and (twin := _same(report)):
            return twin, False
        raise
    kept = photos_taken(photos, actor=None, scope=scope)
    ReportPhoto.objects.bulk_create(ReportPhoto(report=report, photo=photo) for photo in kept)
    report.refresh_from_db()
    return report, True


@transaction.atomic
def report_link(
    *,
    report: PublicReport,
    defect: Defect,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> PublicReport:
    """Tie a report to a defect of the same asset, which takes its photos as evidence.

    Raises `NotPermitted`, `IllegalTransition`, `ConcurrentChange` or `RefusedByRegister`.
    """
    standing = Defect.objects.select_for_update(of=("self",)).get(pk=defect.pk)
    current = _held(report, scope, expected_version)
    _require_state(current, ReportState.LINKED, {ReportState.RECEIVED, ReportState.REOPENED})
    fits = standing.asset_id == current.asset_id and standing.state not in (
        DefectState.DUPLICATE,
        DefectState.REJECTED,
    )
    if not fits or not Defect.objects.visible_to(scope).filter(pk=standing.pk).exists():
        sentence = _("Choose a defect of the same asset that is not rejected.")
        raise RefusedByRegister([("defect", "does_not_fit", sentence)])
    _tie(current, standing, actor, scope, at)
    report.refresh_from_db()
    return report


@transaction.atomic
def report_open_defect(
    *,
    report: PublicReport,
    kind: str,
    severity: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    description: str = "",
    expected_version: int | None = None,
) -> Defect:
    """Open a defect from a report, at the reporter's place and with the reporter's photos.

    Raises what `report_link` and `defect_report` raise.
    """
    current = _held(report, scope, expected_version)
    _require_state(current, ReportState.LINKED, {ReportState.RECEIVED, ReportState.REOPENED})
    defect, _is_new = defect_report(
        asset=current.asset,
        kind=kind,
        severity=severity,
        source=DefectSource.PUBLIC,
        found_at=min(current.received_at, at),
        at=at,
        actor=actor,
        scope=scope,
        point=current.point,
        description=description.strip() or current.text,
    )
    _tie(current, defect, actor, scope, at)
    report.refresh_from_db()
    defect.refresh_from_db()
    return defect


@transaction.atomic
def report_answer(
    *,
    report: PublicReport,
    answer: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    rejects: bool = False,
    expected_version: int | None = None,
) -> PublicReport:
    """Answer a report in the office's words, or do not take it up, with words that say why.

    While the report belongs to an open defect the words are kept and shown; it counts as
    answered when the defect is closed. Raises `NotPermitted`, `ReasonMissing`,
    `IllegalTransition` or `ConcurrentChange`.
    """
    current = _held(report, scope, expected_version)
    if not answer.strip():
        raise ReasonMissing(_("Write an answer for the reporter."), field="answer")
    to_state = ReportState.REJECTED if rejects else ReportState.ANSWERED
    waiting = {ReportState.RECEIVED, ReportState.REOPENED}
    current.answer = answer.strip()
    if current.state == ReportState.LINKED and not rejects:
        current.save(update_fields=["answer"])
    else:
        _require_state(current, to_state, waiting)
        current.answered_at = at
        _entered(current, to_state, actor, scope, at)
    report.refresh_from_db()
    return report


@transaction.atomic
def report_reopen(*, report: PublicReport, reason: str, at: datetime.datetime) -> PublicReport:
    """Reopen a report whose answer does not hold, by whoever has its tracking code.

    Within `DEFECT_REOPEN_DAYS` days of the answer; a closed defect is then to be looked at again.
    Raises `IllegalTransition`, `ReasonMissing`, `ReopenTooLate` or `RefusedByRegister`.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say what is still wrong."), field="reason")
    if len(reason) > LONGEST_TEXT:
        sentence = _("At most %(most)s characters.") % {"most": LONGEST_TEXT}
        raise RefusedByRegister([("reason", "too_long", sentence)])
    if report.defect_id:
        # Always the defect before its reports, as moves of the defect lock them.
        Defect.objects.select_for_update(of=("self",)).get(pk=report.defect_id)
    current = PublicReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    _require_state(current, ReportState.REOPENED, {ReportState.ANSWERED, ReportState.REJECTED})
    last = reopen_until(current)
    if last is None or day_of(at) > last:
        raise ReopenTooLate(
            _("It could be reopened for %(days)s days after the answer. Please report it anew.")
            % {"days": settings.DEFECT_REOPEN_DAYS}
        )
    current.answer, current.answered_at = "", None
    report_entered(current, ReportState.REOPENED, at=at, actor=None, reason=reason)
    defect = current.defect
    if defect is not None and defect.state == DefectState.CLOSED:
        _look_again(defect, reason, at)
    report.refresh_from_db()
    return report


def _look_again(defect: Defect, reason: str, at: datetime.datetime) -> None:
    defect_move(
        defect=defect,
        to_state=DefectState.REPORTED,
        actor=None,
        scope=Scope.public(),
        at=at,
        reason=reason,
        by_rule=True,
    )


def _same(report: PublicReport) -> PublicReport | None:
    """Return the same report sent before; another one under its identifier is refused."""
    standing: PublicReport | None = PublicReport.objects.filter(pk=report.pk).first()
    if standing is None:
        return None
    if (standing.asset_id, standing.text) != (report.asset_id, report.text):
        raise EntryDiffers
    return standing


def _wait_for_twin(key: str) -> None:
    """Let reports from one address be counted one after the other."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def _held(report: PublicReport, scope: Scope, expected_version: int | None) -> PublicReport:
    """Return the report, locked, for the office of its area."""
    current: PublicReport = (
        PublicReport.objects.select_for_update(of=("self",))
        .select_related("asset")
        .get(pk=report.pk)
    )
    if office_of(scope, current.area_code) is None:
        raise NotPermitted
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    return current


def _require_state(report: PublicReport, to_state: ReportState, allowed: set[ReportState]) -> None:
    if report.state not in allowed:
        words = {"from": report.get_state_display(), "to": to_state.label}
        raise IllegalTransition(
            _("A public report cannot move from “%(from)s” to “%(to)s”.") % words
        )


def _tie(
    report: PublicReport,
    defect: Defect,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
) -> None:
    photos = [link.photo for link in report.photos.select_related("photo").order_by("pk")]
    link_photos(defect, photos, "before")
    report.defect = defect
    _entered(report, ReportState.LINKED, actor, scope, at)
    if defect.state == DefectState.CLOSED:
        reports_follow(defect, at=at, actor=actor)


def _entered(
    report: PublicReport,
    to_state: ReportState,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
) -> None:
    role = office_of(scope, report.area_code)
    report_entered(report, to_state, at=at, actor=actor, role=role or "")
