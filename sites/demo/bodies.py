"""Offices, departments, villages' committees, companies, associations and cooperatives."""

from __future__ import annotations

from sites.demo.codes import HOME_DISTRICT_CODE
from sites.demo.drafts import Draft
from sites.demo.names import district_name
from sites.demo.places import Places
from sites.demo.records import DemoOrganisation

DEPARTMENTS = (
    ("office", "livelihood_office", "民生工程办公室", "Livelihood Projects Office"),
    ("transport", "lead_department", "交通运输局", "Transport Bureau"),
    ("water", "lead_department", "水利局", "Water Bureau"),
    ("housing", "lead_department", "住房和城乡建设局", "Housing and Construction Bureau"),
    ("agriculture", "lead_department", "农业农村局", "Agriculture and Rural Affairs Bureau"),
    ("education", "lead_department", "教育局", "Education Bureau"),
    ("civil", "lead_department", "民政局", "Civil Affairs Bureau"),
    ("labour", "lead_department", "人力资源和社会保障局", "Human Resources Bureau"),
)
PARTNERS = (
    ("company:1", "company", "路畅公路养护有限公司", "Luchang Road Maintenance Co."),
    ("company:2", "company", "泽润工程管护有限公司", "Zerun Works Maintenance Co."),
    ("association:1", "association", "农村公路管护协会", "Rural Road Upkeep Association"),
    ("association:2", "association", "农民用水户协会", "Water Users' Association"),
    ("cooperative:1", "cooperative", "青禾管护专业合作社", "Qinghe Upkeep Cooperative"),
    ("cooperative:2", "cooperative", "众益管护专业合作社", "Zhongyi Upkeep Cooperative"),
    ("builder:1", "contractor", "通达路桥工程有限公司", "Tongda Road and Bridge Co."),
    ("builder:2", "contractor", "宏业建筑安装有限公司", "Hongye Construction Co."),
    ("builder:3", "contractor", "恒基水利建设有限公司", "Hengji Water Construction Co."),
    ("builder:4", "contractor", "远景市政工程有限公司", "Yuanjing Municipal Works Co."),
    ("supervision:1", "supervision", "正信工程监理有限公司", "Zhengxin Supervision Co."),
    ("supervision:2", "supervision", "天衡工程咨询有限公司", "Tianheng Engineering Consultants"),
    ("third_party", "third_party", "明察项目评估中心", "Mingcha Evaluation Centre"),
)
FIRST_WITH_CREDIT_CODE = 0


def organisations_of(places: Places, index: int) -> list[DemoOrganisation]:
    """All bodies of a district; keys are unique across districts."""
    name = district_name(index)
    code = places.district
    found = [
        DemoOrganisation(
            body_key(code, key), f"{name.zh}区{zh}", f"{name.en} District {en}", kind, code
        )
        for key, kind, zh, en in DEPARTMENTS
    ]
    found += [
        DemoOrganisation(
            body_key(code, key),
            f"{name.zh}{zh}",
            f"{name.en} {en}",
            kind,
            code,
            credit_code=_credit_code(code, number),
        )
        for number, (key, kind, zh, en) in enumerate(PARTNERS)
    ]
    for place, town_code in enumerate(places.township_codes):
        zh, en = places.township_label(place)
        word = (
            ("管理委员会", "Administrative Committee")
            if (places.township_kinds[place] == "zone")
            else ("人民政府", "Government")
        )
        if places.township_kinds[place] == "street":
            word = ("办事处", "Office")
        found.append(
            DemoOrganisation(
                f"government:{town_code}",
                f"{zh}{word[0]}",
                f"{en} {word[1]}",
                "township",
                town_code,
            )
        )
    for village, village_code in enumerate(places.village_codes):
        found.append(_committee(places, village, village_code))
    return found


def body_key(district: str, key: str) -> str:
    """Key of a district's body; the home district's keys are the plain ones."""
    return key if district == HOME_DISTRICT_CODE else f"{district}:{key}"


def _credit_code(district: str, number: int) -> str:
    """An 18-character code of the right form; its check character is not a real one."""
    return f"91{district}MA{number:07d}X"


def _committee(places: Places, village: int, code: str) -> DemoOrganisation:
    town_zh, town_en = places.township_label(places.village_township[village])
    name = places.villages[village]
    word = (
        ("社区居民委员会", "Residents' Committee")
        if code[9] == "0"
        else ("村民委员会", "Villagers' Committee")
    )
    return DemoOrganisation(
        f"committee:{code}",
        f"{town_zh}{name.zh}{word[0]}",
        f"{town_en} {name.en} {word[1]}",
        "village_committee",
        code,
    )


def in_charge(
    draft: Draft, places: Places, draws: tuple[float, float, float]
) -> tuple[str, str, str]:
    """Keys of owner, contractor and supervisor.

    Each company, cooperative and association has its own part: company and cooperative 1 work in
    the first half of the townships, 2 in the second; association 1 looks after roads, 2 after
    water works. Houses have neither contractor nor supervisor, so that no company sees them.
    """
    district = places.district
    half = 1 if draft.township < len(places.townships) / 2 else 2
    owner = _owner(draft, places, half, draws[0])
    if draft.kind == "housing":
        return owner, "", ""
    if draft.kind in ("road", "water_works") and draws[1] < 0.38:
        contractor = f"company:{half}"
    else:
        contractor = f"builder:{1 + int(draws[1] * 400) % 4}"
    supervisor = f"supervision:{1 + int(draws[2] * 100) % 2}"
    if draft.kind in ("road", "water_works") and draws[2] < 0.45:
        supervisor = "association:1" if draft.kind == "road" else "association:2"
    return owner, body_key(district, contractor), body_key(district, supervisor)


def _owner(draft: Draft, places: Places, half: int, draw: float) -> str:
    if draft.kind in ("road", "water_works", "village_centre") and draft.village >= 0:
        if draw < 0.16:
            return body_key(places.district, f"cooperative:{half}")
        return f"committee:{places.village_codes[draft.village]}"
    if draft.detail.get("road_class") == "county":
        return body_key(places.district, "transport")
    if draft.category == "school-repair":
        return body_key(places.district, "education")
    return f"government:{places.township_codes[draft.township]}"
