"""What a phone may send at once; the same figures stand in the answer of `field/me`."""

from __future__ import annotations

from typing import Final

MOST_OPERATIONS: Final = 100
"""Operations in one push."""
LARGEST_PUSH: Final = 1024 * 1024
"""Bytes of one push."""
