"""The pages of cases: list, case, letter, raising, and every move by its form."""

from __future__ import annotations

import datetime
import io

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from oversight.kinds import CaseState
from oversight.models import AccountabilityCase
from oversight.services.case_grounds import Grounds
from oversight.services.cases import case_raise
from sites.access import Scope, scope_of
from sites.timeline import timeline_of
from tests.factories.cases import DUE, government, missed, raised, sent

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def clients(world):
    made = {}
    for role, user in world.users.items():
        made[role] = Client(headers={"accept-language": "en"})
        made[role].force_login(user)
    return made


def _move(client, case, move, **given):
    return client.post(
        f"/oversight/cases/{case.pk}/{move}/", {"version": case.version, **given}, follow=True
    )


def test_a_planner_raises_a_case_from_a_site_and_sends_its_letter(world, clients):
    decision, planner = missed(world), clients["district_planner"]
    page = planner.get(f"/oversight/cases/new/?site={world.own.pk}").content.decode()
    assert f"decision:{decision.pk}" in page
    given = {
        "site": world.own.pk,
        "ground": f"decision:{decision.pk}",
        "level": "reminder",
        "facts": "未完成路基。",
    }
    page = planner.post("/oversight/cases/new/", given, follow=True).content.decode()
    case = AccountabilityCase.objects.get()
    assert f"Case {case.number} was raised" in page
    assert "经查，OWN-1路（OWN-1）项目点" in page
    due = (timezone.localdate() + 9 * DAY).isoformat()
    letter = {"addressee": "青溪镇人民政府", "letter": "请整改。", "due_on": due}
    page = _move(planner, case, "notify", **letter).content.decode()
    assert "Letter sent" in page
    step = case.steps.get(kind="notify")
    text = planner.get(f"/oversight/cases/{case.pk}/letters/{step.pk}/").content.decode()
    assert "青溪镇人民政府：" in text
    assert f"编号：{case.number}-1" in text
    answer = planner.get(f"/oversight/cases/{case.pk}/letters/{step.pk}/docx/")
    lines = [paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs]
    assert lines[:2] == ["关于OWN-1路未按期落实会商调度议定事项的", "提醒函"]
    assert "请整改。" in lines


def test_the_township_replies_and_the_office_closes(world, clients):
    case = sent(world, on=timezone.localdate())
    officer, planner = clients["township_officer"], clients["district_planner"]
    page = officer.get(f"/oversight/cases/{case.pk}/").content.decode()
    assert "This case is about your body" in page
    assert "Close the case" not in page
    page = _move(officer, case, "reply", text="已复工。").content.decode()
    assert "已复工。" in page
    case.refresh_from_db()
    assert _move(officer, case, "close", text="x").status_code == 403
    assert "Not satisfied" in planner.get(f"/oversight/cases/{case.pk}/").content.decode()
    assert "is now: Closed" in _move(planner, case, "close", text="销号").content.decode()


def test_an_appeal_is_decided_on_the_page(world, clients):
    case = sent(world, on=timezone.localdate())
    officer, planner = clients["township_officer"], clients["district_planner"]
    _move(officer, case, "appeal", text="暴雨停工")
    case.refresh_from_db()
    assert case.state == CaseState.APPEALED
    assert "waits for the office" in officer.get(f"/oversight/cases/{case.pk}/").content.decode()
    assert _move(officer, case, "withdraw", text="x").status_code == 403
    page = _move(planner, case, "withdraw", text="理由成立").content.decode()
    assert "Withdrawn" in page


def test_refusals_are_told_in_the_form(world, clients):
    case, planner = sent(world, on=timezone.localdate()), clients["district_planner"]
    escalate = {"text": "x", "addressee": "a", "letter": "b", "due_on": "2999-01-01"}
    assert _move(planner, case, "escalate", **escalate).status_code == 422
    assert _move(planner, case, "notify", letter="").status_code == 422
    stale = _move(planner, case, "reply", text="x", version=case.version - 1)
    assert stale.status_code == 422
    assert "in the meantime" in stale.content.decode()
    assert _move(planner, case, "nonsense").status_code == 404
    assert _move(planner, case, "reply", text="x\x00").status_code == 422


@pytest.mark.parametrize(
    ("role", "answer"),
    [("evaluator", 200), ("company_member", 404), ("association_member", 404)],
)
def test_who_reads_a_case(world, clients, role, answer):
    case = sent(world)
    assert clients[role].get(f"/oversight/cases/{case.pk}/").status_code == answer
    assert _move(clients[role], case, "reply", text="x").status_code == (
        403 if answer == 200 else 404
    )
    assert clients[role].get("/oversight/cases/new/").status_code == 403
    assert clients[role].post("/oversight/cases/overdue/").status_code == 403


def test_the_list_filters_and_pages_with_a_fixed_number_of_queries(
    world, clients, django_assert_max_num_queries
):
    for index in range(52):
        raised(world, on=DUE + (5 + index) * DAY)
    planner = clients["district_planner"]
    with django_assert_max_num_queries(14):
        first = planner.get("/oversight/cases/?level=reminder&open=1")
    page = first.content.decode()
    assert page.count("ZR-340199-2026-") == 50
    assert "cursor=" in page
    following = planner.get(first.context["next_address"]).content.decode()
    assert following.count("ZR-340199-2026-") == 2
    assert "No case matches" in planner.get("/oversight/cases/?state=closed").content.decode()
    for wrong in ("level=x", "state=y", "organisation=z", "cursor=!", "page=2", "overdue=maybe"):
        assert planner.get(f"/oversight/cases/?{wrong}").status_code == 400


def test_the_button_raises_what_is_overdue_once(world, clients):
    missed(world, due_on=timezone.localdate() - 30 * DAY)
    planner = clients["district_planner"]
    page = planner.post("/oversight/cases/overdue/", follow=True).content.decode()
    assert "1 reminder was sent" in page
    page = planner.post("/oversight/cases/overdue/", follow=True).content.decode()
    assert "Nothing is overdue" in page


def test_a_case_of_another_district_is_not_known(world, clients):
    body = government(world.foreign_township)
    decision = missed(world, site=world.foreign, organisation=body)
    case = case_raise(
        grounds=Grounds("decision", decision=decision),
        facts="x",
        actor=None,
        scope=Scope.internal(),
        on=DUE + DAY,
    )
    planner = clients["district_planner"]
    assert planner.get(f"/oversight/cases/{case.pk}/").status_code == 404
    assert planner.get(f"/oversight/cases/new/?decision={decision.pk}").status_code == 404
    assert planner.get("/oversight/cases/new/?site=zzz").status_code == 404


def test_the_site_page_tells_the_steps_to_those_who_may_know(world, clients):
    case = sent(world)
    told = timeline_of(world.own, scope_of(world.users["district_planner"]))
    assert [event.kind for event in told if event.kind == "case"] == ["case", "case"]
    assert case.number in next(event.title for event in told if event.kind == "case")
    company = timeline_of(world.own, scope_of(world.users["company_member"]))
    assert not [event for event in company if event.kind == "case"]


def test_the_workbench_says_what_waits_for_whom(world, clients):
    case = sent(world, on=timezone.localdate())
    raised(world)
    officer = clients["township_officer"].get("/oversight/").content.decode()
    assert f"/oversight/cases/{case.pk}/" in officer
    assert "Letters to answer" in officer
    assert "Letters to send" not in officer
    planner = clients["district_planner"].get("/oversight/").content.decode()
    assert "Letters to send" in planner
    assert "Letters to answer" not in planner
