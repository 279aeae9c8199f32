"""Pages of steering: what each tells, forms that are filled in wrongly, two people at once."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from oversight.models import Decision, MonthlyPlan, Responsibility
from oversight.months import month_of, months_on
from sites.models import Milestone
from tests.factories import OrganisationFactory
from tests.factories.oversight import answering, decided
from tests.factories.oversight import meeting as met

TODAY = timezone.localdate()
MONTH = months_on(month_of(TODAY), -1)
RUBBISH = ["", "x", "\x00", "😀" * 5000, "-1", "9" * 40, "NaN", "2026-02-30", "None", "' OR 1=1"]


def caller(world, name):
    client = Client()
    client.force_login(world.users[name])
    return client


@pytest.fixture
def planner(world):
    return caller(world, "district_planner")


@pytest.fixture
def officer(world):
    return caller(world, "township_officer")


@pytest.fixture
def plan(world):
    body = OrganisationFactory(name="青溪镇政府", kind="township", area=world.townships[0])
    return MonthlyPlan.objects.create(
        organisation=body,
        area=world.townships[0],
        month=MONTH,
        due_on=months_on(MONTH, -1).replace(day=25),
    )


@pytest.fixture
def meeting(world):
    return met(world.district, held_on=TODAY)


def lines(plan, *rows, version=None):
    data = {
        "lines-TOTAL_FORMS": len(rows),
        "lines-INITIAL_FORMS": 0,
        "version": version or plan.version,
        "note": "",
    }
    for place, row in enumerate(rows):
        data.update({f"lines-{place}-{name}": value for name, value in row.items()})
    return data


def test_a_plan_goes_its_way_by_pages(world, officer, planner, plan):
    page = f"/oversight/plans/{plan.pk}/"
    row = {"site": world.own.code, "milestone": "finish", "money": "1000.5"}
    assert officer.post(f"{page}edit/", lines(plan, row)).status_code == 302
    for client, move in ((officer, "submit"), (planner, "confirm")):
        plan.refresh_from_db()
        client.post(f"{page}move/", {"move": move, "version": plan.version})
    item = plan.items.get()
    plan.refresh_from_db()
    officer.post(f"{page}explain/", {f"item-{item.pk}": "连阴雨", "version": plan.version})
    plan.refresh_from_db()
    planner.post(f"{page}move/", {"move": "close", "version": plan.version})
    plan.refresh_from_db()
    assert plan.state == "closed"
    shown = officer.get(page).content.decode()
    assert "连阴雨" in shown
    assert f"{page}edit/" not in shown


def test_a_plan_begins_with_what_is_due(world, officer, plan):
    Milestone.objects.create(site=world.own, kind="finish", due_on=TODAY)
    body = {"organisation": str(plan.organisation_id), "month": f"{TODAY:%Y-%m}", "prefill": "on"}
    answer = officer.post("/oversight/plans/new/", body)
    made = MonthlyPlan.objects.exclude(pk=plan.pk).get()
    assert answer.url == f"/oversight/plans/{made.pk}/edit/"
    assert world.own.code in officer.get(answer.url).content.decode()
    assert officer.post("/oversight/plans/new/", body).status_code == 422


@pytest.mark.parametrize("text", RUBBISH)
@pytest.mark.parametrize(
    "field", ["site", "milestone", "due_on", "percent", "quantity", "money", "note"]
)
def test_rubbish_in_a_line_is_no_error_of_ours(world, officer, plan, field, text):
    row = {"site": world.own.code, "percent": "5", field: text}
    answer = officer.post(f"/oversight/plans/{plan.pk}/edit/", lines(plan, row))
    assert answer.status_code in (302, 400, 422)


def test_of_two_officers_on_a_page_the_second_is_told(world, officer, plan):
    row = {"site": world.own.code, "percent": "5"}
    version = plan.version
    assert officer.post(f"/oversight/plans/{plan.pk}/edit/", lines(plan, row)).status_code == 302
    again = officer.post(f"/oversight/plans/{plan.pk}/edit/", lines(plan, row, version=version))
    assert again.status_code == 422
    assert plan.items.count() == 1


def test_the_list_names_who_has_no_plan(world, planner, plan):
    OrganisationFactory(name="石桥镇政府", kind="township", area=world.townships[1])
    page = planner.get(f"/oversight/plans/?month={MONTH:%Y-%m}").content.decode()
    assert "青溪镇政府" in page
    assert "石桥镇政府" in page


@pytest.mark.parametrize(
    "query", ["month=x", "month=2026-13", "state=lost", "area=x", "cursor=x", "unknown=1"]
)
def test_a_wrong_address_of_the_plans_is_named(planner, query):
    assert planner.get(f"/oversight/plans/?{query}").status_code == 400


@pytest.mark.parametrize("path", ["decisions/?overdue=x", "meetings/?x=1", "meetings/?cursor=x"])
def test_a_wrong_address_of_meetings_and_decisions_is_named(planner, path):
    assert planner.get(f"/oversight/{path}").status_code == 400


@pytest.mark.parametrize("query", ["blank=x", "township=x", "cursor=x", "unknown=1"])
def test_a_wrong_address_of_the_matrix_is_named(planner, query):
    assert planner.get(f"/oversight/responsibility/?{query}").status_code == 400


def test_the_matrix_lists_blanks_and_names_a_person_for_ticked_sites(world, officer):
    Responsibility.objects.filter(role="project_lead").delete()
    page = officer.get("/oversight/responsibility/?blank=1").content.decode()
    assert world.own.label in page
    asked = {"site": [str(world.own.pk), str(world.house.pk)], "role": "project_lead"}
    assert officer.get("/oversight/responsibility/name/", asked).status_code == 200
    named = {**asked, "person": "新人", "starts_on": f"{TODAY}"}
    assert officer.post("/oversight/responsibility/name/", named).status_code == 302
    assert Responsibility.objects.filter(person="新人").count() == 2
    page = officer.get("/oversight/responsibility/?blank=1").content.decode()
    assert world.own.code not in page


@pytest.mark.parametrize("name", ["sibling", "foreign"])
def test_nobody_is_named_for_a_site_that_one_does_not_know(world, officer, name):
    asked = {"site": str(getattr(world, name).pk), "person": "新人", "starts_on": f"{TODAY}"}
    assert officer.post("/oversight/responsibility/name/", asked).status_code == 404


@pytest.mark.parametrize("text", RUBBISH)
@pytest.mark.parametrize("field", ["role", "person", "phone", "organisation", "starts_on"])
def test_rubbish_in_a_name_is_no_error_of_ours(world, planner, field, text):
    body = {"site": str(world.own.pk), "role": "leader", "person": "甲", "starts_on": f"{TODAY}"}
    answer = planner.post("/oversight/responsibility/name/", {**body, field: text})
    assert answer.status_code in (302, 400, 422)


def test_a_person_is_ended_from_the_page(world, officer):
    row = answering(site=world.own, roles=["project_lead"])[0]
    path = f"/oversight/responsibility/{row.pk}/end/"
    officer.post(path, {"ends_on": f"{TODAY}", "version": 99})
    row.refresh_from_db()
    assert row.ends_on is None
    officer.post(path, {"ends_on": f"{TODAY}", "version": row.version})
    row.refresh_from_db()
    assert row.ends_on == TODAY


def test_a_meeting_goes_its_way_by_pages(world, planner, meeting):
    Milestone.objects.create(
        site=world.own, kind="finish", due_on=TODAY - datetime.timedelta(days=9)
    )
    page = f"/oversight/meetings/{meeting.pk}/"
    planner.post(f"{page}draw/")
    item = meeting.agenda.get(site=world.own, cause="milestone")
    planner.post(f"{page}agenda/{item.pk}/", {"note": "先说"})
    body = OrganisationFactory(kind="township", area=world.townships[0])
    decision = {
        "decide-site": world.own.code,
        "decide-action": "限期完成",
        "decide-organisation": str(body.pk),
        "decide-person": "赵镇长",
        "decide-due_on": f"{TODAY}",
    }
    assert planner.post(f"{page}decide/", decision).status_code == 302
    held = {
        "hold-version": meeting.version,
        "hold-held_on": f"{TODAY}",
        "hold-minutes": "会议纪要",
    }
    assert planner.post(f"{page}hold/", held).status_code == 302
    paper = planner.get(f"{page}print/").content.decode()
    for told in ("先说", "限期完成", "会议纪要", "孙负责"):
        assert told in paper
    row = Decision.objects.get()
    move = {"to_state": "done", "version": row.version, "done_on": f"{TODAY}", "outcome": "好"}
    assert planner.post(f"/oversight/decisions/{row.pk}/move/", move).status_code == 302
    shown = planner.get(f"/sites/{world.own.pk}/").content.decode()
    assert "限期完成" in shown
    assert meeting.title in shown


@pytest.mark.parametrize("text", RUBBISH)
@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("add", ["add-site", "add-note"]),
        ("narrow", ["least_days"]),
        ("hold", ["hold-version", "hold-held_on", "hold-minutes"]),
        ("cancel", ["cancel-version", "cancel-reason"]),
        ("decide", ["decide-site", "decide-organisation", "decide-due_on", "decide-person"]),
    ],
)
def test_rubbish_in_a_meeting_is_no_error_of_ours(world, planner, meeting, act, fields, text):
    body = dict.fromkeys(fields, text)
    answer = planner.post(f"/oversight/meetings/{meeting.pk}/{act}/", body)
    assert answer.status_code in (302, 400, 422)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("district_planner", True),
        ("township_officer", True),
        ("company_member", True),
        ("association_member", False),
        ("evaluator", False),
    ],
)
def test_what_is_overdue_waits_for_those_who_have_to_act(world, name, sees):
    held = met(world.district, held_on=datetime.date(2026, 3, 6), state="held", minutes="记")
    decided(
        held,
        site=world.own,
        organisation=world.companies[0],
        due_on=datetime.date(2026, 3, 9),
        action="补齐路肩",
    )
    page = caller(world, name).get("/oversight/").content.decode()
    assert ("补齐路肩" in page) == sees


def test_a_township_reads_the_district_meeting_without_others_sites(world, officer, meeting):
    for site in (world.own, world.sibling):
        meeting.agenda.create(site=site, cause="added", note="x")
    page = officer.get(f"/oversight/meetings/{meeting.pk}/").content.decode()
    assert world.own.code in page
    assert world.sibling.code not in page
    assert "SIBLING" not in officer.get(f"/oversight/meetings/{meeting.pk}/print/").content.decode()
