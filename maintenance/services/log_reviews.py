"""Review of field entries: only what another body has verified counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from maintenance.acting import Acting, acting_as_office, acting_for
from maintenance.kinds import PartyRole, ReviewVerdict
from maintenance.log_review import standing_of, with_standing
from maintenance.models import AgreementParty, LogReview, MaintenanceLog
from maintenance.services.errors import RoleConflict, WrongMoment
from sites.access import Scope
from sites.services.errors import NotPermitted, ReasonMissing
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def log_review(
    *,
    log: MaintenanceLog,
    verdict: str,
    actor: User | None,
    scope: Scope,
    reason: str = "",
) -> LogReview:
    """Verify an entry, or return it with a reason; the latest review holds.

    The supervisor of the agreement or the office of the area reviews, never the body that wrote
    the entry or somebody who belongs to it. Raises `NotPermitted`, `RoleConflict`,
    `ReasonMissing`, or `WrongMoment` for an entry that was corrected or reviewed so already.
    """
    current = MaintenanceLog.objects.select_for_update(of=("self",)).get(pk=log.pk)
    by = reviewer_of(current, scope, actor)
    if verdict == ReviewVerdict.RETURNED and not reason.strip():
        raise ReasonMissing(field="reason")
    _require_open(current, verdict)
    review = LogReview(
        log=current,
        verdict=verdict,
        reason=reason.strip(),
        reviewer=by.actor,
        organisation=by.organisation,
    )
    save_checked(review, force_insert=True)
    review.refresh_from_db()
    return review


def reviewer_of(log: MaintenanceLog, scope: Scope, actor: User | None) -> Acting:
    """Return somebody who may review an entry; raises `NotPermitted` or `RoleConflict`."""
    by = _reviewer(log, scope, actor)
    if by is None:
        raise NotPermitted
    wrote = actor is not None and log.worker_id == actor.pk
    if wrote or log.organisation_id in scope.organisation_ids():
        raise RoleConflict(_("Nobody reviews what they or their own organisation recorded."))
    return by


def _reviewer(log: MaintenanceLog, scope: Scope, actor: User | None) -> Acting | None:
    supervisors = AgreementParty.objects.filter(
        agreement_id=log.agreement_id,
        role=PartyRole.SUPERVISOR,
        organisation_id__in=scope.organisation_ids(),
    )
    for party in supervisors.select_related("organisation").order_by("pk"):
        member = acting_for(scope, actor, party.organisation)
        if member:
            return member
    return acting_as_office(scope, actor, log.area_code)


def _require_open(log: MaintenanceLog, verdict: str) -> None:
    current = with_standing(MaintenanceLog.objects.filter(pk=log.pk)).get()
    if current.is_corrected:
        raise WrongMoment(_("A newer entry corrects this one; review that one."))
    if current.verdict == verdict:
        raise WrongMoment(
            _("The entry is already “%(standing)s”.") % {"standing": standing_of(current).label}
        )
