"""Patrol plans, and the rounds that were made."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.gis.geos import LineString
from django.db import transaction
from django.utils.translation import gettext as _

from assets.models import Asset
from maintenance.acting import Acting
from maintenance.device_clock import by_our_clock
from maintenance.fingerprints import fingerprint_of
from maintenance.models import (
    Agreement,
    AgreementParty,
    AgreementScope,
    Patrol,
    PatrolPlan,
    PatrolStop,
)
from maintenance.services.entries import enter_once, entered_before
from maintenance.services.errors import AgreementNotInForce
from maintenance.services.field_bodies import checker_of, day_of, own_body, past_moment
from sites.access import Scope
from sites.models import Organisation
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_STOPS = 500
"""A round with more stops is not one day's round: our choice."""
_TOLD = ("agreement_id", "plan_id", "kind", "started_at", "ended_at", "performed_by_id")


@transaction.atomic
def patrol_plan_create(
    *,
    agreement: Agreement,
    organisation: Organisation,
    values: Mapping[str, Any],
    stops: Sequence[Asset],
    actor: User | None,
    scope: Scope,
    on: datetime.date,
) -> PatrolPlan:
    """Plan a round that a party of an agreement makes, stop by stop.

    By the office of the area, the client or the supervisor. Raises `NotPermitted`,
    `AgreementNotInForce` or `RefusedByRegister`.
    """
    _require_planner(agreement, actor, scope)
    if not Agreement.objects.in_force(on).filter(pk=agreement.pk).exists():
        raise AgreementNotInForce
    if not AgreementParty.objects.filter(agreement=agreement, organisation=organisation).exists():
        sentence = _("Only a party of the agreement makes its rounds.")
        raise RefusedByRegister([("organisation", "no_party", sentence)])
    plan = PatrolPlan(agreement=agreement, organisation=organisation, **values)
    with authored(actor=actor):
        save_checked(plan, force_insert=True)
    _write_stops(plan, stops, on)
    plan.refresh_from_db()
    return plan


@transaction.atomic
def patrol_plan_change(
    *,
    plan: PatrolPlan,
    values: Mapping[str, Any],
    stops: Sequence[Asset] | None,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected_version: int,
) -> PatrolPlan:
    """Change a round, and its stops where they are given.

    Raises `NotPermitted`, `ConcurrentChange` or `RefusedByRegister`.
    """
    current = locked(plan, expected_version)
    _require_planner(current.agreement, actor, scope)
    assign(current, values, fixed=("agreement", "organisation"))
    with authored(actor=actor):
        save_checked(current)
    if stops is not None:
        current.stops.all().delete()
        _write_stops(current, stops, on)
    current.refresh_from_db()
    return current


@transaction.atomic
def patrol_record(
    *,
    identifier: UUID,
    agreement: Agreement,
    kind: str,
    started_at: datetime.datetime,
    ended_at: datetime.datetime,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    organisation: Organisation | None = None,
    plan: PatrolPlan | None = None,
    track: LineString | None = None,
    note: str = "",
    clock_skew_s: float | None = None,
) -> tuple[Patrol, bool]:
    """Record a round that a party of the agreement made; return it, and whether it is new.

    The plan's next due day moves on. Sent again under its identifier, the same round is answered
    as it stands. `clock_skew_s` (seconds ahead of ours) puts a wrong clock's moments right. Raises
    `NotPermitted`, `NotYet`, `EntryDiffers`, `AgreementNotInForce` or `RefusedByRegister`.
    """
    fingerprint = fingerprint_of(
        actor, agreement, kind, started_at, ended_at, organisation, plan, track, note
    )
    if before := entered_before(Patrol, identifier, fingerprint):
        return before, False
    ended_at = past_moment(ended_at, skew_s=clock_skew_s, at=at, field="ended_at")
    started_at = by_our_clock(started_at, clock_skew_s)
    by = own_body(scope, actor, agreement, organisation)
    _require_own_plan(plan, agreement, by)
    if not Agreement.objects.in_force(day_of(started_at)).filter(pk=agreement.pk).exists():
        raise AgreementNotInForce
    patrol = Patrol(id=identifier, agreement=agreement, organisation=by.organisation)
    patrol.plan, patrol.kind, patrol.track = plan, kind, track
    patrol.started_at, patrol.ended_at, patrol.performed_by = started_at, ended_at, actor
    patrol.note, patrol.content_hash = note.strip(), fingerprint
    standing = enter_once(patrol, told=_TOLD)
    if standing is not None:
        return standing, False
    if plan is not None:
        _move_on(plan, day_of(ended_at))
    patrol.refresh_from_db()
    return patrol, True


def _require_planner(agreement: Agreement, actor: User | None, scope: Scope) -> None:
    if checker_of(scope, actor, agreement, agreement.area_code) is None:
        raise NotPermitted


def _write_stops(plan: PatrolPlan, stops: Sequence[Asset], on: datetime.date) -> None:
    """Write the stops in their order; each is an asset that the agreement covers."""
    keys = [asset.pk for asset in stops]
    if not 1 <= len(keys) <= MOST_STOPS or len(set(keys)) < len(keys):
        sentence = _("A round has 1 to %(most)s stops, each asset once.") % {"most": MOST_STOPS}
        raise RefusedByRegister([("stops", "bad_length", sentence)])
    covered = AgreementScope.objects.binding(on).filter(agreement=plan.agreement)
    known = set(covered.filter(asset_id__in=keys).values_list("asset_id", flat=True))
    if outside := [asset.name for asset in stops if asset.pk not in known]:
        sentence = _("The agreement does not cover: %(assets)s.") % {
            "assets": ", ".join(outside[:5])
        }
        raise RefusedByRegister([("stops", "not_covered", sentence)])
    PatrolStop.objects.bulk_create(
        PatrolStop(plan=plan, position=place, asset_id=key)
        for place, key in enumerate(keys, start=1)
    )


def _require_own_plan(plan: PatrolPlan | None, agreement: Agreement, by: Acting) -> None:
    if plan is None:
        return
    if plan.agreement_id != agreement.pk or plan.organisation_id != by.organisation_id:
        sentence = _("This plan belongs to another body or agreement.")
        raise RefusedByRegister([("plan", "other_body", sentence)])


def _move_on(plan: PatrolPlan, day: datetime.date) -> None:
    """Make the plan due a period after the round; an older round changes nothing."""
    current = PatrolPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    due = day + datetime.timedelta(days=current.frequency_days)
    if due > current.next_due_on:
        current.next_due_on = due
        current.save(update_fields=["next_due_on"])
