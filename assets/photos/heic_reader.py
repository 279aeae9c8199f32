"""Reads a HEIC image in a process of its own, which `assets.photos.heic` starts.

HEIC is decoded by large libraries that were not written for strangers' files. Here they may fail
or be killed without harm: memory, time and output are bounded, files and the net are out of reach
as for imported files, and whoever started this process learns from its end that the image cannot
be read. Nothing here knows of the register.

Output: one line of JSON (`width` and `height` in pixels as shown, `exif` in base64, `reduced` as
width and height), then the reduced picture as rows of RGB bytes. For an image that is refused the
line is `{"refused": "pixels"}` or `{"refused": "unreadable"}`.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterator
from typing import Any, Final

import pillow_heif
from PIL import Image
from pillow_heif import options

from assets.photos.reducing import reduced
from sites.imports.reader.lockdown import Limits, lock_down

_MEBIBYTE: Final = 1024 * 1024
LIMITS: Final = Limits(memory_bytes=640 * _MEBIBYTE, file_bytes=64 * _MEBIBYTE, cpu_seconds=30)
"""Our choice: a picture of the largest size takes some 400 MB, and two seconds."""
LONGEST_EXIF: Final = 1024 * 1024
MOST_IMAGES: Final = 64
"""Images in one file: a phone's burst has a few; only the main one is read."""


def read(content: bytes, *, most_pixels: int, side: int) -> Iterator[bytes]:
    """Give the output for an image, its reduced side at most twice `side` pixels.

    The size is looked at before any pixel is decoded, and again after: a file may lie.
    """
    options.DECODE_THREADS = 1
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    file = pillow_heif.open_heif(content, convert_hdr_to_8bit=True)
    if len(file) > MOST_IMAGES:
        yield _line({"refused": "unreadable"})
        return
    image: Any = file[file.primary_index]
    if image.size[0] * image.size[1] > most_pixels:
        yield _line({"refused": "pixels"})
        return
    pixels = memoryview(image.data)
    width, height = image.size
    if width * height > most_pixels:
        yield _line({"refused": "pixels"})
        return
    small = reduced((width, height), side, lambda top, rows: _strip(image, pixels, top, rows))
    exif = image.info.get("exif") or b""
    told = exif if len(exif) <= LONGEST_EXIF else b""
    yield _line(
        {
            "width": width,
            "height": height,
            "exif": base64.b64encode(told).decode("ascii"),
            "reduced": small.size,
        }
    )
    yield small.tobytes()


def _strip(image: Any, pixels: memoryview, top: int, rows: int) -> Image.Image:
    """Return some rows of the decoded image, copied no more than needed."""
    part = pixels[top * image.stride : (top + rows) * image.stride]
    size = image.size[0], rows
    return Image.frombytes(image.mode, size, bytes(part), "raw", image.mode, image.stride)


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told).encode("ascii") + b"\n"


def main() -> None:
    """Read an image from standard input and write the output; the limits come as arguments."""
    most_pixels, side = (int(given) for given in sys.argv[-2:])
    lock_down(LIMITS, ())
    try:
        for piece in read(sys.stdin.buffer.read(), most_pixels=most_pixels, side=side):
            sys.stdout.buffer.write(piece)
    except Exception:
        # A decoder fed by a stranger fails in any way; each of them means the same.
        sys.exit(1)
