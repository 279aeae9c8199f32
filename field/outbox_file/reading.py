"""The lines of a phone's outbox file: a header, operations, photos, and an end that counts them.

The file is newline-delimited JSON. Each line is read by itself and bounded, so that a broken or
endless one costs no more than itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from field.outbox_file.moments import moment_in
from sites.api.parsers import check_storable, read_loosely
from sites.problems import Problem
from sites.services.errors import ServiceError

FORMAT: Final = "livelihood-atlas-outbox"
VERSION: Final = 1
MOST_OPERATIONS: Final = 1000
MOST_PHOTOS: Final = 300
LARGEST_HEADER: Final = 16 * 1024
LARGEST_OPERATION: Final = 1024 * 1024
_AROUND_PHOTO: Final = 16 * 1024
_PIECE: Final = 1024 * 1024
_LARGEST_USER: Final = 2**31 - 1


class NoOutboxFile(ServiceError):
    """The file as a whole is none that a phone saved here; nothing of it was read."""

    code = "no_outbox_file"
    message = gettext_lazy(
        "This is no outbox file of a phone. Choose the file that the phone's page saved "
        "(its name ends in .ndjson)."
    )


class OutboxFileTooLarge(ServiceError):
    """More bytes, entries or photos than are taken in at once."""

    code = "outbox_file_too_large"
    problem = "too_large"
    message = gettext_lazy(
        "The file is larger than a phone's outbox. Send the phone's entries in two files."
    )


@dataclass(frozen=True, slots=True)
class Header:
    """Whose entries they are, from which phone, and when the file was saved."""

    user_id: int
    username: str
    device_id: str
    saved_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `op` or `photo` with its value, or `bad` with a code and a sentence."""

    number: int
    kind: str
    value: Any = None
    code: str = ""
    message: str = ""


def read_header(file: IO[bytes]) -> Header:
    """Return the first line of a file; raises `NoOutboxFile`."""
    line = file.readline(LARGEST_HEADER + 1)
    if len(line) > LARGEST_HEADER:
        raise NoOutboxFile
    value = _value(line.removeprefix(b"\xef\xbb\xbf"))
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise NoOutboxFile
    if value.get("version") != VERSION:
        raise NoOutboxFile(
            _("Another version of the phone's page saved this file; it cannot be read here.")
        )
    return _header(value)


def lines_of(file: IO[bytes]) -> Iterator[Line]:
    """Yield the lines after the header, the last one about the end where that is missing."""
    number, counted, whole = 1, 0, False
    limits = {"op": MOST_OPERATIONS, "photo": MOST_PHOTOS}
    while True:
        text = _bounded(file)
        if text is not None and not text:
            break
        number += 1
        if text is not None and not text.strip():
            continue
        line = _line(number, text)
        if line.kind == "end":
            whole = line.value == counted
            continue
        counted += 1
        if line.kind in limits:
            limits[line.kind] -= 1
            if limits[line.kind] < 0:
                raise OutboxFileTooLarge
        yield line
    if not whole:
        yield _cut(number)


def _bounded(file: IO[bytes]) -> bytes | None:
    """Return the next line, empty at the end, None for one that is too long (and passed over)."""
    limit = max(LARGEST_OPERATION, settings.PHOTO_MAX_BYTES * 4 // 3 + _AROUND_PHOTO)
    line = file.readline(limit + 1)
    if len(line) <= limit:
        return line
    while line and not line.endswith(b"\n"):
        line = file.readline(_PIECE)
    return None


def _line(number: int, text: bytes | None) -> Line:
    if text is None:
        return _bad(number, "line_too_long", _("This line is longer than any entry or photo."))
    value = _value(text)
    if not isinstance(value, dict) or len(value) != 1:
        if text.endswith(b"\n"):
            return _bad(number, "not_json", _("This line cannot be read."))
        return _bad(number, "cut", _("This line is cut off: the file was not saved to its end."))
    kind, content = next(iter(value.items()))
    if kind == "end":
        return Line(number, "end", content.get("lines") if isinstance(content, dict) else None)
    if kind == "op" and len(text) <= LARGEST_OPERATION:
        return Line(number, "op", content)
    if kind == "photo" and isinstance(content, dict):
        return Line(number, "photo", content)
    return _bad(number, "unknown_line", _("This line is neither an entry nor a photo."))


def _bad(number: int, code: str, message: str) -> Line:
    return Line(number, "bad", code=code, message=message)


def _cut(number: int) -> Line:
    sentence = _(
        "The file does not end as the phone's page ends it: lines may be missing. What is here can "
        "be taken in; save the file on the phone once more for the rest."
    )
    return _bad(number, "no_end", sentence)


def _value(text: bytes) -> Any:
    """Return a line's value, None for what is no JSON."""
    try:
        return read_loosely(text)
    except Problem:
        return None


def _header(value: Mapping[str, Any]) -> Header:
    try:
        check_storable(value)
    except Problem as problem:
        raise NoOutboxFile from problem
    user = value.get("user")
    key = user.get("id") if isinstance(user, dict) else None
    name = user.get("username") if isinstance(user, dict) else None
    if not isinstance(key, int) or isinstance(key, bool) or not 0 < key <= _LARGEST_USER:
        raise NoOutboxFile(_("The file does not say whose entries it holds."))
    device = value.get("device_id")
    return Header(
        user_id=key,
        username=name if isinstance(name, str) else "",
        device_id=device[:80] if isinstance(device, str) else "",
        saved_at=moment_in(value.get("saved_at")),
    )
