"""Programmes of each year by level, with and without sites, and the categories of sites."""

from __future__ import annotations

from typing import NamedTuple

from sites.demo.drafts import Draft
from sites.demo.records import DemoCategory, DemoProgramme

FIRST_YEAR = 2021
LAST_PLANNED_YEAR = 2026

CATEGORIES = (
    DemoCategory("rural-road", "农村公路畅通", "Rural roads", "road"),
    DemoCategory(
        "housing-renovation", "农村危房改造", "Housing renovation", "housing", is_private=True
    ),
    DemoCategory("village-centre", "中心村建设", "Village centres", "village_centre"),
    DemoCategory("rural-drinking-water", "农村饮水安全", "Rural drinking water", "water_works"),
    DemoCategory("small-irrigation", "小型水利工程", "Small irrigation works", "water_works"),
    DemoCategory("town-centre", "乡镇政府驻地建成区整治", "Town centres", "facility"),
    DemoCategory("old-estate", "老旧小区改造", "Old estates", "facility"),
    DemoCategory("school-repair", "校舍维修", "School repairs", "facility"),
    DemoCategory("shantytown", "棚户区改造", "Shantytowns", "facility"),
    DemoCategory("service-point", "为民服务中心", "Service points", "facility"),
)


class Plan(NamedTuple):
    """What a programme is, for any year; `category` is empty where there are no sites."""

    key: str
    name: str
    name_en: str
    level: str
    kind: str
    category: str
    lead: str
    measure: str
    unit: str


PLANS = (
    Plan(
        "LWGL",
        "农村公路提质改造",
        "Rural road upgrading",
        "province",
        "engineering",
        "rural-road",
        "transport",
        "改造里程",
        "km",
    ),
    Plan(
        "DLCT",
        "农村道路畅通工程",
        "Rural road access",
        "province",
        "engineering",
        "rural-road",
        "transport",
        "畅通里程",
        "km",
    ),
    Plan(
        "CZDL",
        "村组道路硬化",
        "Village lane paving",
        "district",
        "engineering",
        "rural-road",
        "transport",
        "硬化里程",
        "km",
    ),
    Plan(
        "WFGZ",
        "农村危房改造",
        "Renovation of dilapidated houses",
        "province",
        "engineering",
        "housing-renovation",
        "housing",
        "改造户数",
        "household",
    ),
    Plan(
        "ZXC",
        "美丽乡村中心村建设",
        "Village centres",
        "city",
        "engineering",
        "village-centre",
        "agriculture",
        "建设个数",
        "site",
    ),
    Plan(
        "YSAQ",
        "农村饮水安全巩固提升",
        "Safe rural drinking water",
        "province",
        "engineering",
        "rural-drinking-water",
        "water",
        "新增供水能力",
        "m3_per_day",
    ),
    Plan(
        "XXSL",
        "小型水利工程改造提升",
        "Small irrigation works",
        "city",
        "engineering",
        "small-irrigation",
        "water",
        "改造处数",
        "site",
    ),
    Plan(
        "JCQ",
        "乡镇政府驻地建成区整治",
        "Town centre improvement",
        "city",
        "engineering",
        "town-centre",
        "housing",
        "整治个数",
        "site",
    ),
    Plan(
        "LJXQ",
        "老旧小区改造",
        "Renewal of old estates",
        "province",
        "engineering",
        "old-estate",
        "housing",
        "改造个数",
        "site",
    ),
    Plan(
        "XSWX",
        "农村校舍维修",
        "Rural school repairs",
        "province",
        "engineering",
        "school-repair",
        "education",
        "维修处数",
        "site",
    ),
    Plan(
        "PHQ",
        "棚户区改造",
        "Shantytown renewal",
        "province",
        "engineering",
        "shantytown",
        "housing",
        "改造个数",
        "site",
    ),
    Plan(
        "FWZX",
        "村级为民服务中心",
        "Village service centres",
        "district",
        "engineering",
        "service-point",
        "civil",
        "建设个数",
        "site",
    ),
    Plan(
        "WBGY",
        "农村五保供养",
        "Support of the extremely poor",
        "province",
        "cash",
        "",
        "civil",
        "供养人数",
        "person",
    ),
    Plan(
        "CJBT",
        "困难残疾人生活救助",
        "Living aid for disabled people",
        "province",
        "cash",
        "",
        "civil",
        "救助人数",
        "person",
    ),
    Plan(
        "JNPX",
        "就业技能培训",
        "Job skills training",
        "province",
        "training",
        "",
        "labour",
        "培训人数",
        "person",
    ),
    Plan(
        "XNMP",
        "新型农民培训",
        "Training of new farmers",
        "city",
        "training",
        "",
        "agriculture",
        "培训人数",
        "person",
    ),
    Plan(
        "YBJB",
        "城乡居民医保经办服务",
        "Health insurance service",
        "district",
        "purchased",
        "",
        "labour",
        "服务人数",
        "person",
    ),
    Plan(
        "DBHC",
        "低保第三方核查",
        "Third-party checks of allowances",
        "district",
        "purchased",
        "",
        "civil",
        "核查户数",
        "household",
    ),
)
BY_CATEGORY = {plan.category: plan.key for plan in PLANS if plan.category}


def programme_years(last: int) -> list[int]:
    """All years that have programmes when the demo is seeded in the year `last`."""
    return list(range(FIRST_YEAR, max(last, LAST_PLANNED_YEAR) + 1))


def programme_code(key: str, year: int) -> str:
    """Code such as MS2023-DLCT."""
    return f"MS{year}-{key}"


def programmes_of(years: list[int]) -> list[DemoProgramme]:
    """One programme a plan and year."""
    return [
        DemoProgramme(
            programme_code(plan.key, year),
            f"{year}年{plan.name}",
            f"{plan.name_en} {year}",
            plan.level,
            plan.kind,
            plan.category,
            plan.lead,
            year,
            plan.measure,
            plan.unit,
        )
        for year in years
        for plan in PLANS
    ]


def programme_for(draft: Draft, year: int) -> str:
    """Code of the programme that pays for a site."""
    key = BY_CATEGORY[draft.category]
    if draft.kind == "road":
        road_class = draft.detail["road_class"]
        bundle = draft.shape.geom_type == "MultiLineString"
        key = "LWGL" if road_class == "county" else "CZDL" if bundle else "DLCT"
    return programme_code(key, year)
