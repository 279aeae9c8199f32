"""Journey J5: a three-party agreement and a month of upkeep money, by API and through the pages.

12.4 km at 3,000 yuan per km and year, shares 50/30/20; score 86, coefficient 0.9, a deduction of
100: 2,690.00 = 1,345.00 + 807.00 + 538.00. Nothing is approved before the cooperative confirms
the work order, and the company cannot score itself.
"""

from __future__ import annotations

import datetime
from uuid import uuid4

import pytest
from django.test import Client

from maintenance.models import PaymentRequest, UpkeepSchedule, UpkeepStandard, WorkOrder
from maintenance.services import order_issue
from tests.factories import build_world
from tests.factories.money import acting, agreement_of_12_4_km, september_noon

PERIOD = {"period_start": "2026-09-01", "period_end": "2026-09-30"}
CAUSE = "边沟淤塞"


def september_order(world, agreement):
    """The work order of September, as the township issued it then."""
    return order_issue(
        agreement=agreement,
        asset=agreement.scopes.first().asset,
        title="清理边沟",
        kind="routine",
        priority="normal",
        at=september_noon(1),
        due_at=september_noon(20),
        **acting(world, "township_officer"),
    )


FAR_AHEAD = datetime.date(2099, 12, 31)
"""The end of the term and the next check, so that coverage does not hang on the clock."""


def checked_in_time(agreement):
    """Let the next check of each of the agreement's assets be due far ahead."""
    UpkeepSchedule.objects.all().delete()
    standard = UpkeepStandard.objects.create(
        code="J5", name="巡查", asset_kind="road", task="routine", frequency_days=30
    )
    for scope in agreement.scopes.all():
        UpkeepSchedule.objects.create(
            asset=scope.asset, standard=standard, frequency_days=30, next_due_on=FAR_AHEAD
        )


class Party:
    """One party's account at the API."""

    def __init__(self, world, role):
        self.client = Client()
        self.client.force_login(world.users[role])

    def get(self, path):
        return self.client.get(f"/api/v1/{path}").json()

    def post(self, path, body, *, refused=0):
        """Send a body; `refused` is the status where it is not to be accepted."""
        response = self.client.post(f"/api/v1/{path}", body, content_type="application/json")
        expected = {refused} if refused else {200, 201}
        assert response.status_code in expected, response.content
        return response.json()

    def put(self, path, body):
        response = self.client.put(f"/api/v1/{path}", body, content_type="application/json")
        assert response.status_code == 201, response.content
        return response.json()


def log_body(order):
    return {
        "type": "Feature",
        "geometry": None,
        "properties": {
            "order": str(order.pk),
            "task": "routine",
            "device_time": "2026-09-18T08:00:00+08:00",
            "note": "清理边沟两侧",
        },
    }


def test_j5_through_the_api(world):
    agreement = agreement_of_12_4_km(world, ends_on=FAR_AHEAD)
    order = september_order(world, agreement)
    company, association = Party(world, "company_member"), Party(world, "association_member")
    cooperative, township = Party(world, "cooperative_member"), Party(world, "township_officer")
    order_moves = f"work-orders/{order.pk}/moves"

    for state in ("accepted", "doing"):
        company.post(order_moves, {"to_state": state})
    log = company.put(f"logs/{uuid4()}", log_body(order))
    company.post(order_moves, {"to_state": "submitted"})
    association.post(order_moves, {"to_state": "inspected"})
    association.post(f"logs/{log['id']}/reviews", {"verdict": "verified"})

    score = {
        "agreement": str(agreement.pk),
        **PERIOD,
        "score": "86",
        "lines": [{"points": "14", "cause": CAUSE}],
    }
    refused = company.post("assessments", score, refused=403)
    assert [error["code"] for error in refused["errors"]] == ["self_assessment"]
    assert association.post("assessments", score)["coefficient"] == "0.9000"

    payment = company.post("payments", {"agreement": str(agreement.pk), **PERIOD})
    assert payment["base"] == "3100.00"
    path = f"payments/{payment['id']}"
    payment = association.post(f"{path}/deductions", {"amount": "100.00", "reason": "涵洞堵塞"})
    assert payment["payable"] == "2690.00"
    assert [share["amount"] for share in payment["shares"]] == ["1345.00", "807.00", "538.00"]

    association.post(f"{path}/moves", {"to_state": "verified"})
    cooperative.post(f"{path}/moves", {"to_state": "confirmed"})
    blocked = township.post(f"{path}/moves", {"to_state": "approved"}, refused=409)
    assert [error["code"] for error in blocked["errors"]] == ["order_not_confirmed"]
    assert f"#{order.number}" in blocked["errors"][0]["message"]
    assert world.cooperatives[0].name in blocked["errors"][0]["message"]

    cooperative.post(order_moves, {"to_state": "confirmed"})
    assert township.get(f"{path}/blocks")["items"] == []
    assert township.post(f"{path}/moves", {"to_state": "approved"})["state"] == "approved"
    paid = {"to_state": "paid", "document_no": "拨付〔2026〕17号", "paid_on": "2026-10-12"}
    assert township.post(f"{path}/moves", paid)["payable"] == "2690.00"

    checked_in_time(agreement)
    covered = {str(scope.asset_id) for scope in agreement.scopes.all()}
    managed = township.get("assets?gap=none&geometry=none")["features"]
    assert {feature["id"] for feature in managed} == covered


