"""The catalogue of fields that an asset has outside: names, types, words and where they are kept.

API, list, history and exports take their names from here. A `path` is an ORM path from `Asset`;
the fields named in `COMPUTED` have an expression instead, see `assets/field_values.py`.
`restricted` fields are for the office alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assets.kinds import AllSeasonBasis, AssetState, OperatingClass, WaterSource
from sites.kinds import (
    DangerGrade,
    FacilityKind,
    HousingMethod,
    Kind,
    Pavement,
    RoadClass,
    TechnicalClass,
    Visibility,
    WaterWorksKind,
)
from sites.site_field import FieldType, SiteField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_ROAD = frozenset({Kind.ROAD.value})
_CENTRE = frozenset({Kind.VILLAGE_CENTRE.value})
_WATER = frozenset({Kind.WATER_WORKS.value})
_HOUSING = frozenset({Kind.HOUSING.value})
_FACILITY = frozenset({Kind.FACILITY.value})
_D, _N, _I, _C = FieldType.DATE, FieldType.DECIMAL, FieldType.INTEGER, FieldType.CHOICE
_T, _CODE, _B = FieldType.TEXT, FieldType.CODE, FieldType.BOOLEAN

COMPUTED: Final = frozenset({"chainage", "sites", "township_name"})
"""Fields without a column of their own."""

SHARED_FIELDS: Final[tuple[SiteField, ...]] = (
    SiteField("code", _("Code"), "code", _CODE),
    SiteField("name", _("Name"), "name"),
    SiteField("name_en", _("English name"), "name_en"),
    SiteField("kind", _("Kind"), "kind", _C, choices=Kind),
    SiteField("state", _("State"), "state", _C, choices=AssetState, writable=False),
    SiteField(
        "operating_class", _("Operating class"), "operating_class", _C, choices=OperatingClass
    ),
    SiteField("visibility", _("Visibility"), "visibility", _C, choices=Visibility),
    SiteField("area", _("Area"), "area_code", _CODE),
    SiteField("township", _("Township"), "township_code", _CODE, writable=False),
    SiteField("township_name", _("Township name"), "township_name", writable=False),
    SiteField("owner", _("Owner (identifier)"), "owner_id", _CODE),
    SiteField("owner_name", _("Owner"), "owner__name", writable=False),
    SiteField("upkeep_party", _("Upkeep party (identifier)"), "upkeep_party_id", _CODE),
    SiteField("upkeep_party_name", _("Upkeep party"), "upkeep_party__name", writable=False),
    SiteField("contractor", _("Contractor (identifier)"), "contractor_id", _CODE),
    SiteField("contractor_name", _("Contractor"), "contractor__name", writable=False),
    SiteField("declared_length_m", _("Declared length (m)"), "declared_length_m", _N),
    SiteField(
        "measured_length_m", _("Measured length (m)"), "measured_length_m", _N, writable=False
    ),
    SiteField("measured_area_m2", _("Measured area (m²)"), "measured_area_m2", _N, writable=False),
    SiteField("built_on", _("Built on"), "built_on", _D),
    SiteField("warranty_until", _("Warranty until"), "warranty_until", _D),
    SiteField("cost", _("Cost (yuan)"), "cost", _N),
    SiteField("sites", _("Project sites"), "sites", _CODE),
    SiteField("plate_code", _("Plate code"), "plate_code", _CODE, writable=False, restricted=True),
    SiteField("note", _("Note"), "note"),
    SiteField("updated_at", _("Updated at"), "updated_at", FieldType.MOMENT, writable=False),
)

_ROAD_FIELDS: Final[tuple[SiteField, ...]] = (
    SiteField("route", _("Route (identifier)"), "road_section__route_id", _CODE, _ROAD),
    SiteField(
        "route_no",
        _("Route number"),
        "road_section__route__route_no",
        _CODE,
        _ROAD,
        writable=False,
    ),
    SiteField(
        "county_code",
        _("County code"),
        "road_section__route__county_code",
        _CODE,
        _ROAD,
        writable=False,
    ),
    SiteField(
        "route_name", _("Route name"), "road_section__route__name", _T, _ROAD, writable=False
    ),
    SiteField(
        "road_class",
        _("Road class"),
        "road_section__route__road_class",
        _C,
        _ROAD,
        RoadClass,
        writable=False,
    ),
    SiteField("start_m", _("From chainage (m)"), "road_section__start_m", _N, _ROAD),
    SiteField("end_m", _("To chainage (m)"), "road_section__end_m", _N, _ROAD),
    SiteField("chainage", _("Stretch"), "chainage", _T, _ROAD, writable=False),
    SiteField(
        "technical_class",
        _("Technical class"),
        "road_section__technical_class",
        _C,
        _ROAD,
        TechnicalClass,
    ),
    SiteField("pavement", _("Pavement"), "road_section__pavement", _C, _ROAD, Pavement),
    SiteField(
        "roadbed_width_m", _("Roadbed width (m)"), "road_section__roadbed_width_m", _N, _ROAD
    ),
    SiteField(
        "pavement_width_m", _("Pavement width (m)"), "road_section__pavement_width_m", _N, _ROAD
    ),
    SiteField("lanes", _("Lanes"), "road_section__lanes", _I, _ROAD),
    SiteField(
        "design_speed_kmh", _("Design speed (km/h)"), "road_section__design_speed_kmh", _I, _ROAD
    ),
    SiteField("opened_on", _("Opened on"), "road_section__opened_on", _D, _ROAD),
    SiteField("renewed_on", _("Renewed on"), "road_section__renewed_on", _D, _ROAD),
    SiteField("is_all_season", _("Passable all year"), "road_section__is_all_season", _B, _ROAD),
    SiteField(
        "all_season_basis",
        _("Basis of the statement"),
        "road_section__all_season_basis",
        _C,
        _ROAD,
        AllSeasonBasis,
    ),
)


def _water(
    name: str,
    label: StrOrPromise,
    value_type: FieldType,
    choices: type[TextChoices] | None = None,
    *,
    writable: bool = True,
) -> SiteField:
    path = f"water_works__{name}"
    return SiteField(name, label, path, value_type, _WATER, choices, writable=writable)


_WATER_FIELDS: Final[tuple[SiteField, ...]] = (
    _water("works_kind", _("Works kind"), _C, WaterWorksKind),
    _water("capacity_m3_per_day", _("Capacity (m³/d)"), _N),
    _water("scale_class", _("Scale class"), _CODE, writable=False),
    _water("supply_m3_per_day", _("Actual supply (m³/d)"), _N),
    _water("water_source", _("Water source"), _C, WaterSource),
    _water("people_served", _("People served"), _I),
    _water("households", _("Households in the service area"), _I),
    _water("connected_households", _("Connected households"), _I),
    _water("schools_served", _("Schools served"), _I),
    _water("litres_per_person_day", _("Supply per person (L/d)"), _N),
    _water("shortage_days_per_year", _("Days of shortage a year"), _I),
    _water("is_round_the_clock", _("Supplies 24 hours"), _B),
    _water("tap_at_home", _("Tap in the house or yard"), _B),
    _water("fetch_minutes", _("Minutes to fetch water"), _I),
    _water("fetch_distance_m", _("Distance to fetch water (m)"), _I),
    _water("fetch_climb_m", _("Climb to fetch water (m)"), _I),
    _water("has_treatment", _("Treatment"), _B),
    _water("has_disinfection", _("Disinfection"), _B),
    _water("tariff_yuan_per_m3", _("Tariff (yuan/m³)"), _N),
    _water("collection_percent", _("Tariff collected (%)"), _N),
    _water("loss_percent", _("Losses (%)"), _N),
)

_OTHER_FIELDS: Final[tuple[SiteField, ...]] = (
    SiteField("centre_households", _("Households"), "village_centre__households", _I, _CENTRE),
    SiteField("centre_people", _("People"), "village_centre__people", _I, _CENTRE),
    SiteField("danger_grade", _("Danger grade"), "house__danger_grade", _C, _HOUSING, DangerGrade),
    SiteField("method", _("Method"), "house__method", _C, _HOUSING, HousingMethod),
    SiteField("floor_area_m2", _("Floor area (m²)"), "house__floor_area_m2", _N, _HOUSING),
    SiteField("housing_households", _("Households"), "house__households", _I, _HOUSING),
    SiteField(
        "facility_kind", _("Facility kind"), "facility__facility_kind", _C, _FACILITY, FacilityKind
    ),
)
KIND_FIELDS: Final[tuple[SiteField, ...]] = (*_ROAD_FIELDS, *_WATER_FIELDS, *_OTHER_FIELDS)
FIELDS: Final[tuple[SiteField, ...]] = (*SHARED_FIELDS, *KIND_FIELDS)
BY_NAME: Final[Mapping[str, SiteField]] = {entry.name: entry for entry in FIELDS}


def fields_of(kind: str | None) -> tuple[SiteField, ...]:
    """Return the fields of one kind, or of all kinds, in their fixed order."""
    return FIELDS if kind is None else tuple(entry for entry in FIELDS if kind in entry.kinds)
