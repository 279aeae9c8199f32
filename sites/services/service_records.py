"""Service records: entered by the township, verified or returned by the office."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.access import Scope
from sites.kinds import ProgrammeKind, ServiceState, Unit
from sites.models import ServiceRecord
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, ReasonMissing, RefusedByRegister, ServiceError
from sites.services.saving import assign, locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIXED = ("programme",)
NEEDED = {Unit.HOUSEHOLD: "households", Unit.YUAN: "amount"}
"""What a record must state, so that it counts in its programme's unit."""


class RecordStands(ServiceError):
    """The record does not stand where this step begins."""

    code = "wrong_state"
    problem = "conflict"
    message = gettext_lazy("The record is not in the state that this step begins with.")


@transaction.atomic
def service_record_save(
    *,
    record: ServiceRecord | None = None,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected_version: int | None = None,
) -> ServiceRecord:
    """Enter a record, or correct one that is not verified; a returned one is reported anew.

    The office of the area does: its township officer or the planner. `on` is the day of entry;
    what has not ended by then cannot be reported. Raises `NotPermitted`, `ConcurrentChange`,
    `RecordStands` or `RefusedByRegister`.
    """
    current = locked(record, expected_version or 0) if record else ServiceRecord()
    if record:
        _require_office(scope, current.area_code)
        _require_state(current, ServiceState.REPORTED, ServiceState.RETURNED)
        assign(current, values, fixed=FIXED)
        current.state, current.state_reason = ServiceState.REPORTED, ""
        current.reviewed_by = current.reviewed_at = None
    else:
        assign(current, values)
    _require_office(scope, current.area.code)
    _check(current, on)
    with authored(actor=actor):
        save_checked(current, force_insert=record is None)
    current.refresh_from_db()
    return current


@transaction.atomic
def service_record_verify(
    *,
    record: ServiceRecord,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int,
) -> ServiceRecord:
    """Let a reported record count; planners of the area do.

    Raises `NotPermitted`, `ConcurrentChange` or `RecordStands`.
    """
    current = locked(record, expected_version)
    _require_planner(scope, current.area_code)
    _require_state(current, ServiceState.REPORTED)
    return _reviewed(current, ServiceState.VERIFIED, "", actor, at)


@transaction.atomic
def service_record_return(
    *,
    record: ServiceRecord,
    reason: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int,
) -> ServiceRecord:
    """Send a reported or verified record back with a reason: it counts no longer.

    Raises `NotPermitted`, `ConcurrentChange`, `RecordStands` or `ReasonMissing`.
    """
    current = locked(record, expected_version)
    _require_planner(scope, current.area_code)
    _require_state(current, ServiceState.REPORTED, ServiceState.VERIFIED)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return _reviewed(current, ServiceState.RETURNED, reason.strip(), actor, at)


@transaction.atomic
def service_record_remove(
    *, record: ServiceRecord, actor: User | None, scope: Scope, expected_version: int
) -> None:
    """Remove a record that is not verified; the history keeps it.

    Raises `NotPermitted`, `ConcurrentChange` or `RecordStands`.
    """
    current = locked(record, expected_version)
    _require_office(scope, current.area_code)
    _require_state(current, ServiceState.REPORTED, ServiceState.RETURNED)
    with authored(actor=actor):
        current.delete()


def _reviewed(
    record: ServiceRecord,
    state: ServiceState,
    reason: str,
    actor: User | None,
    at: datetime.datetime,
) -> ServiceRecord:
    record.state, record.state_reason = state, reason
    record.reviewed_by, record.reviewed_at = actor, at
    with authored(actor=actor, reason=reason):
        save_checked(record)
    record.refresh_from_db()
    return record


def _require_office(scope: Scope, area_code: str) -> None:
    if not scope.covers_area(area_code):
        raise NotPermitted


def _require_planner(scope: Scope, area_code: str) -> None:
    if not scope.manages_area(area_code):
        raise NotPermitted


def _require_state(record: ServiceRecord, *states: ServiceState) -> None:
    if record.state not in states:
        raise RecordStands


def _check(record: ServiceRecord, on: datetime.date) -> None:
    """Refuse what cannot be a record of this programme on this day, all of it at once."""
    programme = record.programme
    errors = []
    if programme.kind == ProgrammeKind.ENGINEERING:
        text = _("An engineering programme is counted by its sites, not by records.")
        errors.append(("programme", "counted_by_sites", text))
    if record.ends_on and record.ends_on > on:
        text = _("What has not ended yet cannot be reported.")
        errors.append(("ends_on", "in_future", text))
    needed = NEEDED.get(Unit(programme.unit))
    if needed and getattr(record, needed) is None:
        text = _("The programme is counted in this unit; give the number.")
        errors.append((needed, "needed_for_unit", text))
    if programme.kind != ProgrammeKind.TRAINING:
        text = _("Only training courses have people who pass or get a certificate.")
        given = [name for name in ("passed", "certified") if getattr(record, name) is not None]
        errors += [(name, "training_only", text) for name in given]
    if errors:
        raise RefusedByRegister(errors)
