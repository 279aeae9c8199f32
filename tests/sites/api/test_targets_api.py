"""Targets and service records over HTTP."""

from __future__ import annotations

import hashlib

import pytest

from sites.models import ServiceRecord, Target
from tests.factories import ProjectSiteFactory
from tests.factories.targets import programme, service_record, target
from tests.sites.api.conftest import codes

TARGETS, RECORDS = "/api/v1/targets", "/api/v1/service-records"


def target_body(world, **values):
    place = world.townships[0].code
    return {
        "programme": world.programme.code,
        "area": place,
        "year": 2023,
        "assigned": 12.5,
        **values,
    }


def record_body(world, **values):
    return {
        "programme": programme().code,
        "area": world.townships[0].code,
        "title": "电工培训班",
        "starts_on": "2023-03-01",
        "ends_on": "2023-03-20",
        "people": 60,
        **values,
    }


def test_a_target_tells_what_was_done_and_leads_to_exactly_those_sites(world, planner):
    road = ProjectSiteFactory(
        code="R-1",
        area=world.villages[0],
        programme=world.programme,
        declared_length_m="1250.5",
        state="accepted",
    )
    created = planner.post(TARGETS, target_body(world))
    assert created.status_code == 201
    answer = planner.get(created["Location"]).json()
    assert (answer["assigned"], answer["executed"], answer["gap"]) == (12.5, 1.2505, -11.2495)
    assert (answer["unit"], answer["numerator"], answer["denominator"]) == ("km", 1.2505, 12.5)
    assert answer["identifiers_sha256"] == hashlib.sha256(str(road.pk).encode()).hexdigest()
    behind = planner.get(answer["sites"]).json()
    assert [feature["id"] for feature in behind["features"]] == [str(road.pk)]


def test_a_target_is_changed_under_its_version_and_removed(world, planner):
    created = planner.post(TARGETS, target_body(world))
    address, etag = created["Location"], created["ETag"]
    assert planner.patch(address, {"assigned": 9}).status_code == 428
    changed = planner.patch(address, {"assigned": 9}, etag=etag)
    assert (changed.status_code, changed.json()["assigned"]) == (200, 9.0)
    stale = planner.patch(address, {"assigned": 8}, etag=etag)
    assert (stale.status_code, stale.json()["current"]["assigned"]) == (412, 9.0)
    assert planner.delete(address, etag=changed["ETag"]).status_code == 204
    assert not Target.objects.exists()


def test_targets_are_narrowed_by_the_address(world, planner):
    course = programme()
    target(course, world.townships[0], 600)
    target(course, world.townships[0], 90, measure="pass_rate")
    target(world.programme, world.townships[1], 3, year=2024)

    def found(query):
        return len(planner.get(f"{TARGETS}?{query}").json()["items"])

    assert found("year=2023") == 2
    assert found("measure=pass_rate&area=340199100") == 1
    assert found(f"programme={world.programme.code}") == 1
    assert found("area=340198") == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"assigned": -1}, "assigned"),
        ({"assigned": "12"}, "assigned"),
        ({"assigned": True}, "assigned"),
        ({"assigned": 1e30}, "assigned"),
        ({"assigned": 0.12345}, "assigned"),
        ({"year": "2023"}, "year"),
        ({"year": 1800}, "year"),
        ({"measure": "speed"}, "measure"),
        ({"measure": "pass_rate"}, "measure"),
        ({"programme": "NO-SUCH"}, "programme"),
        ({"programme": None}, "programme"),
        ({"area": ["340199100"]}, "area"),
        ({"luck": 5}, "luck"),
        ({"note": "x" * 2001}, "note"),
        ({"document_number": "x" * 81}, "document_number"),
    ],
)
def test_bad_targets_are_refused_by_field(world, planner, values, field):
    answer = planner.post(TARGETS, target_body(world, **values))
    assert answer.status_code == 422
    assert field in codes(answer)


