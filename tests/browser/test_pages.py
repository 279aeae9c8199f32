"""The list, the site's page and the townships as people meet them, in a real browser."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from sites.kinds import State
from tests.factories import ProjectSiteFactory, build_world, line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
DESK = (1440, 900)
PHONE = (390, 844)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def district(transactional_db):
    """The test district with a road that is late, built otherwise than planned, and was moved."""
    world = build_world()
    world.late = ProjectSiteFactory(
        code="LATE-1",
        name="青溪至桥头公路",
        name_en="Qingxi-Qiaotou Road",
        area=world.villages[0],
        programme=world.programme,
        state=State.UNDER_CONSTRUCTION,
        planned_finish=datetime.date(2024, 5, 1),
        planned_geometry=line((117.03, 31.03), (117.06, 31.06), (117.1, 31.05)),
        actual_geometry=line((117.03, 31.03), (117.06, 31.063), (117.1, 31.05)),
        declared_length_m=9000,
        detail={"road_class": "county"},
    )
    return world


@pytest.fixture
def planner(district):
    return district.users["district_planner"]


def _codes(page):
    return page.locator(".cell-name .code").all_text_contents()


def test_choosing_filters_changes_list_and_address_without_a_new_page(visits, planner):
    page = visits.open("/sites/", user=planner, ready=False)
    page.evaluate("window.kept = true")
    page.get_by_label("危房改造").check()
    page.locator(".chip", has_text="危房改造").wait_for()
    assert _codes(page) == ["HOUSE-1"]
    assert page.url.endswith("/sites/?kind=housing")
    page.locator(".chip", has_text="危房改造").click()
    page.locator(".chip").wait_for(state="detached")
    assert page.url.endswith("/sites/")
    assert not page.get_by_label("危房改造").is_checked()
    assert page.evaluate("window.kept")


def test_typing_searches_and_keeps_the_cursor_in_its_field(visits, planner):
    page = visits.open("/sites/?sort=-code", user=planner, ready=False)
    page.locator("#filter-q").press_sequentially("late")
    page.locator(".chip", has_text="late").wait_for()
    assert _codes(page) == ["LATE-1"]
    assert page.url.endswith("/sites/?q=late&sort=-code")
    assert page.evaluate("document.activeElement.id") == "filter-q"


def test_going_back_shows_the_list_before(visits, planner):
    page = visits.open("/sites/", user=planner, ready=False)
    everything = _codes(page)
    page.get_by_role("group", name="进度灯").get_by_label("严重滞后").check()
    page.locator(".chip", has_text="严重滞后").wait_for()
    page.go_back()
    page.locator(".chip").wait_for(state="detached")
    assert _codes(page) == everything


def test_the_list_works_without_script(visits, planner):
    context = visits.browser.new_context(java_script_enabled=False, locale="zh-CN")
    visits.contexts.append(context)
    context.add_cookies([visits._session(planner)])
    page = context.new_page()
    page.goto(f"{visits.address}/sites/")
    page.get_by_label("农村公路", exact=True).check()
    page.get_by_role("button", name="应用").click()
    assert page.url.endswith("/sites/?kind=road")
    page.get_by_role("link", name="名称").click()
    assert "sort=name" in page.url


def test_a_phone_shows_cards_and_nothing_runs_out_of_the_screen(visits, planner, district):
    width, height = PHONE
    for path in ("/sites/", f"/sites/{district.late.pk}/", "/areas/", "/areas/340199100/"):
        page = visits.open(path, user=planner, width=width, height=height, ready=False)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page = visits.open("/sites/", user=planner, width=width, height=height, ready=False)
    assert page.locator(".site-table thead").is_hidden()
    assert not page.get_by_label("危房改造").is_visible()
    page.locator(".filter-groups > summary").click()
    assert page.get_by_label("危房改造").is_visible()


def test_a_move_of_the_state_is_made_on_the_page(visits, planner, district):
    page = visits.open(f"/sites/{district.late.pk}/", user=planner, ready=False)
    page.locator("summary", has_text="变更状态").click()
    page.get_by_label("变更为").select_option("suspended")
    page.get_by_label("原因").fill("汛期停工")
    page.locator("form[action$='/move/'] button").click()
    page.locator(".messages .message").wait_for()
    assert page.locator(".site-line .badge.state").text_content().strip() == "停工"
    assert "汛期停工" in page.locator(".timeline.events").first.text_content()


def test_the_theme_is_kept_from_page_to_page(visits, planner):
    page = visits.open("/sites/", user=planner, ready=False)
    page.locator("[data-theme-toggle]").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto(f"{visits.address}/areas/")
    assert page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_have_no_fault_of_accessibility(visits, planner, district, language, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run script/assets")
    width, height = DESK if scheme == "light" else PHONE
    faults = []
    for name, path in (
        ("list", "/sites/?kind=road"),
        ("list-empty", "/sites/?q=nowhere"),
        ("site", f"/sites/{district.late.pk}/"),
        ("site-edit", f"/sites/{district.late.pk}/edit/"),
        ("areas", "/areas/"),
        ("area", "/areas/340199100/"),
    ):
        page = visits.open(
            path,
            user=planner,
            language=language,
            scheme=scheme,
            width=width,
            height=height,
            ready=False,
        )
        visits.picture(page, f"{name}-{language}-{scheme}")
        page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
        found = page.evaluate(f"() => axe.run(document, {{runOnly: {RULES!r}}})")
        faults += [
            (name, rule["id"], node["html"][:160], node.get("failureSummary"))
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
    assert faults == []
