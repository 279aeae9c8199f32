"""The form that asks for an export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maps.exports.formats import FORMATS
from maps.layers import LAYERS
from sites.access import Scope
from sites.fields import FIELDS
from sites.geometry import STORED_SRID, WGS84_SRID
from sites.kinds import Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LAYER_WORDS: dict[Kind | None, StrOrPromise] = {
    None: _("All sites"),
    **{kind: kind.label for kind in Kind},
}


def _systems() -> list[tuple[int, Any]]:
    zones = [
        (4534 + number, _("CGCS2000 3-degree zone, central meridian %(east)s°E") % {"east": east})
        for number, east in enumerate(range(75, 136, 3))
    ]
    return [
        (STORED_SRID, _("CGCS2000, longitude and latitude")),
        (WGS84_SRID, _("WGS 84, longitude and latitude")),
        *zones,
    ]


class ExportForm(forms.Form):
    """Layer, format, fields, reference system and reason; the filter comes from the address."""

    layer = forms.ChoiceField(
        label=_("Layer"),
        choices=[(n, LAYER_WORDS[x.kind]) for n, x in LAYERS.items() if not x.is_areas],
        initial="sites",
    )
    form = forms.ChoiceField(
        label=_("Format"),
        choices=[(entry.code, entry.label) for entry in FORMATS.values()],
        initial="gpkg",
    )
    srid = forms.TypedChoiceField(
        label=_("Reference system"), choices=_systems, coerce=int, initial=STORED_SRID
    )
    names = forms.MultipleChoiceField(
        label=_("Fields"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        offered = [entry for entry in FIELDS if scope.sees_households or not entry.restricted]
        names = self.fields["names"]
        assert isinstance(names, forms.MultipleChoiceField)  # noqa: S101
        names.choices = [(entry.name, entry.label) for entry in offered]
        names.initial = [entry.name for entry in offered if not entry.restricted]
