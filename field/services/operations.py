"""Taking in what phones send: each operation by itself, all of one push in one commit.

What is taken leaves a `FieldOperation`; what is not is set aside with the reason, and judged
again when it is sent again. One bad operation never stands in the way of another.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from field.clock_notes import clock_note
from field.kinds import OpStatus, OpType
from field.models import FieldOperation
from field.op_references import references_of
from field.op_refusals import OperationReused, Told, told_of
from field.operation import Operation, OpResult, Sending
from field.operation_reading import Unreadable, read_operation
from field.receipts import Receipts
from field.services.change_operations import Changer, current_of
from field.services.entry_operations import Taker
from maintenance.kinds import SetAsideCause, SetAsideState
from maintenance.models import SetAsideEntry
from maintenance.services.set_aside import (
    Refusal,
    SentEntry,
    content_sha256,
    entries_taken,
    entry_set_aside,
)
from maintenance.set_aside_errors import errors_told
from sites.access import Scope
from sites.services.errors import ConcurrentChange, ServiceError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)

ATTEMPTS: Final = 3
TRANSIENT: Final = frozenset({"40P01", "40001"})
"""Deadlock and serialization failure (PostgreSQL): the same work goes through when tried again."""
LOCK_SQL: Final = """
SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key
"""
NUMBERS_SQL: Final = "SELECT nextval('field_operation_seq') FROM generate_series(1, %s)"


def operations_take(
    *, ops: Sequence[Any], sender: User, scope: Scope, sending: Sending
) -> list[OpResult]:
    """Take in operations as a phone sent them, in their order; return what became of each.

    All that is taken or set aside is committed at once. Raises only for the database's sake:
    `OperationalError` when it is away, or when the work clashed with others three times.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _Push(ops, sender, scope, sending).results()
        except OperationalError as error:
            may_try = attempt < ATTEMPTS and not connection.in_atomic_block
            if not may_try or getattr(error.__cause__, "sqlstate", "") not in TRANSIENT:
                raise
    raise AssertionError


def operation_take(*, op: Any, sender: User, scope: Scope, sending: Sending) -> OpResult:
    """Take in one operation (see `operations_take`)."""
    return operations_take(ops=[op], sender=sender, scope=scope, sending=sending)[0]


class _Push:
    """Operations that came together, judged one after the other inside one transaction."""

    def __init__(self, ops: Sequence[Any], sender: User, scope: Scope, sending: Sending) -> None:
        self.sender = sender
        self.scope = scope
        self.sending = sending
        self.read = [_read(raw, sending.device_id) for raw in ops]
        readable = [op for op in self.read if isinstance(op, Operation)]
        _hold(readable)
        self.known = FieldOperation.objects.in_bulk({op.op_id for op in readable})
        before = _set_aside_before(readable, sender)
        self.aside = {row.entity_id for row in before if row.state == SetAsideState.OPEN}
        self.dismissed = {
            (row.entity_id, row.type, row.body_sha256): row
            for row in before
            if row.state == SetAsideState.DISMISSED
        }
        self.numbers = iter(_numbers(len(readable)))
        self.new: list[FieldOperation] = []
        rows = references_of(readable, scope)
        self.taker = Taker(sender, scope, sending, rows)
        self.changer = Changer(sender, scope, sending)
        self.receipts = Receipts(scope)

    def results(self) -> list[OpResult]:
        """Judge all operations; raises `OperationalError`."""
        found = [self._result(op) for op in self.read]
        FieldOperation.objects.bulk_create(self.new)
        self.receipts.fill(self.taker.untouched)
        return found

    def _result(self, op: Operation | Unreadable) -> OpResult:
        if isinstance(op, Unreadable):
            return self._unreadable(op)
        known = self.known.get(op.op_id)
        try:
            if known is not None:
                return self._again(op, known)
            if self.dismissed and (kept := self.dismissed.get(_content_of(op))):
                return _dismissed(op, kept)
            with transaction.atomic():
                is_new = self._taken(op)
                return self._went_in(op, is_new=is_new)
        except OperationalError:
            raise
        except Exception as error:
            told = told_of(error) or _ours(op, error)
            return self._refused(op, told, keep=known is None)

    def _taken(self, op: Operation) -> bool:
        """Do what the operation asks for; return whether it is new."""
        if op.type == OpType.CREATE:
            return self.taker.take(op)
        if op.type == OpType.UPDATE:
            self.changer.change_defect(op)
        else:
            self.changer.move_order(op)
        return True

    def _again(self, op: Operation, known: FieldOperation) -> OpResult:
        """Answer an operation that was dealt with before as it was then."""
        if known.sender_id != self.sender.pk or known.body_sha256 != op.sha256:
            raise OperationReused
        if known.set_aside is not None:
            return self._refused(op, _told_before(known.set_aside), keep=False)
        result = OpResult(str(op.op_id), OpStatus.DUPLICATE, server_seq=known.server_seq)
        self.receipts.wanted(result, op, known)
        return result

    def _went_in(self, op: Operation, *, is_new: bool) -> OpResult:
        row = self._row(op, OpStatus.STORED)
        if is_new and op.type == OpType.CREATE:
            row.body = clock_note(op, self.sending.skew_s)
        if op.entity_id in self.aside:
            entries_taken(
                sent=op.as_sent(), actor=self.sender, became=op.entity_id, at=self.sending.at
            )
        self._keep(row)
        status = OpStatus.STORED if is_new else OpStatus.DUPLICATE
        result = OpResult(str(op.op_id), status, server_seq=row.server_seq)
        self.receipts.wanted(result, op, row)
        return result

    def _refused(self, op: Operation, told: Told, *, keep: bool) -> OpResult:
        """Set the operation aside; a clash is final and is kept as such."""
        refusal = told.refusal
        kept = self._aside(op.as_sent(), refusal)
        self.aside.add(op.entity_id)
        result = OpResult(
            str(op.op_id),
            told.status,
            code=refusal.code,
            message=told.message,
            errors=[dict(error) for error in refusal.errors],
            set_aside=kept,
        )
        if told.status == OpStatus.CONFLICT:
            result.current = current_of(op.entity, op.entity_id, self.scope)
            if keep:
                row = self._row(op, OpStatus.CONFLICT)
                row.set_aside = kept
                self._keep(row)
                result.server_seq = row.server_seq
        return result

    def _unreadable(self, op: Unreadable) -> OpResult:
        refusal = Refusal(SetAsideCause.MALFORMED, op.code, op.errors)
        kept = self._aside(op.sent, refusal)
        message = op.errors[0]["message"] if op.errors else ""
        return OpResult(
            op.op_id, OpStatus.REJECTED, op.code, message, errors=op.errors, set_aside=kept
        )

    def _aside(self, sent: SentEntry, refusal: Refusal) -> SetAsideEntry:
        return entry_set_aside(
            sent=sent,
            refusal=refusal,
            actor=self.sender,
            scope=self.scope,
            clock_skew_s=self.sending.skew_s,
        )

    def _row(self, op: Operation, status: OpStatus) -> FieldOperation:
        return FieldOperation(
            id=op.op_id,
            device_id=op.device_id,
            sender=self.sender,
            brought_by=self.sending.brought_by,
            type=op.type,
            entity=op.entity,
            entity_id=op.entity_id,
            base_version=op.base_version,
            device_time=op.device_time,
            received_at=self.sending.at,
            server_seq=next(self.numbers),
            status=status,
            body_sha256=op.sha256,
            body=None if op.type == OpType.CREATE else dict(op.body),
        )

    def _keep(self, row: FieldOperation) -> None:
        self.known[row.pk] = row
        self.new.append(row)


