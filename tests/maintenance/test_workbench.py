"""The workbench: each role finds what waits for it, and each number is that of its list."""

from __future__ import annotations

import datetime
import re

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maintenance.models import Defect, PublicReport, WorkOrder
from maintenance.township_burden import township_burden
from maintenance.workbench import piles
from sites.access import scope_of
from tests.factories import draft_agreement, move_agreement, signed_agreement

NOW = timezone.now()
TODAY = timezone.localdate()
HOUR = datetime.timedelta(hours=1)
PLACE = Point(117.05, 31.05, srid=4490)


@pytest.fixture
def agreement(world):
    return signed_agreement(world, assets=[world.own_asset])


def order(agreement, state, *, due=HOUR):
    asset = agreement.scopes.get().asset
    return WorkOrder.objects.create(
        agreement=agreement,
        asset=asset,
        kind="routine",
        state=state,
        title=f"清沟 {state}",
        point=PLACE,
        issued_at=NOW - HOUR * 48,
        due_at=NOW + due,
        executor=agreement.parties.get(role="executor").organisation,
        inspector=agreement.parties.get(role="supervisor").organisation,
        confirmer=agreement.parties.get(role="participant").organisation,
    )


def defect(asset, state="reported", **values):
    return Defect.objects.create(
        asset=asset,
        kind="pothole",
        severity="minor",
        source="patrol",
        state=state,
        point=PLACE,
        found_at=NOW - HOUR,
        **values,
    )


def numbers(user):
    return {p.key: p.number.number for p in piles(scope_of(user), NOW) if p.number.number}


def test_each_side_of_an_order_finds_it_when_the_move_is_its_own(world, agreement):
    for state in ("issued", "accepted", "doing", "submitted", "inspected", "confirmed", "closed"):
        order(agreement, state)
    order(agreement, "issued", due=-HOUR)
    own = {name: numbers(world.users[name]) for name in world.users}
    assert own["company_member"] == {"orders-issued": 2, "orders-accepted": 2}
    assert own["association_member"] == {"orders-submitted": 1}
    assert own["cooperative_member"] == {"orders-inspected": 1}
    assert own["township_officer"] == {"orders-confirmed": 1, "orders-overdue": 1}
    assert own["evaluator"] == {}


def test_competitors_do_not_see_each_other_s_piles(world, agreement):
    other = signed_agreement(world, index=1, assets=[world.sibling_asset])
    order(other, "issued")
    assert numbers(world.users["company_member"]) == {}


def test_the_office_finds_defects_reports_signatures_and_renewals(world, agreement):
    defect(world.own_asset)
    defect(world.own_asset, state="verified")
    defect(world.sibling_asset)
    PublicReport.objects.create(asset=world.own_asset, text="路面有坑", point=PLACE)
    waiting = draft_agreement(world, assets=[])
    move_agreement(waiting, "negotiating")
    signed_agreement(world, ends_on=TODAY + datetime.timedelta(days=30))
    assert numbers(world.users["township_officer"]) == {
        "defects-reported": 1,
        "defects-verified": 1,
        "reports": 1,
        "agreements-to_sign": 1,
        "agreements-needs_renewal": 1,
    }
    assert numbers(world.users["company_member"]) == {"agreements-to_sign": 1}


def test_the_planner_sees_townships_side_by_side(world, agreement):
    order(agreement, "issued", due=-HOUR)
    defect(world.own_asset)
    defect(world.sibling_asset)
    burden = township_burden(scope_of(world.users["district_planner"]), NOW, TODAY)
    found = {row.code: dict(row.numbers) for row in burden.rows}
    assert found["340199100"]["late"] == 1
    assert found["340199100"]["defects"] == 1
    assert found["340199101"]["defects"] == 1
    assert "late" not in found["340199101"]
    assert "340198100" not in found


@pytest.mark.parametrize("name", ["company_member", "township_officer", "district_planner"])
def test_every_link_of_the_workbench_leads_somewhere(world, agreement, name):
    for state in ("issued", "confirmed"):
        order(agreement, state, due=-HOUR)
    defect(world.own_asset)
    client = Client()
    client.force_login(world.users[name])
    text = client.get("/maintenance/").content.decode()
    links = set(re.findall(r'href="(/(?:maintenance|assets)/[^"]*)"', text))
    assert len(links) > 10
    wrong = {
        link: client.get(link.replace("&amp;", "&")).status_code
        for link in links
        if client.get(link.replace("&amp;", "&")).status_code != 200
    }
    assert wrong == {}


@pytest.mark.parametrize("name", ["company_member", "township_officer", "district_planner"])
def test_more_work_needs_no_more_statements(world, agreement, name):
    client = Client()
    client.force_login(world.users[name])

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/maintenance/").status_code == 200
        return len(queries)

    for state in ("issued", "accepted", "submitted", "confirmed"):
        order(agreement, state, due=-HOUR)
    defect(world.own_asset)
    few = count()
    for _number in range(6):
        order(agreement, "issued")
        order(agreement, "confirmed")
        defect(world.own_asset)
        PublicReport.objects.create(asset=world.own_asset, text="坑", point=PLACE)
    assert count() <= few + 2  # names of users and townships that were not there before
    assert few <= {"company_member": 22, "township_officer": 46, "district_planner": 42}[name]


def test_who_holds_no_role_finds_an_empty_bench(client, django_user_model):
    client.force_login(django_user_model.objects.create(username="nobody"))
    assert client.get("/maintenance/").status_code == 200
    client.logout()
    assert client.get("/maintenance/").status_code == 302
