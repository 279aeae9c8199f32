"""Pages of reports: what they tell, bad addresses, and the filter by a figure at every door."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from reports import figure_parameter
from tests.factories.reports import AS_OF, drafted, finished_road, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(world):
    client = Client()
    client.force_login(world.users["district_planner"])
    return client


@pytest.mark.parametrize("many", [1, 1_000], ids=["looked up", "joined"])
def test_a_figure_is_the_same_sites_at_every_door(world, planner, monkeypatch, many):
    monkeypatch.setattr(figure_parameter, "MANY_SITES", many)
    roads = [finished_road(world, number, Decimal(500)) for number in range(3)]
    report = signed(world)
    figure = report.figures.get(key="road_km")
    finished_road(world, 9, Decimal(500))
    query = f"figure={figure.pk}"
    page = planner.get(f"/sites/?{query}").content.decode()
    assert all(road.code in page for road in roads)
    assert "ROAD-0009" not in page
    counts = planner.get(f"/api/v1/sites/counts?{query}").json()
    assert counts["total"] == figure.site_count
    assert counts["declared_length_m"] == float(figure.value) * 1000
    exported = b"".join(planner.get(f"/api/v1/sites.geojson?{query}"))
    assert len(json.loads(exported)["features"]) == figure.site_count
    added = planner.get(f"/?{query}").context["page_settings"]["added"]
    (told,) = next(entry["values"] for entry in added if entry["name"] == "figure")
    assert told[0] == str(figure.pk)
    assert report.label in told[1]


@pytest.mark.parametrize("value", ["abc", "1", "0000", "'; drop", "%00", "x" * 5000])
def test_a_figure_that_cannot_be_is_refused_by_name(world, planner, value):
    answer = planner.get("/api/v1/sites", {"figure": value})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "figure"


def test_an_unknown_figure_has_no_sites(world, planner):
    counts = planner.get(f"/api/v1/sites/counts?figure={world.own.pk}").json()
    assert counts["total"] == 0


@pytest.mark.parametrize(
    "address",
    [
        "/reports/?kind=x",
        "/reports/?state=x",
        "/reports/?year=abc",
        "/reports/?cursor=abc",
        "/reports/?what=1",
        "/reports/ledger/?cursor=abc",
        "/reports/ledger/?year=0",
        "/reports/stated/?year=abc",
        "/reports/stated/?area=x",
        "/reports/stated/?what=1",
    ],
)
def test_a_bad_address_is_named_and_still_shows_the_page(world, planner, address):
    answer = planner.get(address)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"area": "99"},
        {"area": "x"},
        {"year": "abc"},
        {"year": "99999"},
        {"period": "2023-99"},
        {"period": "2023", "year": "2023"},
        {"as_of": "yesterday"},
        {"as_of": "2023-02-30"},
        {"limit": "0"},
        {"cursor": "x"},
        {"what": "1"},
    ],
)
def test_a_live_figure_refuses_what_it_cannot_read(world, planner, given):
    for key in ("road_km", "pass_rate", "paid_total"):
        assert planner.get(f"/api/v1/figures/{key}", given).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"template": "nope", "area": "340199", "period": "2023", "as_of": "2024-01-01"},
        {"template": "annual-work-report", "area": "9", "period": "2023", "as_of": "2024-01-01"},
        {"template": "annual-work-report", "area": "340199", "period": 1, "as_of": "2024-01-01"},
        {"template": "annual-work-report", "area": "340199", "period": "x", "as_of": "2024-01-01"},
        {
            "template": "annual-work-report",
            "area": "340199",
            "period": "2023",
            "as_of": "2022-01-01",
        },
        {"template": ["x"], "area": {}, "period": None, "as_of": 5},
        [],
    ],
)
def test_a_report_that_cannot_be_made_is_refused(world, planner, body):
    answer = planner.post("/api/v1/reports", json.dumps(body), content_type="application/json")
    assert answer.status_code in {400, 422}


@pytest.mark.parametrize("value", ["abc", 5, None, "1e5", "NaN", "1.1234567", "9" * 30])
def test_a_stated_value_is_an_exact_number(world, planner, value):
    body = {
        "figure": "road_km",
        "organisation": str(world.companies[0].pk),
        "area": world.district.code,
        "year": 2023,
        "value": value,
    }
    answer = planner.post(
        "/api/v1/stated-figures", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 422


def test_the_page_marks_draft_and_signed_and_prints_the_rounding(world, planner):
    draft = drafted(world)
    page = planner.get(reverse("reports:report-detail", args=[draft.pk])).content.decode()
    assert 'class="report-state draft"' in page
    assert 'class="rounding' in page
    done = signed(world)
    page = planner.get(reverse("reports:report-detail", args=[done.pk])).content.decode()
    assert 'class="report-state signed"' in page
    assert "陈主任" in page
    ledger = planner.get(reverse("reports:ledger")).content.decode()
    assert str(done.pk) in ledger
    assert str(draft.pk) not in ledger


def test_text_of_a_section_is_never_markup(world, planner):
    report = drafted(world)
    section = report.sections.order_by("position").first()
    answer = planner.post(
        reverse("reports:report-section-edit", args=[report.pk, section.pk]),
        {
            "version": report.version,
            "kind": "text",
            "body": "<script>alert(1)</script> {{ road_km }}",
        },
    )
    assert answer.status_code == 302
    page = planner.get(reverse("reports:report-detail", args=[report.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert 'data-key="road_km"' in page


def test_a_form_that_misses_something_says_so(world, planner):
    report = drafted(world)
    for action, given in (
        ("sign", {"version": report.version}),
        ("sign", {"version": "x", "signer_name": "a"}),
        ("sign", {"version": report.version + 1, "signer_name": "a"}),
        ("refresh", {"version": report.version, "as_of": "gestern"}),
        ("refresh", {"version": report.version, "as_of": "1900-01-01"}),
        ("withdraw", {"version": report.version, "reason": "x"}),
    ):
        answer = planner.post(reverse(f"reports:report-{action}", args=[report.pk]), given)
        assert answer.status_code == 422, (action, given)
    assert report.as_of == AS_OF
