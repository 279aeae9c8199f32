"""The flat properties of a site: the field catalogue as a serializer, and rows as Features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Field, Q, QuerySet
from rest_framework import serializers

from sites.access import Scope
from sites.api.features import FeatureSerializer, feature
from sites.api.fields import (
    AreaField,
    CategoryField,
    GeometryField,
    NumberField,
    OrganisationField,
    ProgrammeField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.geojson import DEPTHS, write_geometry
from sites.api.plain_values import plain
from sites.api.projections import AsRfc7946
from sites.fields import FIELDS, FieldType, SiteField, fields_of
from sites.functions import shown_geometry
from sites.kinds import Kind
from sites.models import Area, HouseholdRecord, ProjectSite

REFERENCES = {
    "area": AreaField,
    "programme": ProgrammeField,
    "category": CategoryField,
}
BODIES = ("owner", "contractor", "supervisor")
"""Organisations: shown by name, written by identifier as `owner_id` and so on."""
COMPUTED = frozenset({"state", "township", "township_name", "delay", "days_late", *BODIES})
REQUIRED = frozenset({"code", "name", "kind", "area", "programme", "year"})
STAGES = ("planned", "actual")


def _writable(entry: SiteField) -> bool:
    return entry.name == "kind" or (entry.writable and entry.name not in COMPUTED)


def _column(path: str) -> Field[Any, Any]:
    model: Any = ProjectSite
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model
    found: Field[Any, Any] = model._meta.get_field(last)
    return found


def _options(entry: SiteField) -> dict[str, Any]:
    if not _writable(entry):
        return {"read_only": True}
    options: dict[str, Any] = {"label": entry.label}
    if entry.name not in REQUIRED:
        options["required"] = False
    return options


def _serializer_field(entry: SiteField) -> serializers.Field[Any, Any, Any, Any]:
    options = _options(entry)
    if entry.name in REFERENCES:
        nullable: dict[str, Any] = (
            {"allow_null": True, "default": None} if entry.name == "category" else {}
        )
        return REFERENCES[entry.name](**nullable)
    if entry.choices:
        return _choice(entry, options)
    if entry.value_type in {FieldType.TEXT, FieldType.CODE}:
        return _text(entry, options)
    plain: dict[FieldType, type[serializers.Field[Any, Any, Any, Any]]] = {
        FieldType.INTEGER: WholeNumberField,
        FieldType.DATE: serializers.DateField,
        FieldType.MOMENT: serializers.DateTimeField,
        FieldType.BOOLEAN: serializers.BooleanField,
        FieldType.DECIMAL: serializers.FloatField,
    }
    if "read_only" in options:
        return plain[entry.value_type](read_only=True, allow_null=True)
    return _nullable(entry, options, plain[entry.value_type])


def _choice(entry: SiteField, options: dict[str, Any]) -> serializers.ChoiceField:
    if "required" in options:
        default = "office" if entry.name == "visibility" else ""
        options = {**options, "default": default, "allow_blank": default == ""}
        options.pop("required")
    elif "read_only" not in options:
        options = {**options, "allow_blank": False}
    assert entry.choices is not None  # noqa: S101  (the caller has looked)
    return serializers.ChoiceField(entry.choices.choices, **options)


def _text(entry: SiteField, options: dict[str, Any]) -> serializers.Field[Any, Any, Any, Any]:
    if "read_only" in options:
        return serializers.CharField(read_only=True, allow_null=entry.name in BODIES)
    if options.pop("required", True) is False:
        default = {"source": "register"}.get(entry.name, "")
        options = {**options, "default": default, "allow_blank": default == ""}
    return TextField(max_length=_column(entry.path).max_length, **options)


def _nullable(
    entry: SiteField,
    options: dict[str, Any],
    field: type[serializers.Field[Any, Any, Any, Any]],
) -> serializers.Field[Any, Any, Any, Any]:
    column: Any = _column(entry.path)
    if options.pop("required", True) is False:
        default = None if column.null else column.get_default()
        options = {**options, "default": default, "allow_null": column.null}
    if entry.value_type is FieldType.DECIMAL:
        return NumberField(
            max_digits=column.max_digits, decimal_places=column.decimal_places, **options
        )
    if entry.value_type is FieldType.INTEGER:
        options |= {"min_value": 0, "max_value": 2_000_000_000}
    return field(**options)


def _members() -> dict[str, Any]:
    members: dict[str, Any] = {entry.name: _serializer_field(entry) for entry in FIELDS}
    members |= {f"{name}_id": OrganisationField(allow_null=True, default=None) for name in BODIES}
    members |= {
        f"{stage}_geometry": GeometryField(types=DEPTHS, allow_null=True, required=False)
        for stage in STAGES
    }
    members["geometry_is"] = serializers.ChoiceField(STAGES, required=False, allow_null=True)
    members["version"] = serializers.IntegerField(read_only=True)
    return members


SiteProperties = type(
    "SiteProperties",
    (StrictSerializer,),
    {"__doc__": "The flat properties of a site; each kind has its own beside the shared ones."}
    | _members(),
)


class SiteFeature(FeatureSerializer):
    """A site as a Feature; the geometry is the actual one, else the planned one."""

    geometry = GeometryField(types=DEPTHS, allow_null=True, required=False)
    properties = SiteProperties()


@cache
def paths_of(kind: str) -> tuple[tuple[str, str], ...]:
    """Return name and ORM path of each open field of a kind."""
    return tuple(
        (entry.name, entry.path)
        for entry in fields_of(kind)
        if not entry.restricted and entry.name != "township_name"
    )


def with_columns(sites: QuerySet[Any], *, geometry: bool, stages: bool) -> QuerySet[Any]:
    """Return rows as dictionaries of every column that a Feature shows.

    `stages` adds the planned and the actual geometry beside the shown one.
    """
    columns = {path for kind in Kind.values for _name, path in paths_of(kind)}
    columns |= {"id", "version", "owner_organisation_id", "contractor_id", "supervisor_id"}
    texts: dict[str, Any] = {}
    if geometry:
        texts["shown_text"] = AsRfc7946(shown_geometry())
    if stages:
        texts |= {f"{stage}_text": AsRfc7946(f"{stage}_geometry") for stage in STAGES}
    return sites.values(*sorted(columns), has_actual=_has_actual(), **texts)


def _has_actual() -> ExpressionWrapper[Q]:
    return ExpressionWrapper(Q(actual_geometry__isnull=False), output_field=BooleanField())


def site_features(rows: Sequence[dict[str, Any]], scope: Scope) -> list[dict[str, Any]]:
    """Return rows of `with_columns` as Features, with two queries for all of them at most."""
    townships = _township_names({row["township_code"] for row in rows})
    households = _household_references(rows, scope)
    return [
        feature(
            row["id"],
            write_geometry(row.get("shown_text")),
            _properties(row, townships) | households.get(row["id"], {}),
        )
        for row in rows
    ]


def _properties(row: dict[str, Any], townships: dict[str, str]) -> dict[str, Any]:
    shown = {name: plain(row[path]) for name, path in paths_of(row["kind"])}
    shown["township_name"] = townships.get(row["township_code"], "")
    shown["owner_id"] = plain(row["owner_organisation_id"])
    shown["contractor_id"] = plain(row["contractor_id"])
    shown["supervisor_id"] = plain(row["supervisor_id"])
    shown["geometry_is"] = "actual" if row["has_actual"] else "planned"
    for stage in STAGES:
        if f"{stage}_text" in row:
            shown[f"{stage}_geometry"] = write_geometry(row[f"{stage}_text"])
    shown["version"] = row["version"]
    return shown


def _township_names(codes: Iterable[str]) -> dict[str, str]:
    areas = Area.objects.filter(code__in=set(codes), level="township").order_by("valid_from")
    return {area.code: area.label for area in areas.only("code", "name", "name_en")}


def _household_references(
    rows: Sequence[dict[str, Any]], scope: Scope
) -> dict[Any, dict[str, str]]:
    houses = [row["id"] for row in rows if row["kind"] == Kind.HOUSING]
    if not houses or not scope.sees_households:
        return {}
    records = HouseholdRecord.objects.visible_to(scope).filter(site__in=houses)
    return {
        pk: {"household_reference": reference}
        for pk, reference in records.values_list("site_id", "reference")
    }