def test_what_was_executed_is_computed_and_never_taken_from_the_caller(world, planner):
    answer = planner.post(TARGETS, target_body(world, executed=5, verified=5))
    assert (answer.status_code, answer.json()["executed"]) == (201, 0.0)


@pytest.mark.parametrize(
    "query",
    ["year=x", "year=20233", "area=abc", "measure=luck", "nothing=1", "programme=%00", "limit=0"],
)
@pytest.mark.parametrize("address", [TARGETS, RECORDS])
def test_unreadable_addresses_are_refused(planner, address, query):
    assert planner.get(f"{address}?{query}").status_code == 400


def test_who_may_not_set_targets_is_told_so(world, officer, company, evaluator, nobody):
    row = target(world.programme, world.townships[0], 3)
    address = f"{TARGETS}/{row.pk}"
    answers = [
        (officer, 200, 403),
        (evaluator, 200, 403),
        (company, 404, 403),
        (nobody, 401, 401),
    ]
    for caller, read, write in answers:
        assert caller.get(address).status_code == read
        assert caller.post(TARGETS, target_body(world, year=2024)).status_code == write
    assert officer.patch(address, {"assigned": 1}, etag='"1"').status_code == 403


def test_the_township_enters_and_the_office_reviews(world, officer, planner):
    created = officer.post(RECORDS, record_body(world, passed=57, amount="1200.50"))
    assert (created.status_code, created.json()["state"]) == (201, "reported")
    review = f"{created['Location']}/review"
    verdict = {"verdict": "verified"}
    assert officer.post(review, verdict, etag=created["ETag"]).status_code == 403
    assert planner.post(review, verdict).status_code == 428
    verified = planner.post(review, verdict, etag=created["ETag"])
    assert (verified.status_code, verified.json()["state"]) == (200, "verified")
    assert planner.post(review, verdict, etag=created["ETag"]).status_code == 412
    assert planner.post(review, verdict, etag=verified["ETag"]).status_code == 409
    late = officer.patch(created["Location"], {"people": 59}, etag=verified["ETag"])
    assert late.status_code == 409
    unexplained = planner.post(review, {"verdict": "returned"}, etag=verified["ETag"])
    assert (unexplained.status_code, list(codes(unexplained))) == (422, ["reason"])
    returned = {"verdict": "returned", "reason": "名册不符"}
    assert planner.post(review, returned, etag=verified["ETag"]).json()["state"] == "returned"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"people": -1}, "people"),
        ({"people": "60"}, "people"),
        ({"people": 2**33}, "people"),
        ({"passed": 61}, ""),
        ({"amount": 12.5}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": "-1.00"}, ""),
        ({"ends_on": "2023-02-30"}, "ends_on"),
        ({"ends_on": "2023-02-01"}, ""),
        ({"ends_on": "2099-01-01"}, "ends_on"),
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"state": "verified", "luck": 1}, "luck"),
        ({"provider": "none"}, "provider"),
    ],
)
def test_bad_records_are_refused_by_field(world, officer, values, field):
    answer = officer.post(RECORDS, record_body(world, **values))
    assert answer.status_code == 422, answer.content
    assert field in codes(answer)
    assert not ServiceRecord.objects.exists()


def test_a_township_does_not_enter_for_another(world, officer):
    body = record_body(world, area=world.townships[1].code)
    assert officer.post(RECORDS, body).status_code == 403


def test_the_same_key_enters_a_record_once(world, officer):
    body = record_body(world)
    first, again = (officer.post(RECORDS, body, key="course-1") for _ in range(2))
    assert first.json()["id"] == again.json()["id"]
    assert ServiceRecord.objects.count() == 1


def test_lists_of_records_cost_the_same_however_long(world, planner, django_assert_max_num_queries):
    course = programme()
    for number in range(12):
        service_record(course, world.townships[0], number)
    with django_assert_max_num_queries(8):
        assert len(planner.get(RECORDS).json()["items"]) == 12
