"""Cases of the demo: a dozen in all states, with letters, replies and an appeal that was granted.

They are made by the services, so that each is what a person could have made.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils import translation

from oversight.kinds import CaseCause
from oversight.letters import chinese_day
from oversight.models import AccountabilityCase
from oversight.red_items import ENDED
from oversight.services.case_answers import case_appeal, case_decide_appeal, case_reply
from oversight.services.case_grounds import Grounds
from oversight.services.cases import case_close, case_escalate, case_notify, case_raise
from oversight.services.overdue_cases import overdue_raise
from sites.access import Scope
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.kinds import Kind, OrganisationKind
from sites.models import Milestone, Organisation

REPLY = "收到来函后立即组织施工单位增派机械两台、人员十二名，调整施工计划，已恢复正常进度。"
OUTCOME = "经现场核查，整改到位，予以销号。"
NOT_YET = "回复措施不具体，现场进度仍滞后，整改未到位。"
APPEAL = "因汛期连续强降雨，施工路段积水无法作业，已在事前书面报告，请予核实。"
RULE_DAYS = 8
"""The rule ran last so many days ago; what was missed since waits for the button."""


@dataclass(frozen=True, slots=True)
class Story:
    """A case: how many days ago it was raised and what followed, by days since."""

    days_ago: int
    steps: tuple[tuple[int, str], ...] = ()
    level: str = "reminder"


STORIES = (
    Story(2),
    Story(3, ((0, "notify"),)),
    Story(24, ((0, "notify"),)),
    Story(12, ((0, "notify"), (6, "reply"))),
    Story(60, ((0, "notify"), (5, "reply"), (9, "close"))),
    Story(90, ((1, "notify"), (6, "reply"), (10, "close"))),
    Story(20, ((0, "notify"), (15, "escalate"))),
    Story(70, ((0, "notify"), (12, "escalate"), (17, "reply"), (22, "close"))),
    Story(48, ((0, "notify"), (10, "escalate"), (20, "escalate"), (26, "reply"))),
    Story(100, ((0, "notify"), (3, "reply"), (10, "close")), level="notice"),
    Story(110, ((0, "notify"), (30, "close")), level="transfer"),
    Story(9, ((0, "notify"), (5, "appeal"))),
    Story(55, ((0, "notify"), (4, "appeal"), (8, "grant"))),
    Story(40, ((0, "notify"), (6, "appeal"), (10, "refuse"), (14, "reply"), (20, "close"))),
)


def write_cases(*, as_of: datetime.date) -> None:
    """Raise the demo's cases about late milestones, and let the rule remind of decisions."""
    office = User.objects.filter(username="district_planner").first()
    with translation.override("zh-hans"):
        late = _late(as_of)
        for story in sorted(STORIES, key=lambda story: -story.days_ago):
            first = as_of - datetime.timedelta(days=story.days_ago)
            # The oldest milestones are taken by the oldest cases.
            milestone, body = next(late, (None, None))
            if milestone and body and milestone.due_on and milestone.due_on < first:
                _tell(story, milestone, body, as_of, office)
        overdue_raise(as_of=as_of - datetime.timedelta(days=RULE_DAYS))


def _late(as_of: datetime.date) -> Iterator[tuple[Milestone, Organisation]]:
    """Give open milestones that were due, the oldest first, with the government of their place."""
    rows = Organisation.objects.filter(kind=OrganisationKind.TOWNSHIP)
    bodies = {
        body.area.code: body
        for body in rows.filter(area__code__startswith=HOME_DISTRICT_CODE).select_related("area")
        if body.area
    }
    missed = Milestone.objects.filter(
        site__area_code__startswith=HOME_DISTRICT_CODE,
        site__removed_at__isnull=True,
        site__kind__in=(Kind.ROAD, Kind.WATER_WORKS, Kind.VILLAGE_CENTRE, Kind.FACILITY),
        done_on__isnull=True,
        due_on__lt=as_of,
    ).exclude(site__state__in=ENDED)
    oldest = missed.select_related("site__area").order_by("due_on", "site__code", "kind")
    seen = set()
    for milestone in oldest[:400]:
        body = bodies.get(milestone.site.township_code)
        if body and milestone.site_id not in seen:
            seen.add(milestone.site_id)
            yield milestone, body


def _tell(
    story: Story,
    milestone: Milestone,
    body: Organisation,
    as_of: datetime.date,
    office: User | None,
) -> None:
    first = as_of - datetime.timedelta(days=story.days_ago)
    hand: dict[str, Any] = {"actor": office, "scope": Scope.internal()}
    due = milestone.due_on or first
    facts = (
        f"“{milestone.get_kind_display()}”节点计划于{chinese_day(due)}完成，"
        f"截至{chinese_day(first)}仍未完成，已逾期{(first - due).days}天。"
    )
    case = case_raise(
        grounds=Grounds(CaseCause.MILESTONE, milestone=milestone, organisation=body),
        facts=facts,
        level=story.level,
        on=first,
        **hand,
    )
    for days, step in story.steps:
        _step(case, step, on=first + datetime.timedelta(days=days), **hand)


def _step(case: AccountabilityCase, step: str, **given: Any) -> None:
    if step == "notify":
        case_notify(case=case, **given)
    elif step == "reply":
        case_reply(case=case, text=REPLY, **given)
    elif step == "escalate":
        case_escalate(case=case, reason=NOT_YET, **given)
    elif step == "appeal":
        case_appeal(case=case, text=APPEAL, **given)
    elif step == "close":
        case_close(case=case, outcome=OUTCOME, **given)
    else:
        grants = step == "grant"
        text = "经核实，情况属实，申诉成立。" if grants else "未提供事前书面报告，申诉不成立。"
        case_decide_appeal(case=case, grants=grants, text=text, **given)
