"""Numbers and angles as people write them in tables.

Reads `118.1`, `118,1`, `１１８．１`, `东经118.1`, `118°07′50″E`, `118度7分50秒`, `118 07 50`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Final

_SIGNS: Final = {"E": 1, "N": 1, "东经": 1, "北纬": 1, "W": -1, "S": -1, "西经": -1, "南纬": -1}
_SIGN_PATTERN: Final = re.compile(
    r"^(?:东经|西经|北纬|南纬|[EWNS])|(?:东经|西经|北纬|南纬|[EWNS])$", re.IGNORECASE
)
_NUMBER: Final = r"\d+(?:\.\d+)?"
_PARTS: Final = re.compile(
    rf"""(?P<minus>[-+]?)\s*(?P<degrees>{_NUMBER})\s*(?:[°º度:\s]\s*
         (?:(?P<minutes>{_NUMBER})\s*(?:['′’分:\s]\s*
         (?:(?P<seconds>{_NUMBER})\s*(?:["″”秒]|'')?)?)?)?)?""",
    re.VERBOSE,
)
_PLAIN: Final = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?")
MAX_TEXT: Final = 64


def number(value: object) -> float | None:
    """Return a finite number, or None for an empty cell; raises ValueError for anything else."""
    if value is None or isinstance(value, bool):
        if value is None:
            return None
        raise ValueError("not a number")
    if isinstance(value, int | float):
        return _finite(float(value))
    text = unicodedata.normalize("NFKC", str(value)).strip()
    if not text:
        return None
    if len(text) > MAX_TEXT or not _PLAIN.fullmatch(text):
        raise ValueError("not a number")
    return _finite(float(text))


def angle(value: object) -> float | None:
    """Return decimal degrees, or None for an empty cell; raises ValueError for anything else.

    A hemisphere letter or word and a minus sign together are refused: they contradict.
    """
    try:
        return number(value)
    except ValueError:
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            raise
    text = unicodedata.normalize("NFKC", value.replace("″", '"').replace("′", "'")).strip()
    signs = _SIGN_PATTERN.findall(text)
    if len(signs) > 1:
        raise ValueError("two hemispheres")
    match = _PARTS.fullmatch(_SIGN_PATTERN.sub("", text).strip())
    if match is None or (signs and match["minus"]):
        raise ValueError("not an angle")
    sign = _SIGNS[signs[0].upper()] if signs else (-1 if match["minus"] == "-" else 1)
    return _finite(sign * _degrees(match["degrees"], match["minutes"], match["seconds"]))


def _degrees(degrees: str, minutes: str | None, seconds: str | None) -> float:
    """Return degrees from their parts; minutes and seconds must be below 60."""
    m, s = float(minutes or 0), float(seconds or 0)
    if m >= 60 or s >= 60 or (minutes and "." in degrees) or (seconds and "." in minutes):  # type: ignore[operator]
        raise ValueError("not an angle")
    return float(degrees) + m / 60 + s / 3600


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value
