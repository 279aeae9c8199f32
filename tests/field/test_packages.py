"""What a phone takes along: what belongs to the place, told honestly, and nobody's secrets."""

from __future__ import annotations

import datetime
import gzip
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from field.api.package_body import package_parts
from field.packages import package_named, packages_of
from maintenance.kinds import AgreementState
from maintenance.models import PatrolPlan, PatrolStop, UpkeepSchedule
from maintenance.services import log_review
from sites.access import scope_of
from tests.factories import AssetFactory, UserFactory, signed_agreement
from tests.factories.feed import all_ended
from tests.factories.field import reported, standard
from tests.factories.maintenance import move_agreement
from tests.factories.orders import advance, by, issued_order, recorded_log

PACKAGES = "/api/v1/field/packages"


@pytest.fixture
def agreement(world):
    return signed_agreement(world, assets=[world.own_asset])


@pytest.fixture
def sibling(world):
    return signed_agreement(world, index=1, assets=[world.sibling_asset])


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def listed(client):
    answer = client.get(PACKAGES)
    assert answer.status_code == 200
    return {package["key"]: package for package in answer.json()["packages"]}


def taken(client, key, **headers):
    return client.get(f"{PACKAGES}/{key}", headers=headers)


def key_of(agreement):
    return f"agreement-{agreement.pk}"


def plan(agreement, asset):
    made = PatrolPlan.objects.create(
        agreement=agreement,
        organisation=agreement.parties.get(role="supervisor").organisation,
        name="每周巡查",
        frequency_days=7,
        next_due_on=timezone.localdate(),
    )
    PatrolStop.objects.create(plan=made, position=1, asset=asset)
    return made


def test_a_body_takes_its_agreements_and_the_office_its_townships(world, agreement, sibling):
    assert set(listed(signed_in(world.users["company_member"]))) == {key_of(agreement)}
    assert set(listed(signed_in(world.users["township_officer"]))) == {"area-340199100"}
    both = {"area-340199100", "area-340199101"}
    assert set(listed(signed_in(world.users["district_planner"]))) == both
    assert set(listed(signed_in(world.users["evaluator"]))) == both
    assert listed(signed_in(UserFactory())) == {}


def test_a_package_holds_what_the_forms_need(world, agreement):
    user, made = world.users["company_member"], standard()
    today = timezone.localdate()
    UpkeepSchedule.objects.filter(asset=world.own_asset).delete()
    UpkeepSchedule.objects.create(
        asset=world.own_asset, standard=made, frequency_days=30, next_due_on=today
    )
    order = advance(world, issued_order(world, agreement), "doing")
    log = recorded_log(order, user)
    log_review(
        log=log, verdict="returned", reason="照片不清", **by(world.users["association_member"])
    )
    defect = reported(world)
    rounds = plan(agreement, world.own_asset)
    body = taken(signed_in(user), key_of(agreement)).json()
    (asset,) = body["assets"]["features"]
    whole = [{"task": "routine", "start_m": 0.0, "end_m": 1200.0}]
    assert asset["id"] == str(world.own_asset.pk)
    assert asset["properties"] == {
        "code": world.own_asset.code,
        "name": world.own_asset.name,
        "name_en": world.own_asset.name_en,
        "kind": "road",
        "state": "in_service",
        "works_kind": "",
        "plate_code": world.own_asset.plate_code,
        "area_name": "上溪村",
        "township_name": "青溪镇",
        "length_m": pytest.approx(world.own_asset.measured_length_m, abs=0.06),
        "start_m": 0.0,
        "end_m": 1200.0,
        "agreements": [{"id": str(agreement.pk), "tasks": ["routine"], "stretches": whole}],
    }
    assert [one["id"] for one in body["orders"]] == [str(order.pk)]
    assert [one["id"] for one in body["defects"]] == [str(defect.pk)]
    assert body["returned"][0]["properties"]["reason"] == "照片不清"
    assert body["patrol_plans"][0]["stops"] == [str(world.own_asset.pk)]
    assert body["patrol_plans"][0]["id"] == str(rounds.pk)
    assert body["due"] == [
        {
            "asset": str(world.own_asset.pk),
            "standard": str(made.pk),
            "next_due_on": today.isoformat(),
        }
    ]
    (shown,) = [one for one in body["standards"] if one["id"] == str(made.pk)]
    assert [(item["text"], item["text_en"]) for item in shown["items"]] == [
        ("问题1？", "Question 1?")
    ]
    places = {place["properties"]["name"]: place for place in body["places"]["features"]}
    assert places["青溪镇"]["geometry"]["type"] == "MultiPolygon"
    assert places["上溪村"]["geometry"]["type"] == "Point"


