"""The form that asks for an export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maps.exports.formats import FORMATS
from maps.layers import LAYERS, Topic
from maps.subjects import SUBJECTS
from sites.access import Scope
from sites.geometry import STORED_SRID, WGS84_SRID
from sites.kinds import Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LAYER_WORDS: dict[str, StrOrPromise] = {
    "sites": _("All sites"),
    "roads": Kind.ROAD.label,
    "village_centres": Kind.VILLAGE_CENTRE.label,
    "water_works": Kind.WATER_WORKS.label,
    "housing": Kind.HOUSING.label,
    "facilities": Kind.FACILITY.label,
    "assets": _("All assets"),
    "road_sections": _("Road sections"),
    "assets_village_centres": _("Village centres (assets)"),
    "assets_water_works": _("Water works (assets)"),
    "assets_housing": _("Houses (assets)"),
    "assets_facilities": _("Facilities (assets)"),
    "structures": _("Structures on roads"),
    "closures": _("Road closures"),
    "defects": _("Defects"),
    "work_orders": _("Work orders"),
    "agreement_scopes": _("What agreements cover"),
    "maintenance_logs": _("Maintenance logs"),
}
"""What each layer that can be exported is called."""


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
    """Layer, format, fields, reference system and reason; the filter comes from the address.

    Offered are the layers of one topic, which share a filter and a catalogue of fields.
    """

    layer = forms.ChoiceField(label=_("Layer"))
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

    def __init__(self, *args: Any, scope: Scope, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        layers = [name for name, layer in LAYERS.items() if layer.topic is topic]
        layer = self.fields["layer"]
        assert isinstance(layer, forms.ChoiceField)  # noqa: S101
        layer.choices = [(name, LAYER_WORDS[name]) for name in layers]
        every = SUBJECTS[topic].fields()
        offered = [entry for entry in every if scope.sees_households or not entry.restricted]
        names = self.fields["names"]
        assert isinstance(names, forms.MultipleChoiceField)  # noqa: S101
        names.choices = [(entry.name, entry.label) for entry in offered]
        names.initial = [entry.name for entry in offered if not entry.restricted]
