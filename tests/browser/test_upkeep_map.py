"""Assets and their upkeep on the map, in a real browser: gaps, popups, orders from a place."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from maintenance.services import defect_move
from tests.factories import AssetFactory, ClosureFactory, build_world
from tests.factories.field import on_road, reported
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import by

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ON_THE_ROAD = "z=15&lat=31.05&lon=117.056"


@pytest.fixture
def district(transactional_db):
    """The test district; the first township's road is under an agreement and has a defect."""
    world = build_world()
    signed_agreement(world, assets=[world.own_asset])
    ClosureFactory(asset=world.own_asset)
    return world


@pytest.fixture
def officer(district):
    return district.users["township_officer"]


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


def click(page, place):
    """Click a place of the map; symbols of defects stand a little left of and above theirs."""
    at = "([lat, lon]) => { const p = window.atlas_map.latLngToContainerPoint([lat, lon]);"
    x, y = page.evaluate(f"{at} return [p.x, p.y]; }}", [place.y, place.x])
    box = page.locator("#map-stage .leaflet-container").bounding_box()
    page.mouse.click(box["x"] + x - 4, box["y"] + y - 1)


def verified(officer, defect):
    """The officer says that the defect is one."""
    defect_move(defect=defect, to_state="verified", at=timezone.now(), **by(officer))
    return defect


@pytest.mark.parametrize(
    ("language", "width"), [("zh-CN", 1440), ("en-GB", 1440), ("zh-CN", 390), ("en-GB", 390)]
)
def test_upkeep_is_drawn_in_both_languages_and_widths(visits, officer, language, width):
    page = visits.open("/?layers=upkeep", user=officer, language=language, width=width)
    visits.picture(page, f"upkeep-{language}-{width}")
    assert int(page.locator("html").get_attribute("data-map-ready")) > 0
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_the_gap_of_an_address_is_a_chip_and_the_list_of_assets(visits, officer, district):
    school = AssetFactory(kind="facility", area=district.villages[0])
    page = visits.open("/?layers=upkeep&gap=no_agreement", user=officer)
    page.locator("#map-summary", has_text=re.compile(r"\b1\b")).wait_for(state="attached")
    assert page.locator('[data-chip="gap"]').count() == 1
    assert page.locator(f'[data-site="{school.pk}"]').count() == 1
    page.locator('[data-chip="gap"]').click()
    page.wait_for_url(lambda address: "gap" not in address)


def test_a_click_on_the_road_opens_the_asset(visits, officer, district):
    page = visits.open(f"/?layers=assets,townships&list=assets&{ON_THE_ROAD}", user=officer)
    click(page, on_road(570))
    page.locator(".mk-popup").wait_for()
    assert parameters(page)["asset"] == [str(district.own_asset.pk)]
    link = page.locator(f'.mk-popup a[href="/assets/{district.own_asset.pk}/"]')
    assert link.count() == 1


def test_a_link_to_one_asset_shows_it_near_by(visits, officer, district):
    page = visits.open(f"/?asset={district.own_asset.pk}", user=officer)
    page.locator(".mk-popup").wait_for()
    page.wait_for_url(lambda address: "z=" in address)
    assert float(parameters(page)["z"][0]) > 13


def test_an_order_is_made_from_a_place_on_the_map(visits, officer, district):
    page = visits.open(f"/?layers=upkeep&{ON_THE_ROAD}", user=officer)
    page.locator('[data-tool="here"]').click()
    click(page, on_road(570))
    link = page.locator('[data-here="order"]').first
    link.wait_for()
    asked = parse_qs(urlsplit(link.get_attribute("href")).query)
    assert asked["asset"] == [str(district.own_asset.pk)]
    assert abs(float(asked["lat"][0]) - 31.05) < 0.001
    link.click()
    page.locator("#id_title").fill("修补坑槽")
    page.locator("main form [type=submit], .page form [type=submit]").last.click()
    page.wait_for_url(re.compile(r"/maintenance/orders/[0-9a-f-]{36}/"))


def test_several_defects_become_one_order(visits, officer, district):
    defects = [verified(officer, reported(district, point=on_road(m))) for m in (600, 700)]
    middle = on_road(650)
    page = visits.open(
        f"/?layers=defects,townships&z=17&lat={middle.y}&lon={middle.x}", user=officer
    )
    for defect in defects:
        click(page, defect.point)
        page.locator(f'[data-basket="{defect.pk}"]').click()
        page.keyboard.press("Escape")
        page.locator(".mk-popup").wait_for(state="detached")
    link = page.locator("#map-basket a").get_attribute("href")
    assert set(parse_qs(urlsplit(link).query)["defect"]) == {str(d.pk) for d in defects}


def test_the_public_sees_closures_and_no_work(visits, district):
    type(district.own_asset).objects.filter(pk=district.own_asset.pk).update(visibility="public")
    page = visits.open(f"/public/?asset={district.own_asset.pk}")
    page.locator(".mk-popup").wait_for()
    assert page.locator('.mk-popup a[href^="/public/a/"]').count() == 1
    assert page.locator("#layer-defects").count() == 0
    assert page.locator("#layer-closures").count() == 1
