"""Forms of the register of assets: the asset, the detail of its kind, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from django import forms
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault
from django.forms.models import modelform_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError as GeometryRefused

from assets.details import DETAIL_MODELS
from assets.forms_condition import ChainageField
from assets.kinds import AssetState
from assets.models import Asset, RoadRoute
from assets.transitions import AssetMove
from sites.access import Scope, code_prefix_condition
from sites.api.geojson import read_geometry
from sites.api.parsers import read_json
from sites.forms import DayInput, DetailForm, FactsForm
from sites.geometry import GEOMETRY_TYPES_BY_KIND
from sites.kinds import OFFICE_ROLES, Kind
from sites.models import Area, Organisation
from sites.problems import Problem

BODIES: Final = ("owner", "upkeep_party", "contractor")
COLUMNS: Final = (
    "code",
    "name",
    "name_en",
    "area",
    "operating_class",
    "visibility",
    "declared_length_m",
    "built_on",
    "warranty_until",
    "cost",
    *BODIES,
    "note",
)
WIDGETS: Final = {
    "built_on": DayInput(),
    "warranty_until": DayInput(),
    "note": forms.Textarea(attrs={"rows": 3}),
}


class AssetForm(FactsForm):
    """The shared facts of an asset; `version` is the one that the person read."""

    own_fields = ("version", "reason")

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=500,
        help_text=_("It stands in the history beside each changed field."),
    )

    class Meta:
        model = Asset
        fields = COLUMNS
        widgets = WIDGETS

    def __init__(self, *args: Any, scope: Scope, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = _areas(scope)  # type: ignore[attr-defined]
        for name in BODIES:
            bodies = Organisation.objects.visible_to(scope).order_by("name")
            self.fields[name].queryset = bodies  # type: ignore[attr-defined]
        if kind != Kind.ROAD:
            del self.fields["declared_length_m"]
        if self.instance._state.adding:
            del self.fields["reason"]


class PlaceForm(forms.Form):
    """Where the asset lies, as a GeoJSON file or text; neither leaves it as it is."""

    file = forms.FileField(
        label=_("GeoJSON file"),
        required=False,
        help_text=_(
            "One geometry in CGCS2000 or WGS 84 degrees (longitude, latitude). A road section is "
            "one line from its first chainage to its last."
        ),
    )
    text = forms.CharField(
        label=_("or GeoJSON as text"),
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, kind: str, is_needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "place", **kwargs})
        self.types = ("LineString",) if kind == Kind.ROAD else GEOMETRY_TYPES_BY_KIND[kind]
        self.is_needed = is_needed
        self.geometry: GEOSGeometry | None = None

    def clean(self) -> dict[str, Any]:
        """Read what was given into `geometry`."""
        values: dict[str, Any] = super().clean() or {}
        upload, text = values.get("file"), values.get("text")
        if upload:
            if (upload.size or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
                limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2
                raise ValidationError(
                    _now("The file is larger than %(limit)s MB.") % {"limit": limit}
                )
            self._read("file", upload.read())
        elif text:
            self._read("text", text.encode())
        elif self.is_needed and not self.errors:
            raise ValidationError(_now("Say where the asset lies: give a file or a text."))
        return values

    def _read(self, field: str, content: bytes) -> None:
        try:
            self.geometry = read_geometry(_only_geometry(read_json(content)), self.types)
        except Problem as error:
            texts = [entry.message for entry in error.errors] or [str(error)]
            self.add_error(field, " ".join(texts))
        except GeometryRefused as error:
            self.add_error(field, [str(text) for text in cast("list[Any]", error.detail)])
        except ValidationError as error:
            self.add_error(field, error)


class AssetMoveForm(forms.Form):
    """A move of the state: only moves that the viewer may make are offered."""

    to_state = forms.ChoiceField(label=_("Move to"))
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, moves: list[AssetMove], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(move.to_state.value, move.to_state.label) for move in moves]
        self.fields["to_state"].choices = offered  # type: ignore[attr-defined]
        needing = [str(move.to_state.label) for move in moves if move.needs_reason]
        if needing:
            self.fields["reason"].help_text = _now("Required for: %(states)s.") % {
                "states": ", ".join(needing)
            }
        if any(move.to_state == AssetState.DECOMMISSIONED for move in moves):
            self.fields["to_state"].help_text = _now(
                "Decommissioning is final and gives the chainage of a road section free."
            )


class SectionDetailForm(DetailForm):
    """The columns of a road section, its ends written as chainages."""

    start_m = ChainageField(label=_("From chainage"))
    end_m = ChainageField(label=_("To chainage"))


def asset_detail_form(
    asset: Asset, scope: Scope, data: Mapping[str, Any] | None = None, **options: Any
) -> DetailForm:
    """Return the form of the asset's kind, bound when `data` is given."""
    model: type[Model] = DETAIL_MODELS[asset.kind]
    columns = [c for c in model._meta.concrete_fields if c.editable and c.name != "asset"]
    is_road = asset.kind == Kind.ROAD
    made = modelform_factory(
        model,
        form=SectionDetailForm if is_road else DetailForm,
        fields=[column.name for column in columns],
        widgets={c.name: DayInput() for c in columns if c.get_internal_type() == "DateField"},
    )
    record = model._default_manager.filter(pk=asset.pk).first() or blank_record(model)
    form = cast("type[DetailForm]", made)(data, instance=record, prefix="detail", **options)
    if is_road:
        routes: Any = form.fields["route"]
        routes.queryset = RoadRoute.objects.visible_to(scope).filter(
            county_code__in=_counties(scope)
        )
        routes.label_from_instance = lambda route: f"{route.route_no} {route.label}"
    return form


def blank_record(model: type[Model], **values: Any) -> Any:
    """Return an unsaved record whose columns hold their defaults.

    Without this, a column with a default of the database holds an object that stands for it, and
    a form would show that object's name.
    """
    record = model(**values)
    for column in model._meta.concrete_fields:
        if isinstance(record.__dict__.get(column.attname), DatabaseDefault):
            setattr(record, column.attname, column.default if column.has_default() else "")
    return record


def _areas(scope: Scope) -> Any:
    found = Area.objects.filter(level__in=["township", "village"], valid_to__isnull=True)
    if not scope.everything:
        found = found.filter(code_prefix_condition("code", scope.area_codes(OFFICE_ROLES)))
    return found.defer("boundary", "centre").order_by("code")


def _counties(scope: Scope) -> Any:
    districts = Area.objects.filter(level="district")
    if scope.everything:
        return districts.values("code")
    own = scope.area_codes(OFFICE_ROLES)
    return districts.filter(code_prefix_condition("code", [code[:6] for code in own])).values(
        "code"
    )


def _only_geometry(value: Any) -> Any:
    """Return the one geometry of a GeoJSON object."""
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        features = value.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise ValidationError(_now("The file must hold exactly one feature."))
        value = features[0]
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = value.get("geometry")
    return value
