"""What the office decides on entries set aside: each once, whoever is first."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from field.body_fields import geometry_of
from field.services.operations import identifiers_held
from field.side_by_side import FOLLOWS
from field.standing_values import standing_record
from maintenance.kinds import FieldEntity, SetAsideCause, SetAsideState
from maintenance.models import SetAsideEntry
from maintenance.services import order_move
from maintenance.services.defect_changes import defect_change
from maintenance.services.errors import WrongMoment
from maintenance.set_aside_area import is_office_of
from sites.access import Scope, scope_of
from sites.services.errors import (
    ConcurrentChange,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
    ServiceError,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OFFICE: Final = "office"
PHONE: Final = "phone"
_COLUMNS: Final[Mapping[str, str]] = {"geometry": "point"}


class DecidedAlready(ServiceError):
    """Somebody decided on the entry before; a decision is made once."""

    code = "decided_already"
    problem = "conflict"
    message = gettext_lazy("Somebody has decided on this entry already. Their decision stands.")


class RecordGone(ServiceError):
    """The record that a change concerns is not there, or the officer may not see it."""

    code = "record_gone"
    problem = "conflict"
    message = gettext_lazy("The record that this change concerns cannot be found.")


@transaction.atomic
def set_aside_choose(
    *,
    entry: SetAsideEntry,
    choices: Mapping[str, str],
    expected_version: int | None,
    actor: User,
    scope: Scope,
    at: datetime.datetime,
    reason: str = "",
) -> SetAsideEntry:
    """Settle a clash: for each field that differs `office` or `phone` says whose value holds.

    `expected_version` is the record's version that the officer saw. With at least one value of the
    phone the entry is taken; with none it is dismissed and needs a reason. A next state that
    the phone asked for is made as its sender's. Raises `NotPermitted`, `DecidedAlready`,
    `WrongMoment`, `RecordGone`, `ConcurrentChange`, `ReasonMissing`, `RefusedByRegister`, or what
    the record's own service raises.
    """
    current = entry_locked(entry, scope)
    if current.cause != SetAsideCause.CLASH:
        raise WrongMoment(_("Only a clash is settled value by value."))
    chosen = _complete(current, choices)
    taken = [name for name, side in chosen.items() if side == PHONE]
    record = standing_record(current.entity, current.entity_id, scope)
    if record is None:
        raise RecordGone
    if record.version != expected_version:
        raise ConcurrentChange(record)
    if not taken:
        return _dismissed(current, actor, at, reason, choices=chosen)
    _APPLIED[current.entity](_Taken(current, record, taken, actor, scope, at))
    return _closed(
        current,
        actor,
        at,
        state=SetAsideState.TAKEN,
        choices=chosen,
        reason=reason.strip(),
        became=current.entity_id,
    )


@transaction.atomic
def set_aside_dismiss(
    *, entry: SetAsideEntry, reason: str, actor: User, scope: Scope, at: datetime.datetime
) -> SetAsideEntry:
    """Leave an entry out for good, with a reason that its sender reads; it is kept all the same.

    Raises `NotPermitted`, `DecidedAlready` or `ReasonMissing`.
    """
    return _dismissed(entry_locked(entry, scope), actor, at, reason)


def entry_locked(entry: SetAsideEntry, scope: Scope) -> SetAsideEntry:
    """Return an open entry of the office's area, locked until the end of the transaction.

    The identifiers that a push of it would hold come first, as there: else the two would wait for
    each other. Raises `NotPermitted` or `DecidedAlready`.
    """
    rows = SetAsideEntry.objects.filter(pk=entry.pk)
    identifiers_held(filter(None, rows.values_list("op_id", "entity_id").get()))
    current: SetAsideEntry = rows.select_for_update(of=("self",)).get()
    if not may_decide(current, scope):
        raise NotPermitted
    if current.state != SetAsideState.OPEN:
        raise DecidedAlready
    return current


def may_decide(entry: SetAsideEntry, scope: Scope) -> bool:
    """Whether the scope is that of the office of the entry's area."""
    return is_office_of(scope, entry.area_code)


def entry_taken(
    entry: SetAsideEntry, became: Any, *, actor: User, at: datetime.datetime
) -> SetAsideEntry:
    """Note that an entry went in, and as which record; the entry is locked by the caller."""
    return _closed(entry, actor, at, state=SetAsideState.TAKEN, became=became)


def _dismissed(
    entry: SetAsideEntry,
    actor: User,
    at: datetime.datetime,
    reason: str,
    choices: Mapping[str, str] | None = None,
) -> SetAsideEntry:
    if not reason.strip():
        raise ReasonMissing(_("Say why, so that the sender understands."), field="reason")
    return _closed(
        entry,
        actor,
        at,
        state=SetAsideState.DISMISSED,
        reason=reason.strip(),
        choices=dict(choices or {}),
    )


def _closed(
    entry: SetAsideEntry, actor: User, at: datetime.datetime, **values: Any
) -> SetAsideEntry:
    for name, value in {**values, "decided_by": actor, "decided_at": at}.items():
        setattr(entry, name, value)
    entry.save(update_fields=[*values, "decided_by", "decided_at"])
    return entry


def _complete(entry: SetAsideEntry, choices: Mapping[str, str]) -> dict[str, str]:
    """Return whose value holds for each field of the clash; raises `RefusedByRegister`."""
    phone = _phone(entry)
    chosen = {
        name: choices.get(FOLLOWS[name] if FOLLOWS.get(name) in phone else name, OFFICE)
        for name in phone
    }
    errors = [
        (name, "invalid_choice", _("Choose the office's or the phone's value."))
        for name, side in [*choices.items(), *chosen.items()]
        if side not in (OFFICE, PHONE)
    ]
    errors += [
        (name[:60], "unknown", _("This field is not part of the clash."))
        for name in choices
        if name not in phone
    ]
    if errors:
        raise RefusedByRegister(errors)
    return chosen


def _phone(entry: SetAsideEntry) -> dict[str, Any]:
    return {side["field"]: side["phone"] for side in entry.sides}


@dataclass(frozen=True, slots=True)
class _Taken:
    """The phone's values that the office takes of a clash, and the record that they go into."""

    entry: SetAsideEntry
    record: Any
    names: list[str]
    actor: User
    scope: Scope
    at: datetime.datetime


def _defect_applied(taken: _Taken) -> None:
    phone = _phone(taken.entry)
    defect_change(
        defect=taken.record,
        changes={_COLUMNS.get(name, name): _value(name, phone[name]) for name in taken.names},
        actor=taken.actor,
        scope=taken.scope,
        expected_version=taken.record.version,
    )


def _order_applied(taken: _Taken) -> None:
    """Make the move that the phone asked for, as its sender's."""
    body, sender = taken.entry.body, taken.entry.sender
    order_move(
        order=taken.record,
        to_state=body["to_state"],
        reason=body.get("reason", ""),
        done={row["position"]: Decimal(str(row["done"])) for row in body.get("done", ())},
        actor=sender,
        scope=scope_of(sender),
        at=taken.at,
        expected_version=taken.record.version,
    )


def _value(name: str, value: Any) -> Any:
    if name == "geometry":
        return geometry_of(value)
    return Decimal(str(value)) if name == "chainage_m" and value is not None else value


_APPLIED: Final[Mapping[str, Callable[[_Taken], None]]] = {
    FieldEntity.DEFECT: _defect_applied,
    FieldEntity.ORDER: _order_applied,
}
