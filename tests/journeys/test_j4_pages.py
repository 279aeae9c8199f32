"""Journey J4: acceptance, rectification, handover and the gate, through the pages."""

from __future__ import annotations

import pytest

from assets.models import Asset
from tests.factories import build_world
from tests.factories.acceptance import completed_road, fresh
from tests.factories.funding import money_line
from tests.factories.photos import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = "2026-07-10"
TEAM = (("township", "王镇长"), ("contractor", "赵经理"), ("villager", "钱大娘"))
REASON = "终点避让基本农田,少修60米"
SURVEY = (
    b'{"type": "LineString", "coordinates": [[117.05, 31.05], [117.0650, 31.0502],'
    b" [117.0808, 31.0501]]}"
)


class Desk:
    """One person's browser on the page of the chain."""

    def __init__(self, visits, user, address, **options):
        self.page = visits.open(address, user=user, ready=False, language="en-US", **options)
        self.visits = visits

    def form(self, action):
        return self.page.locator(f"form[action$='/{action}/']").first

    def send(self, action, **values):
        """Fill in a form and send it; return the page that follows."""
        form = self.form(action)
        form.evaluate("form => form.closest('details') && (form.closest('details').open = true)")
        for name, value in values.items():
            self.enter(form.locator(f"[name='{name}']"), value)
        with self.page.expect_navigation():
            form.locator("button[type=submit]").click()
        return self

    def enter(self, field, value):
        if isinstance(value, dict):
            field.set_input_files(value)
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        elif value is True:
            field.check()
        else:
            field.fill(value)

    def refusal(self):
        return self.page.locator("#refusal").inner_text()

    def again(self):
        self.page.reload()
        return self


def _photo(colour):
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture(colour=colour)}


@pytest.fixture
def road(transactional_db, settings, tmp_path):
    """A completed road, its world and the address of its chain."""
    settings.MEDIA_ROOT = tmp_path
    world = build_world()
    site = completed_road(world, name="青溪至桥头公路", name_en="Qingxi–Qiaotou Road")
    return world, site, f"/assets/acceptance/{site.pk}/"


def _round(desk, *, measured="2.94"):
    """Open a round, seat the team, measure and answer the checklist."""
    desk.send("open", held_on=DAY)
    for role, name in TEAM:
        desk.send("member", role=role, name=name)
    form = desk.form("fill")
    for choice in form.locator("select").all():
        choice.select_option("ok")
    return desk.send("fill", measured_quantity=measured)


def _sign_and_pass(desk):
    desk.send("fill", discrepancy_reason=REASON)
    for _member in TEAM:
        desk.send("sign")
    return desk.send("conclude", verdict="passed", on=DAY)


def test_j4_through_the_pages(road, visits):
    world, site, address = road
    township = Desk(visits, world.users["township_officer"], address)
    builder = Desk(visits, world.users["company_member"], address, width=390, height=844)
    planner = Desk(visits, world.users["district_planner"], address)

    _round(township)
    township.send("conclude", verdict="rectify", on=DAY)
    assert "Give the reason" in township.refusal()
    township.send("fill", discrepancy_reason=REASON)
    for text in ("K1+200处路面断板", "K2+050处边沟未成型"):
        township.send("raise", text=text, on=DAY, due_on="2026-08-01", photos=_photo((120, 80, 40)))
    visits.picture(township.page, "j4-round-open")
    township.send("conclude", verdict="rectify", on=DAY)
    assert fresh(site).state == "rectifying"

    for number, colour in enumerate(((60, 140, 70), (70, 120, 160))):
        builder.again()
        assert builder.page.locator("form[action$='/recheck/']").count() == 0
        builder.send("rectify", note="已修复", on="2026-07-20", photos=_photo(colour))
        township.again().send("recheck", passed="yes", on="2026-07-25")
        pair = township.page.locator(".finding").nth(number).locator(".photo-pair img")
        assert pair.count() == 2
    builder.again().send("work-done", on="2026-07-26")
    visits.picture(builder.page, "j4-phone-findings")

    _round(township.again())
    township.send("conclude", verdict="passed", on=DAY)
    assert "villagers' representative" in township.refusal()
    _sign_and_pass(township)
    _round(planner.again())
    _sign_and_pass(planner)
    assert fresh(site).state == "accepted"
    _settle_and_hand_over(planner, world, site, visits)
    # The browser notes each refusal that was meant; anything else it says is a fault.
    refusals = [text for text in visits.complaints if "422" in text]
    assert len(refusals) == 3
    visits.complaints[:] = [text for text in visits.complaints if text not in refusals]


def _settle_and_hand_over(planner, world, site, visits):
    planner.send("settle", on="2026-08-20")
    gate = planner.page.locator("#closing .gate")
    assert gate.locator("li.missing").count() == 6
    visits.picture(planner.page, "j4-gate")
    planner.send(
        "as-built",
        file={"name": "survey.geojson", "mimeType": "application/json", "buffer": SURVEY},
    )
    planner.send("asset", start="K0+000")
    planner.send("prepare")
    planner.send("hand-over", on="2026-09-02")
    assert "Say who keeps it up." in planner.refusal()
    planner.send("handover", upkeep_party=str(world.companies[0].pk), warranty_until="2028-07-10")
    for party in ("from", "owner", "upkeep"):
        planner.send("sign-party", party=party, name="签字人", on="2026-09-01")
    planner.send(
        "document",
        kind="as_built_drawing",
        title="竣工图",
        file={"name": "竣工图.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 plan"},
    )
    planner.send("hand-over", on="2026-09-02")
    assert fresh(site).state == "handed_over"
    asset = Asset.objects.get(sources__site=site)
    assert (asset.owner, asset.upkeep_party, str(asset.warranty_until)) == (
        world.cooperatives[0],
        world.companies[0],
        "2028-07-10",
    )
    assert asset.geometry.num_points == 3
    assert gate.locator("li.there").count() == 5
    money_line(site)
    planner.send("close", on="2026-09-03")
    assert fresh(site).state == "closed"
    assert asset.code in planner.page.locator("#assets").inner_text()
    visits.picture(planner.page, "j4-closed")
