"""HEIC images for tests: as a phone writes them, and as nobody should."""

from __future__ import annotations

import struct
from io import BytesIO

import pillow_heif
from PIL import Image

from tests.factories.photos import camera_exif


def heic(
    size=(64, 48),
    *,
    mode="RGB",
    colour=(40, 120, 90),
    place=None,
    camera=None,
    turn=None,
    xmp=None,
    frames=1,
    image=None,
):
    """The bytes of a HEIC image; `place` and `camera` are Exif tags by number."""
    image = image or Image.new(mode, size, colour)
    exif = camera_exif(place=place, camera=camera, turn=turn)
    file = pillow_heif.from_pillow(image)
    for _number in range(frames - 1):
        file.add_from_pillow(image)
    target = BytesIO()
    file.save(target, quality=70, exif=exif.tobytes(), xmp=xmp)
    return target.getvalue()


def declared(content, width, height):
    """The image with other dimensions declared than it has."""
    changed, start = bytearray(content), 0
    while (start := content.find(b"ispe", start)) > 0:
        changed[start + 8 : start + 16] = struct.pack(">II", width, height)
        start += 4
    return bytes(changed)
