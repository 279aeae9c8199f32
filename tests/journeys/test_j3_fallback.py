"""Journey 3: more was done than assigned, and the district pays the gap, to its cap (J3)."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from sites.models import ProjectSite
from tests.factories.funding import houses_beyond_target

pytestmark = pytest.mark.django_db

ASSIGNED, EXECUTED = 500, 520


class Caller:
    """Somebody who calls the API with JSON and expects a status."""

    def __init__(self, user):
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(user)

    def post(self, path, expected=201, **body):
        answer = self.client.post(
            f"/api/v1/{path}", json.dumps(body), content_type="application/json"
        )
        assert answer.status_code == expected, answer.content.decode()
        return answer.json()

    def get(self, path, expected=200):
        answer = self.client.get(f"/api/v1/{path}")
        assert answer.status_code == expected, answer.content.decode()
        return answer.json()


@pytest.fixture
def programme(world):
    """A housing programme: 500 households assigned to the district, 520 verified."""
    return houses_beyond_target(world, assigned=ASSIGNED, verified=EXECUTED)


def the_committees_document(planner, world):
    return planner.post(
        "funding/documents",
        area=world.district.code,
        kind="approval",
        number="区人常〔2023〕9号",
        title="关于危房改造区级兜底资金的决议",
        issued_on="2023-12-18",
    )


def booking(world, programme, amount, **values):
    return {
        "programme": programme.code,
        "area": world.district.code,
        "source": "district",
        "amount": amount,
        "booked_on": "2023-12-25",
        **values,
    }


def test_j3_through_the_api(world, programme):
    planner = Caller(world.users["district_planner"])
    proposed = planner.post(
        "fallbacks",
        programme=programme.code,
        area=world.district.code,
        unit_cost="20000.00",
        other_sources="100000.00",
    )
    assert (proposed["assigned"], proposed["executed"]) == ("500.000", "520.000")
    assert (proposed["gap"], proposed["amount"]) == ("20.000", "300000.00")
    assert (proposed["state"], proposed["as_of"]) == (
        "proposed",
        timezone.localdate().isoformat(),
    )
    fallback = proposed["id"]
    early = booking(world, programme, "1.00", stage="allocated", fallback=fallback)
    refused = planner.post("funding", 409, **early)
    assert refused["errors"][0]["code"] == "fallback_is_approved"
    document = the_committees_document(planner, world)
    approved = planner.post(
        f"fallbacks/{fallback}/approval", 200, approval=document["id"], approved_on="2023-12-20"
    )
    assert approved["state"] == "approved"
    for stage in ("allocated", "released"):
        planner.post("funding", **booking(world, programme, "400000.00", stage=stage))
    for stage, amount in (("paid", "200000.00"), ("paid", "100000.00")):
        given = booking(world, programme, amount, stage=stage, fallback=fallback)
        planner.post("funding", **given)
    over = booking(
        world, programme, "0.01", stage="paid", fallback=fallback, override_reason="再付一分"
    )
    refused = planner.post("funding", 409, **over)
    [error] = refused["errors"]
    assert (error["field"], error["code"]) == ("amount", "fallback_not_exceeded")
    assert "300,000.00" in error["message"]
    assert "0.01" in error["message"]
    told = planner.get(f"fallbacks/{fallback}")
    assert (told["paid"], told["left"]) == ("300000.00", "0.00")
    sums = planner.get(f"funding/balances?fallback={fallback}")
    assert sums["total"]["paid"] == sums["levels"]["district"]["paid"] == "300000.00"
    assert planner.get("funding?stage=paid")["items"][0]["amount"] == "200000.00"


def test_a_fallback_is_the_planners_and_stays_as_it_was_computed(world, programme):
    officer, planner = (
        Caller(world.users[role]) for role in ("township_officer", "district_planner")
    )
    asked = {"programme": programme.code, "area": world.district.code, "unit_cost": "20000.00"}
    officer.post("fallbacks", 403, **asked)
    made = planner.post("fallbacks", **asked)
    assert made["amount"] == "400000.00"
    ProjectSite.objects.filter(code="WF-0").update(removed_at=timezone.now())
    assert planner.get(f"fallbacks/{made['id']}")["executed"] == "520.000"
    planner.post("fallbacks", 409, **asked)
    refused = planner.post(
        "fallbacks", 422, **{**asked, "other_sources": str(Decimal(400_000)) + ".00"}
    )
    assert refused["errors"][0]["field"] == "other_sources"


def test_a_withdrawn_fallback_makes_room_for_another_and_takes_no_money(world, programme):
    planner = Caller(world.users["district_planner"])
    asked = {"programme": programme.code, "area": world.district.code, "unit_cost": "20000.00"}
    first = planner.post("fallbacks", **asked)
    planner.post(f"fallbacks/{first['id']}/withdrawal", 422, reason="")
    gone = planner.post(f"fallbacks/{first['id']}/withdrawal", 200, reason="重新核算")
    assert gone["state"] == "withdrawn"
    document = the_committees_document(planner, world)
    planner.post(
        f"fallbacks/{first['id']}/approval",
        409,
        approval=document["id"],
        approved_on="2023-12-20",
    )
    planner.post("fallbacks", **asked)
