"""Who answers for what, plans, meetings and decisions, as tests need them."""

from __future__ import annotations

import datetime

from oversight.kinds import ResponsibleRole
from oversight.models import Decision, DispatchMeeting, Responsibility
from tests.factories.records import OrganisationFactory

SINCE = datetime.date(2020, 1, 1)
PEOPLE = {
    ResponsibleRole.LEADER: "王领导",
    ResponsibleRole.DEPARTMENT_HEAD: "李局长",
    ResponsibleRole.TOWNSHIP_HEAD: "赵镇长",
    ResponsibleRole.PROJECT_LEAD: "孙负责",
    ResponsibleRole.SITE_SUPERVISOR: "周监督",
}
"""A name for each role, so that a page can be asked for it."""


def answering(*, roles=ResponsibleRole.values, since=SINCE, until=None, **subject):
    """Name a person in each role for a site, a programme, or a programme's part in an area."""
    return Responsibility.objects.bulk_create(
        Responsibility(
            role=role,
            person=PEOPLE[role],
            phone="13900000000",
            starts_on=since,
            ends_on=until,
            **subject,
        )
        for role in roles
    )


def answered_for(programme):
    """Name a person in each role for a programme, unless somebody is named already."""
    if not Responsibility.objects.filter(programme=programme, area=None).exists():
        answering(programme=programme)


def meeting(area, *, held_on, state="planned", **values):
    """A meeting of an area."""
    given = {"level": "month", "title": "会商调度会", "chair": "王领导", **values}
    return DispatchMeeting.objects.create(area=area, held_on=held_on, state=state, **given)


def decided(of, *, due_on, site=None, organisation=None, area=None, **values):
    """A decision of a meeting, for a site or at large."""
    given = {"action": "限期完成路基施工", "person": "孙负责", **values}
    return Decision.objects.create(
        meeting=of,
        site=site,
        area=area or (site.area if site else of.area),
        organisation=organisation or OrganisationFactory(kind="township"),
        due_on=due_on,
        **given,
    )
