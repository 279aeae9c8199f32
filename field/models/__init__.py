"""The tables of the `field` app."""

from __future__ import annotations

from field.models.feed import FeedEntry
from field.models.operation import FieldOperation

__all__ = ["FeedEntry", "FieldOperation"]
