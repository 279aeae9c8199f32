"""Making a picture smaller strip by strip, in plain colours and with nothing but its pixels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from PIL import Image

_STRIP_ROWS: Final = 256
_WHITE: Final = (255, 255, 255)
"""As numbers: a name would have Pillow open another file, which the reader of HEIC may not."""
Strip: TypeAlias = Callable[[int, int], Image.Image]
"""From the first row and the number of rows to that part of a picture."""


def reduced(size: tuple[int, int], side: int, strip: Strip) -> Image.Image:
    """Return a picture a whole number of times smaller, at most twice `side` pixels wide or high.

    Strip by strip: a second picture of the largest size would take as much memory as the first.
    The new picture is in plain colours on white and holds nothing but pixels, for `save` would
    write the comment of the old one.
    """
    width, height = size
    factor = max(1, -(-max(size) // (2 * side)))
    small = Image.new("RGB", (-(-width // factor), -(-height // factor)), _WHITE)
    step = _STRIP_ROWS * factor
    for top in range(0, height, step):
        part = strip(top, min(step, height - top))
        plain = _on_white(part)
        small.paste(plain.reduce(factor) if factor > 1 else plain, (0, top // factor))
    return small


def _on_white(strip: Image.Image) -> Image.Image:
    if strip.mode.startswith("I"):
        # 16 bits a channel: the upper 8 are what a screen shows.
        strip = strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not strip.has_transparency_data:
        return strip if strip.mode == "RGB" else strip.convert("RGB")
    seen = strip.convert("RGBA")
    white = Image.new("RGB", strip.size, _WHITE)
    white.paste(seen, mask=seen)
    return white
