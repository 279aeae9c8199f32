"""The demo's dispatch meetings: two that were held, with decisions, and one that is prepared."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

import numpy as np

from oversight.kinds import (
    AgendaCause,
    DecisionState,
    MeetingLevel,
    MeetingState,
    ResponsibleRole,
)
from oversight.models import AgendaItem, Decision, DispatchMeeting
from oversight.months import month_of, months_on
from oversight.red_items import RedItem, red_items
from sites.access import Scope
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.kinds import OrganisationKind
from sites.models import Area, Organisation

MEETING_DAY: Final = 6
KEPT: Final = 24
STRUCK: Final = 4
ONE_DAY: Final = datetime.timedelta(days=1)
ACTIONS: Final = {
    AgendaCause.MILESTONE: "倒排工期，限期完成逾期节点，每周报送进度。",
    AgendaCause.DELAY: "增加施工班组和机械，按调整后的计划完成主体工程。",
    AgendaCause.MONEY_LAG: "核对计量资料，办理工程款拨付手续。",
    AgendaCause.QUIET: "到现场核查施工情况，补报进度和照片。",
    AgendaCause.PLAN_MISSED: "说明未完成月度方案的原因，提出整改措施。",
    AgendaCause.DECISION: "落实上次会议议定事项，书面报告结果。",
}
OUTCOME: Final = "已按要求完成，现场核查情况属实。"
MINUTES: Final = (
    "会议听取了各乡镇和牵头部门关于民生工程进展的汇报，逐项分析了红灯项目滞后的原因，"
    "研究了推进措施，明确了责任单位、责任人和完成时限。\n\n会议要求，各单位要对照清单销号管理，"
    "未按期完成的按责任追究办法处理。"
)


def write_meetings(as_of: datetime.date, rng: np.random.Generator) -> None:
    """Store two meetings of the last months and the next one."""
    district = Area.objects.defer("boundary").get(code=HOME_DISTRICT_CODE, valid_to__isnull=True)
    this = month_of(as_of)
    latest = this if as_of.day > MEETING_DAY + 8 else months_on(this, -1)
    held = [months_on(latest, -1), latest]
    for month in held:
        _held(district, month.replace(day=MEETING_DAY), as_of, rng)
    _planned(district, as_of + ONE_DAY * 4, as_of)


def _meeting(district: Area, day: datetime.date, **values: str) -> DispatchMeeting:
    return DispatchMeeting.objects.create(
        area=district,
        level=MeetingLevel.MONTH,
        title=f"{day.year}年{day.month}月民生工程会商调度会",
        held_on=day,
        chair="区政府分管负责同志",
        place="区政府三楼会议室",
        **values,
    )


def _held(
    district: Area, day: datetime.date, as_of: datetime.date, rng: np.random.Generator
) -> None:
    meeting = _meeting(
        district,
        day,
        attendees="民生工程办公室、各牵头部门、各乡镇（街道、园区）",
        minutes=MINUTES,
        state=MeetingState.HELD,
    )
    red = red_items(Scope.internal(), district, day)
    chosen = _spread(red, KEPT + STRUCK)
    _agenda(meeting, chosen, kept=KEPT)
    _decide(meeting, chosen[:KEPT:3], as_of, rng)


def _planned(district: Area, day: datetime.date, as_of: datetime.date) -> None:
    meeting = _meeting(district, day)
    red = red_items(Scope.internal(), district, as_of)
    _agenda(meeting, _spread(red, 2 * KEPT), kept=KEPT)


def _spread(red: Sequence[RedItem], number: int) -> list[RedItem]:
    """Choose items of every cause in turn, those that waited longest first."""
    piles = [[item for item in red if item.cause == cause] for cause in AgendaCause]
    longest = max((len(pile) for pile in piles), default=0)
    turns = [pile[place] for place in range(longest) for pile in piles if place < len(pile)]
    return turns[:number]


def _agenda(meeting: DispatchMeeting, items: Sequence[RedItem], *, kept: int) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            site=item.site,
            cause=item.cause,
            detail=item.detail,
            days=item.days,
            responsible=list(item.responsible),
            is_kept=place < kept,
        )
        for place, item in enumerate(items)
    )


def _decide(
    meeting: DispatchMeeting,
    items: Sequence[RedItem],
    as_of: datetime.date,
    rng: np.random.Generator,
) -> None:
    """Decide about some items: part is done, part overdue, part still to come."""
    governments = dict(
        Organisation.objects.filter(kind=OrganisationKind.TOWNSHIP).values_list("area__code", "pk")
    )
    rows = []
    for place, item in enumerate(items):
        body = governments.get(item.site.township_code)
        lead = item.site.programme.lead_organisation_id
        chosen = lead if place % 3 == 2 and lead else body
        if chosen is None:
            continue
        due = meeting.held_on + ONE_DAY * int(rng.integers(7, 26))
        done = place % 2 == 0 and due <= as_of
        people = {entry["role"]: entry["person"] for entry in item.responsible}
        rows.append(
            Decision(
                meeting=meeting,
                site=item.site,
                area=item.site.area,
                action=ACTIONS.get(item.cause, ACTIONS[AgendaCause.MILESTONE]),
                organisation_id=chosen,
                person=people.get(ResponsibleRole.PROJECT_LEAD)
                or next(iter(people.values()), "待明确"),
                due_on=due,
                state=DecisionState.DONE if done else DecisionState.OPEN,
                done_on=min(due - ONE_DAY * int(rng.integers(-2, 4)), as_of) if done else None,
                outcome=OUTCOME if done else "",
            )
        )
    Decision.objects.bulk_create(rows)
