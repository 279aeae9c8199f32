"""What an export holds: whose sites, under which filter, with which fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from maps.layers import LAYERS, LayerDefinition
from sites.access import Scope
from sites.fields import BY_NAME, FIELDS
from sites.filters import ParameterError, SiteFilter
from sites.geometry import STORED_SRID, WEB_MERCATOR_SRID, WGS84_SRID
from sites.models import ProjectSite
from sites.site_field import SiteField

MOST_FIELDS = 100
WRITABLE_SRIDS = frozenset({STORED_SRID, WGS84_SRID, WEB_MERCATOR_SRID, *range(4513, 4555)})
"""CGCS2000 in degrees and in its 3-degree zones, and what the web uses."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """The rows and columns of one export; `srid` is that of the coordinates written."""

    layer: LayerDefinition
    scope: Scope
    chosen: SiteFilter
    fields: tuple[SiteField, ...]
    srid: int = STORED_SRID

    @classmethod
    def of(
        cls,
        scope: Scope,
        chosen: SiteFilter,
        *,
        layer: str = "sites",
        names: Sequence[str] = (),
        srid: int = STORED_SRID,
    ) -> Self:
        """Check the names against the catalogue; raises `ParameterError`."""
        definition = LAYERS.get(layer)
        if definition is None or definition.is_areas:
            raise ParameterError("layer", "unknown_value", _("There is no such layer."))
        if srid not in WRITABLE_SRIDS:
            raise ParameterError(
                "srid", "unknown_value", _("Give 4490, 4326, 3857 or 4513 to 4554.")
            )
        return cls(definition, scope, chosen, _fields(names, scope, definition), srid)

    def sites(self) -> QuerySet[Any]:
        """Return the sites, in no order: sorting would hold back the first of a million."""
        sites = self.chosen.apply(ProjectSite.objects.visible_to(self.scope))
        if self.layer.kind:
            sites = sites.of_kind(self.layer.kind)
        return sites.order_by()


def parse_names(text: str) -> tuple[str, ...]:
    """Return the field names of a comma-separated text, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _fields(names: Sequence[str], scope: Scope, layer: LayerDefinition) -> tuple[SiteField, ...]:
    known = [entry for entry in FIELDS if layer.kind is None or layer.kind in entry.kinds]
    if not names:
        return tuple(entry for entry in known if not entry.restricted)
    if len(names) > MOST_FIELDS:
        raise ParameterError("fields", "too_many_values", _("Too many fields."))
    for name in names:
        entry = BY_NAME.get(name)
        if entry is None or (entry.restricted and not scope.sees_households):
            raise ParameterError(
                "fields",
                "unknown_value",
                _("“%(value)s” is not a field that can be exported.") % {"value": name[:60]},
            )
    return tuple(BY_NAME[name] for name in names if BY_NAME[name] in known)
