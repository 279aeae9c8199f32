"""The flat properties of an asset: the field catalogue as a serializer, and rows as Features."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from django.db.models import Field, QuerySet
from rest_framework import serializers

from assets.api.asset_references import RouteField, SourceSitesField
from assets.chainage import ChainageRange
from assets.fields import COMPUTED, FIELDS, fields_of
from assets.kinds import AssetState
from assets.models import Asset, AssetSource
from sites.access import Scope
from sites.api.features import FeatureSerializer, feature
from sites.api.fields import (
    AreaField,
    GeometryField,
    NumberField,
    OrganisationField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.geojson import DEPTHS, write_geometry
from sites.api.plain_values import plain
from sites.api.projections import AsRfc7946
from sites.kinds import Kind
from sites.models import ProjectSite
from sites.site_field import FieldType, SiteField
from sites.townships import township_names

BODIES: Final = ("owner", "upkeep_party", "contractor")
REQUIRED: Final = frozenset({"code", "name", "kind", "area"})
LARGEST_COUNT: Final = 2_000_000_000
READ_ONLY: Final[Mapping[FieldType, type[serializers.Field[Any, Any, Any, Any]]]] = {
    FieldType.TEXT: serializers.CharField,
    FieldType.CODE: serializers.CharField,
    FieldType.INTEGER: serializers.IntegerField,
    FieldType.DECIMAL: serializers.FloatField,
    FieldType.DATE: serializers.DateField,
    FieldType.MOMENT: serializers.DateTimeField,
    FieldType.BOOLEAN: serializers.BooleanField,
}


def _column(path: str) -> Field[Any, Any]:
    model: Any = Asset
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    found: Field[Any, Any] = model._meta.get_field(last)
    return found


def _default(column: Any) -> Any:
    """Return a column's default; `get_default` would answer the database's own as an object."""
    return column.default if column.has_default() else None


def _member(entry: SiteField) -> serializers.Field[Any, Any, Any, Any]:
    if entry.name in _REFERENCES:
        return _REFERENCES[entry.name]()
    if entry.name == "state":
        return serializers.ChoiceField(AssetState.choices, required=False)
    if not entry.writable:
        if entry.choices:
            return serializers.ChoiceField(entry.choices.choices, read_only=True)
        return READ_ONLY[entry.value_type](read_only=True, allow_null=True)
    required = entry.name in REQUIRED
    if entry.choices:
        return _choice(entry, required=required)
    return _value(entry, required=required)


def _choice(entry: SiteField, *, required: bool) -> serializers.ChoiceField:
    words: Any = entry.choices
    if required:
        return serializers.ChoiceField(words.choices)
    default = _default(_column(entry.path)) or ""
    return serializers.ChoiceField(words.choices, default=default, allow_blank=default == "")


def _value(entry: SiteField, *, required: bool) -> serializers.Field[Any, Any, Any, Any]:
    column: Any = _column(entry.path)
    if entry.value_type in {FieldType.TEXT, FieldType.CODE}:
        text: dict[str, Any] = {} if required else {"default": "", "allow_blank": True}
        return TextField(max_length=column.max_length, **text)
    options: dict[str, Any] = {"default": _default(column), "allow_null": column.null}
    if entry.name in {"start_m", "end_m"}:
        options = {"required": False}
    if entry.value_type is FieldType.DECIMAL:
        return NumberField(
            max_digits=column.max_digits, decimal_places=column.decimal_places, **options
        )
    if entry.value_type is FieldType.INTEGER:
        return WholeNumberField(min_value=0, max_value=LARGEST_COUNT, **options)
    if entry.value_type is FieldType.DATE:
        return serializers.DateField(**options)
    return serializers.BooleanField(**options)


_REFERENCES: Final[Mapping[str, Callable[[], serializers.Field[Any, Any, Any, Any]]]] = {
    "area": AreaField,
    "route": lambda: RouteField(required=False),
    "sites": lambda: SourceSitesField(required=False),
    **{name: lambda: OrganisationField(allow_null=True, default=None) for name in BODIES},
}

AssetProperties = type(
    "AssetProperties",
    (StrictSerializer,),
    {"__doc__": "The flat properties of an asset; each kind has its own beside the shared ones."}
    | {entry.name: _member(entry) for entry in FIELDS}
    | {"version": serializers.IntegerField(read_only=True)},
)


class AssetFeature(FeatureSerializer):
    """An asset as a Feature; a road section is one line from its first chainage to its last."""

    geometry = GeometryField(types=DEPTHS, required=True)
    properties = AssetProperties()


@cache
def paths_of(kind: str) -> tuple[tuple[str, str], ...]:
    """Return name and ORM path of each field of a kind that is a column and not restricted."""
    return tuple(
        (entry.name, entry.path)
        for entry in fields_of(kind)
        if not entry.restricted and entry.name not in COMPUTED
    )


def with_columns(assets: QuerySet[Any], *, geometry: bool) -> QuerySet[Any]:
    """Return rows as dictionaries of every column that a Feature shows."""
    columns = {path for kind in Kind.values for _name, path in paths_of(kind)}
    columns |= {"id", "version", "plate_code"}
    texts = {"geometry_text": AsRfc7946("geometry")} if geometry else {}
    return assets.values(*sorted(columns), **texts)


def asset_features(rows: Sequence[dict[str, Any]], scope: Scope) -> list[dict[str, Any]]:
    """Return rows of `with_columns` as Features, with two queries for all of them."""
    townships = township_names(row["township_code"] for row in rows)
    sources = source_codes([row["id"] for row in rows], scope)
    found = []
    for row in rows:
        shown = {name: plain(row[path]) for name, path in paths_of(row["kind"])}
        shown["township_name"] = townships.get(row["township_code"], "")
        shown["sites"] = sources.get(row["id"], [])
        if row["kind"] == Kind.ROAD:
            shown["chainage"] = _stretch(row)
        if scope.covers_area(row["area_code"]):
            shown["plate_code"] = row["plate_code"]
        shown["version"] = row["version"]
        found.append(feature(row["id"], write_geometry(row.get("geometry_text")), shown))
    return found


def source_codes(keys: Sequence[Any], scope: Scope) -> dict[Any, list[str]]:
    """Return the codes of the source sites that the scope sees, by asset."""
    seen = ProjectSite.objects.visible_to(scope).values("pk")
    sources = AssetSource.objects.filter(asset__in=keys, site__in=seen)
    found: dict[Any, list[str]] = {}
    for asset, code in sources.order_by("site__code").values_list("asset_id", "site__code"):
        found.setdefault(asset, []).append(code)
    return found


def _stretch(row: Mapping[str, Any]) -> str | None:
    start, end = row["road_section__start_m"], row["road_section__end_m"]
    return None if start is None else str(ChainageRange(start, end))
