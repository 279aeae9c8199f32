"""The columns of an export as expressions on the rows of its layer."""

from __future__ import annotations

from typing import Any

from django.db.models import Func
from django.db.models.expressions import Combinable

from maps.exports.choice import ExportChoice
from sites.geometry import STORED_SRID, WGS84_SRID
from sites.site_field import SiteField

SAME_AS_STORED = frozenset({STORED_SRID, WGS84_SRID})
"""PROJ maps CGCS2000 to WGS 84 without any change, so neither do we."""


class InReferenceSystem(Func):
    """The geometry transformed to another reference system."""

    template = "ST_Transform(%(expressions)s, {srid})"

    def __init__(self, expression: Combinable, srid: int) -> None:
        super().__init__(expression, template=f"ST_Transform(%(expressions)s, {srid:d})")


def value_of(entry: SiteField, choice: ExportChoice) -> Combinable:
    """Return the expression of a field's value."""
    return choice.subject.value_of(entry, choice.scope)


def geometry_of(choice: ExportChoice) -> Any:
    """Return the expression of the shown geometry in the reference system of the export."""
    if choice.srid in SAME_AS_STORED:
        return choice.subject.geometry()
    return InReferenceSystem(choice.subject.geometry(), choice.srid)