class Desk:
    """One person's browser."""

    def __init__(self, visits, user, **options):
        self.visits, self.user, self.options = visits, user, options
        self.page = None

    def open(self, path):
        if self.page is None:
            self.page = self.visits.open(path, user=self.user, ready=False, **self.options)
        else:
            self.page.goto(self.visits.address + path)
        return self

    def send(self, form, **values):
        """Fill in a form of the page, found by its selector, and send it."""
        form = self.page.locator(form).first
        form.evaluate("form => form.closest('details') && (form.closest('details').open = true)")
        for name, value in values.items():
            form.locator(f"[name='{name}']").fill(value)
        with self.page.expect_navigation():
            form.locator("button[type=submit]").first.click()
        return self

    def move(self, to_state, **values):
        """Use the page's own button for a move."""
        return self.send(f"form:has(input[name=to_state][value={to_state}])", **values)

    def shows(self, *texts):
        shown = self.page.locator("main").inner_text()
        return all(text in shown for text in texts)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_j5_through_the_pages(visits):
    world = build_world()
    agreement = agreement_of_12_4_km(world, ends_on=FAR_AHEAD)
    order = september_order(world, agreement)
    company_api = Party(world, "company_member")
    for state in ("accepted", "doing"):
        company_api.post(f"work-orders/{order.pk}/moves", {"to_state": state})
    log = company_api.put(f"logs/{uuid4()}", log_body(order))
    company_api.post(f"work-orders/{order.pk}/moves", {"to_state": "submitted"})
    checked_in_time(agreement)

    township = Desk(visits, world.users["township_officer"])
    association = Desk(visits, world.users["association_member"])
    cooperative = Desk(visits, world.users["cooperative_member"], width=390, height=844)
    company = Desk(visits, world.users["company_member"])

    township.open("/maintenance/payments/draft/?month=2026-09")
    township.send("form:has(input[name=agreement])")
    payment = PaymentRequest.objects.get()
    address = f"/maintenance/payments/{payment.pk}/"
    township.open(address)
    assert township.shows("3,100.00", "12.4", f"#{order.number}")

    association.open(f"/maintenance/orders/{order.pk}/").move("inspected")
    association.open(f"/maintenance/logs/{log['id']}/")
    association.send("form:has(input[name=verdict][value=verified])")
    assess = f"/maintenance/agreements/{agreement.pk}/assess/?period=2026-09-15"
    association.open(assess)
    visits.picture(association.page, "j5-assess")
    association.send(".assessment-form", points_0="14", cause_0=CAUSE)
    assert association.shows("86", "0.9", CAUSE)
    company.open(address)
    assert company.page.request.get(visits.address + assess).status == 403
    assert company.page.locator("form:has(input[value=verified])").count() == 0

    association.open(address)
    association.send("form[action$='/deductions/']", amount="100.00", reason="涵洞堵塞")
    assert association.shows("2,690.00", "1,345.00", "807.00", "538.00")
    association.move("verified")
    cooperative.open(address).move("confirmed")

    township.open(address)
    assert township.shows(f"#{order.number}", world.cooperatives[0].name)
    assert township.page.locator("form:has(input[value=approved]) button").is_disabled()
    visits.picture(township.page, "j5-blocked")

    cooperative.open(f"/maintenance/orders/{order.pk}/").move("confirmed")
    assert WorkOrder.objects.get(pk=order.pk).state == "confirmed"
    township.open(address).move("approved")
    township.move("paid", document_no="拨付〔2026〕17号", paid_on="2026-10-12")
    assert township.shows("2,690.00", "拨付〔2026〕17号")
    visits.picture(township.page, "j5-paid")
    payment.refresh_from_db()
    assert payment.state == "paid"

    township.open(f"/maintenance/coverage/assets/?gap=none&township={agreement.area.code}")
    assert all(township.shows(scope.asset.code) for scope in agreement.scopes.all())
