"""Entries set aside that are judged once more, with their sender's own rights of today."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from field.kinds import OpStatus, OpType
from field.operation import OpResult, Sending
from field.services.operations import operation_take
from field.services.set_aside_decisions import entry_locked, entry_taken
from field.standing_values import standing_record
from maintenance.kinds import FieldEntity, SetAsideCause
from maintenance.models import SetAsideEntry
from maintenance.services.errors import WrongMoment
from sites.access import Scope, scope_of
from sites.identifiers import new_id
from sites.services.errors import RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CORRECTABLE: Final = (FieldEntity.LOG, FieldEntity.INSPECTION)
"""Records of which a newer one can say that it corrects an older one."""
_WENT_IN: Final = (OpStatus.STORED, OpStatus.DUPLICATE)
_RETRIED: Final = (SetAsideCause.REFUSED, SetAsideCause.NOT_PERMITTED, SetAsideCause.MALFORMED)


class StillNotTaken(RefusedByRegister):
    """The register refuses the entry as before, or for another reason; it stays set aside."""

    code = "still_not_taken"
    message = gettext_lazy("The register still does not take this entry. It stays set aside.")


def may_retry(entry: SetAsideEntry) -> bool:
    """Whether judging the entry once more can lead anywhere."""
    return entry.cause in _RETRIED


def may_enter_second(entry: SetAsideEntry) -> bool:
    """Whether the second content of an identifier can go in beside the first."""
    is_new = entry.type == OpType.CREATE and isinstance(entry.body, dict)
    return entry.cause == SetAsideCause.OTHER_CONTENT and is_new and bool(entry.entity)


def set_aside_retry(
    *, entry: SetAsideEntry, actor: User, scope: Scope, at: datetime.datetime
) -> SetAsideEntry:
    """Judge an entry once more as its sender's; taken it is closed, refused it stays.

    What was found wrong this time is written to the entry, and told by `StillNotTaken`, which
    is raised only after that is safe. Raises `NotPermitted`, `DecidedAlready` or `WrongMoment`.
    """
    with transaction.atomic():
        current = entry_locked(entry, scope)
        if not may_retry(current):
            raise WrongMoment(_("Such an entry is decided by its values; it is not tried again."))
        result = _judged(current, _as_sent(current), actor, at)
        if result.status in _WENT_IN:
            return entry_taken(current, current.entity_id, actor=actor, at=at)
        _note(current, result)
    raise StillNotTaken(_errors(result))


@transaction.atomic
def set_aside_enter_second(
    *, entry: SetAsideEntry, actor: User, scope: Scope, at: datetime.datetime
) -> SetAsideEntry:
    """Take the second content of an identifier in, as its sender's entry of its own.

    A log entry or inspection goes in as the correction of the first; a patrol or defect beside
    it. Where only the operation's identifier had been used before, it goes in as itself. Raises
    `NotPermitted`, `DecidedAlready`, `WrongMoment`, or `StillNotTaken` with what was wrong.
    """
    current = entry_locked(entry, scope)
    if not may_enter_second(current):
        raise WrongMoment(_("Only a second content under one identifier goes in beside the first."))
    first = standing_record(current.entity, current.entity_id, Scope.internal())
    key = current.entity_id if first is None else new_id()
    op = {**_as_sent(current), "op_id": str(new_id()), "entity_id": str(key)}
    op["body"] = current.body if first is None else _second(current)
    result = _judged(current, op, actor, at)
    if result.status not in _WENT_IN:
        raise StillNotTaken(_errors(result))
    return entry_taken(current, key, actor=actor, at=at)


def _judged(
    entry: SetAsideEntry, op: Mapping[str, Any], actor: User, at: datetime.datetime
) -> OpResult:
    """Take the operation in; refused, it leaves no trace: nobody sent it again."""
    sending = Sending(at=at, device_id=entry.device_id, skew_s=entry.clock_skew_s, brought_by=actor)
    with transaction.atomic():
        result = operation_take(
            op=op, sender=entry.sender, scope=scope_of(entry.sender), sending=sending
        )
        if result.status not in _WENT_IN:
            transaction.set_rollback(True)
    return result


def _as_sent(entry: SetAsideEntry) -> dict[str, Any]:
    """Return the operation as the phone sent it; of one that cannot be read, all there is."""
    if entry.cause == SetAsideCause.MALFORMED:
        whole = entry.body
        return whole if isinstance(whole, dict) else {"body": whole}
    return {
        "op_id": str(entry.op_id or new_id()),
        "type": entry.type,
        "entity": entry.entity,
        "entity_id": str(entry.entity_id),
        "base_version": entry.base_version,
        "device_time": entry.device_time.isoformat() if entry.device_time else None,
        "body": entry.body,
    }


def _second(entry: SetAsideEntry) -> dict[str, Any]:
    """Return the body under a new identifier, as a correction where the record knows such."""
    body = {name: value for name, value in entry.body.items() if name != "id"}
    if entry.entity not in CORRECTABLE:
        return body
    corrects = {"corrects": str(entry.entity_id)}
    properties = body.get("properties")
    if isinstance(properties, dict):
        return {**body, "properties": {**properties, **corrects}}
    return {**body, **corrects}


def _note(entry: SetAsideEntry, result: OpResult) -> None:
    """Write what was found wrong this time, where the entry's cause is still of the same kind."""
    found = result.set_aside
    if found is not None:
        for name in ("cause", "code", "errors", "sides", "current_version"):
            setattr(entry, name, getattr(found, name))
        entry.save(update_fields=["cause", "code", "errors", "sides", "current_version"])


def _errors(result: OpResult) -> list[tuple[str, str, str]]:
    told = [(e["field"], e["code"], str(e["message"])) for e in result.errors]
    return told or [("", result.code, str(result.message))]
