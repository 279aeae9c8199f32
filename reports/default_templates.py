"""The reports that a new installation starts with, in our own words; the office edits them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reports.kinds import ReportKind, SectionKind


@dataclass(frozen=True, slots=True)
class Section:
    """One section: what it shows, and its heading and text in both languages."""

    kind: SectionKind
    heading: str
    heading_en: str
    body: str
    body_en: str


@dataclass(frozen=True, slots=True)
class Template:
    """One template with its sections in order."""

    code: str
    kind: ReportKind
    name: str
    name_en: str
    sections: tuple[Section, ...]


OVERVIEW: Final = Section(
    SectionKind.TEXT,
    "一、总体完成情况",
    "1. What was done",
    "本年度民生工程投入资金{{ paid_total }}亿元，其中中央及省{{ paid_central_and_province }}亿元，"
    "市级{{ paid_city }}亿元，区级配套{{ paid_district }}亿元，其他{{ paid_other }}亿元；"
    "完成工程类工程点{{ sites_finished }}个；农村道路畅通里程{{ road_km }}公里；"
    "农村危房改造{{ households }}户；建成中心村{{ village_centres }}个；"
    "建成水利供水工程{{ water_works }}处；完成其他设施{{ facilities }}处。",
    "This year {{ paid_total }} million yuan were paid for livelihood projects, of which "
    "{{ paid_central_and_province }} million from central and provincial budgets, "
    "{{ paid_city }} million from the city, {{ paid_district }} million from the district and "
    "{{ paid_other }} million from other sources. {{ sites_finished }} engineering sites were "
    "finished: {{ road_km }} km of rural roads were opened, the houses of {{ households }} "
    "households renovated, {{ village_centres }} village centres, {{ water_works }} water works "
    "and {{ facilities }} other facilities built.",
)
PEOPLE: Final = Section(
    SectionKind.TEXT,
    "二、补助与培训服务",
    "2. Benefits and training",
    "发放各类补助{{ people_supported }}人次、{{ benefits_paid }}万元；开展培训"
    "{{ people_trained }}人，合格率{{ pass_rate }}%，取得证书率{{ certificate_rate }}%。",
    "Benefits of {{ benefits_paid }} thousand yuan were paid in {{ people_supported }} cases. "
    "{{ people_trained }} people were trained; {{ pass_rate }} % passed and "
    "{{ certificate_rate }} % received a certificate.",
)
MONEY: Final = Section(
    SectionKind.MONEY,
    "三、资金情况",
    "3. Money",
    "资金按来源列示，表内各项之和等于合计。",
    "Money by source; the parts sum to the total.",
)
TOWNSHIPS: Final = Section(
    SectionKind.TOWNSHIPS,
    "四、各乡镇完成情况",
    "4. By township",
    "全区完成工程点{{ sites_finished }}个，农村道路{{ road_km }}公里，"
    "危房改造{{ households }}户，中心村{{ village_centres }}个，"
    "水利供水工程{{ water_works }}处，分乡镇如下。",
    "{{ sites_finished }} sites, {{ road_km }} km of roads, {{ households }} households, "
    "{{ village_centres }} village centres and {{ water_works }} water works, by township:",
)
PROGRAMMES: Final = Section(
    SectionKind.PROGRAMMES,
    "五、各项目完成情况",
    "5. By programme",
    "",
    "",
)
REACH: Final = Section(
    SectionKind.TEXT,
    "六、覆盖与管护",
    "6. Reach and upkeep",
    "农村通达指数{{ rural_access }}%，20户以上自然村通硬化路率{{ hamlets_hard_road }}%，"
    "自来水普及率{{ tap_water }}%；农村公路优良中路率{{ condition_rate }}%，"
    "管护覆盖率{{ upkeep_rate }}%。",
    "The Rural Access Index is {{ rural_access }} %; {{ hamlets_hard_road }} % of the natural "
    "villages of 20 households and more lie on a hardened road; {{ tap_water }} % have tap water. "
    "{{ condition_rate }} % of the rated roads are in excellent, good or fair condition, and "
    "{{ upkeep_rate }} % of the assets are kept up.",
)
INFORMATION: Final = Section(
    SectionKind.TEXT,
    "七、信息公开",
    "7. Information",
    "报送信息{{ info_sent }}条，刊登{{ info_published }}条，刊登率{{ info_share }}%。",
    "{{ info_sent }} pieces of information were filed and {{ info_published }} published, "
    "a share of {{ info_share }} %.",
)
BULLETIN: Final = Section(
    SectionKind.TEXT,
    "一、本期进展",
    "1. Progress",
    "本期完成工程点{{ sites_finished }}个，农村道路{{ road_km }}公里，"
    "危房改造{{ households }}户，中心村{{ village_centres }}个，"
    "水利供水工程{{ water_works }}处；支付资金{{ paid_total }}亿元。",
    "{{ sites_finished }} sites were finished: {{ road_km }} km of roads, houses of "
    "{{ households }} households, {{ village_centres }} village centres and {{ water_works }} "
    "water works. {{ paid_total }} million yuan were paid.",
)
BULLETIN_MONEY: Final = Section(SectionKind.MONEY, "二、资金情况", "2. Money", "", "")
BULLETIN_TOWNSHIPS: Final = Section(
    SectionKind.TOWNSHIPS, "三、各乡镇完成情况", "3. By township", "", ""
)
RANKING: Final = Section(
    SectionKind.RANKING,
    "二、各乡镇完成率排名",
    "2. Townships by finished share",
    "本期完成{{ sites_finished }}个，年度计划{{ sites_planned }}个，按完成数占年度计划的比例排序。",
    "{{ sites_finished }} finished in this period of {{ sites_planned }} in the year's plan; "
    "townships by the finished share of their plan.",
)

TEMPLATES: Final = (
    Template(
        "annual-work-report",
        ReportKind.ANNUAL,
        "民生工程工作情况汇报",
        "Report on livelihood projects",
        (OVERVIEW, PEOPLE, MONEY, TOWNSHIPS, PROGRAMMES, REACH, INFORMATION),
    ),
    Template(
        "half-year-bulletin",
        ReportKind.HALF_YEAR,
        "民生工程半年通报",
        "Half-year bulletin of livelihood projects",
        (BULLETIN, BULLETIN_MONEY, BULLETIN_TOWNSHIPS),
    ),
    Template(
        "monthly-bulletin",
        ReportKind.MONTHLY,
        "民生工程月度通报",
        "Monthly bulletin of livelihood projects",
        (BULLETIN, RANKING),
    ),
)
