"""Pages of work orders and field entries: one step each way, previews, and constant queries."""

from __future__ import annotations

import datetime
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maintenance.models import LogReview, MaintenanceLog, WorkOrder
from maintenance.services import defect_move
from tests.factories.field import reported
from tests.factories.orders import advance, by, issued_order, recorded_log
from tests.factories.photos import picture

pytestmark = pytest.mark.django_db
LISTS = (
    "/maintenance/orders/",
    "/maintenance/orders/?view=board",
    "/maintenance/orders/?mine=1",
    "/maintenance/logs/",
    "/maintenance/logs/?standing=pending",
    "/api/v1/work-orders",
    "/api/v1/logs",
    "/api/v1/costs",
)


@pytest.fixture
def order(world, agreement):
    return issued_order(world, agreement)


@pytest.fixture
def as_user(world):
    def client_of(name):
        client = Client()
        client.force_login(world.users[name])
        return client

    return client_of


def moved(client, order, to_state, **fields):
    order.refresh_from_db()
    values = {"to_state": to_state, "version": order.version, **fields}
    return client.post(f"/maintenance/orders/{order.pk}/move/", values)


def _upload(name, colour):
    return SimpleUploadedFile(name, picture(colour=colour), content_type="image/jpeg")


def verified_defect(world, **values):
    defect = reported(world, **values)
    if defect.state == "reported":
        defect_move(
            defect=defect,
            to_state="verified",
            at=timezone.now(),
            **by(world.users["township_officer"]),
        )
    return defect


