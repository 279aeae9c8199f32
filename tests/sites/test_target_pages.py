"""Pages of targets, service records, programmes and the year's plan."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils import timezone

from sites.models import Programme, ProjectSite, ServiceRecord, Target
from tests.factories import ProjectSiteFactory
from tests.factories.targets import TEXTS, programme, service_record, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client, world):
    client.force_login(world.users["district_planner"])
    return client


@pytest.fixture
def officer(client, world):
    client.force_login(world.users["township_officer"])
    return client


def text(response):
    return response.content.decode()


def road(world, code, metres, area=0, **values):
    given = {"state": "accepted", "programme": world.programme, **values}
    return ProjectSiteFactory(
        code=code, area=world.villages[area], declared_length_m=metres, **given
    )


def test_a_number_of_the_table_opens_exactly_the_sites_behind_it(world, planner):
    road(world, "R-1", 1500)
    road(world, "R-2", 700, state="under_construction")
    road(world, "R-3", 900, area=1)
    target(world.programme, world.townships[0], 2)
    page = text(planner.get("/targets/?year=2023"))
    link = re.search(r'href="(/sites/\?[^"]*340199100[^"]*)"[^>]*>1.5<', page)
    assert link, "the executed number leads to its sites"
    listed = text(planner.get(link.group(1).replace("&amp;", "&")))
    assert ("R-1" in listed, "R-2" in listed, "R-3" in listed) == (True, False, False)


def test_the_whole_says_where_it_differs_from_its_townships(world, planner):
    target(world.programme, world.district, 10)
    target(world.programme, world.townships[0], 4)
    page = planner.get("/targets/?year=2023", headers={"accept-language": "en"})
    assert "Townships together: 4" in text(page)


def test_a_planner_sets_changes_and_removes_a_target(world, planner):
    given = {
        "programme": world.programme.pk,
        "area": world.townships[0].pk,
        "year": 2023,
        "measure": "quantity",
        "assigned": "12.5",
    }
    assert planner.post("/targets/new/", given).status_code == 302
    row = Target.objects.get()
    address = f"/targets/{row.pk}/edit/"
    assert planner.post(address, {"assigned": "9", "version": row.version}).status_code == 302
    stale = planner.post(address, {"assigned": "8", "version": row.version})
    assert (stale.status_code, Target.objects.get().assigned) == (422, 9)
    current = Target.objects.get().version
    planner.post(f"/targets/{row.pk}/remove/", {"version": current})
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"assigned": "-1"},
        {"assigned": "NaN"},
        {"assigned": "Infinity"},
        {"assigned": "1e99"},
        {"assigned": "x"},
        {"year": "0"},
        {"measure": "pass_rate"},
        {"area": "00000000-0000-0000-0000-000000000000"},
        {"programme": "x\x00"},
        {"version": "9" * 40},
    ],
)
def test_a_form_with_nonsense_stays_open(world, planner, values):
    given = {
        "programme": world.programme.pk,
        "area": world.townships[0].pk,
        "year": 2023,
        "measure": "quantity",
        "assigned": "1",
        **values,
    }
    answer = planner.post("/targets/new/", given)
    assert answer.status_code == (302 if "version" in values else 422)


@pytest.mark.parametrize("page", ["/targets/", "/services/", "/year-plan/"])
@pytest.mark.parametrize(
    "query", ["year=x", "area=%00", "luck=1", "year=99999", "programme=a%20b", "cursor=x"]
)
def test_wrong_parameters_are_named_and_left_out(planner, page, query):
    answer = planner.get(f"{page}?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in text(answer)


def test_the_township_enters_a_record_and_the_planner_sends_it_back(world, client):
    course = programme()
    client.force_login(world.users["township_officer"])
    given = {
        "programme": course.pk,
        "area": world.townships[0].pk,
        "title": "电工培训班",
        "starts_on": "2023-03-01",
        "ends_on": "2023-03-20",
        "people": "60",
        "passed": "57",
    }
    assert client.post("/services/new/", given).status_code == 302
    record = ServiceRecord.objects.get()
    review = f"/services/{record.pk}/review/"
    verdict = {"verdict": "returned", "reason": "", "version": record.version}
    assert client.post(review, verdict).status_code == 403
    client.force_login(world.users["district_planner"])
    assert client.post(review, verdict).status_code == 422
    assert client.post(review, {**verdict, "reason": "名册不符"}).status_code == 302
    assert "名册不符" in text(client.get(f"/services/{record.pk}/"))


def test_a_record_cannot_be_entered_for_another_township(world, officer):
    given = {"programme": programme().pk, "area": world.townships[1].pk, "people": "60"}
    assert officer.post("/services/new/", given).status_code == 422
    assert not ServiceRecord.objects.exists()


def test_sums_of_records_keep_their_parts(world, planner):
    course = programme()
    service_record(course, world.townships[0], 400, passed=380)
    service_record(course, world.townships[1], 200, state="reported", passed=1)
    assert "380 / 400 = 95 %" in text(planner.get("/services/?year=2023"))


def test_pages_of_records_follow_one_another(world, planner):
    course = programme()
    for number in range(60):
        service_record(course, world.townships[0], number, title=f"第{number}期")
    first = text(planner.get("/services/"))
    following = re.search(r'href="(\?[^"]*cursor=[^"]*)"', first)
    second = text(planner.get(f"/services/{following.group(1).replace('&amp;', '&')}"))
    titles = [re.findall(r">(第\d+期)<", page) for page in (first, second)]
    assert len({*titles[0], *titles[1]}) == 60


def test_the_page_of_a_programme_shows_targets_sites_and_texts(world, planner):
    road(world, "R-1", 1500)
    target(world.programme, world.townships[0], 2)
    Programme.objects.update(policy_text="延伸和联通乡道村道")
    page = text(planner.get(f"/programmes/{world.programme.code}/"))
    assert "延伸和联通乡道村道" in page
    assert f"/sites/?programme={world.programme.code}" in page
    assert planner.get("/programmes/NO-SUCH/").status_code == 404
    assert planner.get("/programmes/%00/").status_code == 404


def edit(world, client, **values):
    row = world.programme
    row.refresh_from_db()
    given = {
        "name": row.name,
        "year": row.year,
        "level": row.level,
        "kind": row.kind,
        "unit": row.unit,
        "version": row.version,
        **values,
    }
    return client.post(f"/programmes/{row.code}/edit/", given)


def test_a_programme_is_published_with_all_three_texts_only(world, planner, client):
    assert edit(world, planner, is_published="on", policy_text="政策").status_code == 422
    assert edit(world, planner, is_published="on", **TEXTS).status_code == 302
    client.logout()
    page = text(client.get(f"/public/programmes/{world.programme.code}/"))
    assert all(part in page for part in TEXTS.values())
    assert world.programme.name in text(client.get("/public/programmes/"))


def test_the_public_knows_nothing_of_programmes_that_are_not_published(world, client):
    assert client.get(f"/public/programmes/{world.programme.code}/").status_code == 404
    assert world.programme.name not in text(client.get("/public/programmes/"))


def test_a_stale_form_changes_no_programme(world, planner):
    assert edit(world, planner, name="甲").status_code == 302
    assert edit(world, planner, name="乙", version=1).status_code == 422
    world.programme.refresh_from_db()
    assert world.programme.name == "甲"


def test_next_years_plan_counts_points_by_stage_and_leads_to_them(world, planner):
    year = timezone.localdate().year + 1
    of_next = programme("NEXT", "engineering", "km", year=year, answered_for=False)
    for number, state in enumerate(("proposed", "shortlisted", "shortlisted", "cancelled")):
        road(world, f"N-{number}", 100, programme=of_next, year=year, state=state)
    ProjectSite.objects.filter(code="N-1").update(is_key_plan=True)
    page = text(planner.get("/year-plan/"))
    assert str(year) in page
    assert "N-1" not in page
    link = re.search(r'href="(/sites/\?[^"]*state=shortlisted[^"]*)">2<', page)
    listed = text(planner.get(link.group(1).replace("&amp;", "&")))
    assert ("N-1" in listed, "N-2" in listed, "N-0" in listed) == (True, True, False)
    only = text(planner.get(f"/year-plan/?year={year}&key_plan=1"))
    assert "★ 1" in only


def test_the_day_of_a_record_is_shown_with_its_state(world, officer):
    record = service_record(programme(), world.townships[0], 5, ends_on=datetime.date(2023, 6, 30))
    page = text(officer.get(f"/services/{record.pk}/"))
    assert "2023年6月30日" in page
    assert "record-state-verified" in page
