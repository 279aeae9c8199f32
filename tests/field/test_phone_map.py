"""The phone's map, its packages, plates and tracks; all field screens by axe and by weight."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point

from assets.models import Asset
from tests.factories.field import WEST, on_road

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FIRST_VIEW_BYTES = 200 * 1024
TAKE = ".packages .big-button:not(.plain)"
DRAWN = ".map-box[data-drawn]"
SCREENS = "today map map-list packages scan new outbox account asset log inspection defect patrol"
METRES_TO = """async ([geometry, points]) => {
  const {metresTo} = await import("/static/field/map/geometry.js");
  return points.map(([lon, lat]) => metresTo(geometry, lon, lat));
}"""
TICKS = """async (asset) => {
  const {chainageAt, ticksOf} = await import("/static/field/map/geometry.js");
  return ticksOf(asset, 100).map((tick) =>
    [tick.chainage_m, chainageAt(asset, {lon: tick.at[0], lat: tick.at[1]})]);
}"""
WAY = """async (steps) => {
  const {wayOf} = await import("/static/field/map/track_points.js");
  const start = Date.UTC(2026, 5, 7);
  const way = wayOf(steps.map(([second, metres, accuracy]) => ({
    at: new Date(start + second * 1000).toISOString(), lon: 117.05 + metres / 95361.6, lat: 31.05,
    accuracy_m: accuracy})));
  return {metres: Math.round(way.length_m), gaps: way.gaps, missing: Math.round(way.gaps_m),
    weak: way.weak};
}"""
TRACK = """async (name) => {
  const track = await import("/static/field/track.js");
  if (name) await track[name]({patrolId: "patrol-1"});
  const {state, points, length_m: length} = await track.trackOf("patrol-1");
  return {state, points: points.length, length};
}"""
TRACKED = """async (least) => {
  const track = await import("/static/field/track.js");
  return (await track.trackOf("patrol-1")).points.length >= least;
}"""
KEPT_PACKAGE = """async () => {
  const {currentSession} = await import("/static/field/session.js");
  return (await currentSession().store.all("packages"))[0] || null;
}"""
READER = """(address) => {
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return [{rawValue: address}]; }
  };
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 9, 9);
  window.stream = canvas.captureStream(10);
  window.setInterval(() => canvas.getContext("2d").fillRect(0, 0, 9, 9), 50);
  Object.defineProperty(navigator, "mediaDevices", {
    value: {getUserMedia: async () => window.stream},
  });
}"""
INK = """() => {
  const canvas = document.querySelector(".map-box canvas");
  const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let at = 0; at < data.length; at += 4) seen.add(data.slice(at, at + 3).join(","));
  return seen.has("11,92,173") && seen.size > 3;
}"""


@pytest.fixture
def carrying(phone):
    """The phone with the package of its agreement."""
    _take(phone)
    return phone


def _take(phone):
    page = phone.open("/field/#/packages")
    page.click(TAKE)
    page.wait_for_selector(".packages .equal")
    return page


def _map(phone):
    page = phone.open("/field/#/map")
    page.wait_for_selector(DRAWN)
    return page


def test_a_package_tells_its_size_before_and_a_broken_load_leaves_the_old_one(phone, link):
    page = phone.open("/field/#/packages")
    assert "KB" in page.locator(".packages .fine").inner_text()
    page.click(TAKE)
    page.wait_for_selector(".packages .equal")
    whole = page.evaluate(KEPT_PACKAGE)
    assert whole["assets"]["features"]
    broken = json.dumps(whole)[: len(json.dumps(whole)) // 2]
    page.route(
        "**/api/v1/field/packages/*",
        lambda route: route.fulfill(
            body=broken, headers={"Content-Type": "application/json", "ETag": '"other"'}
        ),
    )
    page.click(".packages .big-button.plain >> nth=0")
    page.wait_for_selector(".packages .reason")
    assert page.evaluate(KEPT_PACKAGE) == whole
    page.unroute("**/api/v1/field/packages/*")
    link.close_port()
    page.click(".packages .big-button.plain >> nth=0")
    page.wait_for_selector(".packages .reason")
    assert page.evaluate(KEPT_PACKAGE) == whole


def test_the_packages_on_the_phone_stand_before_the_register_answers(carrying):
    held = []
    carrying.page.route("**/api/v1/field/packages", lambda route: held.append(route))
    page = carrying.open("/field/#/new")
    page.goto(carrying.link.url + "/field/#/packages")
    page.wait_for_selector(".packages [data-package]")
    assert page.locator("main .card [role=status]").count() == 1
    held[0].continue_()
    page.wait_for_selector("main .card [role=status]", state="detached")
    assert page.locator(".packages [data-package]").count() == 1


def test_a_list_that_is_drawn_again_stays_where_it_was_scrolled_to(carrying, valley):
    carrying.enter(*(f"第{number}条" for number in range(12)), asset=valley.own_asset, draft=True)
    page = carrying.open("/field/#/outbox")
    page.evaluate("window.scrollTo(0, 400)")
    carrying.enter("新的一条", asset=valley.own_asset, draft=True)
    page.wait_for_selector("main .row >> text=新的一条")
    assert page.evaluate("window.scrollY") == 400


def test_a_package_stays_while_an_unsent_entry_names_its_asset(carrying, valley):
    drafts = carrying.enter("边沟堵塞", asset=valley.own_asset, draft=True)
    page = carrying.page
    page.click(".packages .big-button.plain >> nth=1")
    page.wait_for_selector(".packages .reason")
    assert page.evaluate(KEPT_PACKAGE)
    page.evaluate(
        "async (id) => (await import('/static/field/outbox.js')).discardDraft(id)", drafts[0]
    )
    page.click(".packages .big-button.plain >> nth=1")
    page.wait_for_selector(".packages .equal")
    assert page.evaluate(KEPT_PACKAGE) is None


def test_the_map_and_its_list_show_the_same_without_the_server(carrying, link, valley):
    carrying.installed()
    link.close_port()
    carrying.context.grant_permissions(["geolocation"])
    carrying.context.set_geolocation({"longitude": on_road(300).x, "latitude": 31.05})
    page = _map(carrying)
    page.wait_for_function(INK)
    page.locator(".map-box").click(position=_middle(page))
    sheet = page.locator(".map-sheet")
    sheet.wait_for()
    assert valley.own_asset.name in sheet.inner_text()
    assert "K0+" in sheet.inner_text()
    assert sheet.locator("a.big-button").count() == 3
    page.click(".map-close")
    page.click(".map-switch[data-shows=list]")
    page.fill("#map-search", valley.own_asset.code.lower())
    assert page.locator(".map-item").count() == 1
    page.fill("#map-search", "nowhere")
    assert page.locator(".map-item").count() == 0
    page.fill("#map-search", "")
    page.click(".map-item-show")
    assert valley.own_asset.name in page.locator(".map-sheet h2").inner_text()
    sizes = page.locator(".map-tool").evaluate_all(
        "nodes => nodes.map((node) => Math.min(node.offsetWidth, node.offsetHeight))"
    )
    assert min(sizes) >= 48


def _middle(page):
    box = page.locator(".map-box").bounding_box()
    return {"x": box["width"] / 2, "y": box["height"] / 2}


def test_a_plate_leads_to_its_asset_by_its_last_characters(carrying, link, valley):
    carrying.installed()
    link.close_port()
    page = carrying.open("/field/#/scan")
    page.fill("#plate-code", "0000")
    page.click(".scan-typed button")
    page.wait_for_selector(".scan-typed .reason")
    page.fill("#plate-code", valley.own_asset.plate_code[-5:].lower())
    page.click(".scan-typed button")
    page.wait_for_url(f"**/field/#/asset/{valley.own_asset.pk}")
    address = f"https://atlas.example/public/a/{valley.own_asset.plate_code}/"
    code = "async (text) => (await import('/static/field/map/plate.js')).plateIn(text)"
    assert page.evaluate(code, address) == valley.own_asset.plate_code
    assert page.evaluate(code, "https://example.org/else") is None


def test_the_camera_opens_the_asset_where_the_browser_reads_codes(carrying, valley):
    address = f"https://atlas.example/public/a/{valley.own_asset.plate_code}/"
    carrying.page.evaluate(READER, address)
    carrying.page.evaluate("location.hash = '#/scan'")
    carrying.page.click("section .big-button")
    carrying.page.wait_for_url(f"**/field/#/asset/{valley.own_asset.pk}")
    assert carrying.page.evaluate("window.stream.getTracks().map((one) => one.readyState)") == [
        "ended"
    ]


def test_a_track_goes_on_after_the_browser_was_killed(phone):
    _stand(phone, 0)
    phone.page.evaluate(TRACK, "startTrack")
    for metres in (0, 30, 60):
        _stand(phone, metres)
        phone.page.wait_for_function(TRACKED, arg=metres // 30 + 1)
    before = phone.page.evaluate(TRACK, None)
    phone.kill()
    phone.start(permissions=["geolocation"], geolocation=_place(90))
    phone.page.wait_for_function(TRACKED, arg=4)
    track = phone.page.evaluate(TRACK, None)
    assert before["state"] == track["state"] == "running"
    assert before["length"] == pytest.approx(60, abs=1)
    assert track["length"] == pytest.approx(90, abs=1)


def _place(metres):
    place = on_road(metres)
    return {"longitude": place.x, "latitude": place.y, "accuracy": 5}


def _stand(phone, metres):
    phone.context.grant_permissions(["geolocation"])
    phone.context.set_geolocation(_place(metres))


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([(s, s * 1.4, 6) for s in range(500)], {"metres": 699, "gaps": 0}),
        ([(s, s % 7, 12) for s in range(3600)], {"metres": 0, "gaps": 0}),
        ([(s, 40 * (s % 2), 80) for s in range(300)], {"metres": 0, "weak": 300}),
        ([(0, 0, 5), (1, 20_000, 5), (2, 3, 5), (30, 42, 5)], {"metres": 42, "gaps": 0}),
        ([(0, 0, 5), (10, 14, 5), (900, 914, 5)], {"metres": 14, "gaps": 1, "missing": 900}),
    ],
    ids=["walking", "standing still", "unsure", "jumping", "silent"],
)
def test_a_track_is_as_long_as_the_way(phone, steps, told):
    way = phone.page.evaluate(WAY, steps)
    assert {name: way[name] for name in told} == {
        name: pytest.approx(value, abs=9) if name in ("metres", "missing") else value
        for name, value in told.items()
    }


def test_distances_and_chainages_are_those_of_the_register(phone, valley):
    chance = random.Random(7)
    points = [
        (WEST + chance.uniform(-0.05, 0.1), 31.05 + chance.uniform(-0.05, 0.05)) for _ in range(40)
    ]
    own = Asset.objects.filter(pk=valley.own_asset.pk)
    geometry = json.loads(valley.own_asset.geometry.geojson)
    measured = phone.page.evaluate(METRES_TO, [geometry, points])
    for point, metres in zip(points, measured, strict=True):
        place = Point(*point, srid=valley.own_asset.geometry.srid)
        exact = own.annotate(far=Distance("geometry", place, spheroid=True)).get().far.m
        assert metres == pytest.approx(exact, rel=5e-4, abs=0.5)
    ticks = phone.page.evaluate(TICKS, {"geometry": geometry, "start_m": 1250, "end_m": 4470})
    assert [chainage for chainage, _read in ticks] == list(range(1300, 4401, 100))
    assert all(abs(chainage - read) <= 1 for chainage, read in ticks)


@pytest.mark.parametrize(("language", "scheme"), [("zh-CN", "light"), ("en-GB", "dark")])
def test_no_screen_of_the_field_has_a_serious_fault(phone, valley, language, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run script/assets")
    phone.context.close()
    phone.start(language=language, width=320, color_scheme=scheme, bypass_csp=True)
    _take(phone)
    phone.enter("边沟堵塞", asset=valley.own_asset, draft=True)
    faults = []
    for screen in SCREENS.split():
        page = phone.open(f"/field/{_address(screen, valley)}")
        if screen.startswith("map"):
            page.wait_for_selector(DRAWN)
            page.click(f".map-switch[data-shows={'list' if '-' in screen else 'map'}]")
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        found = page.evaluate(f"() => axe.run(document, {{runOnly: {RULES!r}}})")
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [(screen, "wide", wide)] if wide > 320 else []
        faults += [
            (screen, rule["id"], node["html"][:160], node.get("failureSummary"))
            for rule in found["violations"]
            for node in rule["nodes"]
        ]
    assert faults == []


def _address(screen, valley):
    own = valley.own_asset.pk
    if screen == "asset":
        return f"#/asset/{own}"
    if screen in {"log", "inspection", "defect", "patrol"}:
        return f"#/{screen}/new?asset={own}"
    return f"#/{screen.split('-')[0]}"


def test_the_first_view_weighs_less_than_200_kilobytes(valley, phone):
    phone.context.close()
    phone.context = phone.browser_type.launch_persistent_context(
        str(phone.folder) + "-first",
        executable_path=phone.executable,
        args=["--no-sandbox"],
        service_workers="block",
    )
    phone.sign_in(valley.users["company_member"])
    page = phone.context.pages[0]
    weights = {}
    page.on("response", lambda answer: weights.update({answer.url: answer}))
    page.goto(phone.link.url + "/field/")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_load_state("networkidle")
    sizes = {url: len(gzip.compress(answer.body())) for url, answer in weights.items()}
    assert sum(sizes.values()) < FIRST_VIEW_BYTES, sorted(sizes.items(), key=lambda row: -row[1])
    assert not any("leaflet" in url for url in sizes)
