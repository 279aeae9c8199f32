"""Which encoding a text has: said, provable, or asked for. Never mojibake in silence."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from sites.imports.reader.outcome import AskedError, Notes, RefusedError

CHOICES: Final = ("utf-8", "gb18030", "big5", "cp1252", "cp1250")
_ANYTHING_GOES: Final = {"cp1252", "latin-1", "iso8859-1", "ascii"}
"""Encodings that decode almost any bytes, so that a declaration of them proves nothing."""
_LANGUAGE_DRIVERS: Final = {
    0x4D: "gb18030",
    0x7A: "gb18030",
    0x4F: "big5",
    0x78: "big5",
    0x03: "cp1252",
    0x58: "cp1252",
    0x59: "cp1252",
    0xC8: "cp1250",
    0xC9: "cp1251",
    0x26: "cp866",
    0x01: "cp437",
    0x02: "cp850",
    0x64: "cp852",
}
"""The language byte of a dBASE header; 0x57 (the system's) and 0 say nothing."""


def named(name: str) -> str | None:
    """Return our codec for the text of a `.cpg` file or an option, None if unknown."""
    text = name.strip().lstrip("\ufeff").lower().replace("_", "-")
    for prefix in ("ansi ", "oem ", "windows-", "cp-", "ms"):
        if text.startswith(prefix) and text[len(prefix) :].isdigit():
            text = text[len(prefix) :]
    if text in {"936", "gbk", "gb2312", "54936", "cp936", "gb-2312"}:
        return "gb18030"  # a superset of both
    if text in {"65001", "utf8"}:
        return "utf-8"
    for candidate in (text, f"cp{text}"):
        try:
            found = codecs.lookup(candidate)
        except (LookupError, ValueError):
            continue
        if found._is_text_encoding:  # the registry also holds base64 and zip
            return found.name
    return None


def of_language_driver(byte: int) -> str | None:
    """Return the codec that a dBASE language byte names."""
    return _LANGUAGE_DRIVERS.get(byte)


def decodes(samples: Iterable[bytes], encoding: str) -> bool:
    """Whether every sample decodes strictly; a character cut at the end is forgiven."""
    try:
        for sample in samples:
            codecs.getincrementaldecoder(encoding)("strict").decode(sample, False)
    except UnicodeDecodeError:
        return False
    return True


def decide(samples: list[bytes], *, chosen: str | None, declared: str | None, notes: Notes) -> str:
    """Return the encoding of texts of which `samples` holds every one that is not ASCII.

    What the user chose wins if it decodes; what the file declares wins unless the bytes
    contradict it; without either, UTF-8 proves itself and GB18030 must read as Chinese.
    """
    if chosen:
        return _chosen(samples, chosen)
    if not samples:
        return declared or "utf-8"
    is_utf8, is_chinese = decodes(samples, "utf-8"), _reads_as_chinese(samples)
    if declared:
        if _contradicted(samples, declared, is_utf8=is_utf8, is_chinese=is_chinese):
            raise asked(samples, declared)
        return declared
    if is_utf8:
        return "utf-8"
    if is_chinese:
        notes.add("encoding_guessed", encoding="GB18030", sample=_text(samples[0], "gb18030"))
        return "gb18030"
    raise asked(samples, None)


def _chosen(samples: list[bytes], chosen: str) -> str:
    encoding = named(chosen)
    if encoding is None:
        raise RefusedError("encoding_unknown", encoding=chosen)
    if not decodes(samples, encoding):
        raise RefusedError("encoding_wrong", encoding=chosen)
    return encoding


def _contradicted(samples: list[bytes], declared: str, *, is_utf8: bool, is_chinese: bool) -> bool:
    if not decodes(samples, declared):
        return True
    if declared in _ANYTHING_GOES:
        return is_utf8 or is_chinese
    return is_utf8 and declared != "utf-8" and not _reads_as_chinese(samples, declared)


def _reads_as_chinese(samples: list[bytes], encoding: str = "gb18030") -> bool:
    """Whether the bytes decode to text whose letters beyond ASCII are nearly all common Han.

    The first level of GB 2312 (rows 16–55) holds 99 % of running text; text of another
    encoding lands there by accident far less often.
    """
    if not decodes(samples, encoding):
        return False
    letters = [
        character
        for sample in samples[:500]
        for character in _text(sample, encoding)
        if ord(character) > 127 and unicodedata.category(character)[0] in "LCSN"
    ]
    common = sum(1 for character in letters if _is_common(character))
    return bool(letters) and common >= 0.7 * len(letters)


def _is_common(character: str) -> bool:
    try:
        raw = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(raw) == 2 and 0xB0 <= raw[0] <= 0xD7


def asked(samples: list[bytes], declared: str | None) -> AskedError:
    """Return the question which encoding it is, with a sample read in each possible one."""
    choices: list[dict[str, Any]] = [
        {"value": encoding, "label": encoding.upper(), "sample": _text(samples[0], encoding)}
        for encoding in CHOICES
        if decodes(samples, encoding)
    ]
    return AskedError("encoding_needed", declared=declared or "", choices=choices)


def _text(sample: bytes, encoding: str) -> str:
    return sample[:120].decode(encoding, errors="replace").strip()[:60]
