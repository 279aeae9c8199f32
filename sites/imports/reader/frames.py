"""Frames on the pipe between the sandboxed reader and the application.

A frame is a kind (one byte), two lengths, a JSON part and a binary part. Both sides bound the
lengths: the application trusts nothing that the child says.
"""

from __future__ import annotations

import struct
from typing import Any, BinaryIO, Final

import orjson

HEADER: Final = b"H"
ROWS: Final = b"R"
ASK: Final = b"A"
REFUSE: Final = b"X"
END: Final = b"E"
KINDS: Final = (HEADER, ROWS, ASK, REFUSE, END)

_LENGTHS: Final = struct.Struct("<cII")
PREFIX_BYTES: Final = _LENGTHS.size
MAX_JSON_BYTES: Final = 64 * 1024 * 1024
MAX_BINARY_BYTES: Final = 64 * 1024 * 1024


class FrameError(Exception):
    """The other side sent something that is not a frame."""


def write_frame(stream: BinaryIO, kind: bytes, content: Any, binary: bytes = b"") -> None:
    """Send one frame; `content` must be serialisable by orjson."""
    text = orjson.dumps(content)
    stream.write(_LENGTHS.pack(kind, len(text), len(binary)))
    stream.write(text)
    stream.write(binary)
    stream.flush()


def parse_prefix(prefix: bytes) -> tuple[bytes, int, int]:
    """Return kind and both lengths of a frame; raises `FrameError` on anything else."""
    kind, text_bytes, binary_bytes = _LENGTHS.unpack(prefix)
    if kind not in KINDS or text_bytes > MAX_JSON_BYTES or binary_bytes > MAX_BINARY_BYTES:
        raise FrameError("unknown kind or length")
    return kind, text_bytes, binary_bytes
