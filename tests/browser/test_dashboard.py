"""The dashboard, the big screen and what changed, in a real browser under the strict policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from sites.kinds import State
from sites.models import ProjectSite, StateChange
from tests.factories import ProjectSiteFactory, build_world
from tests.factories.funding import booked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
READY = "[data-board][data-ready]:not([aria-busy])"
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def district(transactional_db):
    """The test district with finished roads of 2023 in both townships, and money."""
    world = build_world()
    for number, (town, day) in enumerate(((0, "2023-05-10"), (0, "2023-08-02"), (1, "2023-09-20"))):
        site = ProjectSiteFactory(
            code=f"DONE-{number}",
            area=world.villages[town],
            programme=world.programme,
            state=State.COMPLETED,
            planned_finish="2023-06-30",
            actual_finish=day,
            declared_length_m=1000,
        )
        booked(world, "20000.00", site=site, source="central", upto=True)
        StateChange.objects.create(
            site=site,
            from_state=State.UNDER_CONSTRUCTION,
            to_state=State.COMPLETED,
            effective_on=day,
        )
    return world


@pytest.fixture
def open_page(visits, district):
    """Open a page as the planner and wait until its charts are drawn."""

    def opened(path, **values):
        user = district.users["district_planner"]
        page = visits.open(path, user=user, ready=False, **values)
        page.wait_for_selector(READY, state="attached")
        return page

    return opened


def _number(page, key):
    return page.locator(f".figure-{key} dd").inner_text().split()[0]


def _table(page, name):
    page.locator(f"#behind-{name} summary").click()
    return page.locator(f"#behind-{name}")


def test_a_township_of_the_table_narrows_all_others_and_going_back_shows_all(open_page):
    page = open_page("/dashboard/?year=2023")
    page.evaluate("window.kept = true")
    everything = _number(page, "finished")
    _table(page, "places").get_by_role("link", name="青溪镇").click()
    page.locator(".chip", has_text="青溪镇").wait_for()
    page.wait_for_selector(READY, state="attached")
    assert "township=340199100" in page.url
    assert _number(page, "finished") == "2"
    assert _number(page, "paid") == "4.00"
    assert page.locator("#behind-places").get_attribute("open") is not None
    page.go_back()
    page.locator(".chip", has_text="青溪镇").wait_for(state="detached")
    assert _number(page, "finished") == everything
    assert page.evaluate("window.kept")


def test_a_click_on_a_bar_chooses_its_township(open_page):
    page = open_page("/dashboard/?year=2023")
    chart = page.locator("[data-chart=places]")
    at = page.evaluate(
        "() => { const chart = echarts.getInstanceByDom(document.querySelector("
        "'[data-chart=places]')); return chart.convertToPixel({seriesIndex: 0}, [0.5, 1]); }"
    )
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    page.locator(".chip", has_text="石桥镇").wait_for()
    assert "township=340199101" in page.url


def test_a_permalink_shows_what_was_chosen(open_page):
    page = open_page("/dashboard/?year=2023&township=340199100&month=2023-06&source=central")
    chips = page.locator(".chip span:first-child").all_text_contents()
    assert len(chips) == 4
    assert _number(page, "finished") == "1"
    assert page.locator("[data-slider-label]").inner_text() == "2023-06"


def test_the_slider_and_the_keyboard_go_through_the_months(open_page):
    page = open_page("/dashboard/?year=2023")
    page.locator("#slider-range").focus()
    page.keyboard.press("Home")
    page.locator(".chip", has_text="2023").nth(1).wait_for()
    page.wait_for_selector(READY, state="attached")
    assert "month=2023-05" in page.url
    assert _number(page, "finished") == "1"
    assert page.evaluate("document.activeElement.id") == "slider-range"


def test_playing_ends_with_today(open_page):
    page = open_page("/dashboard/?year=2023&month=2023-08")
    page.locator("#slider-play").click()
    page.wait_for_url(lambda address: "month=2023-09" in address)
    page.wait_for_url(lambda address: "month=" not in address)
    page.locator("#slider-play[aria-pressed=false]").wait_for()


def test_the_number_of_a_light_opens_exactly_its_sites(open_page):
    page = open_page("/dashboard/?year=2023")
    number = page.locator(".light-green .light-number")
    shown = number.inner_text()
    number.click()
    page.wait_for_load_state()
    assert page.locator("#list-title .count").inner_text().split()[0] == shown


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize("path", ["/dashboard/", "/changes/?from=2023-01-01&to=2023-12-31"])
def test_no_page_scrolls_sideways(open_page, path, width, height):
    page = open_page(path, width=width, height=height)
    assert not page.evaluate(WIDE)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/dashboard/", "/changes/?from=2023-01-01&to=2023-12-31"])
def test_everybody_can_read_it(open_page, path, scheme):
    page = open_page(path, scheme=scheme)
    for details in page.locator("details.behind").all():
        details.evaluate("element => { element.open = true; }")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found["violations"]] == []


def test_the_big_screen_fits_and_turns_its_panels(open_page):
    page = open_page("/screen/", width=1920, height=1080)
    assert not page.evaluate(WIDE)
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    first = page.locator("[data-panel]:visible h2").all_text_contents()
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-panel]:visible h2").all_text_contents() != first


def test_changed_sites_are_drawn_and_listed(open_page):
    page = open_page("/changes/?from=2023-08-01&to=2023-12-31")
    assert page.locator("tbody .code").all_text_contents() == ["DONE-1", "DONE-2"]
    page.get_by_role("link", name="新完工").click()
    page.wait_for_selector(READY, state="attached")
    assert "what=finished" in page.url
    assert page.locator("[data-changes-map] canvas").count() == 1


def test_numbers_are_read_anew_after_a_change(open_page, district):
    page = open_page("/dashboard/")
    before = int(_number(page, "sites"))
    ProjectSite.objects.filter(code="DONE-0").update(
        removed_at=timezone.now(), removal_reason="test"
    )
    page.reload()
    page.wait_for_selector(READY, state="attached")
    assert int(_number(page, "sites")) == before - 1
