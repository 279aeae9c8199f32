"""What a zip archive may hold, checked before anything in it is read."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path, PurePosixPath
from typing import Final

from sites.imports.reader.outcome import RefusedError

MAX_MEMBERS: Final = 1_000
MAX_UNPACKED: Final = 4 * 1024**3
FREE_UNPACKED: Final = 64 * 1024**2
MAX_RATIO: Final = 200
_ARCHIVES: Final = {".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"}


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open a zip file whose every member is harmless; raises `RefusedError` with what is not."""
    try:
        archive = zipfile.ZipFile(path)
        members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise RefusedError("zip_broken") from error
    if len(members) > MAX_MEMBERS:
        raise RefusedError("zip_too_many_members", members=len(members), limit=MAX_MEMBERS)
    for member in members:
        _check_member(member)
    unpacked = sum(member.file_size for member in members)
    packed = path.stat().st_size
    if unpacked > MAX_UNPACKED or (unpacked > FREE_UNPACKED and unpacked > packed * MAX_RATIO):
        raise RefusedError("zip_bomb", unpacked=unpacked, packed=packed)
    return archive


def member_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; names without the UTF-8 flag are read as GB18030 if they can be.

    Windows in Chinese writes them so; `zipfile` has read them as code page 437.
    """
    if member.flag_bits & 0x800 or member.filename.isascii():
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member_name(member)
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in name or "\0" in name:
        raise RefusedError("zip_path", name=name[:200])
    if stat.S_ISLNK(member.external_attr >> 16):
        raise RefusedError("zip_link", name=name[:200])
    if member.flag_bits & 0x1:
        raise RefusedError("zip_encrypted", name=name[:200])
    if parts.suffix.lower() in _ARCHIVES:
        raise RefusedError("zip_nested", name=name[:200])