def test_only_the_covered_stretches_are_named_where_not_all_is_covered(world):
    part = signed_agreement(world, assets=[(world.sibling_asset, 100, 300)])
    body = taken(signed_in(world.users["company_member"]), key_of(part)).json()
    (covered,) = body["assets"]["features"][0]["properties"]["agreements"]
    assert covered["stretches"] == [{"task": "routine", "start_m": 100.0, "end_m": 300.0}]


def test_nothing_restricted_and_no_house_is_in_any_package(world, agreement):
    reported(world)
    hidden = AssetFactory(area=world.villages[0], kind="facility", visibility="restricted")
    reported(world, asset=world.house_asset, user=world.users["district_planner"])
    for role in ("district_planner", "township_officer", "evaluator"):
        text = taken(signed_in(world.users[role]), "area-340199100").content.decode()
        assert world.house_asset.code not in text
        assert hidden.code not in text
        assert "H-SECRET" not in text
        assert world.own_asset.code in text
        assert [one["properties"]["asset"] for one in json.loads(text)["defects"]] == [
            str(world.own_asset.pk)
        ]


def test_a_competitors_work_is_in_no_package(world, agreement, sibling):
    issued_order(
        world, sibling, asset=world.sibling_asset, user=world.users["district_planner"], title="乙"
    )
    client = signed_in(world.users["company_member"])
    assert taken(client, key_of(sibling)).status_code == 404
    assert taken(client, "area-340199100").status_code == 404
    assert taken(client, key_of(agreement)).json()["orders"] == []


@pytest.mark.parametrize(
    "key",
    [
        "agreement-",
        "agreement-0",
        "agreement-00000000-0000-0000-0000-000000000000",
        "agreement-00000000000000000000000000000000",
        "area-",
        "area-34",
        "area-340199",
        "area-340199100201",
        "area-340198100",
        "area-３４",
        "area-%00",
        "area-340199100' OR 1=1",
        "x",
        "a" * 3000,
    ],
)
def test_what_is_no_package_of_ones_own_is_not_there(world, agreement, key):
    client = signed_in(world.users["township_officer"])
    assert taken(client, key).status_code == 404


def test_an_unknown_parameter_is_refused(world, agreement):
    client = signed_in(world.users["company_member"])
    assert client.get(PACKAGES, {"limit": 1}).status_code == 400
    assert client.get(f"{PACKAGES}/{key_of(agreement)}", {"v": 1}).status_code == 400


