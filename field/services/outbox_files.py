"""Taking in a phone's saved outbox: each line by itself, for its sender, within one office's area.

The preview does the same work inside a transaction that is rolled back, so that it says what will
happen and changes nothing.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assets.models import Photo
from assets.services.photos import photo_store
from field.body_fields import flat
from field.kinds import OpStatus, OpType
from field.operation import Operation, OpResult, Sending
from field.operation_reading import Unreadable, read_operation
from field.outbox_file.photos import FilePhoto, read_photo
from field.outbox_file.reading import Header, Line, lines_of, read_header
from field.services.operations import operation_take
from maintenance.kinds import OrderState
from maintenance.models import PromisedPhoto
from maintenance.set_aside_area import is_office_of, place_of, sender_area
from sites.access import Scope, scope_of
from sites.services.errors import NotPermitted, RefusedByRegister, ServiceError

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class SenderUnknown(ServiceError):
    """The person whom the file names has no account with work in the officer's area."""

    code = "sender_unknown"
    message = gettext_lazy(
        "The file names a person who has no account with work in your area. Only the office of the "
        "area takes in its people's entries."
    )


class Outcome(StrEnum):
    """What becomes of one line."""

    NEW = "new"
    KNOWN = "known"
    SET_ASIDE = "set_aside"
    OUTSIDE = "outside"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class LineResult:
    """What became of one line: `kind` is `op`, `photo` or `bad`; why, where it did not go in."""

    number: int
    kind: str
    outcome: Outcome
    entity: str = ""
    type: str = ""
    key: str = ""
    code: str = ""
    message: str = ""
    errors: Sequence[Mapping[str, Any]] = ()
    """Each value that was not accepted: `field`, `code` and `message`."""
    body: Any = None
    set_aside: Any = None
    device_time: datetime.datetime | None = None
    is_repeat: bool = False
    """Whether it was set aside before with the same content, so that nothing changes."""


@dataclass(slots=True)
class FileReport:
    """Whose file it is and what becomes of each line; `is_taken` says that it was taken in."""

    header: Header
    sender: Any
    is_taken: bool
    lines: list[LineResult] = field(default_factory=list)

    def changes(self) -> int:
        """Return how many lines change anything when the file is taken in."""
        changing = (Outcome.NEW, Outcome.SET_ASIDE)
        return sum(line.outcome in changing and not line.is_repeat for line in self.lines)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many entries, photos and other lines have each outcome."""
        found = Counter((line.kind, line.outcome.value) for line in self.lines)
        return {
            kind: {outcome.value: found[kind, outcome.value] for outcome in Outcome}
            for kind in ("op", "photo", "bad")
        }


def outbox_file_preview(
    *, file: IO[bytes], actor: User, scope: Scope, at: datetime.datetime
) -> FileReport:
    """Say what taking in the file would do; nothing is changed.

    Raises `NotPermitted` (no office), `NoOutboxFile`, `OutboxFileTooLarge` or `SenderUnknown`.
    """
    taking = _Taking(file, actor, scope, at, is_taken=False)
    with transaction.atomic():
        report = taking.report()
        transaction.set_rollback(True)
    return report


def outbox_file_take(
    *, file: IO[bytes], actor: User, scope: Scope, at: datetime.datetime
) -> FileReport:
    """Take in the file line by line, good ones whatever the others are; the same again is known.

    What goes in is its sender's, judged by the sender's rights; `actor` is noted as who brought
    it. What the register refuses is set aside once. Raises as `outbox_file_preview`.
    """
    return _Taking(file, actor, scope, at, is_taken=True).report()


class _Taking:
    """One passage through a file."""

    def __init__(
        self, file: IO[bytes], actor: User, scope: Scope, at: datetime.datetime, *, is_taken: bool
    ) -> None:
        if not scope.edits_sites:
            raise NotPermitted
        self.file = file
        self.scope = scope
        self.header = read_header(file)
        self.sender = _sender(self.header, scope)
        self.sender_scope = _scope_of_sender(self.sender)
        self.sending = Sending(at=at, device_id=self.header.device_id, brought_by=actor)
        self.is_taken = is_taken
        self.named: set[str] = set()

    def report(self) -> FileReport:
        """Deal with each line, submitted work last; raises `OutboxFileTooLarge`."""
        report = FileReport(self.header, self.sender, self.is_taken)
        submitted = []
        for line in lines_of(self.file):
            if _is_submitted_work(line):
                submitted.append(line)
            else:
                report.lines.append(self._result(line))
        report.lines += [self._result(line) for line in submitted]
        report.lines.sort(key=lambda result: result.number)
        return report

    def _result(self, line: Line) -> LineResult:
        if line.kind == "op":
            return self._operation(line)
        if line.kind == "photo":
            return self._photo(line)
        return LineResult(line.number, "bad", Outcome.BAD, code=line.code, message=line.message)

    def _operation(self, line: Line) -> LineResult:
        read = _read(line.value, self.header.device_id)
        if not is_office_of(self.scope, self._area(read)):
            sentence = _("This entry belongs to another area, whose office takes it in.")
            return self._told(line, read, Outcome.OUTSIDE, "outside_area", sentence)
        self.named |= set(_photos_of(line.value))
        result = self._judged(line.value)
        outcome = {OpStatus.STORED: Outcome.NEW, OpStatus.DUPLICATE: Outcome.KNOWN}.get(
            result.status, Outcome.SET_ASIDE
        )
        told = self._told(line, read, outcome, result.code, str(result.message), result.set_aside)
        return replace(told, errors=tuple(result.errors))

    def _judged(self, op: Any) -> OpResult:
        """Take in one operation; one that is set aside already is not counted once more."""
        with transaction.atomic():
            result = operation_take(
                op=op, sender=self.sender, scope=self.sender_scope, sending=self.sending
            )
            if result.set_aside is not None and result.set_aside.times_sent > 1:
                transaction.set_rollback(True)
        return result

    def _area(self, read: Operation | Unreadable) -> str:
        if isinstance(read, Unreadable):
            return sender_area(self.sender_scope)
        return place_of(read.body, read.entity, read.entity_id, self.sender_scope)[1]

    def _told(
        self,
        line: Line,
        read: Operation | Unreadable,
        outcome: Outcome,
        code: str,
        message: str,
        set_aside: Any = None,
    ) -> LineResult:
        sent = read.sent if isinstance(read, Unreadable) else read.as_sent()
        return LineResult(
            line.number,
            "op",
            outcome,
            entity=sent.entity,
            type=sent.type,
            key=str(sent.entity_id or ""),
            code=code,
            message=message,
            body=flat(sent.body),
            set_aside=set_aside if self.is_taken else None,
            device_time=sent.device_time,
            is_repeat=set_aside is not None and set_aside.times_sent > 1,
        )

    def _photo(self, line: Line) -> LineResult:
        key = str(line.value.get("id"))[:60]
        try:
            photo = read_photo(line.value)
            if not self._is_named(photo.id):
                sentence = _("No entry of this file, and none that waits here, names this photo.")
                return self._about_photo(line, key, Outcome.BAD, "photo_unnamed", sentence)
            is_new = self._store(photo) if self.is_taken else _is_new(photo, self.sender)
        except RefusedByRegister as error:
            _field, code, message = error.errors[0]
            return self._about_photo(line, key, Outcome.BAD, code, message)
        except ServiceError as error:
            return self._about_photo(line, key, Outcome.BAD, error.code, str(error.message))
        return self._about_photo(line, key, Outcome.NEW if is_new else Outcome.KNOWN)

    def _about_photo(
        self, line: Line, key: str, outcome: Outcome, code: str = "", message: str = ""
    ) -> LineResult:
        return LineResult(line.number, "photo", outcome, key=key, code=code, message=message)

    def _store(self, photo: FilePhoto) -> bool:
        is_new: bool
        _photo, is_new = photo_store(
            identifier=photo.id,
            stream=BytesIO(photo.data),
            actor=self.sender,
            scope=self.sender_scope,
            expected_sha256=photo.sha256,
            taken_at=photo.taken_at,
            position=photo.position,
            accuracy_m=photo.accuracy_m,
        )
        return is_new

    def _is_named(self, key: UUID) -> bool:
        """Whether an entry of the file, or one that waits in the office's area, names it."""
        if str(key) in self.named:
            return True
        areas = ("log__area_code", "inspection__area_code", "defect__area_code")
        rows = PromisedPhoto.objects.filter(photo_id=key, promised_by=self.sender)
        return any(
            self.scope.covers_area(code or "") for row in rows.values_list(*areas) for code in row
        )


