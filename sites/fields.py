"""The catalogue of fields that a site has outside: names, types, words and where they are kept.

Import, export, API, list and history take their names from here, so that what goes out comes in.
`synonyms` are headings that surveyors and offices use for the same thing; they are compared after
`normalise_heading`.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from sites.field_words import (
    DANGER_WORDS,
    FACILITY_WORDS,
    HOUSEHOLD_GROUP_WORDS,
    HOUSING_METHOD_WORDS,
    LENGTH_FACTORS,
    PAVEMENT_WORDS,
    ROAD_CLASS_WORDS,
    STATE_WORDS,
    TECHNICAL_CLASS_WORDS,
    WATER_WORDS,
)
from sites.kinds import (
    DangerGrade,
    FacilityKind,
    HouseholdGroup,
    HousingMethod,
    Kind,
    Pavement,
    RoadClass,
    State,
    TechnicalClass,
    Visibility,
    WaterWorksKind,
)
from sites.site_field import FieldType, SiteField, normalise_heading

__all__ = [
    "BY_NAME",
    "FIELDS",
    "FieldType",
    "SiteField",
    "fields_of",
    "normalise_heading",
]

_ROAD = frozenset({Kind.ROAD.value})
_CENTRE = frozenset({Kind.VILLAGE_CENTRE.value})
_WATER = frozenset({Kind.WATER_WORKS.value})
_HOUSING = frozenset({Kind.HOUSING.value})
_FACILITY = frozenset({Kind.FACILITY.value})
_D, _N, _I, _C = FieldType.DATE, FieldType.DECIMAL, FieldType.INTEGER, FieldType.CHOICE

SHARED_FIELDS: tuple[SiteField, ...] = (
    SiteField(
        "code",
        _("Code"),
        "code",
        FieldType.CODE,
        synonyms=(
            "编号",
            "项目点编号",
            "site_code",
            "id",
            "work_id",
            "channel_id",
            "centre_id",
            "site_id",
            "road_code",
            "路线编码",
            "路线代码",
        ),
    ),
    SiteField(
        "name",
        _("Name"),
        "name",
        synonyms=("名称", "项目名称", "项目点名称", "村名", "路名", "路线名称", "nam", "名字"),
    ),
    SiteField("name_en", _("English name"), "name_en", synonyms=("英文名称", "english_name")),
    SiteField("kind", _("Kind"), "kind", _C, choices=Kind, writable=False),
    SiteField(
        "state",
        _("State"),
        "state",
        _C,
        choices=State,
        choice_words=STATE_WORDS,
        synonyms=("状态", "项目状态", "进展状态", "status"),
    ),
    SiteField("programme", _("Programme"), "programme__code", FieldType.CODE),
    SiteField("year", _("Year"), "year", _I, synonyms=("年度", "年份", "实施年度", "batch_year")),
    SiteField(
        "area",
        _("Area"),
        "area_code",
        FieldType.CODE,
        synonyms=("区划代码", "村代码", "village_code", "area_code", "行政区划代码"),
    ),
    SiteField(
        "township",
        _("Township"),
        "township_code",
        FieldType.CODE,
        synonyms=("town_code", "乡镇代码", "township_code"),
    ),
    SiteField("township_name", _("Township name"), "township_name", writable=False),
    SiteField(
        "category",
        _("Category"),
        "category__code",
        FieldType.CODE,
        synonyms=("类别", "category_code"),
    ),
    SiteField(
        "declared_length_m",
        _("Declared length (m)"),
        "declared_length_m",
        _N,
        synonyms=(
            "长度",
            "里程",
            "上报长度",
            "申报长度",
            "register_km",
            "declared_km",
            "length_km",
            "length",
            "len_km",
            "长度m",
            "长度公里",
            "里程公里",
            "长度km",
        ),
        factors=LENGTH_FACTORS,
    ),
    SiteField(
        "measured_length_m", _("Measured length (m)"), "measured_length_m", _N, writable=False
    ),
    SiteField("measured_area_m2", _("Measured area (m²)"), "measured_area_m2", _N, writable=False),
    SiteField(
        "planned_start",
        _("Planned start"),
        "planned_start",
        _D,
        synonyms=("计划开工", "计划开工日期"),
    ),
    SiteField(
        "planned_finish",
        _("Planned finish"),
        "planned_finish",
        _D,
        synonyms=("计划完工", "计划完工日期", "计划竣工日期", "planned_end"),
    ),
    SiteField(
        "actual_start",
        _("Actual start"),
        "actual_start",
        _D,
        synonyms=("开工日期", "实际开工", "start_date"),
    ),
    SiteField(
        "actual_finish",
        _("Actual finish"),
        "actual_finish",
        _D,
        synonyms=("完工日期", "实际完工", "竣工日期", "actual_end"),
    ),
    SiteField(
        "progress_percent",
        _("Progress (%)"),
        "progress_percent",
        _N,
        synonyms=("进度", "形象进度", "progress_pct", "进度%"),
    ),
    SiteField("delay", _("Delay"), "delay", FieldType.TEXT, writable=False),
    SiteField("days_late", _("Days late"), "days_late", _I, writable=False),
    SiteField("key_plan", _("Key plan"), "is_key_plan", FieldType.BOOLEAN, synonyms=("重点方案",)),
    SiteField("visibility", _("Visibility"), "visibility", _C, choices=Visibility),
    SiteField("owner", _("Owner"), "owner_organisation__name", synonyms=("产权单位", "业主单位")),
    SiteField("contractor", _("Contractor"), "contractor__name", synonyms=("施工单位", "承包单位")),
    SiteField("supervisor", _("Supervisor"), "supervisor__name", synonyms=("监理单位", "监督单位")),
    SiteField("note", _("Note"), "note", synonyms=("备注", "说明", "remark")),
    SiteField("source", _("Source"), "source", FieldType.CODE),
    SiteField(
        "source_id",
        _("Identifier in the source"),
        "source_id",
        FieldType.CODE,
        synonyms=("osm_id", "fid_src", "原始编号"),
    ),
    SiteField("updated_at", _("Updated at"), "updated_at", FieldType.MOMENT, writable=False),
)

KIND_FIELDS: tuple[SiteField, ...] = (
    SiteField(
        "route_code",
        _("Route code"),
        "road__route_code",
        FieldType.CODE,
        _ROAD,
        synonyms=("路线编码", "路线代码", "road_code", "路线编号"),
    ),
    SiteField(
        "road_class",
        _("Road class"),
        "road__road_class",
        _C,
        _ROAD,
        RoadClass,
        ROAD_CLASS_WORDS,
        ("行政等级", "路线等级", "admin_class", "adm_class"),
    ),
    SiteField(
        "technical_class",
        _("Technical class"),
        "road__technical_class",
        _C,
        _ROAD,
        TechnicalClass,
        TECHNICAL_CLASS_WORDS,
        ("技术等级", "tech_grade"),
    ),
    SiteField(
        "pavement",
        _("Pavement"),
        "road__pavement",
        _C,
        _ROAD,
        Pavement,
        PAVEMENT_WORDS,
        ("路面类型", "路面", "surface", "pavement_type"),
    ),
    SiteField(
        "roadbed_width_m",
        _("Roadbed width (m)"),
        "road__roadbed_width_m",
        _N,
        _ROAD,
        synonyms=("路基宽度", "路基宽"),
    ),
    SiteField(
        "pavement_width_m",
        _("Pavement width (m)"),
        "road__pavement_width_m",
        _N,
        _ROAD,
        synonyms=("路面宽度", "路面宽", "width_m", "宽度"),
    ),
    SiteField(
        "start_name",
        _("From"),
        "road__start_name",
        FieldType.TEXT,
        _ROAD,
        synonyms=("起点", "起点名称", "from_name"),
    ),
    SiteField(
        "end_name",
        _("To"),
        "road__end_name",
        FieldType.TEXT,
        _ROAD,
        synonyms=("终点", "终点名称", "讫点", "to_name"),
    ),
    SiteField("opened_on", _("Opened on"), "road__opened_on", _D, _ROAD, synonyms=("通车日期",)),
    SiteField(
        "centre_households",
        _("Households"),
        "village_centre__households",
        _I,
        _CENTRE,
        synonyms=("户数", "households"),
    ),
    SiteField(
        "centre_people",
        _("People"),
        "village_centre__people",
        _I,
        _CENTRE,
        synonyms=("人口", "population", "people"),
    ),
    SiteField(
        "works_kind",
        _("Works kind"),
        "water_works__works_kind",
        _C,
        _WATER,
        WaterWorksKind,
        WATER_WORDS,
        ("类型", "工程类型", "kind"),
    ),
    SiteField(
        "capacity_m3_per_day",
        _("Capacity (m³/d)"),
        "water_works__capacity_m3_per_day",
        _N,
        _WATER,
        synonyms=("供水规模", "设计供水规模"),
    ),
    SiteField(
        "people_served",
        _("People served"),
        "water_works__people_served",
        _I,
        _WATER,
        synonyms=("受益人口", "供水人口", "served_pop"),
    ),
    SiteField(
        "danger_grade",
        _("Danger grade"),
        "housing__danger_grade",
        _C,
        _HOUSING,
        DangerGrade,
        DANGER_WORDS,
        ("危房等级", "鉴定等级"),
    ),
    SiteField(
        "method",
        _("Method"),
        "housing__method",
        _C,
        _HOUSING,
        HousingMethod,
        HOUSING_METHOD_WORDS,
        ("改造方式", "measure"),
    ),
    SiteField(
        "household_group",
        _("Household group"),
        "housing__household_group",
        _C,
        _HOUSING,
        HouseholdGroup,
        HOUSEHOLD_GROUP_WORDS,
        ("对象类别", "农户类型"),
    ),
    SiteField(
        "floor_area_m2",
        _("Floor area (m²)"),
        "housing__floor_area_m2",
        _N,
        _HOUSING,
        synonyms=("建筑面积", "面积"),
    ),
    SiteField(
        "housing_households",
        _("Households"),
        "housing__households",
        _I,
        _HOUSING,
        synonyms=("户数",),
    ),
    SiteField(
        "household_reference",
        _("Household reference"),
        "household__reference",
        FieldType.CODE,
        _HOUSING,
        synonyms=("household_ref", "户编号"),
        restricted=True,
    ),
    SiteField(
        "facility_kind",
        _("Facility kind"),
        "facility__facility_kind",
        _C,
        _FACILITY,
        FacilityKind,
        FACILITY_WORDS,
        ("设施类型", "类型"),
    ),
)
FIELDS: tuple[SiteField, ...] = (*SHARED_FIELDS, *KIND_FIELDS)
BY_NAME: Mapping[str, SiteField] = {entry.name: entry for entry in FIELDS}


def fields_of(kind: str | None) -> tuple[SiteField, ...]:
    """Return the fields of one kind, or of all kinds, in their fixed order."""
    return FIELDS if kind is None else tuple(entry for entry in FIELDS if kind in entry.kinds)
