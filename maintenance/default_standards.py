"""The standards that a new installation starts with: our proposal, for the planner to change.

No norm was copied. Frequencies, points and time limits are our choice and are marked so; the
questions are such as a villager on the spot can answer with yes or no.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

PROPOSAL: Final = "系统建议，可修改 / Our proposal, to be changed"


@dataclass(frozen=True, slots=True)
class Question:
    """One item: the question in both languages, points lost, and what a failed answer opens.

    `hours` is the time limit of the work order that is issued at once; 0 issues none.
    """

    text: str
    text_en: str
    points: int
    defect_kind: str
    severity: str
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A standard: what kind of asset, every how many days, and its questions."""

    code: str
    asset_kind: str
    name: str
    name_en: str
    frequency_days: int
    questions: tuple[Question, ...]


URGENT_HOURS: Final = 48
USUAL_HOURS: Final = 168
PROPOSALS: Final = (
    Proposal(
        "ROAD-PATROL",
        "road",
        "农村公路巡查",
        "Patrol of a rural road",
        7,
        (
            Question(
                "路面是否通畅，无塌方、落石、倒树？",
                "Is the road free of landslides, fallen rock and trees?",
                30,
                "landslide",
                "serious",
                URGENT_HOURS,
            ),
            Question(
                "桥梁、护栏、标志是否完好？",
                "Are bridges, guard rails and signs whole?",
                20,
                "safety_missing",
                "serious",
                URGENT_HOURS,
            ),
            Question(
                "路上是否没有垃圾和堆放物？",
                "Is the road free of litter and stored goods?",
                10,
                "litter",
                "minor",
            ),
        ),
    ),
    Proposal(
        "ROAD-CHECK",
        "road",
        "农村公路养护检查",
        "Inspection of a rural road",
        30,
        (
            Question(
                "路面是否平整，没有坑槽？",
                "Is the surface even, without potholes?",
                20,
                "pothole",
                "moderate",
                USUAL_HOURS,
            ),
            Question(
                "路面是否没有明显裂缝或沉陷？",
                "Is the surface free of wide cracks and subsidence?",
                15,
                "crack",
                "moderate",
            ),
            Question(
                "边沟、涵洞是否畅通？",
                "Are ditches and culverts clear?",
                15,
                "blocked_drain",
                "moderate",
                URGENT_HOURS,
            ),
            Question(
                "路肩、边坡是否完好？",
                "Are shoulders and slopes whole?",
                10,
                "edge_damage",
                "minor",
            ),
            Question(
                "桥涵等构造物是否完好？",
                "Are bridges and culverts whole?",
                20,
                "structure_damage",
                "serious",
                URGENT_HOURS,
            ),
            Question(
                "路域是否整洁，无占路堆放？",
                "Is the roadside tidy, without encroachment?",
                10,
                "encroachment",
                "minor",
            ),
        ),
    ),
    Proposal(
        "WATER-CHECK",
        "water_works",
        "水利供水工程检查",
        "Inspection of a water works",
        30,
        (
            Question(
                "是否正常供水（蓄水、排灌）？",
                "Does it supply, store or drain water as it should?",
                30,
                "no_water",
                "serious",
                URGENT_HOURS,
            ),
            Question(
                "水质看上去、闻起来是否正常？",
                "Does the water look and smell normal?",
                25,
                "water_quality",
                "serious",
                URGENT_HOURS,
            ),
            Question(
                "管道、闸阀、坝体是否没有渗漏？",
                "Are pipes, valves and dams free of leaks?",
                15,
                "leak",
                "moderate",
                USUAL_HOURS,
            ),
            Question(
                "水泵、消毒等设备是否正常？",
                "Do pumps, disinfection and other equipment work?",
                15,
                "equipment",
                "moderate",
                USUAL_HOURS,
            ),
            Question(
                "水源和周围是否整洁，围栏、标志完好？",
                "Are the source and its surroundings tidy, fence and signs whole?",
                10,
                "litter",
                "minor",
            ),
        ),
    ),
    Proposal(
        "VILLAGE-CHECK",
        "village_centre",
        "中心村设施检查",
        "Inspection of a village centre",
        30,
        (
            Question(
                "垃圾是否及时清运？",
                "Is household waste collected in time?",
                20,
                "litter",
                "minor",
            ),
            Question(
                "路灯是否都亮？",
                "Do all street lights work?",
                15,
                "lighting",
                "minor",
                USUAL_HOURS,
            ),
            Question(
                "村内道路是否完好？",
                "Are the village roads whole?",
                15,
                "pothole",
                "moderate",
                USUAL_HOURS,
            ),
            Question(
                "沟渠、污水管是否畅通？",
                "Are ditches and sewers clear?",
                15,
                "blocked_drain",
                "moderate",
                USUAL_HOURS,
            ),
            Question(
                "公共设施（厕所、广场、绿化）是否完好？",
                "Are public facilities (toilets, square, greening) whole?",
                15,
                "building",
                "minor",
            ),
        ),
    ),
    Proposal(
        "HOUSE-CHECK",
        "housing",
        "改造房屋回访",
        "Return visit to a renovated house",
        180,
        (
            Question(
                "墙体、屋顶是否没有新的裂缝或渗漏？",
                "Are walls and roof free of new cracks and leaks?",
                40,
                "building",
                "serious",
            ),
            Question(
                "门窗、水电是否能正常使用？",
                "Do doors, windows, water and power work?",
                20,
                "equipment",
                "moderate",
            ),
        ),
    ),
    Proposal(
        "FACILITY-CHECK",
        "facility",
        "公共设施检查",
        "Inspection of a public facility",
        90,
        (
            Question(
                "房屋和场地是否完好、安全？",
                "Are building and grounds whole and safe?",
                30,
                "building",
                "moderate",
                USUAL_HOURS,
            ),
            Question(
                "设备是否能正常使用？",
                "Does the equipment work?",
                20,
                "equipment",
                "moderate",
                USUAL_HOURS,
            ),
            Question(
                "是否整洁，没有被占用？",
                "Is it tidy and not used for something else?",
                15,
                "encroachment",
                "minor",
            ),
        ),
    ),
)


def load_default_standards(standards: Any, items: Any) -> int:
    """Write the proposals whose codes are not taken; return how many were written.

    The two models are passed in, for a migration has models of its own time.
    """
    taken = set(standards.objects.values_list("code", flat=True))
    missing = [proposal for proposal in PROPOSALS if proposal.code not in taken]
    for proposal in missing:
        standard = standards.objects.create(
            code=proposal.code,
            asset_kind=proposal.asset_kind,
            name=proposal.name,
            name_en=proposal.name_en,
            task="routine",
            frequency_days=proposal.frequency_days,
            source=PROPOSAL,
        )
        items.objects.bulk_create(
            _item(items, standard, place, question)
            for place, question in enumerate(proposal.questions, start=1)
        )
    return len(missing)


def _item(items: Any, standard: Any, place: int, question: Question) -> Any:
    is_urgent = 0 < question.hours <= URGENT_HOURS
    return items(
        standard=standard,
        position=place,
        text=question.text,
        text_en=question.text_en,
        points=question.points,
        defect_kind=question.defect_kind,
        severity=question.severity,
        opens_order=question.hours > 0,
        order_kind="emergency" if is_urgent else "minor_repair",
        order_priority="urgent" if is_urgent else "normal",
        order_hours=question.hours or USUAL_HOURS,
    )
