"""Journey J4: acceptance, rectification, handover and the gate, through the API."""

from __future__ import annotations

import hashlib
import json
import uuid

import pytest
from django.test import Client

from assets.services.takeover import asset_from_site
from sites.access import scope_of
from sites.kinds import Role
from tests.factories import member
from tests.factories.acceptance import completed_road, fresh
from tests.factories.funding import money_line
from tests.factories.photos import picture

BEFORE = picture(colour=(90, 60, 40))
AFTER = (picture(colour=(60, 90, 60)), picture(colour=(70, 110, 70)))
DAY = "2026-07-10"


class Caller:
    """Somebody at the API."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)

    def send(self, method, path, body=None, **headers):
        """Send JSON and return the answer."""
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            json.dumps(body or {}),
            "application/json",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )

    def post(self, path, status=200, **body):
        answer = self.send("POST", path, body)
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def patch(self, path, status=200, **body):
        etag = self.client.get(f"/api/v1/{path}").headers["ETag"]
        answer = self.send("PATCH", path, body, if_match=etag)
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def photo(self, content):
        """Send a photo and return its identifier."""
        identifier = str(uuid.uuid4())
        answer = self.client.put(
            f"/api/v1/photos/{identifier}",
            content,
            content_type="image/jpeg",
            headers={"X-Content-SHA256": hashlib.sha256(content).hexdigest()},
        )
        assert answer.status_code == 201, answer.content.decode()
        return identifier


def codes(problem):
    """The codes of a problem's errors."""
    return [entry["code"] for entry in problem["errors"]]


@pytest.fixture
def cast(world, settings, tmp_path):
    """The people of the journey."""
    settings.MEDIA_ROOT = tmp_path
    return {
        "planner": Caller(world.users["district_planner"]),
        "township": Caller(world.users["township_officer"]),
        "builder": Caller(world.users["company_member"]),
        "rival": Caller(
            member(Role.COMPANY_MEMBER, organisations=[world.companies[1]], username="rival")
        ),
    }


def _team():
    return [
        {"role": "township", "name": "王镇长"},
        {"role": "contractor", "name": "赵经理"},
        {"role": "villager", "name": "钱大娘"},
    ]


def _all_in_order(acceptance):
    return [
        {"item": entry["item"], "item_en": entry["item_en"], "result": "ok"}
        for entry in acceptance["checks"]
    ]


def _pass(caller, acceptance):
    """Fill in, sign and pass an open acceptance."""
    path = f"acceptances/{acceptance['id']}"
    filled = caller.patch(
        path,
        checks=_all_in_order(acceptance),
        measured_quantity=2.94,
        discrepancy_reason="终点避让基本农田,少修60米",
    )
    for person in filled["members"]:
        caller.post(f"{path}/sign", member=person["id"])
    return caller.post(f"{path}/conclude", verdict="passed", effective_on=DAY)


