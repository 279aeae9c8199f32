"""Public-benefit posts on what an agreement covers, and their attendance month by month."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maintenance.kinds import BINDING_STATES, AgreementState
from maintenance.models import Agreement, AgreementParty, AgreementScope, PostAttendance, UpkeepPost
from maintenance.parties import office_of
from maintenance.phases import last_day_of
from maintenance.services.agreement_access import require_state
from maintenance.services.agreement_parts import Problems, refuse
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

HALF_DAY = Decimal("0.5")
FIXED = ("agreement", "organisation", "asset")


@transaction.atomic
def post_create(
    *, agreement: Agreement, values: Mapping[str, Any], actor: User | None, scope: Scope
) -> UpkeepPost:
    """Place a person on an asset or stretch that a signed agreement covers.

    The office of the area does so, or the employer, who is a party of the agreement. Raises
    `NotPermitted`, `WrongMoment` or `RefusedByRegister`.
    """
    current = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    post = UpkeepPost(agreement=current, **values)
    _require_employer(scope, current, post.organisation_id)
    require_state(current, AgreementState.SIGNED, AgreementState.RENEWED)
    refuse(_post_problems(current, post))
    with authored(actor=actor):
        save_checked(post, force_insert=True)
    post.refresh_from_db()
    return post


@transaction.atomic
def post_update(
    *,
    post: UpkeepPost,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int,
    reason: str = "",
) -> UpkeepPost:
    """Change a post, or end it with `until_date`; employer and asset stay.

    Raises `ConcurrentChange`, `NotPermitted`, `WrongMoment` or `RefusedByRegister`.
    """
    current = locked(post, expected_version)
    agreement = current.agreement
    _require_employer(scope, agreement, current.organisation_id)
    require_state(agreement, *BINDING_STATES)
    assign(current, values, fixed=FIXED)
    refuse(_post_problems(agreement, current) + _attendance_outside(current))
    with authored(actor=actor, reason=reason):
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def attendance_record(
    *,
    post: UpkeepPost,
    month: datetime.date,
    days: Decimal,
    actor: User | None,
    scope: Scope,
    today: datetime.date,
    reason: str = "",
) -> PostAttendance:
    """Write how many days of a month a post was attended, in halves; the old value is kept.

    Raises `NotPermitted` or `RefusedByRegister` for a month to come, one outside the post's
    time, or more days than the post had in it.
    """
    current = UpkeepPost.objects.select_for_update(of=("self",)).get(pk=post.pk)
    _require_employer(scope, current.agreement, current.organisation_id)
    first = month.replace(day=1)
    refuse(_attendance_problems(current, first, days, today))
    attendance = PostAttendance.objects.filter(post=current, month=first).first()
    attendance = attendance or PostAttendance(post=current, month=first)
    attendance.days = days
    with authored(actor=actor, reason=reason):
        save_checked(attendance)
    return attendance


def days_of_post(post: UpkeepPost, month: datetime.date) -> int:
    """Return how many days of a month, given by its first, lie between a post's two dates."""
    last_of_month = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    first = max(month, post.from_date)
    last = min(last_of_month, post.until_date or last_of_month)
    return max((last - first).days + 1, 0)


def _require_employer(scope: Scope, agreement: Agreement, organisation_id: UUID) -> None:
    if office_of(scope, agreement.area_code) is not None:
        return
    if organisation_id not in scope.organisation_ids():
        raise NotPermitted


def _post_problems(agreement: Agreement, post: UpkeepPost) -> Problems:
    problems: Problems = []
    parties = AgreementParty.objects.filter(agreement=agreement)
    if not parties.filter(organisation_id=post.organisation_id).exists():
        sentence = _("The employer is not a party of this agreement.")
        problems.append(("organisation", "not_a_party", sentence))
    if (post.start_m is None) != (post.end_m is None):
        sentence = _("Give both ends of a stretch, or none.")
        problems.append(("start_m", "stretch_form", sentence))
    if not _covers(agreement, post):
        sentence = _("The agreement does not cover this asset or stretch.")
        problems.append(("asset", "not_covered", sentence))
    last = last_day_of(agreement)
    if post.from_date < agreement.starts_on or (post.until_date or post.from_date) > last:
        sentence = _("The post lies within the term of the agreement.")
        problems.append(("from_date", "outside_term", sentence))
    return problems


def _covers(agreement: Agreement, post: UpkeepPost) -> bool:
    """Whether the post's stretch lies in one that the agreement covers; none means anywhere."""
    scopes = AgreementScope.objects.filter(agreement=agreement, asset_id=post.asset_id)
    start, end = post.start_m, post.end_m
    if start is None or end is None:
        return scopes.exists()
    return any(
        row.start_m is None or row.end_m is None or (row.start_m <= start and end <= row.end_m)
        for row in scopes
    )


def _attendance_problems(
    post: UpkeepPost, month: datetime.date, days: Decimal, today: datetime.date
) -> Problems:
    if month > today:
        return [("month", "in_future", _("This month has not begun."))]
    most = days_of_post(post, month)
    if not most:
        return [("month", "outside_post", _("The post was not held in this month."))]
    if not days.is_finite() or not 0 <= days <= most or days % HALF_DAY:
        sentence = _("Give days in halves, from 0 to %(most)s.") % {"most": most}
        return [("days", "out_of_range", sentence)]
    return []


def _attendance_outside(post: UpkeepPost) -> Problems:
    for row in post.attendance.all():
        if row.days > days_of_post(post, row.month):
            sentence = _("Attendance of %(month)s was recorded for more days.") % {
                "month": f"{row.month:%Y-%m}"
            }
            return [("until_date", "attendance_outside", sentence)]
    return []
