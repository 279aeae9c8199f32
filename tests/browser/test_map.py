"""The map as people meet it, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from sites.kinds import Kind, State
from tests.factories import ProjectSiteFactory, build_world, line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
NO_WEBGL = """
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.startsWith("webgl") ? null : get.call(this, kind, ...more);
};
"""
HOSTILE = '<img src=x onerror="document.title=1">路'


@pytest.fixture
def district(transactional_db):
    """The test district with a late road of a hostile name and a pond."""
    world = build_world()
    ProjectSiteFactory(
        code="LATE-1",
        name=HOSTILE,
        area=world.villages[0],
        programme=world.programme,
        planned_start="2023-01-01",
        planned_finish="2023-06-01",
        planned_geometry=line((117.02, 31.02), (117.12, 31.08)),
        detail={"road_class": "county"},
    )
    ProjectSiteFactory(
        code="POND-1",
        name="塘坝",
        kind=Kind.WATER_WORKS,
        area=world.villages[1],
        programme=world.programme,
        state=State.ACCEPTED,
    )
    return world


@pytest.fixture
def planner(district):
    return district.users["district_planner"]


def parameters(page):
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def total(page):
    """The number of sites; the length of their roads stands behind it."""
    first = page.locator("#map-summary").text_content().split("·")[0]
    return int(re.sub(r"\D", "", first))


def wait_total(page, count):
    page.locator("#map-summary", has_text=re.compile(rf"^[^·]*?(?<!\d){count}(?!\d)")).wait_for(
        state="attached"
    )


@pytest.mark.parametrize(
    ("language", "scheme", "width", "height"),
    [
        ("zh-CN", "light", 1440, 900),
        ("en-GB", "dark", 1440, 900),
        ("zh-CN", "dark", 390, 844),
        ("en-GB", "light", 390, 844),
    ],
)
def test_the_map_draws_sites_in_both_languages_themes_and_widths(
    visits, planner, language, scheme, width, height
):
    page = visits.open(
        "/", user=planner, language=language, scheme=scheme, width=width, height=height
    )
    visits.picture(page, f"map-{language}-{scheme}-{width}")
    assert int(page.locator("html").get_attribute("data-map-ready")) > 0
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_a_filter_becomes_a_chip_an_address_and_a_shorter_list_and_back_undoes_it(visits, planner):
    page = visits.open("/", user=planner)
    before = total(page)
    page.locator("[data-chip]").first.wait_for(state="detached")
    page.keyboard.press("f")
    page.locator("#filter-kind-water_works").check()
    wait_total(page, 1)
    assert parameters(page)["kind"] == "water_works"
    assert page.locator('[data-chip="kind"]').count() == 1
    page.go_back()
    wait_total(page, before)
    assert "kind" not in parameters(page)


def test_removing_the_chip_removes_the_filter(visits, planner):
    page = visits.open("/?delay=red", user=planner)
    wait_total(page, 1)
    page.locator('[data-chip="delay"]').click()
    page.locator('[data-chip="delay"]').wait_for(state="detached")
    page.wait_for_url(lambda address: "delay" not in address)
    assert total(page) >= 1


def test_list_and_legend_count_the_same_sites(visits, planner):
    page = visits.open("/?everywhere=1", user=planner)
    page.locator(".mk-item").first.wait_for()
    counts = page.locator("#map-layer-tree .mk-count").all_inner_texts()
    assert sum(int(text) for text in counts if text) == total(page)
    assert page.locator(".mk-item").count() == total(page)


def test_a_site_of_the_list_opens_on_the_map_with_its_name_as_text(visits, planner):
    page = visits.open("/?q=LATE-1", user=planner)
    page.locator(".mk-item").first.click()
    page.locator(".mk-popup").wait_for()
    assert page.locator(".mk-popup-name").inner_text() == HOSTILE
    assert page.locator(".mk-item-name").first.inner_text() == HOSTILE
    assert page.locator(".mk-popup img, .mk-item img").count() == 0
    assert page.title() != "1"
    visits.picture(page, "map-popup")
    chosen = parameters(page)["site"]
    assert page.locator(f'.mk-popup a[href="/sites/{chosen}/"]').count() == 1


def test_a_shared_address_restores_view_filter_layers_and_selection(visits, planner, district):
    site = district.own.pk
    page = visits.open(
        f"/?kind=road&z=13&lat=31.05&lon=117.06&layers=roads:50,townships&by=state&site={site}",
        user=planner,
    )
    page.locator(".mk-popup").wait_for()
    assert page.locator("#layer-housing").is_checked() is False
    assert page.locator('input[value="state"][name="map-by"]').is_checked()
    assert page.locator(f'[data-site="{site}"][aria-selected="true"]').count() == 1
    assert parameters(page)["z"] == "13"


def test_the_list_is_worked_with_the_keyboard_alone(visits, planner):
    page = visits.open("/", user=planner)
    page.locator(".mk-item").first.wait_for()
    page.keyboard.press("l")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    active = page.locator(".mk-item.is-active").get_attribute("data-site")
    page.keyboard.press("Enter")
    page.locator(".mk-popup").wait_for()
    assert parameters(page)["site"] == active
    page.keyboard.press("Escape")
    page.locator(".mk-popup").wait_for(state="detached")
    assert "site" not in parameters(page)


def test_a_road_under_the_pointer_lights_up_in_the_list_and_a_click_selects_it(visits, planner):
    page = visits.open("/?q=LATE-1&z=13&lat=31.05&lon=117.07&legend=0", user=planner)
    box = page.locator("#atlas_map").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.locator(".mk-item.is-active").wait_for()
    page.mouse.click(*middle)
    page.locator(".mk-popup").wait_for()
    assert page.locator(".mk-popup-name").inner_text() == HOSTILE


def test_going_to_a_township_filters_it_and_moves_there(visits, planner, district):
    page = visits.open("/", user=planner)
    page.select_option("#map-township", district.townships[1].code)
    page.wait_for_url(lambda address: "township=340199101" in address and "lon=" in address)
    assert 117.2 < float(parameters(page)["lon"]) < 117.4


def test_export_and_table_hold_exactly_what_the_list_holds(visits, planner):
    page = visits.open("/?kind=road&everywhere=1", user=planner)
    page.locator(".mk-export summary").click()
    address = page.locator('[data-export="geojson"]').get_attribute("href")
    assert address == "/api/v1/sites.geojson?kind=road"
    exported = page.evaluate("(url) => fetch(url).then((answer) => answer.json())", address)
    wait_total(page, len(exported["features"]))
    assert page.locator("[data-list-link]").get_attribute("href") == "/sites/?kind=road"


def test_a_measured_distance_agrees_with_the_ellipsoid(visits, planner):
    page = visits.open("/?z=12&lat=31.1&lon=117.2&legend=0", user=planner)
    page.keyboard.press("m")
    box = page.locator("#atlas_map").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(middle[0] - 200, middle[1])
    page.mouse.click(middle[0] + 200, middle[1])
    page.keyboard.press("Enter")
    shown = float(re.search(r"[\d.]+", page.locator("[data-measure]").inner_text()).group())
    # 400 pixels at zoom 12 on the parallel of 31.1 degrees: 400 × 0.000343323 degrees × 95.4 km.
    assert shown == pytest.approx(13.11, abs=0.03)
    page.keyboard.press("Escape")
    page.locator("[data-measure]").wait_for(state="detached")


def test_the_sheet_carries_title_legend_scale_date_and_filter(visits, planner):
    page = visits.open("/?kind=road", user=planner, language="en-GB")
    page.keyboard.press("p")
    page.locator("#map-print-name").fill("Roads of the year")
    page.locator("#map-print-dialog button[type=submit]").click()
    page.locator("[data-print-title]", has_text="Roads of the year").wait_for()
    visits.picture(page, "map-sheet")
    assert page.locator("#map-scale").inner_text()
    assert page.locator("[data-print-date]").inner_text()
    assert page.locator("[data-print-words]").inner_text()
    assert page.locator("#map-legend").is_visible()
    assert page.locator(".app-header").is_hidden()
    page.keyboard.press("Escape")
    page.locator(".app-header").wait_for(state="visible")


def test_a_phone_shows_one_sheet_at_a_time_over_the_map(visits, planner):
    page = visits.open("/", user=planner, width=390, height=844)
    assert page.locator("#map-side").is_hidden()
    page.locator('[data-panel-button="list"]').click()
    page.locator("#map-side").wait_for(state="visible")
    visits.picture(page, "map-phone-list")
    page.locator('[data-panel-button="layers"]').click()
    page.locator("#map-layers").wait_for(state="visible")
    assert page.locator("#map-side").is_hidden()


def test_an_empty_answer_is_said_in_words_and_leads_out(visits, planner):
    page = visits.open("/?q=nothing-of-the-kind", user=planner)
    page.locator(".mk-empty").wait_for()
    assert page.locator("#map-status").inner_text()
    page.locator(".mk-empty button").last.click()
    page.locator(".mk-item").first.wait_for()


def test_without_webgl_the_sites_of_the_list_are_still_drawn_and_can_be_selected(visits, planner):
    page = visits.open("/", user=planner, script=NO_WEBGL)
    page.locator("#atlas_map path.leaflet-interactive").first.wait_for()
    page.locator(".mk-item").first.click()
    page.locator(".mk-popup").wait_for()


def test_the_public_map_shows_public_sites_and_no_house(visits, district):
    page = visits.open("/public/", width=1280, height=800)
    page.locator(".mk-item").first.wait_for()
    visits.picture(page, "map-public")
    assert total(page) == 1
    assert page.locator("#layer-housing").count() == 0
    page.locator(".mk-item").first.click()
    page.locator(".mk-popup").wait_for()
    assert page.locator(".mk-popup a").count() == 0


def test_the_language_switch_comes_back_to_the_same_map(visits, planner):
    page = visits.open("/?kind=road", user=planner)
    page.locator('form[action*="setlang"] button[value="en"]').click()
    visits.drawn(page)
    assert page.locator("html").get_attribute("lang") == "en"
    assert parameters(page)["kind"] == "road"


def test_the_first_minute_leads_from_a_road_to_its_mileage_and_to_an_export(
    visits, planner, district
):
    page = visits.open("/?q=LATE-1&everywhere=1", user=planner)
    steps = page.locator("#map-hint li")
    page.locator(".mk-item").first.click()
    page.locator(".mk-popup").wait_for()
    steps.nth(1).and_(page.locator('[aria-current="step"]')).wait_for()
    page.locator('.mk-popup [data-hint="township"]').click()
    page.wait_for_url(f"**/areas/{district.townships[0].code}/")
    page.go_back()
    visits.drawn(page)
    steps.nth(2).and_(page.locator('[aria-current="step"]')).wait_for()
    page.locator(".mk-export summary").click()
    page.locator("#map-hint").wait_for(state="hidden")


@pytest.mark.parametrize(
    ("path", "width"), [("/", 1440), ("/?panel=filters", 1440), ("/?panel=layers", 390)]
)
def test_the_map_meets_the_accessibility_rules(visits, planner, path, width):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run script/assets")
    page = visits.open(path, user=planner, width=width, height=900)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
    found = page.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
    )
    assert [
        (rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]
    ] == []