def test_j4_through_the_api(world, cast):
    """The whole chain; each refusal of the journey is met on the way."""
    site = completed_road(world)
    planner, township, builder = cast["planner"], cast["township"], cast["builder"]

    first = township.post(
        "acceptances", 201, site=str(site.pk), stage="preliminary", held_on=DAY, members=_team()
    )
    assert (first["claimed_quantity"], first["unit"]) == (3.0, "km")
    path = f"acceptances/{first['id']}"
    measured = township.patch(path, measured_quantity=2.94)
    assert (measured["difference"], measured["is_beyond_tolerance"]) == (-0.06, True)
    findings = [
        township.post(
            "findings",
            201,
            acceptance=first["id"],
            text=text,
            due_on="2026-08-01",
            raised_on=DAY,
            before_photos=[township.photo(BEFORE)],
        )
        for text in ("K1+200处路面断板", "K2+050处边沟未成型")
    ]
    refused = township.post(f"{path}/conclude", 422, verdict="rectify", effective_on=DAY)
    assert codes(refused) == ["discrepancy_reason_missing"]
    township.patch(path, discrepancy_reason="终点避让基本农田,少修60米")
    township.post(f"{path}/conclude", verdict="rectify", effective_on=DAY)
    assert fresh(site).state == "rectifying"

    for finding, content in zip(findings, AFTER, strict=True):
        address = f"findings/{finding['id']}"
        assert cast["rival"].client.get(f"/api/v1/{address}").status_code == 404
        assert codes(
            builder.post(f"{address}/rectify", 422, note="已修复", effective_on="2026-07-20")
        ) == ["photo_missing"]
        builder.post(
            f"{address}/rectify",
            note="已修复",
            effective_on="2026-07-20",
            photos=[builder.photo(content)],
        )
        conflict = builder.post(f"{address}/recheck", 403, passed=True)
        assert codes(conflict) == ["role_conflict"]
        closed = township.post(f"{address}/recheck", passed=True, effective_on="2026-07-25")
        assert closed["state"] == "closed"
        assert [photo["stage"] for photo in closed["photos"]] == ["before", "after"]
        assert [step["to_state"] for step in closed["history"]] == ["open", "rectified", "closed"]
    builder.post(
        f"sites/{site.pk}/state-changes", 201, to_state="completed", effective_on="2026-07-26"
    )

    second = township.post(
        "acceptances", 201, site=str(site.pk), stage="preliminary", held_on=DAY, members=_team()
    )
    township.patch(
        f"acceptances/{second['id']}",
        checks=_all_in_order(second),
        measured_quantity=2.94,
        discrepancy_reason="终点避让基本农田,少修60米",
    )
    unsigned = township.post(
        f"acceptances/{second['id']}/conclude", 422, verdict="passed", effective_on=DAY
    )
    assert codes(unsigned) == ["members_unsigned", "villager_unsigned"]
    _pass(township, second)

    refused = planner.post(f"sites/{site.pk}/state-changes", 409, to_state="accepted")
    assert (refused["code"], codes(refused)) == ("gate_not_met", ["final_acceptance_missing"])
    final = planner.post(
        "acceptances", 201, site=str(site.pk), stage="final", held_on=DAY, members=_team()
    )
    _pass(planner, final)
    assert fresh(site).state == "accepted"
    planner.post(f"sites/{site.pk}/state-changes", 201, to_state="settled")
    _hand_over(world, planner, site)


def _hand_over(world, planner, site):
    """Handover, gate, closing; the asset says it all afterwards."""
    gate = planner.client.get(f"/api/v1/sites/{site.pk}/gate").json()
    closing = next(entry for entry in gate["items"] if entry["to_state"] == "closed")
    assert [entry["code"] for entry in closing["missing"]] == [
        "asset_missing",
        "as_built_missing",
        "owner_missing",
        "upkeep_party_missing",
        "warranty_missing",
        "money_line_missing",
    ]
    refused = planner.post(f"sites/{site.pk}/state-changes", 409, to_state="handed_over")
    assert codes(refused) == ["handover_missing"]
    built = {"type": "LineString", "coordinates": [[117.05, 31.05], [117.0808, 31.0501]]}
    planner.patch(
        f"sites/{site.pk}",
        type="Feature",
        geometry=built,
        properties={"geometry_is": "actual"},
    )
    asset = _asset(world, site)
    handover = planner.post("handovers", 201, site=str(site.pk))
    assert handover["assets"] == [str(asset.pk)]
    path = f"handovers/{handover['id']}"
    incomplete = planner.post(f"{path}/complete", 409)
    assert incomplete["code"] == "gate_not_met"
    assert {"upkeep_party_missing", "warranty_until_missing"} <= set(codes(incomplete))
    planner.patch(
        path,
        upkeep_party=str(world.companies[0].pk),
        owner=str(world.cooperatives[0].pk),
        warranty_until="2028-07-10",
    )
    for party in ("from", "owner", "upkeep"):
        planner.post(f"{path}/sign", party=party, name="签字人", effective_on="2026-09-01")
    planner.post(f"{path}/complete", effective_on="2026-09-02")
    asset.refresh_from_db()
    assert fresh(site).state == "handed_over"
    assert (asset.owner, asset.upkeep_party, str(asset.warranty_until)) == (
        world.cooperatives[0],
        world.companies[0],
        "2028-07-10",
    )
    assert asset.geometry.coords == tuple(map(tuple, built["coordinates"]))
    refused = planner.post(f"sites/{site.pk}/state-changes", 409, to_state="closed")
    assert codes(refused) == ["money_line_missing"]
    money_line(site)
    planner.post(f"sites/{site.pk}/state-changes", 201, to_state="closed")
    assert fresh(site).state == "closed"


def _asset(world, site):
    user = world.users["district_planner"]
    return asset_from_site(site=fresh(site), actor=user, scope=scope_of(user))
