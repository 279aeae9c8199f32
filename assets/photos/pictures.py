"""Opening images from strangers, and the two reduced versions that are shown.

The reduced versions are drawn anew from pixels alone: no Exif, XMP, IPTC, comments, profiles or
embedded previews are carried over, and whatever hid behind the image stays behind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import BoundedSemaphore
from typing import IO, Final

from PIL import Image, UnidentifiedImageError

from assets.photos.exif import UPRIGHT, CameraFacts, facts_of_exif, read_camera_facts
from assets.photos.heic import is_heic, read_heic
from assets.photos.reducing import reduced
from assets.photos.refusals import (
    PhotoHasTooManyPixels,
    PhotoTypeUnknown,
    PhotoUnreadable,
)

MAX_PIXELS: Final = 60_000_000
PUBLIC_SIDE: Final = 1600
THUMB_SIDE: Final = 480
_QUALITY: Final = 82
_CONTENT_TYPES: Final = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
}
"""What each format is served as; MPO is a JPEG with further pictures behind it, as phones write."""
_READERS: Final = ("JPEG", "PNG", "WEBP")
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_TURNS_ON_THE_SIDE: Final = range(5, 9)
# A picture of the largest size takes some 300 MB while it is decoded; two at a time will do.
_DECODING: Final = BoundedSemaphore(2)
_HALVED_FROM: Final = 3
"""Pictures at least so many times too large are halved first, which costs little and shows not."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that was read whole: its type, its size as shown in pixels, the camera's facts."""

    content_type: str
    width: int
    height: int
    facts: CameraFacts


def draw_versions(original: IO[bytes], public: IO[bytes], thumb: IO[bytes]) -> Picture:
    """Read an image to its end and write the two reduced versions as JPEG.

    Raises `PhotoTypeUnknown`, `PhotoHasTooManyPixels` or `PhotoUnreadable`.
    """
    original.seek(0)
    head = original.read(16)
    with _DECODING:
        picture, shown = _heic(original) if is_heic(head) else _plain(original)
    shown = _within(shown, PUBLIC_SIDE)
    # A table of codes for each picture would save a twentieth of the bytes for twice the time.
    shown.save(public, "JPEG", quality=_QUALITY)
    _within(shown, THUMB_SIDE).save(thumb, "JPEG", quality=_QUALITY)
    return picture


def _heic(original: IO[bytes]) -> tuple[Picture, Image.Image]:
    """Read a HEIC image; its own turns are made while it is decoded, so Exif's says nothing."""
    read = read_heic(original, most_pixels=MAX_PIXELS, side=PUBLIC_SIDE)
    facts = replace(facts_of_exif(read.exif), orientation=UPRIGHT)
    return Picture("image/heic", read.width, read.height, facts), read.reduced


def _plain(original: IO[bytes]) -> tuple[Picture, Image.Image]:
    with _opened(original) as image:
        width, height = image.size
        try:
            facts = read_camera_facts(image)
            shown = _upright(image, facts.orientation)
        except Exception as error:
            # A decoder fed by a stranger fails in any way; each of them means the same here.
            raise PhotoUnreadable from error
        content_type = _CONTENT_TYPES[str(image.format)]
    if facts.orientation in _TURNS_ON_THE_SIDE:
        width, height = height, width
    return Picture(content_type, width, height, facts), shown


def _opened(original: IO[bytes]) -> Image.Image:
    """Open an image by its content; its pixels are not decoded yet, only counted."""
    original.seek(0)
    try:
        image = Image.open(original, formats=_READERS)
    except Image.DecompressionBombError as error:
        raise PhotoHasTooManyPixels(MAX_PIXELS) from error
    except UnidentifiedImageError as error:
        raise PhotoTypeUnknown from error
    except Exception as error:
        raise PhotoUnreadable from error
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise PhotoHasTooManyPixels(MAX_PIXELS)
    return image


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return the picture upright, at most `PUBLIC_SIDE` pixels wide and high, on white."""
    # A JPEG is decoded at a half, a quarter or an eighth of its size where that is enough.
    image.draft("RGB", _size_within(image.size, PUBLIC_SIDE))
    image.load()
    small = reduced(
        image.size, PUBLIC_SIDE, lambda top, rows: image.crop((0, top, image.width, top + rows))
    )
    small = _within(small, PUBLIC_SIDE)
    turn = _TURNS.get(orientation)
    return small if turn is None else small.transpose(turn)


def _within(image: Image.Image, side: int) -> Image.Image:
    """Return a picture at most `side` pixels wide and high.

    Hamming's filter takes half the time of Lanczos's; the pictures cannot be told apart by eye.
    """
    if max(image.size) <= side:
        return image
    wanted = _size_within(image.size, side)
    if max(image.size) >= _HALVED_FROM * side:
        image = image.reduce(2)
    return image.resize(wanted, Image.Resampling.HAMMING)


def _size_within(size: tuple[int, int], side: int) -> tuple[int, int]:
    longest = max(*size, side)
    return max(1, size[0] * side // longest), max(1, size[1] * side // longest)
