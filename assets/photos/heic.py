"""HEIC images, as some phones take them: read in a process of its own (see `heic_reader`)."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings
from PIL import Image

from assets.photos.refusals import PhotoHasTooManyPixels, PhotoUnreadable
from assets.photos.store import photos_folder, temporary_file

BRANDS: Final = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
"""What stands first in a file of ISO/IEC 23008-12 whose pictures are coded as HEVC."""
_SECONDS: Final = 60
_START: Final = (
    "import sys; sys.path.append(sys.argv[1]);from assets.photos.heic_reader import main; main()"
)
_ENVIRONMENT: Final = {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
_LONGEST_LINE: Final = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class HeicPicture:
    """A picture that was read: its size as shown, its Exif data, and the picture made smaller."""

    width: int
    height: int
    exif: bytes
    reduced: Image.Image


def is_heic(head: bytes) -> bool:
    """Whether a file that begins so says that it is HEIC."""
    return head[4:8] == b"ftyp" and head[8:12] in BRANDS


def read_heic(original: IO[bytes], *, most_pixels: int, side: int) -> HeicPicture:
    """Return the main picture of a HEIC file, upright, at most twice `side` pixels wide or high.

    Raises `PhotoHasTooManyPixels`, or `PhotoUnreadable` for whatever else is wrong with it.
    """
    # A handle of its own: two that share a position would move it under each other.
    with Path(original.name).open("rb") as source, temporary_file() as output:
        limits = str(most_pixels), str(side)
        try:
            subprocess.run(  # noqa: S603 - our own interpreter, module and numbers
                [sys.executable, "-I", "-c", _START, str(settings.BASE_DIR), *limits],
                stdin=source,
                stdout=output,
                stderr=subprocess.DEVNULL,
                cwd=photos_folder(),
                env=_ENVIRONMENT,
                timeout=_SECONDS,
                check=True,
            )
        except subprocess.SubprocessError as error:
            raise PhotoUnreadable from error
        output.seek(0)
        return _parsed(output, most_pixels)


def _parsed(output: IO[bytes], most_pixels: int) -> HeicPicture:
    """Return what the process wrote; it has read a stranger's file and is not believed either."""
    try:
        told = json.loads(output.readline(_LONGEST_LINE))
        if told.get("refused") == "pixels":
            raise PhotoHasTooManyPixels(most_pixels)
        return _picture(told, output.read())
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PhotoUnreadable from error


def _picture(told: Mapping[str, Any], pixels: bytes) -> HeicPicture:
    width, height = (int(number) for number in told["reduced"])
    if width * height * 3 != len(pixels):
        raise PhotoUnreadable
    return HeicPicture(
        width=int(told["width"]),
        height=int(told["height"]),
        exif=base64.b64decode(told["exif"]),
        reduced=Image.frombytes("RGB", (width, height), pixels),
    )
