"""Images as an attacker or a broken phone would send them, each made when it is asked for."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image

SOI, APP1, COMMENT, FRAME = b"\xff\xd8", b"\xff\xe1", b"\xff\xfe", b"\xff\xc0"
SMALL = (200, 150)


def saved(image, form, **options):
    """The bytes of an image."""
    target = BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def frames(number=20, size=SMALL):
    """Pictures of a film."""
    return [Image.new("RGB", size, (shade, 0, 0)) for shade in range(number)]


def chunk(kind, data):
    """A piece of a PNG, with its checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, packed, *, depth=8, extra=b""):
    """A PNG in RGB whose pixels are given packed."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + header + extra + pixels


def black(width, height, *, depth=8):
    """The packed pixels of a black PNG."""
    return zlib.compress((b"\0" + bytes(width * 3 * depth // 8)) * height, 9)


def segment(mark, data):
    """A piece of a JPEG."""
    return mark + struct.pack(">H", len(data) + 2) + data


def with_segments(jpeg, *segments):
    """A JPEG with further pieces right after its beginning."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def with_frame_byte(jpeg, at, value):
    """A JPEG whose frame header (precision, height, width, components) says something else."""
    changed = bytearray(jpeg)
    changed[jpeg.index(FRAME) + at] = value
    return bytes(changed)


def nested_boxes(heic, depth=3000):
    """A HEIC file whose boxes lie in each other, deeper than any reader goes."""
    sizes = (8 * (depth - level) for level in range(depth))
    return heic[:24] + b"".join(struct.pack(">I", size) + b"meta" for size in sizes)
