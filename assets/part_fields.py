"""The catalogues of fields that closures and structures have outside, for exports.

A `path` is an ORM path from the row; the fields without one have an expression in `part_value`.
"""

from __future__ import annotations

from typing import Final

from django.db.models import F
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from assets.field_values import ChainageText, FromTo
from assets.kinds import ClosureKind, StructureKind
from sites.site_field import FieldType, SiteField

_N, _D, _C, _CODE = FieldType.DECIMAL, FieldType.DATE, FieldType.CHOICE, FieldType.CODE
_I, _B = FieldType.INTEGER, FieldType.BOOLEAN

ASSET_OF_ROW: Final[tuple[SiteField, ...]] = (
    SiteField("asset", _("Asset (identifier)"), "asset_id", _CODE),
    SiteField("asset_code", _("Code of the asset"), "asset__code", _CODE),
    SiteField("asset_name", _("Asset"), "asset__name"),
)
"""The asset that a row belongs to."""

_PLACE: Final[tuple[SiteField, ...]] = (
    *ASSET_OF_ROW,
    SiteField("route_no", _("Route number"), "asset__road_section__route__route_no", _CODE),
    SiteField("area", _("Area"), "asset__area_code", _CODE),
    SiteField("township", _("Township"), "asset__township_code", _CODE),
    SiteField("township_name", _("Township name"), ""),
)

CLOSURE_FIELDS: Final[tuple[SiteField, ...]] = (
    SiteField("kind", _("Kind"), "kind", _C, choices=ClosureKind),
    *_PLACE,
    SiteField("start_m", _("From chainage (m)"), "start_m", _N),
    SiteField("end_m", _("To chainage (m)"), "end_m", _N),
    SiteField("stretch", _("Stretch"), ""),
    SiteField("from_date", _("From"), "from_date", _D),
    SiteField("until_date", _("Until"), "until_date", _D),
    SiteField("reason", _("Reason"), "reason"),
    SiteField("detour", _("Detour"), "detour"),
    SiteField("is_public", _("Shown to the public"), "is_public", _B),
)
STRUCTURE_FIELDS: Final[tuple[SiteField, ...]] = (
    SiteField("kind", _("Kind"), "kind", _C, choices=StructureKind),
    SiteField("code", _("Code"), "code", _CODE),
    SiteField("name", _("Name"), "name"),
    SiteField("name_en", _("English name"), "name_en"),
    *_PLACE,
    SiteField("chainage_m", _("Chainage (m)"), "chainage_m", _N),
    SiteField("chainage", _("Chainage"), ""),
    SiteField("length_m", _("Length (m)"), "length_m", _N),
    SiteField("span_m", _("Span (m)"), "span_m", _N),
    SiteField("rating_class", _("Technical condition class (1 to 5)"), "rating_class", _I),
    SiteField("needs_review", _("Needs review"), "needs_review", _B),
)


def part_value(entry: SiteField) -> Combinable:
    """Return the expression of a field's value; the township's name is for callers to find."""
    return chainage_value(entry.name) or F(entry.path)


def chainage_value(name: str) -> Combinable | None:
    """Return the text of a row's chainage (`K1+200`) or stretch; None for any other field."""
    if name == "chainage":
        return ChainageText("chainage_m")
    if name == "stretch":
        return FromTo(ChainageText("start_m"), ChainageText("end_m"))
    return None
