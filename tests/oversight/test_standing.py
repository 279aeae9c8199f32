"""Facts for the evaluation: each number from rows, the rows behind it, and an order by each."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from oversight.models import InfoSubmission, MonthlyPlan, PlanChange, PlanItem
from oversight.standing import members_of, standing_rows
from oversight.standing_facts import FACTS, Asked
from sites.access import scope_of
from tests.factories.cases import government, missed, sent
from tests.factories.oversight import decided

pytestmark = pytest.mark.django_db
FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
AS_OF = datetime.date(2026, 6, 30)
MARCH = datetime.date(2026, 3, 10)


def _asked(world, role="district_planner", **changed):
    given = {"starts_on": FIRST, "ends_on": LAST, "as_of": AS_OF, **changed}
    return Asked(scope_of(world.users[role]), **given)


def _plan(world, index, *, day, state="confirmed"):
    area = world.townships[index]
    moment = datetime.datetime(2026, 2, day, 4, tzinfo=datetime.UTC)
    return MonthlyPlan.objects.create(
        organisation=government(area),
        area=area,
        month=datetime.date(2026, 3, 1),
        due_on=datetime.date(2026, 2, 25),
        state=state,
        submitted_at=moment,
    )


def _row(rows, world, index=0):
    return next(row for row in rows if row.key == world.townships[index].code).measures


def test_plans_decisions_milestones_cases_and_information_are_counted(world):
    _plan(world, 0, day=25)
    _plan(world, 1, day=26)
    late = sent(world).decision
    decided(
        late.meeting,
        due_on=MARCH,
        site=world.own,
        organisation=late.organisation,
        state="done",
        done_on=MARCH,
        outcome="完成",
    )
    world.own.milestones.create(kind="start", due_on=MARCH, done_on=MARCH)
    world.own.milestones.create(kind="finish", due_on=MARCH)
    world.own.milestones.create(kind="handover", due_on=LAST)
    for published in (MARCH, None, None):
        InfoSubmission.objects.create(
            area=world.townships[0],
            organisation=late.organisation,
            title="信息",
            sent_to="city",
            sent_on=MARCH,
            published_on=published,
        )
    rows = standing_rows(_asked(world), by="township", sort="plans_on_time")
    assert [row.key for row in rows] == [area.code for area in world.townships]
    own = _row(rows, world)
    counted = {code: (measure.good, measure.total) for code, measure in own.items()}
    assert counted == {
        "plans_on_time": (1, 1),
        "items_met": (0, 0),
        "decisions_in_time": (1, 2),
        "milestones_in_time": (1, 2),
        "findings_in_time": (0, 0),
        "information": (1, 3),
        "cases": (0, 1),
    }
    assert str(own["information"].percent) == "33.3"
    assert own["items_met"].percent is None
    assert own["cases"].levels["reminder"] == 1
    assert _row(rows, world, 1)["plans_on_time"].percent == 0
    bodies = standing_rows(_asked(world), by="organisation", sort="decisions_in_time")
    assert bodies[0].name == "青溪镇人民政府"
    assert (bodies[0].measures["decisions_in_time"].total, len(bodies)) == (2, 2)


def test_the_rows_behind_a_number_are_exactly_as_many(world):
    _plan(world, 0, day=25)
    case = sent(world)
    plan = MonthlyPlan.objects.get()
    for result, milestone in (("met", "start"), ("missed", "finish")):
        PlanItem.objects.create(plan=plan, site=world.own, milestone=milestone, result=result)
    closed = {"from_state": "confirmed", "to_state": "closed", "at": timezone.now()}
    PlanChange.objects.create(plan=plan, role="district_planner", **closed)
    MonthlyPlan.objects.filter(pk=plan.pk).update(state="closed")
    for by in ("township", "organisation"):
        asked = _asked(world)
        for row in standing_rows(asked, by=by, sort="cases"):
            for code, measure in row.measures.items():
                given = {"fact": FACTS[code], "by": by, "key": row.key}
                assert members_of(asked, **given).count() == measure.total
                if not FACTS[code].fewer_is_better:
                    assert members_of(asked, good=True, **given).count() == measure.good
                    rest = measure.total - measure.good
                    assert members_of(asked, good=False, **given).count() == rest
    assert members_of(asked, fact=FACTS["cases"], by="township").get() == case
    assert _row(standing_rows(asked, by="township", sort="cases"), world)["items_met"].good == 1


def test_nothing_is_late_before_it_is_due(world):
    missed(world, due_on=LAST)
    world.own.milestones.create(kind="finish", due_on=LAST)
    own = _row(standing_rows(_asked(world), by="township", sort="cases"), world)
    assert own["decisions_in_time"].total == own["milestones_in_time"].total == 0


def test_pages_and_api_show_the_table_and_what_is_behind(world):
    case = sent(world)
    period = "from=2026-01-01&until=2026-12-31"
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["evaluator"])
    page = client.get(f"/oversight/standing/?{period}&sort=cases").content.decode()
    assert "no score" in page
    assert "青溪镇" in page
    key = world.townships[0].code
    behind = client.get(f"/oversight/standing/cases/?{period}&key={key}").content.decode()
    assert case.number in behind
    table = client.get(f"/api/v1/standing?{period}&sort=cases").json()
    facts = {fact["fact"]: fact for fact in table["items"][-1]["facts"]}
    assert (facts["cases"]["total"], facts["cases"]["good"]) == (1, None)
    found = client.get(f"/api/v1/standing/cases?{period}&key={key}").json()
    assert [item["id"] for item in found["items"]] == [str(case.pk)]
    assert client.get("/api/v1/standing/nothing").status_code == 404
    assert client.get("/oversight/standing/nothing/").status_code == 404
    for wrong in (
        "from=x",
        "by=moon",
        "sort=luck",
        "area=1",
        "x=1",
        "from=2027-01-01&until=2026-01-01",
    ):
        assert client.get(f"/api/v1/standing?{wrong}").status_code == 400
        assert client.get(f"/oversight/standing/?{wrong}").status_code == 400
    assert client.get("/api/v1/standing/cases?key=x").status_code == 400
    assert client.get("/api/v1/standing/cases?by=organisation&key=x").status_code == 400
    company = Client()
    company.force_login(world.users["company_member"])
    assert company.get("/api/v1/standing").status_code == 403
    assert company.get("/oversight/standing/").status_code == 403


def test_a_township_sees_its_own_row_alone(world):
    _plan(world, 0, day=25)
    _plan(world, 1, day=25)
    rows = standing_rows(_asked(world, "township_officer"), by="township", sort="plans_on_time")
    assert [row.key for row in rows] == [world.townships[0].code]