def test_a_package_that_has_not_changed_is_not_sent_again(world, agreement):
    client = signed_in(world.users["company_member"])
    first = taken(client, key_of(agreement))
    tag = first.headers["ETag"]
    again = taken(client, key_of(agreement), if_none_match=tag)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    reported(world)
    changed = taken(client, key_of(agreement), if_none_match=tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag
    assert changed.json()["version"] == first.json()["version"]


def test_the_version_follows_assets_rounds_and_standards(world, agreement):
    client = signed_in(world.users["company_member"])
    versions = [listed(client)[key_of(agreement)]["version"]]

    def note():
        versions.append(listed(client)[key_of(agreement)]["version"])
        assert taken(client, key_of(agreement)).json()["version"] == versions[-1]

    type(world.own_asset).objects.filter(pk=world.own_asset.pk).update(name="改名")
    note()
    made = plan(agreement, world.own_asset)
    note()
    made.stops.all().delete()
    PatrolStop.objects.create(plan=made, position=1, asset=world.own_asset)
    note()
    standard()
    note()
    assert len(set(versions)) == len(versions)


def test_the_version_follows_what_covers_the_assets(world, agreement):
    officer = signed_in(world.users["township_officer"])
    member = signed_in(world.users["company_member"])

    def versions():
        township, own = listed(officer)["area-340199100"], listed(member)[key_of(agreement)]
        return township["version"], own["version"]

    alone = versions()
    second = signed_agreement(world, assets=[world.own_asset], task="cleaning")
    covered = versions()
    assert covered[0] != alone[0]
    assert covered[1] != alone[1]
    signed_agreement(world, assets=[world.sibling_asset], task="cleaning")
    assert versions()[1] == covered[1]
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    move_agreement(second, AgreementState.TERMINATED, ended_on=yesterday)
    assert versions()[1] == alone[1]


def test_the_answer_is_packed_for_those_who_take_that(world, agreement):
    client = signed_in(world.users["company_member"])
    plain = taken(client, key_of(agreement))
    small = taken(client, key_of(agreement), accept_encoding="gzip, br")
    assert small.headers["Content-Encoding"] == "gzip"
    unpacked = json.loads(gzip.decompress(small.content))
    varying = ("made_at", "cursor")
    assert {k: v for k, v in unpacked.items() if k not in varying} == {
        k: v for k, v in plain.json().items() if k not in varying
    }


def test_the_sizes_in_the_list_are_right_within_a_tenth(world, agreement, monkeypatch):
    monkeypatch.setattr("field.api.package_sizes.ASSETS_LOOKED_AT", 0)
    for number in range(120):
        asset = AssetFactory(area=world.villages[0], kind="facility", name=f"设施{number}号")
        if number % 10 == 0:
            reported(world, asset=asset)
    client = signed_in(world.users["township_officer"])
    told = listed(client)["area-340199100"]
    plain = taken(client, "area-340199100").content
    small = taken(client, "area-340199100", accept_encoding="gzip").content
    assert told["assets"] == 121
    assert told["bytes"] == pytest.approx(len(plain), rel=0.1)
    assert told["compressed_bytes"] == pytest.approx(len(small), rel=0.15)


@pytest.mark.parametrize("address", ["", "/{}"])
def test_more_rows_need_no_more_statements(world, agreement, address):
    client = signed_in(world.users["company_member"])
    address = f"{PACKAGES}{address.format(key_of(agreement))}"

    def more():
        order = advance(world, issued_order(world, agreement), "doing")
        log = recorded_log(order, world.users["company_member"])
        log_review(log=log, verdict="returned", reason="x", **by(world.users["association_member"]))
        reported(world)
        plan(agreement, world.own_asset)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    more()
    few = asked()
    for _number in range(3):
        more()
    assert asked() == few


def test_what_changes_while_a_package_is_made_is_pulled_afterwards(world, agreement, monkeypatch):
    for door in ("pull", "packages"):
        monkeypatch.setattr(f"field.api.{door}.horizon_now", all_ended)
    client = signed_in(world.users["company_member"])
    issued_order(world, agreement)
    meanwhile = []

    def slow_to_read(*given):
        meanwhile.append(issued_order(world, agreement))
        return package_parts(*given)

    monkeypatch.setattr("field.api.packages.package_parts", slow_to_read)
    body = taken(client, key_of(agreement)).json()
    assert len(body["orders"]) == 2
    answer = client.get("/api/v1/sync/pull", {"cursor": body["cursor"]}).json()
    assert [item["entity_id"] for item in answer["items"]] == [str(meanwhile[0].pk)]


def test_an_agreement_that_has_ended_is_no_package_any_more(world, agreement):

    scope = scope_of(world.users["company_member"])
    over = agreement.ends_on + datetime.timedelta(days=1)
    assert packages_of(scope, over) == []
    with pytest.raises(type(agreement).DoesNotExist):
        package_named(key_of(agreement), scope, over)