def _read(raw: Any, device_id: str) -> Operation | Unreadable:
    try:
        return read_operation(raw, device_id)
    except Unreadable as unreadable:
        return unreadable


def _hold(ops: Sequence[Operation]) -> None:
    identifiers_held({op.op_id for op in ops} | {op.entity_id for op in ops})


def identifiers_held(identifiers: Iterable[UUID]) -> None:
    """Let the same operations and records through one at a time, always in one order."""
    keys = sorted({(identifier.int & (2**64 - 1)) - 2**63 for identifier in identifiers})
    with connection.cursor() as cursor:
        cursor.execute(LOCK_SQL, [keys])


def _set_aside_before(ops: Sequence[Operation], sender: User) -> list[SetAsideEntry]:
    """Return what the sender sent of the same records before that waits or was dismissed."""
    rows = SetAsideEntry.objects.filter(
        sender=sender,
        entity_id__in={op.entity_id for op in ops},
        state__in=(SetAsideState.OPEN, SetAsideState.DISMISSED),
    )
    return list(rows.only("entity_id", "type", "state", "body_sha256", "reason"))


def _content_of(op: Operation) -> tuple[UUID, str, str]:
    return op.entity_id, op.type, content_sha256(op.body)


def _dismissed(op: Operation, kept: SetAsideEntry) -> OpResult:
    """Answer what the office has left out for good, though the register would take it by now."""
    SetAsideEntry.objects.filter(pk=kept.pk).update(times_sent=F("times_sent") + 1)
    message = _("The office did not accept this entry: %(reason)s") % {"reason": kept.reason}
    return OpResult(str(op.op_id), OpStatus.REJECTED, "dismissed", message, set_aside=kept)


def _numbers(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS_SQL, [count])
        return [row[0] for row in cursor.fetchall()]


def _told_before(kept: SetAsideEntry) -> Told:
    refusal = Refusal(
        cause=SetAsideCause(kept.cause),
        code=kept.code,
        errors=errors_told(kept.errors),
        sides=kept.sides,
        current_version=kept.current_version,
    )
    return Told(OpStatus.CONFLICT, str(ConcurrentChange.message), refusal)


def _ours(op: Operation, error: Exception) -> Told:
    """Keep what our own mistake would lose: the entry waits, and the log says what went wrong."""
    logger.error("operation %s was not understood", op.op_id, exc_info=error)
    refusal = Refusal(SetAsideCause.REFUSED, "server_error")
    return Told(OpStatus.REJECTED, str(ServiceError.message), refusal)
