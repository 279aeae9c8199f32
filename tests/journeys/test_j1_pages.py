"""Journey J1: the annual report whose figures open the map, through the pages."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.factories import build_world
from tests.factories.funding import booked
from tests.factories.reports import roads_of_680_km

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(transactional_db):
    """The world with its 214 roads and their money, and the planner."""
    world = build_world()
    roads = roads_of_680_km(world)
    for source, amount in (("central", "3333333.33"), ("city", "2222222.22"), ("district", "0.01")):
        booked(world, amount, source=source, site=roads[0], upto=True)
    return world, roads


def _made(visits, planner):
    """Make the report of 2023 by the form, and return its page."""
    page = visits.open("/reports/new/", user=planner, ready=False)
    page.select_option("select[name=template]", index=0)
    page.select_option("select[name=area]", "340199")
    page.select_option("select[name=period]", "2023")
    page.fill("input[name=as_of]", "2024-03-31")
    with page.expect_navigation():
        page.click("form.report-form button[type=submit]")
    return page


def _corrected(visits, planner, road):
    """Shorten a road by 1.2 km on its page, with a reason."""
    page = visits.open(f"/sites/{road.pk}/edit/", user=planner, ready=False)
    page.fill("input[name=declared_length_m]", str(road.declared_length_m - 1200))
    page.fill("[name=reason]", "重新量测")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    return page


def test_j1_through_the_pages(office, visits):
    world, roads = office
    planner = world.users["district_planner"]
    page = _made(visits, planner)
    address = urlsplit(page.url).path
    assert "农村道路畅通里程680公里" in page.locator(".report-text").inner_text()
    visits.picture(page, "j1-draft")

    figure = page.locator(".report-text a.figure[data-key=road_km]").first
    assert figure.inner_text() == "680"
    with page.expect_navigation():
        figure.click()
    visits.drawn(page)
    page.wait_for_function("document.querySelector('#map-summary').textContent.includes('680.00')")
    assert "214" in page.locator("#map-summary").inner_text()
    visits.picture(page, "j1-map")
    query = urlsplit(page.url).query
    key = next(part for part in query.split("&") if part.startswith("figure="))
    page.goto(f"{visits.address}/sites/?{key}")
    lengths = page.locator(".list-lengths")
    assert lengths.get_attribute("data-declared") == "680000.0"
    assert "214" in page.locator("#list-title .count").inner_text()

    page.goto(visits.address + address)
    page.fill("input[name=signer_name]", "陈主任")
    with page.expect_navigation():
        page.click("form[action$='/sign/'] button[type=submit]")
    assert "陈主任" in page.locator(".report-state-line").inner_text()

    _corrected(visits, planner, roads[7])
    page.goto(visits.address + address)
    assert "农村道路畅通里程680公里" in page.locator(".report-text").inner_text()
    page.goto(visits.address + address + "drift/")
    drift = page.locator("section.drift", has=page.locator("#drift-road_km")).inner_text()
    for told in ("680", "678.8", "−1.2", roads[7].code, planner.username, "重新量测"):
        assert told in drift, told
    visits.picture(page, "j1-drift")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(visits.address + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    visits.picture(page, "j1-phone")
