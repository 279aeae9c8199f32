"""What a field of a site is, outside the service."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.db.models import TextChoices
from django.utils.functional import Promise

from sites.kinds import Kind


class FieldType(Enum):
    """How a field's value is read and written."""

    TEXT = "text"
    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    BOOLEAN = "boolean"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class SiteField:
    """One field of a site outside the service.

    `path` is the ORM path from `ProjectSite`; `writable` is false for what the register computes.
    `factors` maps a unit found in a heading to the factor that gives the field's own unit.
    """

    name: str
    label: str | Promise
    path: str
    value_type: FieldType = FieldType.TEXT
    kinds: frozenset[str] = frozenset(Kind.values)
    choices: type[TextChoices] | None = None
    choice_words: Mapping[str, str] = field(default_factory=dict)
    synonyms: tuple[str, ...] = ()
    factors: Mapping[str, float] = field(default_factory=dict)
    writable: bool = True
    restricted: bool = False


def normalise_heading(text: str) -> str:
    """Return a heading without case, spaces, brackets and punctuation, for comparison.

    >>> normalise_heading("灌溉面积 (亩)"), normalise_heading("Length_km")
    ('灌溉面积亩', 'lengthkm')
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return re.sub(r"[\s_\-()\[\]{}·.,:;/\\]+", "", plain)
