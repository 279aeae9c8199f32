"""The page `/sites/`: what it shows for an address, to whom, and at what price."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from sites.kinds import Role
from sites.models import ProjectSite, RoadDetail

STATEMENTS = 18
"""Session, user, scope (3), page, count, township names, choices (3), the viewer's places (2)."""
pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(world):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["district_planner"])
    return client


def _codes(response):
    return [site.code for site in response.context["page"].sites]


def test_a_stranger_is_led_to_the_sign_in(db):
    answer = Client().get("/sites/")
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]


def test_each_role_reads_its_own_sites(world):
    own, everything = {"OWN-1", "HOUSE-1"}, {"OWN-1", "SIBLING-1", "PUBLIC-1", "HOUSE-1"}
    client = Client()
    for role in Role.values:
        client.force_login(world.users[role])
        wide = role in {Role.DISTRICT_PLANNER, Role.EVALUATOR}
        assert set(_codes(client.get("/sites/"))) == (everything if wide else own), role


def test_the_address_narrows_the_list_and_every_link_out_of_it(planner):
    answer = planner.get("/sites/?township=340199101&state=under_construction")
    page = answer.content.decode()
    query = "state=under_construction&township=340199101"
    assert _codes(answer) == ["SIBLING-1"]
    for start in ("/?", "/api/v1/sites.geojson?", "/api/v1/sites.gpkg?"):
        assert escape(f"{start}{query}") in page
    assert [chip.label for chip, _address in answer.context["chips"]] == [
        "Under construction",
        "石桥镇 (en)",
    ]


def test_taking_a_chip_away_leaves_the_others(planner):
    answer = planner.get("/sites/?kind=road,housing&year=2023&sort=-code")
    addresses = {chip.label: address for chip, address in answer.context["chips"]}
    assert addresses["Rural road"] == "/sites/?kind=housing&year=2023&sort=-code"
    assert addresses["2023"] == "/sites/?kind=housing,road&sort=-code"


def test_a_wrong_parameter_is_named_and_left_out(planner):
    long = "x" * 101
    wrong = (
        "kind=palace",
        "year=soon",
        "bbox=1,2",
        "sort=note",
        "cursor=z",
        "limit=7",
        f"q={long}",
    )
    for query in wrong:
        answer = planner.get(f"/sites/?{query}&township=340199101")
        assert answer.status_code == 400, query
        assert f"<code>{query.split('=')[0]}</code>" in answer.content.decode()
        assert _codes(answer) == ["PUBLIC-1", "SIBLING-1"]


def test_a_form_without_script_is_led_to_the_one_address(planner):
    answer = planner.get("/sites/?q=&kind=road&kind=housing&township=&sort=code")
    assert answer.status_code == 302
    assert answer["Location"] == "/sites/?kind=housing,road"


def test_htmx_gets_the_list_alone_and_the_address_to_show(planner):
    answer = planner.get("/sites/?kind=road&q=", headers={"hx-request": "true"})
    page = answer.content.decode()
    assert answer["HX-Push-Url"] == "/sites/?kind=road"
    assert 'id="site-list"' in page
    assert "<html" not in page


def test_nothing_found_says_how_to_go_on(planner):
    answer = planner.get("/sites/?q=nowhere")
    assert "No site matches" in answer.content.decode()
    assert 'href="/sites/"' in answer.content.decode()


def test_pages_follow_one_another(planner, world):
    first = planner.get("/sites/?limit=25")
    assert first.context["next_address"] == ""
    ProjectSite.objects.bulk_create(_copies(world.own, 30))
    first = planner.get("/sites/?limit=25")
    second = planner.get(first.context["next_address"])
    back = planner.get(second.context["previous_address"])
    assert len(_codes(first)) == 25
    assert not set(_codes(first)) & set(_codes(second))
    assert _codes(back) == _codes(first)


def _copies(site, number):
    for index in range(number):
        yield type(site)(
            code=f"COPY-{index:02d}",
            source_id=f"COPY-{index:02d}",
            name=site.name,
            kind=site.kind,
            year=site.year,
            programme=site.programme,
            area=site.area,
            planned_geometry=site.planned_geometry,
        )


def test_statements_do_not_grow_with_rows(planner, world, django_assert_max_num_queries):
    ProjectSite.objects.bulk_create(_copies(world.own, 40))
    with django_assert_max_num_queries(STATEMENTS):
        planner.get("/sites/?kind=road")


def test_names_are_text_not_markup(planner, world):
    ProjectSite.objects.filter(pk=world.own.pk).update(name="<script>alert(1)</script>")
    page = planner.get("/sites/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_two_characters_find_every_name_that_holds_them(planner, world):
    """Pairs have an index of their own; it must find what reading every text finds."""
    names = ("清溪路", "溪清路", "清 溪路", "青清溪大道", "清x溪", "Qingxi 清溪")
    for site, name in zip(_copies(world.own, len(names)), names, strict=True):
        site.name = name
        site.save()
    for word in ("清溪", "溪路", "溪清", "x溪", "路 ", "清"):
        every = ProjectSite.objects.filter(search_text__contains=word.strip().lower())
        expected = set(every.exclude(pk=world.foreign.pk).values_list("code", flat=True))
        assert set(_codes(planner.get("/sites/", {"q": word}))) == expected, word


def test_a_route_code_is_found_by_its_beginning(planner, world):
    RoadDetail.objects.filter(site=world.own).update(route_code="Y012340199")
    assert _codes(planner.get("/sites/?q=y012")) == ["OWN-1"]
    assert _codes(planner.get("/sites/?q=012340")) == []