def _read(value: Any, device_id: str) -> Operation | Unreadable:
    try:
        return read_operation(value, device_id)
    except Unreadable as unreadable:
        return unreadable


def _is_submitted_work(line: Line) -> bool:
    """Whether a line submits an order's work, which needs its entries and photos to be here."""
    op = line.value if line.kind == "op" and isinstance(line.value, dict) else {}
    body = op.get("body")
    to_state = body.get("to_state") if isinstance(body, dict) else None
    return op.get("type") == OpType.MOVE and to_state == OrderState.SUBMITTED


def _sender(header: Header, scope: Scope) -> Any:
    """Return the account that the file names, if its work lies in the office's area."""
    user = get_user_model().objects.filter(pk=header.user_id).first()
    if user is None or user.get_username() != header.username:
        raise SenderUnknown
    area = sender_area(_scope_of_sender(user))
    offices = scope.area_codes()
    reaches_into = area and any(code.startswith(area) for code in offices)
    if not (reaches_into or is_office_of(scope, area)):
        raise SenderUnknown
    return user


def _scope_of_sender(user: Any) -> Scope:
    """Return what the sender may do: nothing where the account was closed, so that all is kept.

    Such entries are set aside, for the office of the area in which the person worked last.
    """
    return scope_of(user) if user.is_active else Scope(user_id=user.pk)


def _is_new(photo: FilePhoto, sender: Any) -> bool:
    """Whether the photo is not here yet; raises `RefusedByRegister` for another one's number."""
    known = Photo.objects.filter(pk=photo.id).values_list("sha256", "uploaded_by_id").first()
    if known is None:
        return True
    if known != (photo.sha256, sender.pk):
        sentence = _("Another photo is kept under this identifier.")
        raise RefusedByRegister([("id", "photo_content_differs", sentence)])
    return False


def _photos_of(op: Any) -> Iterator[str]:
    """Yield the identifiers of photos that an operation names, at whatever place of its body."""
    level = [op.get("body") if isinstance(op, dict) else None]
    while level:
        item = level.pop()
        if isinstance(item, dict):
            for name, value in item.items():
                if name in ("photos", "add_photos") and isinstance(value, list):
                    yield from _keys(value)
                elif isinstance(value, dict | list):
                    level.append(value)
        elif isinstance(item, list):
            level += [child for child in item if isinstance(child, dict | list)]


def _keys(photos: list[Any]) -> Iterator[str]:
    for photo in photos:
        key = photo.get("photo") if isinstance(photo, dict) else photo
        if isinstance(key, str):
            yield key.lower()