def test_an_order_goes_from_issue_to_close_through_the_pages(
    world, agreement, as_user, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    officer, company = as_user("township_officer"), as_user("company_member")
    form = officer.get(f"/maintenance/orders/new/?asset={world.own_asset.pk}&lon=117.055&lat=31.05")
    assert form.status_code == 200
    issued = officer.post(
        f"/maintenance/orders/new/?asset={world.own_asset.pk}",
        {
            "title": "修补坑槽",
            "kind": "minor_repair",
            "priority": "urgent",
            "due_at": (timezone.localtime() + datetime.timedelta(days=2)).strftime(
                "%Y-%m-%dT%H:%M"
            ),
            "agreement": agreement.pk,
            "start_m": "K0+100",
            "end_m": "K0+180",
            "longitude": "117.0515",
            "latitude": "31.05",
            "item_1": "沥青",
            "unit_1": "m2",
            "planned_1": "6.5",
        },
    )
    order = WorkOrder.objects.get()
    assert issued.headers["Location"] == f"/maintenance/orders/{order.pk}/"
    assert (order.point.x, order.quantities.get().planned) == (117.0515, 6.5)
    assert moved(company, order, "accepted").status_code == 302
    assert moved(company, order, "doing").status_code == 302
    refused = moved(company, order, "submitted")
    assert refused.status_code == 422
    recorded = company.post(
        f"/maintenance/logs/new/?order={order.pk}",
        {
            "entry": uuid.uuid4(),
            "task": "minor_repair",
            "device_time": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
            "labour_days": "1.5",
            "note": "切割、清理、填补",
            "before": [_upload("a.jpg", (40, 120, 90))],
            "after": [_upload("b.jpg", (200, 10, 30))],
        },
    )
    assert recorded.status_code == 302, recorded.content.decode()[:2000]
    assert moved(company, order, "submitted", done_1="6.2").status_code == 302
    assert moved(as_user("association_member"), order, "inspected").status_code == 302
    assert moved(as_user("cooperative_member"), order, "confirmed").status_code == 302
    assert moved(officer, order, "closed").status_code == 302
    page = officer.get(f"/maintenance/orders/{order.pk}/").content.decode()
    for name in ("甲公司", "甲协会", "甲合作社", "K0+100–K0+180", "6.2"):
        assert name in page


def test_the_page_offers_the_next_step_to_whose_it_is_alone(world, order, as_user):
    address = f"/maintenance/orders/{order.pk}/"
    button = re.compile(r'name="to_state" value="accepted"')
    offered = {
        name: bool(button.search(as_user(name).get(address).content.decode()))
        for name in ("company_member", "association_member", "cooperative_member", "evaluator")
    }
    assert offered == {
        "company_member": True,
        "association_member": False,
        "cooperative_member": False,
        "evaluator": False,
    }


def test_a_step_at_an_old_version_is_refused_and_told(world, order, as_user):
    advance(world, order, "accepted")
    answer = as_user("company_member").post(
        f"/maintenance/orders/{order.pk}/move/", {"to_state": "doing", "version": 1}
    )
    order.refresh_from_db()
    assert (answer.status_code, order.state) == (409, "accepted")


def test_a_preview_changes_nothing_and_says_what_is_refused(world, agreement, as_user):
    ready, done = issued_order(world, agreement), issued_order(world, agreement)
    advance(world, done, "doing")
    company = as_user("company_member")
    sent = {"action": "accept", "order": [ready.pk, done.pk]}
    preview = company.post("/maintenance/orders/bulk/", sent)
    assert preview.status_code == 200
    assert (preview.context["done"], preview.context["refused"]) == (1, 1)
    ready.refresh_from_db()
    assert ready.state == "issued"
    after = company.post("/maintenance/orders/bulk/", {**sent, "confirm": "1"})
    ready.refresh_from_db()
    assert (ready.state, after.context["done"], after.context["refused"]) == ("accepted", 1, 1)


def test_several_defects_become_one_order_each_asset(world, agreement, as_user):
    first, second = verified_defect(world), verified_defect(world)
    officer = as_user("township_officer")
    due = (timezone.localtime() + datetime.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    sent = {
        "kind": "minor_repair",
        "priority": "high",
        "due_at": due,
        "defect": [first.pk, second.pk],
    }
    preview = officer.post("/maintenance/orders/issue/", sent)
    assert (preview.context["done"], WorkOrder.objects.count()) == (1, 0)
    assert officer.post("/maintenance/orders/issue/", {**sent, "confirm": "1"}).status_code == 302
    order = WorkOrder.objects.get()
    assert set(order.defects.all()) == {first, second}
    first.refresh_from_db()
    assert first.state == "ordered"
    again = officer.post("/maintenance/orders/issue/", {**sent, "confirm": "1"})
    assert (again.context["refused"], WorkOrder.objects.count()) == (1, 1)


def test_defects_follow_their_order(world, agreement):
    defect = verified_defect(world)
    order = issued_order(world, agreement, defects=[defect])
    seen = []
    for state in ("doing", "submitted", "closed"):
        advance(world, order, state)
        defect.refresh_from_db()
        seen.append(defect.state)
    assert seen == ["ordered", "repaired", "closed"]
    other = verified_defect(world)
    withdrawn = issued_order(world, agreement, defects=[other])
    advance(world, withdrawn, "cancelled")
    other.refresh_from_db()
    assert (other.state, other.order) == ("verified", None)


def test_entries_are_verified_together_but_never_by_their_writer(world, order, as_user):
    advance(world, order, "doing")
    log = recorded_log(order, world.users["company_member"])
    for name, done in (("company_member", 0), ("association_member", 1)):
        preview = as_user(name).post("/maintenance/logs/bulk/", {"log": [log.pk]})
        assert preview.context["done"] == done
    assert not LogReview.objects.exists()
    as_user("association_member").post("/maintenance/logs/bulk/", {"log": [log.pk], "confirm": "1"})
    assert LogReview.objects.get().verdict == "verified"


@pytest.mark.parametrize("sent", [{}, {"order": "x"}, {"action": "close"}, {"action": "x"}])
def test_a_bulk_action_without_rows_leads_back(order, as_user, sent):
    answer = as_user("township_officer").post("/maintenance/orders/bulk/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/maintenance/orders/")


@pytest.mark.parametrize(
    "address",
    [
        "/maintenance/orders/?state=x",
        "/maintenance/orders/?cursor=x",
        "/maintenance/orders/?surprise=1",
        "/maintenance/orders/?bbox=1",
        "/maintenance/logs/?standing=x",
        "/maintenance/logs/?cursor=-1",
        "/maintenance/logs/?cursor=9999999999999999999999",
        "/maintenance/logs/?order=1",
    ],
)
def test_a_wrong_parameter_is_named_and_left_out(order, as_user, address):
    answer = as_user("township_officer").get(address)
    assert answer.status_code == 400
    assert answer.context["problems"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"due_at": "soon"}, "due_at"),
        ({"due_at": "2001-01-01T00:00"}, None),
        ({"start_m": "100"}, "start_m"),
        ({"start_m": "K0+100", "end_m": ""}, "start_m"),
        ({"start_m": "K0+100", "end_m": "K9+000"}, "start_m"),
        ({"estimate": "-1"}, "estimate"),
        ({"estimate": "NaN"}, "estimate"),
        ({"agreement": uuid.uuid4()}, "agreement"),
        ({"defects": "x"}, "defects"),
        ({"longitude": "500"}, "longitude"),
        ({"longitude": "nan"}, "longitude"),
        ({"item_1": "沥青"}, "unit_1"),
        ({"planned_1": "5"}, "item_1"),
    ],
)
def test_a_form_that_cannot_be_says_where(world, agreement, as_user, fields, field):
    sent = {
        "title": "修补",
        "kind": "minor_repair",
        "priority": "normal",
        "due_at": "2099-01-01T08:00",
        "agreement": agreement.pk,
        **fields,
    }
    answer = as_user("township_officer").post(
        f"/maintenance/orders/new/?asset={world.own_asset.pk}", sent
    )
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert (field or "__all__") in errors
    assert not WorkOrder.objects.exists()


def test_a_cost_is_recorded_and_taken_back_once(world, order, as_user):
    officer = as_user("township_officer")
    address = f"/maintenance/orders/{order.pk}/costs/"
    cost = {"kind": "material", "source": "township", "amount": "820.50"}
    day = timezone.localdate().isoformat()
    assert officer.post(address, {**cost, "incurred_on": day}).status_code == 302
    assert officer.post(address, {**cost, "amount": "0", "incurred_on": day}).status_code == 422
    assert as_user("company_member").post(address, {**cost, "incurred_on": day}).status_code == 403
    entry = order.costs.get()
    back = f"{address}{entry.pk}/reverse/"
    assert officer.post(back, {"reason": ""}).status_code == 422
    assert officer.post(back, {"reason": "记错"}).status_code == 302
    assert officer.post(back, {"reason": "再来"}).status_code == 422
    assert sum(row.amount for row in order.costs.all()) == 0


def _count(client, address):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert response.status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", LISTS)
def test_more_rows_need_no_more_statements(world, agreement, as_user, address):
    planner = as_user("district_planner")
    _fill(world, agreement, 2)
    few = _count(planner, address)
    _fill(world, agreement, 10)
    assert _count(planner, address) == few
    assert few <= 22


def _fill(world, agreement, number):
    for place in range(number):
        order = issued_order(world, agreement)
        if place % 2:
            advance(world, order, "doing")
            recorded_log(order, world.users["company_member"])
    assert MaintenanceLog.objects.exists()
