"""The figures that a new installation starts with; the office may change and add to them.

How many decimals a figure is told with, and in which unit, is our choice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from funding.kinds import Stage
from reports.kinds import FigureUnit
from reports.placeholders import money_key
from reports.queries.money import GROUPS, code_of


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: key, question, names in both languages, unit, decimals and filter."""

    key: str
    query: str
    name: str
    name_en: str
    unit: FigureUnit
    decimals: int = 0
    filter: str = ""


WORKS: Final = (
    Figure("sites_finished", "sites_finished", "完成工程点", "Sites finished", FigureUnit.SITES),
    Figure("sites_planned", "sites_planned", "计划工程点", "Sites planned", FigureUnit.SITES),
    Figure(
        "finished_share",
        "finished_share",
        "工程完成率",
        "Finished share of the plan",
        FigureUnit.PERCENT,
        1,
    ),
    Figure(
        "roads_finished",
        "sites_finished",
        "完成农村道路工程点",
        "Road sites finished",
        FigureUnit.SITES,
        0,
        "kind=road",
    ),
    Figure(
        "road_km",
        "road_length",
        "农村道路畅通里程",
        "Length of rural roads opened",
        FigureUnit.KILOMETRES,
    ),
    Figure(
        "households",
        "households_renovated",
        "农村危房改造户数",
        "Households whose house was renovated",
        FigureUnit.HOUSEHOLDS,
    ),
    Figure(
        "village_centres",
        "sites_finished",
        "建成中心村",
        "Village centres built",
        FigureUnit.SITES,
        0,
        "kind=village_centre",
    ),
    Figure(
        "water_works",
        "sites_finished",
        "建成水利供水工程",
        "Water works built",
        FigureUnit.SITES,
        0,
        "kind=water_works",
    ),
    Figure(
        "water_capacity",
        "water_capacity",
        "新增供水能力",
        "Capacity of water supply added",
        FigureUnit.CUBIC_METRES_PER_DAY,
    ),
    Figure(
        "facilities",
        "sites_finished",
        "完成其他设施",
        "Other facilities finished",
        FigureUnit.SITES,
        0,
        "kind=facility",
    ),
)
PEOPLE: Final = (
    Figure("people_trained", "people_trained", "培训人数", "People trained", FigureUnit.PEOPLE),
    Figure("pass_rate", "pass_rate", "培训合格率", "Pass rate", FigureUnit.PERCENT, 1),
    Figure(
        "certificate_rate",
        "certificate_rate",
        "取得证书率",
        "Certificate rate",
        FigureUnit.PERCENT,
        1,
    ),
    Figure(
        "people_supported",
        "people_supported",
        "发放补助人次",
        "People supported",
        FigureUnit.PEOPLE,
    ),
    Figure(
        "benefits_paid",
        "benefits_paid",
        "发放补助金额",
        "Benefits paid",
        FigureUnit.TEN_THOUSAND_YUAN,
        2,
    ),
)
RATES: Final = (
    Figure(
        "rural_access",
        "rural_access",
        "农村通达指数",
        "Rural Access Index",
        FigureUnit.PERCENT,
        1,
    ),
    Figure(
        "hamlets_hard_road",
        "hamlets_hard_road",
        "20户以上自然村通硬化路率",
        "Natural villages of 20 households and more on a hardened road",
        FigureUnit.PERCENT,
        1,
    ),
    Figure("tap_water", "tap_water", "自来水普及率", "Tap water rate", FigureUnit.PERCENT, 1),
    Figure(
        "condition_rate",
        "condition_rate",
        "农村公路优良中路率",
        "Roads in excellent, good or fair condition",
        FigureUnit.PERCENT,
        1,
    ),
    Figure("upkeep_rate", "upkeep_rate", "管护覆盖率", "Assets with upkeep", FigureUnit.PERCENT, 1),
    Figure("targets_set", "targets_set", "目标任务数", "Targets set", FigureUnit.PIECES),
    Figure("targets_met", "targets_met", "完成目标任务数", "Targets met", FigureUnit.PIECES),
    Figure(
        "targets_share",
        "targets_share",
        "目标任务完成率",
        "Share of targets met",
        FigureUnit.PERCENT,
        1,
    ),
    Figure("info_sent", "info_sent", "信息报送条数", "Information filed", FigureUnit.PIECES),
    Figure(
        "info_published",
        "info_published",
        "信息刊登条数",
        "Information published",
        FigureUnit.PIECES,
    ),
    Figure(
        "info_share",
        "info_share",
        "信息刊登率",
        "Published share of information",
        FigureUnit.PERCENT,
        1,
    ),
)
STAGES: Final = {
    Stage.BUDGET: ("预算资金", "Money budgeted"),
    Stage.ALLOCATED: ("下达资金", "Money allocated"),
    Stage.RELEASED: ("拨付资金", "Money released"),
    Stage.PAID: ("支付资金", "Money paid"),
}
SOURCES: Final = {
    "": ("", ""),
    "central_and_province": ("（中央及省）", ": central and provincial"),
    "central": ("（中央）", ": central"),
    "province": ("（省级）", ": provincial"),
    "city": ("（市级）", ": city"),
    "district": ("（区级配套）", ": district"),
    "other": ("（其他）", ": other"),
}


def money_figures() -> tuple[Figure, ...]:
    """Return one figure for each stage and group of sources, told in 亿元."""
    return tuple(
        Figure(
            money_key(stage, group),
            code_of(stage, group),
            words[0] + SOURCES[group][0],
            words[1] + SOURCES[group][1],
            FigureUnit.HUNDRED_MILLION_YUAN,
            2,
        )
        for stage, words in STAGES.items()
        for group in GROUPS
    )


FIGURES: Final = (*WORKS, *PEOPLE, *RATES, *money_figures())
