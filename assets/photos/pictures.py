"""Opening images from strangers, and the two reduced versions that are shown.

The reduced versions are drawn anew from pixels alone: no Exif, XMP, IPTC, comments, profiles or
embedded previews are carried over, and whatever hid behind the image stays behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import IO, Final

from PIL import Image, UnidentifiedImageError

from assets.photos.exif import CameraFacts, read_camera_facts
from assets.photos.refusals import (
    PhotoHasTooManyPixels,
    PhotoIsHeic,
    PhotoTypeUnknown,
    PhotoUnreadable,
)

MAX_PIXELS: Final = 60_000_000
PUBLIC_SIDE: Final = 1600
THUMB_SIDE: Final = 480
_QUALITY: Final = 82
_STRIP_ROWS: Final = 256
_CONTENT_TYPES: Final = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
}
"""What each format is served as; MPO is a JPEG with further pictures behind it, as phones write."""
_READERS: Final = ("JPEG", "PNG", "WEBP")
_HEIC_BRANDS: Final = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
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


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that was read whole: its type, its size as shown in pixels, the camera's facts."""

    content_type: str
    width: int
    height: int
    facts: CameraFacts


def draw_versions(original: IO[bytes], public: IO[bytes], thumb: IO[bytes]) -> Picture:
    """Read an image to its end and write the two reduced versions as JPEG.

    Raises `PhotoTypeUnknown`, `PhotoIsHeic`, `PhotoHasTooManyPixels` or `PhotoUnreadable`.
    """
    with _DECODING, _opened(original) as image:
        width, height = image.size
        try:
            facts = read_camera_facts(image)
            reduced = _reduced(image, facts.orientation)
        except Exception as error:
            # A decoder fed by a stranger fails in any way; each of them means the same here.
            raise PhotoUnreadable from error
        content_type = _CONTENT_TYPES[str(image.format)]
    reduced.save(public, "JPEG", quality=_QUALITY, optimize=True)
    reduced.thumbnail((THUMB_SIDE, THUMB_SIDE), Image.Resampling.LANCZOS)
    reduced.save(thumb, "JPEG", quality=_QUALITY, optimize=True)
    if facts.orientation in _TURNS_ON_THE_SIDE:
        width, height = height, width
    return Picture(content_type, width, height, facts)


def _opened(original: IO[bytes]) -> Image.Image:
    """Open an image by its content; its pixels are not decoded yet, only counted."""
    original.seek(0)
    head = original.read(16)
    original.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        raise PhotoIsHeic
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


def _reduced(image: Image.Image, orientation: int) -> Image.Image:
    """Return the picture upright, at most `PUBLIC_SIDE` pixels wide and high, on white."""
    image.draft("RGB", (PUBLIC_SIDE, PUBLIC_SIDE))
    image.load()
    plain = _halved(image)
    plain.thumbnail((PUBLIC_SIDE, PUBLIC_SIDE), Image.Resampling.LANCZOS)
    turn = _TURNS.get(orientation)
    return plain if turn is None else plain.transpose(turn)


def _halved(image: Image.Image) -> Image.Image:
    """Return the picture in plain colours, a whole number of times smaller where that is enough.

    Strip by strip: a second picture of the largest size would take as much memory as the first.
    The new picture holds nothing but pixels, for `save` would write the comment of the old one.
    """
    factor = max(1, max(image.size) // (2 * PUBLIC_SIDE))
    size = -(-image.width // factor), -(-image.height // factor)
    small = Image.new("RGB", size, "white")
    step = _STRIP_ROWS * factor
    for top in range(0, image.height, step):
        strip = image.crop((0, top, image.width, min(top + step, image.height)))
        small.paste(_on_white(strip).reduce(factor), (0, top // factor))
    return small


def _on_white(strip: Image.Image) -> Image.Image:
    if strip.mode.startswith("I"):
        # 16 bits a channel: the upper 8 are what a screen shows.
        strip = strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not strip.has_transparency_data:
        return strip.convert("RGB")
    seen = strip.convert("RGBA")
    white = Image.new("RGB", strip.size, "white")
    white.paste(seen, mask=seen)
    return white
