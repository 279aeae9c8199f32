"""What an acceptance looks at, by kind of site: our own list, to be changed for each acceptance.

No standard sets one list for all programmes. These items follow what acceptance teams of rural
works commonly look at; each acceptance may add, drop and reword them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sites.kinds import Kind


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item in Chinese and in English; items are data and travel with the acceptance."""

    item: str
    item_en: str = ""


_PAPERS: Final = (
    ChecklistItem(
        "完工资料(图纸、检测报告、影像)齐全",
        "Completion papers (drawings, test reports, pictures) are complete",
    ),
    ChecklistItem("现场清理完毕,无遗留安全隐患", "The place is cleared and left safe"),
)
_OWN: Final[Mapping[str, tuple[ChecklistItem, ...]]] = {
    Kind.ROAD: (
        ChecklistItem(
            "路线走向和长度与批复一致", "Alignment and length are those that were approved"
        ),
        ChecklistItem("路面宽度、厚度达到设计要求", "Pavement is as wide and thick as designed"),
        ChecklistItem(
            "路面平整,无断板、脱皮", "The surface is even, without broken or peeling slabs"
        ),
        ChecklistItem("路肩和边沟成型,排水通畅", "Shoulders and ditches are shaped and drain"),
        ChecklistItem(
            "桥涵和安全设施完好、位置正确",
            "Bridges, culverts and safety facilities are sound and in place",
        ),
        ChecklistItem("公示牌、标志牌已设置", "Notice board and traffic signs are set up"),
    ),
    Kind.VILLAGE_CENTRE: (
        ChecklistItem(
            "建设内容全部完成,数量相符", "All components are done in the agreed quantity"
        ),
        ChecklistItem("村内道路、路灯、排水可正常使用", "Roads, lights and drains work"),
        ChecklistItem("污水和垃圾设施运行正常", "Sewage and waste facilities run"),
        ChecklistItem("绿化成活,公共场地完好", "Plants have taken and public places are sound"),
    ),
    Kind.WATER_WORKS: (
        ChecklistItem(
            "主体工程完好,无渗漏、沉陷", "The works are sound, without leaks or settling"
        ),
        ChecklistItem("设备试运行正常,供水或灌溉到位", "Equipment was tried and the water arrives"),
        ChecklistItem(
            "有水质检测合格报告(供水工程)", "A water test was passed (for drinking water)"
        ),
        ChecklistItem(
            "管线走向和阀井位置有记录", "Pipes and valves are on record with their place"
        ),
    ),
    Kind.HOUSING: (
        ChecklistItem("危险部位已消除,结构安全", "The danger is gone and the structure is safe"),
        ChecklistItem("建筑面积和改造方式符合规定", "Floor area and method are as laid down"),
        ChecklistItem("门窗、屋面、水电可正常使用", "Doors, roof, water and power work"),
        ChecklistItem("农户已到场并认可", "The household was present and agrees"),
    ),
    Kind.FACILITY: (
        ChecklistItem(
            "建设内容全部完成,数量相符", "All of the work is done in the agreed quantity"
        ),
        ChecklistItem("结构和使用安全", "Structure and use are safe"),
        ChecklistItem("水、电、消防可正常使用", "Water, power and fire protection work"),
    ),
}


def default_items(kind: str) -> tuple[ChecklistItem, ...]:
    """Return the items that an acceptance of a kind of site begins with."""
    return (*_OWN[kind], *_PAPERS)
