"""Assessments and payments over HTTP: decimals as texts, versions, refusals, bad input."""

import uuid

import pytest
from django.test import Client

from maintenance.models import Assessment, PaymentRequest
from tests.factories import MembershipFactory, UserFactory
from tests.factories.money import (
    SEPTEMBER,
    agreement_of_12_4_km,
    assessed,
    drafted,
    order_of,
)

PERIOD = {"period_start": "2026-09-01", "period_end": "2026-09-30"}


@pytest.fixture
def agreement(world):
    return agreement_of_12_4_km(world)


class Caller:
    """A client that signs in as a role and speaks JSON."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)

    def get(self, path, **params):
        return self.client.get(f"/api/v1/{path}", params)

    def post(self, path, body, **headers):
        return self.client.post(
            f"/api/v1/{path}", body, content_type="application/json", headers=headers
        )

    def delete(self, path, **headers):
        return self.client.delete(f"/api/v1/{path}", headers=headers)


@pytest.fixture
def as_role(world):
    return lambda role: Caller(world.users[role])


def assessment_body(agreement, **values):
    return {
        "agreement": str(agreement.pk),
        **PERIOD,
        "score": "86",
        "lines": [{"points": "14", "cause": "边沟淤塞"}],
        **values,
    }


def payment_body(agreement, **values):
    return {"agreement": str(agreement.pk), **PERIOD, **values}


def error_codes(response):
    return [error["code"] for error in response.json()["errors"]]


def test_a_payment_is_answered_with_texts_for_every_amount(world, agreement, as_role):
    assert (
        as_role("association_member")
        .post("assessments", assessment_body(agreement))
        .json()["coefficient"]
        == "0.9000"
    )
    response = as_role("township_officer").post("payments", payment_body(agreement))
    assert response.status_code == 201
    payment = PaymentRequest.objects.get()
    assert response.headers["Location"] == f"/api/v1/payments/{payment.pk}"
    body = response.json()
    for name in ("id", "created_at", "updated_at"):
        body.pop(name)
    assert body == {
        "agreement": str(agreement.pk),
        "agreement_number": agreement.number,
        **PERIOD,
        "state": "drafted",
        "assessment": str(Assessment.objects.get().pk),
        "score": "86.00",
        "quantity": "12.4000",
        "quantity_unit": "km",
        "unit_price": "3000.00",
        "base": "3100.00",
        "coefficient": "0.9000",
        "deductions_total": "0.00",
        "payable": "2790.00",
        "shares": [
            {"source": "district", "percent": "50.000", "amount": "1395.00"},
            {"source": "township", "percent": "30.000", "amount": "837.00"},
            {"source": "village", "percent": "20.000", "amount": "558.00"},
        ],
        "deductions": [],
        "document_no": "",
        "paid_on": None,
        "note": "",
        "version": payment.version,
    }


def test_nothing_is_payable_before_the_assessment(world, agreement, as_role):
    body = as_role("company_member").post("payments", payment_body(agreement)).json()
    assert (body["coefficient"], body["payable"], body["score"]) == (None, None, None)


def test_the_company_account_cannot_score_itself(world, agreement, as_role):
    response = as_role("company_member").post("assessments", assessment_body(agreement))
    assert response.status_code == 403
    assert error_codes(response) == ["self_assessment"]


def test_a_blocked_approval_lists_every_reason(world, agreement, as_role):
    order = order_of(world, agreement, state="inspected")
    assessed(world, agreement)
    payment = drafted(world, agreement)
    moves = f"payments/{payment.pk}/moves"
    assert as_role("association_member").post(moves, {"to_state": "verified"}).status_code == 200
    assert as_role("cooperative_member").post(moves, {"to_state": "confirmed"}).status_code == 200
    response = as_role("township_officer").post(moves, {"to_state": "approved"})
    assert (response.status_code, response.json()["code"]) == (409, "blocked")
    assert error_codes(response) == ["order_not_confirmed"]
    assert f"#{order.number}" in response.json()["errors"][0]["message"]
    blocks = as_role("company_member").get(f"payments/{payment.pk}/blocks").json()["items"]
    assert [(block["code"], block["link"]) for block in blocks] == [
        ("order_not_confirmed", f"/maintenance/orders/{order.pk}/")
    ]
    history = as_role("evaluator").get(moves).json()["items"]
    assert [move["to_state"] for move in history] == ["drafted", "verified", "confirmed"]


def test_a_deduction_is_added_and_taken_back_under_a_version(world, agreement, as_role):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    office = as_role("township_officer")
    added = office.post(
        f"payments/{payment.pk}/deductions", {"amount": "100.00", "reason": "涵洞堵塞"}
    )
    assert added.json()["payable"] == "2690.00"
    path = f"payments/{payment.pk}/deductions/{added.json()['deductions'][0]['id']}"
    tag = added.headers["ETag"]
    assert office.delete(f"{path}?reason=x").status_code == 428
    stale = office.delete(f"{path}?reason=x", **{"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current"]["payable"]) == (412, "2690.00")
    assert office.delete(path, **{"If-Match": tag}).status_code == 422
    taken = office.delete(f"{path}?reason=x", **{"If-Match": tag})
    assert (taken.status_code, taken.json()["payable"]) == (200, "2790.00")


def test_an_action_under_a_stale_version_is_refused_with_what_stands_now(world, agreement, as_role):
    payment = drafted(world, agreement)
    response = as_role("township_officer").post(
        f"payments/{payment.pk}/deductions",
        {"amount": "1.00", "reason": "x"},
        **{"If-Match": '"99"'},
    )
    assert response.status_code == 412
    assert response.json()["current"]["id"] == str(payment.pk)


def test_the_same_request_sent_twice_drafts_once(world, agreement, as_role):
    office = as_role("township_officer")
    answers = [
        office.post("payments", payment_body(agreement), **{"Idempotency-Key": "k-1"})
        for _time in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert PaymentRequest.objects.count() == 1
    again = office.post("payments", payment_body(agreement))
    assert (again.status_code, error_codes(again)) == (409, ["payment_periods_do_not_overlap"])


def test_another_township_s_parties_know_nothing_of_it(world, agreement):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    user = UserFactory()
    MembershipFactory(user=user, role="company_member", organisations=[world.companies[1]])
    other = Caller(user)
    for path in ("", "/blocks", "/moves"):
        assert other.get(f"payments/{payment.pk}{path}").status_code == 404
    assert other.post(f"payments/{payment.pk}/moves", {"to_state": "paid"}).status_code == 404
    assert other.get("payments").json()["items"] == []
    assert other.get("assessments").json()["items"] == []
    response = other.post("payments", payment_body(agreement))
    assert (response.status_code, error_codes(response)) == (422, ["does_not_exist"])


def test_payments_that_wait_for_me(world, agreement, as_role):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    ways = [("verified", "association_member"), ("confirmed", "cooperative_member")]
    waiting = []
    for to_state, role in [*ways, ("approved", "township_officer")]:
        waits = {
            name: bool(as_role(name).get("payments", waits=1).json()["items"])
            for name in world.users
        }
        waiting.append(sorted(name for name, is_mine in waits.items() if is_mine))
        as_role(role).post(f"payments/{payment.pk}/moves", {"to_state": to_state})
    assert waiting == [
        ["association_member"],
        ["cooperative_member"],
        ["district_planner", "township_officer"],
    ]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"score": 86}, "invalid"),
        ({"score": "86.123"}, "max_decimal_places"),
        ({"score": "101"}, "max_value"),
        ({"score": "NaN"}, "invalid"),
        ({"score": "8e1"}, "invalid"),
        ({"score": "-1"}, "invalid"),
        ({"score": "90"}, "lines_do_not_sum"),
        ({"lines": [{"points": "14"}]}, "required"),
        ({"lines": [{"points": "0", "cause": "x"}]}, "min_value"),
        ({"lines": "none"}, "not_a_list"),
        ({"lines": [{"points": "0.07", "cause": "x"}] * 201}, "max_length"),
        ({"period_end": "2026-08-30"}, "days_out_of_order"),
        ({"period_end": "2026-10-30"}, "not_a_period"),
        ({"period_start": "2026-02-30"}, "invalid"),
        ({"period_start": "0001-01-01"}, "agreement_not_in_force"),
        ({"agreement": str(uuid.uuid4())}, "does_not_exist"),
        ({"agreement": 7}, "does_not_exist"),
        ({"supersedes": str(uuid.uuid4())}, "does_not_exist"),
        ({"coefficient": "2"}, "lines_do_not_sum"),
        ({"grade": "A"}, "unknown_field"),
    ],
)
def test_a_bad_assessment_is_refused_by_name(world, agreement, as_role, changed, code):
    body = {**assessment_body(agreement), **changed}
    if code == "lines_do_not_sum":
        body["lines"] = [{"points": "13", "cause": "x"}]
    response = as_role("association_member").post("assessments", body)
    assert response.status_code == 422
    assert code in error_codes(response)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"amount": 100}, 422),
        ({"amount": "0.00"}, 422),
        ({"amount": "-5"}, 422),
        ({"amount": "1.234"}, 422),
        ({"amount": "1e3"}, 422),
        ({"amount": "99999999999999"}, 422),
        ({"reason": ""}, 422),
        ({"reason": "x" * 201}, 422),
        ({"order": str(uuid.uuid4())}, 422),
        ({"defect": "x"}, 422),
        ({"payment": "x"}, 422),
    ],
)
def test_a_bad_deduction_is_refused(world, agreement, as_role, changed, status):
    payment = drafted(world, agreement)
    body = {"amount": "100.00", "reason": "x", **changed}
    response = as_role("township_officer").post(f"payments/{payment.pk}/deductions", body)
    assert response.status_code == status
    assert not payment.deductions.exists()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"to_state": "paid"}, 409, "illegal_transition"),
        ({"to_state": "lost"}, 422, "invalid"),
        ({}, 422, "invalid"),
        ({"to_state": "cancelled"}, 422, "invalid"),
        ({"to_state": "verified"}, 403, "forbidden"),
        ({"to_state": "verified", "paid_on": "tomorrow"}, 422, "invalid"),
    ],
)
def test_a_bad_move_is_refused(world, agreement, as_role, body, status, code):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    response = as_role("township_officer").post(f"payments/{payment.pk}/moves", body)
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_paying_needs_document_and_day(world, agreement, as_role):
    assessed(world, agreement)
    payment = drafted(world, agreement)
    moves = f"payments/{payment.pk}/moves"
    for to_state, role in (
        ("verified", "association_member"),
        ("confirmed", "cooperative_member"),
        ("approved", "district_planner"),
    ):
        assert as_role(role).post(moves, {"to_state": to_state}).status_code == 200
    response = as_role("township_officer").post(moves, {"to_state": "paid"})
    assert error_codes(response) == ["blank", "required"]
    paid = {"to_state": "paid", "document_no": "拨付17号", "paid_on": "2026-10-09"}
    for day in ("2026-08-31", "2999-01-01"):
        response = as_role("township_officer").post(moves, {**paid, "paid_on": day})
        assert error_codes(response) == ["out_of_range"]
    response = as_role("township_officer").post(moves, paid)
    assert (response.status_code, response.json()["paid_on"]) == (200, "2026-10-09")


@pytest.mark.parametrize("query", ["state=lost", "waits=maybe", "from=x", "agreement=1", "page=2"])
def test_a_parameter_that_cannot_be_used_is_named(world, as_role, query):
    response = as_role("township_officer").client.get(f"/api/v1/payments?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == query.split("=")[0]


def test_the_filter_of_periods(world, agreement, as_role):
    drafted(world, agreement)
    office = as_role("township_officer")

    def found(**params):
        return len(office.get("payments", **params).json()["items"])

    assert found(**{"from": SEPTEMBER.last, "until": SEPTEMBER.first}) == 1
    assert found(**{"from": "2026-10-01"}) == 0
    assert found(until="2026-08-31") == 0
    assert (found(state="drafted,paid"), found(state="paid")) == (1, 0)
    assert (found(area="340199100"), found(area="340199101")) == (1, 0)
    assert found(agreement=agreement.pk) == 1


def test_a_proposal_averages_what_inspections_lost(world, agreement, as_role):
    body = as_role("association_member").get(
        f"agreements/{agreement.pk}/assessment-proposal", period_start="2026-09-12"
    )
    assert body.json() == {**PERIOD, "inspections": 0, "score": "100.00", "lines": []}
    for query in ("", "?period_start=x", "?period_start=2031-01-01"):
        path = f"agreements/{agreement.pk}/assessment-proposal{query}"
        assert as_role("association_member").get(path).status_code == 400
