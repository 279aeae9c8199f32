"""Pages of payments, assessments and coverage: what they show, refuse, and how many statements."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maintenance.models import Assessment, PaymentRequest
from maintenance.money import Period
from maintenance.payment_plan import planned_payments
from maintenance.services import payment_move
from sites.access import scope_of
from tests.factories.money import (
    OCTOBER_1,
    acting,
    agreement_of_12_4_km,
    assessed,
    drafted,
    order_of,
)

AUGUST = Period(datetime.date(2026, 8, 1), datetime.date(2026, 8, 31))


@pytest.fixture
def agreement(world):
    return agreement_of_12_4_km(world)


@pytest.fixture
def as_role(world):
    def client_of(role):
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.users[role])
        return client

    return client_of


def assess_address(agreement):
    return f"/maintenance/agreements/{agreement.pk}/assess/?period=2026-09-10"


def test_the_bill_shows_each_line_of_the_calculation(world, agreement, as_role):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    text = as_role("company_member").get(f"/maintenance/payments/{payment.pk}/").content.decode()
    for words in ("12.4", "3,000.00", "3,100.00", "score 86", "coefficient 0.9", "2,790.00"):
        assert words in text
    assert "Approve this payment" not in text


def test_a_payment_that_waits_says_for_what(world, agreement, as_role):
    order = order_of(world, agreement, state="inspected")
    payment = drafted(world, agreement)
    office = as_role("township_officer")
    text = office.get(f"/maintenance/payments/{payment.pk}/").content.decode()
    assert f"#{order.number}" in text
    assert f"/maintenance/orders/{order.pk}/" in text
    assert "?period=2026-09-01" in text


def test_a_refused_move_tells_every_reason_on_the_page(world, agreement, as_role):
    order = order_of(world, agreement, state="inspected")
    assessed(world, agreement)
    payment = drafted(world, agreement)
    moves = f"/maintenance/payments/{payment.pk}/move/"

    def moved(role, to_state, **values):
        payment.refresh_from_db()
        body = {"to_state": to_state, "version": payment.version, **values}
        return as_role(role).post(moves, body)

    assert moved("association_member", "verified").status_code == 302
    assert moved("cooperative_member", "confirmed").status_code == 302
    refused = moved("township_officer", "approved")
    assert refused.status_code == 422
    assert refused.content.decode().count(f"#{order.number}") == 2
    assert moved("company_member", "approved").status_code == 403
    stale = as_role("township_officer").post(moves, {"to_state": "cancelled", "version": 1})
    assert stale.status_code == 422


def test_a_deduction_is_added_and_taken_back_on_the_page(world, agreement, as_role):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    office, page = as_role("township_officer"), f"/maintenance/payments/{payment.pk}/"
    given = {"version": payment.version, "amount": "100", "reason": "涵洞堵塞"}
    assert office.post(f"{page}deductions/", given).status_code == 302
    payment.refresh_from_db()
    assert str(payment.payable) == "2690.00"
    address = f"{page}deductions/{payment.deductions.get().pk}/remove/"
    body = {"version": payment.version, "reason": "误记"}
    assert office.post(address, body).status_code == 302
    assert not payment.deductions.exists()


@pytest.mark.parametrize("amount", ["", "0", "-1", "NaN", "1e999", "0.001", "x"])
def test_an_amount_that_is_none_is_refused_on_the_page(world, agreement, as_role, amount):
    payment = drafted(world, agreement)
    body = {"version": payment.version, "amount": amount, "reason": "x"}
    address = f"/maintenance/payments/{payment.pk}/deductions/"
    assert as_role("township_officer").post(address, body).status_code == 422


def test_the_form_of_an_assessment_sums_the_lost_points(world, agreement, as_role):
    body = {
        "places": 5,
        "points_0": "10",
        "cause_0": "边沟淤塞",
        "points_1": "4",
        "cause_1": "路肩缺草",
    }
    response = as_role("association_member").post(assess_address(agreement), body)
    assessment = Assessment.objects.get()
    assert response.headers["Location"] == f"/maintenance/assessments/{assessment.pk}/"
    assert (str(assessment.score), str(assessment.coefficient)) == ("86.00", "0.9000")
    page = as_role("company_member").get(response.headers["Location"]).content.decode()
    assert "边沟淤塞" in page


def test_a_correction_through_the_form_supersedes(world, agreement, as_role):
    first = assessed(world, agreement)
    client = as_role("association_member")
    assert "边沟淤塞" in client.get(assess_address(agreement)).content.decode()
    body = {"places": 5, "supersedes": first.pk, "points_0": "5", "cause_0": "x"}
    assert client.post(assess_address(agreement), body).status_code == 302
    assert Assessment.objects.get(supersedes=first).score == 95
    again = client.post(assess_address(agreement), body)
    assert again.status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"places": 5, "points_0": "10"},
        {"places": 5, "points_0": "101", "cause_0": "x"},
        {"places": 5, "points_0": "60", "cause_0": "x", "points_1": "60", "cause_1": "x"},
        {"places": 5, "points_0": "-1", "cause_0": "x"},
        {"places": 5, "supersedes": "x"},
        {"places": 5, "points_0": "1", "cause_0": "x" * 201},
    ],
)
def test_a_form_that_is_wrong_records_nothing(world, agreement, as_role, body):
    response = as_role("association_member").post(assess_address(agreement), body)
    assert response.status_code == 422
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("role", ["company_member", "cooperative_member", "township_officer"])
def test_only_the_association_sees_the_form(world, agreement, as_role, role):
    assert as_role(role).get(assess_address(agreement)).status_code == 403
    body = {"places": 5, "points_0": "1", "cause_0": "x"}
    assert as_role(role).post(assess_address(agreement), body).status_code == 403


def test_the_payments_of_a_month_are_previewed_and_drafted(world, as_role):
    agreements = [agreement_of_12_4_km(world) for _n in range(3)]
    drafted(world, agreements[0])
    office = as_role("township_officer")
    page = office.get("/maintenance/payments/draft/?month=2026-09").content.decode()
    assert agreements[0].number not in page
    assert PaymentRequest.objects.count() == 1
    ticked = {"month": "2026-09", "agreement": [agreements[1].pk, agreements[0].pk]}
    assert office.post("/maintenance/payments/draft/", ticked).status_code == 302
    assert {row.agreement_id for row in PaymentRequest.objects.all()} == {
        agreements[0].pk,
        agreements[1].pk,
    }
    assert as_role("cooperative_member").get("/maintenance/payments/draft/").status_code == 403


def test_the_plan_of_a_month_takes_as_many_statements_for_many_agreements(world):
    scope = scope_of(world.users["district_planner"])

    def statements():
        with CaptureQueriesContext(connection) as queries:
            planned = planned_payments(scope, datetime.date(2026, 9, 1))
        return len(planned), len(queries)

    agreement_of_12_4_km(world)
    few = statements()
    for _n in range(4):
        agreement_of_12_4_km(world, price_basis="per_order")
    assert (few[0], statements()[0]) == (1, 5)
    assert statements()[1] <= few[1] + 1


@pytest.mark.parametrize(
    "address",
    [
        "/maintenance/payments/",
        "/maintenance/payments/?waits=1",
        "/api/v1/payments",
        "/api/v1/assessments",
        "/maintenance/coverage/",
        "/maintenance/coverage/assets/",
        "/api/v1/upkeep-coverage",
    ],
)
def test_more_rows_need_no_more_statements(world, as_role, address):
    client = as_role("district_planner")

    def statements():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    def another():
        agreement = agreement_of_12_4_km(world)
        for period in (AUGUST, None):
            values = {"period": period} if period else {}
            assessed(world, agreement, **values)
            drafted(world, agreement, **values)

    another()
    few = statements()
    for _n in range(3):
        another()
    assert statements() == few


def test_a_page_of_payments_goes_on_where_the_last_one_ended(
    world, agreement, as_role, monkeypatch
):
    monkeypatch.setattr("maintenance.views.payment_list.PAGE_SIZE", 1)
    drafted(world, agreement)
    drafted(world, agreement, period=AUGUST)
    client = as_role("company_member")
    first = client.get("/maintenance/payments/")
    assert [row.period_start.month for row in first.context["payments"]] == [9]
    second = client.get(first.context["next_address"])
    assert [row.period_start.month for row in second.context["payments"]] == [8]
    assert second.context["next_address"] == ""


@pytest.mark.parametrize("query", ["state=x", "cursor=x", "from=x", "page=2", "agreement=x"])
def test_a_wrong_parameter_of_the_list_is_named_and_left_out(world, as_role, query):
    response = as_role("township_officer").get(f"/maintenance/payments/?{query}")
    assert response.status_code == 400
    assert query.split("=")[0] in response.content.decode()


@pytest.mark.parametrize("path", ["", "assets/", "csv/"])
@pytest.mark.parametrize("query", ["gap=x", "lacks=none", "township=x", "page=2", "kind=x"])
def test_a_wrong_parameter_of_the_coverage_is_named(world, as_role, path, query):
    response = as_role("township_officer").get(f"/maintenance/coverage/{path}?{query}")
    assert response.status_code == 400


def test_due_and_paid_by_source_sum_to_the_payments(world, agreement, as_role):
    assessed(world, agreement)
    drafted(world, agreement)
    context = as_role("township_officer").get("/maintenance/payments/").context
    assert {str(row.source): str(row.coming) for row in context["sources"]} == {
        "district": "1395.00",
        "township": "837.00",
        "village": "558.00",
    }
    assert (str(context["sums"]["coming"]), str(context["sums"]["due"])) == ("2790.00", "0.00")


def test_the_csv_file_holds_the_figures_of_the_page(world, agreement, as_role):
    client = as_role("district_planner")
    text = b"".join(client.get("/maintenance/coverage/csv/").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    total = client.get("/maintenance/coverage/").context["total"]
    assert sum(int(row["assets"]) for row in rows) == total.every.assets
    assert sum(int(row["none_assets"]) for row in rows) == total.managed.assets


def test_the_printed_bill_has_a_place_for_each_signature(world, agreement, as_role):
    payment = drafted(world, agreement)
    page = as_role("company_member").get(f"/maintenance/payments/{payment.pk}/print/")
    text = page.content.decode()
    for words in ("Verified by the supervisor", "Confirmed by the participant", "Approved", "Paid"):
        assert words in text


def test_steps_start_again_when_a_payment_goes_back_to_the_draft(world, agreement, as_role):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    payment_move(
        payment=payment, to_state="verified", at=OCTOBER_1, **acting(world, "association_member")
    )
    payment_move(
        payment=payment,
        to_state="drafted",
        reason="数量不对",
        at=OCTOBER_1,
        **acting(world, "cooperative_member"),
    )
    steps = as_role("company_member").get(f"/maintenance/payments/{payment.pk}/").context["steps"]
    assert [(step.is_done, step.is_next) for step in steps[:3]] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("few", [0, 2000])
def test_the_pages_behind_a_number_hold_each_asset_once(world, as_role, monkeypatch, few):
    monkeypatch.setattr("maintenance.coverage_listing.FEW", few)
    page_size = 2
    monkeypatch.setattr("maintenance.views.upkeep_coverage.PAGE_SIZE", page_size)
    agreement_of_12_4_km(world)
    client, address, seen = as_role("district_planner"), "/maintenance/coverage/assets/?gap=any", []
    while address:
        context = client.get(address).context
        seen += [asset.code for asset in context["assets"]]
        address = context["next_address"]
    total = client.get("/maintenance/coverage/").context["total"]
    assert len(seen) == len(set(seen)) == total.unmanaged.assets > page_size
    assert seen == sorted(seen)
