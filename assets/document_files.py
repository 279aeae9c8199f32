"""Files of documents: their type told by their content, and kept under the hash of their bytes.

Nothing of a file is opened beyond its first bytes and, of an office file, the list of its parts:
what it says is the reader's program's business, on the reader's machine.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sites.services.errors import ServiceError

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff/\\]")
_LONGEST_NAME: Final = 200
_FIRST_BYTES: Final = 16
_MOST_PARTS: Final = 5_000
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
PDF: Final = "application/pdf"
DOCX: Final = f"{_OFFICE}.wordprocessingml.document"
XLSX: Final = f"{_OFFICE}.spreadsheetml.sheet"
_SIGNATURES: Final = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_MAIN_PARTS: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
ENDINGS: Final = {
    PDF: ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    DOCX: ".docx",
    XLSX: ".xlsx",
}
"""What a file is called when it is given out, whatever it was called when it came."""


class DocumentRefused(ServiceError):
    """A file cannot be kept; nothing of it stays."""

    code = "document_refused"
    message = gettext_lazy("The file cannot be kept.")

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


class DocumentEmpty(DocumentRefused):
    """There were no bytes."""

    code = "document_empty"


class DocumentTooLarge(DocumentRefused):
    """More bytes than `DOCUMENT_MAX_MB`."""

    code = "document_too_large"


class DocumentTypeUnknown(DocumentRefused):
    """The content is none of the types that are kept, whatever the name says."""

    code = "document_type_unknown"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that lies on disk under its hash; its record is still to be written."""

    sha256: str
    size_bytes: int
    content_type: str
    name: str


def keep_file(pieces: Iterable[bytes], *, name: str) -> KeptFile:
    """Write a file under its hash, flushed to disk; raises a `DocumentRefused`."""
    with NamedTemporaryFile(dir=_folder(), delete=False) as file:
        path = Path(file.name)
        try:
            sha256, size = _copied(pieces, file)
            content_type = _type_of(file)
            file.flush()
            os.fsync(file.fileno())
            _place(path, sha256)
        finally:
            path.unlink(missing_ok=True)
    return KeptFile(sha256, size, content_type, _plain(name) + ENDINGS[content_type])


def path_of(sha256: str) -> Path:
    """Return where a file lies; the hash is checked, so that no path is made up."""
    if not _HASH.fullmatch(sha256):
        raise ValueError("not a SHA-256 in hexadecimal")
    return _folder() / sha256[:2] / sha256


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "documents"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _copied(pieces: Iterable[bytes], file: IO[bytes]) -> tuple[str, int]:
    digest, size, limit = hashlib.sha256(), 0, settings.DOCUMENT_MAX_BYTES
    for piece in pieces:
        size += len(piece)
        if size > limit:
            sentence = _("The file is larger than %(limit)s MB.") % {"limit": limit // 1024**2}
            raise DocumentTooLarge(sentence)
        digest.update(piece)
        file.write(piece)
    if not size:
        raise DocumentEmpty(_("The file is empty. Choose it again."))
    return digest.hexdigest(), size


def _type_of(file: IO[bytes]) -> str:
    file.seek(0)
    first = file.read(_FIRST_BYTES)
    for signature, content_type in _SIGNATURES.items():
        if first.startswith(signature):
            return content_type
    found = _office_type(file) if first.startswith(b"PK\x03\x04") else ""
    if not found:
        sentence = _("Only PDF, PNG, JPEG, DOCX and XLSX files are kept, without macros.")
        raise DocumentTypeUnknown(sentence)
    return found


def _office_type(file: IO[bytes]) -> str:
    """Return the type of an office file from the names of its parts, empty for anything else."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    if len(names) > _MOST_PARTS or has_macros or "[Content_Types].xml" not in names:
        return ""
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), "")


def _place(path: Path, sha256: str) -> None:
    target = path_of(sha256)
    target.parent.mkdir(exist_ok=True, mode=0o700)
    os.replace(path, target)
    for folder in (target.parent, target.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _plain(name: str) -> str:
    """Return what the sender called the file, without path, controls and ending."""
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    stem = Path(_CONTROLS.sub("_", last)).stem.strip(" .")
    return (stem or _("document"))[: _LONGEST_NAME - 10]
