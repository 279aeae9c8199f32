"""What an export holds: whose rows, under which filter, with which fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from maps.layers import EXPORT_LAYERS, LAYERS, LayerDefinition
from maps.subjects import Subject, subject_of
from sites.access import Scope
from sites.filters import ParameterError
from sites.geometry import STORED_SRID, WEB_MERCATOR_SRID, WGS84_SRID
from sites.site_field import SiteField

MOST_FIELDS = 100
WRITABLE_SRIDS = frozenset({STORED_SRID, WGS84_SRID, WEB_MERCATOR_SRID, *range(4513, 4555)})
"""CGCS2000 in degrees and in its 3-degree zones, and what the web uses."""


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """The rows and columns of one export; `srid` is that of the coordinates written.

    `chosen` is the filter that the layer's subject read.
    """

    layer: LayerDefinition
    scope: Scope
    chosen: Any
    fields: tuple[SiteField, ...]
    srid: int = STORED_SRID

    @classmethod
    def of(
        cls,
        scope: Scope,
        chosen: Any,
        *,
        layer: str = "sites",
        names: Sequence[str] = (),
        srid: int = STORED_SRID,
    ) -> Self:
        """Check the names against the catalogue; raises `ParameterError`."""
        definition = export_layer(layer)
        if srid not in WRITABLE_SRIDS:
            raise ParameterError(
                "srid", "unknown_value", _("Give 4490, 4326, 3857 or 4513 to 4554.")
            )
        return cls(definition, scope, chosen, _fields(names, scope, definition), srid)

    @property
    def subject(self) -> Subject:
        """What the layer holds."""
        return subject_of(self.layer)

    def rows(self) -> QuerySet[Any]:
        """Return the rows, in no order: sorting would hold back the first of a million."""
        rows = self.subject.rows(self.scope, self.chosen)
        if self.layer.kind:
            rows = rows.filter(kind=self.layer.kind)
        return rows.order_by()


def export_layer(name: str) -> LayerDefinition:
    """Return the layer of a name; raises `ParameterError`."""
    if name not in EXPORT_LAYERS:
        raise ParameterError("layer", "unknown_value", _("There is no such layer."))
    return LAYERS[name]


def read_filter(layer: LayerDefinition, params: QueryDict) -> Any:
    """Read the filter of an export's layer; raises `ParameterError`, also for unknown names."""
    subject = subject_of(layer)
    for name in params:
        if name not in subject.names():
            raise ParameterError(
                name, "unknown_parameter", _("There is no parameter of this name.")
            )
    return subject.read(params)


def parse_names(text: str) -> tuple[str, ...]:
    """Return the field names of a comma-separated text, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _fields(names: Sequence[str], scope: Scope, layer: LayerDefinition) -> tuple[SiteField, ...]:
    known = subject_of(layer).fields(layer.kind)
    if not names:
        return tuple(entry for entry in known if not entry.restricted)
    if len(names) > MOST_FIELDS:
        raise ParameterError("fields", "too_many_values", _("Too many fields."))
    every = {entry.name: entry for entry in subject_of(layer).fields()}
    for name in names:
        entry = every.get(name)
        if entry is None or (entry.restricted and not scope.sees_households):
            raise ParameterError(
                "fields",
                "unknown_value",
                _("“%(value)s” is not a field that can be exported.") % {"value": name[:60]},
            )
    return tuple(every[name] for name in names if every[name] in known)
