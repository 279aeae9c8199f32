"""Journey J1: the annual report whose figures open the map, over the API.

214 finished roads of 2023 sum to 680.00 km; the report says 680, its figure lists exactly these
sites, and money by source is the ledger's to the fen. One site is then corrected by -1.2 km: the
signed report still says 680, and the drift shows 678.8 with the site and the person.
"""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.test import Client

from funding.models import LedgerEntry
from reports.models import Report
from sites.models import ProjectSite
from tests.factories.funding import booked
from tests.factories.reports import roads_of_680_km

pytestmark = pytest.mark.django_db
SENTENCE = "农村道路畅通里程{{ road_km }}公里"


class Office:
    """The planner at the API."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)

    def get(self, address):
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def send(self, method, address, body, *, status=200, **headers):
        answer = getattr(self.client, method)(
            address, json.dumps(body), content_type="application/json", headers=headers
        )
        assert answer.status_code == status, answer.content
        return answer.json()


def listed(office, query):
    """Every site that an address lists, and the totals that the map tells of it."""
    found = office.get(f"/api/v1/sites?{query}&limit=1000&geometry=none")
    return {row["id"] for row in found["features"]}, office.get(f"/api/v1/sites/counts?{query}")


def paid(world, roads):
    """Money of every level, in fen that round badly."""
    for source, amount in (
        ("central", "33333333.33"),
        ("province", "22222222.22"),
        ("city", "11111111.15"),
        ("district", "44444444.45"),
        ("village-collective", "5555555.55"),
    ):
        booked(world, amount, source=source, site=roads[0], upto=True)


def test_j1_over_the_api(world):
    planner = world.users["district_planner"]
    roads = roads_of_680_km(world)
    paid(world, roads)
    office = Office(planner)
    report = office.send(
        "post",
        "/api/v1/reports",
        {
            "template": "annual-work-report",
            "area": world.district.code,
            "period": "2023",
            "as_of": "2024-03-31",
        },
        status=201,
    )
    assert SENTENCE in report["sections"][0]["body"]
    address = f"/api/v1/reports/{report['id']}"
    figures = {row["key"]: row for row in office.get(f"{address}/figures")["items"]}
    road_km = figures["road_km"]
    assert (road_km["told"], road_km["value"], road_km["site_count"]) == ("680", "680", 214)

    sites, counts = listed(office, f"figure={road_km['id']}")
    assert sites == {str(road.pk) for road in roads}
    assert (counts["total"], counts["declared_length_m"]) == (214, 680_000.0)
    _money_is_the_ledgers(figures)

    signed = office.send("post", f"{address}/sign", {"signer_name": "陈主任"})
    assert signed["state"] == "signed"
    _corrected(office, roads[5])
    _signed_stands_and_drift_tells(office, address, roads[5], planner)


def _money_is_the_ledgers(figures):
    """Every line equals the ledger to the fen, and what is shown sums to what is shown."""
    rows = LedgerEntry.objects.filter(stage="paid", programme__year=2023)
    by_level = {}
    for level, amount in rows.values_list("source__level", "amount"):
        by_level[level] = by_level.get(level, Decimal(0)) + amount
    for level, amount in by_level.items():
        assert Decimal(figures[f"paid_{level}"]["value"]) == amount
    assert Decimal(figures["paid_total"]["value"]) == sum(by_level.values())
    shown = {key: Decimal(figures[f"paid_{key}"]["told"]) for key in ("city", "district", "other")}
    both = Decimal(figures["paid_central_and_province"]["told"])
    assert both + sum(shown.values()) == Decimal(figures["paid_total"]["told"])


def _corrected(office, road):
    """Shorten a road by 1.2 km through the API."""
    before = office.client.get(f"/api/v1/sites/{road.pk}")
    metres = before.json()["properties"]["declared_length_m"] - 1200
    office.send(
        "patch",
        f"/api/v1/sites/{road.pk}",
        {"properties": {"declared_length_m": metres}},
        **{"If-Match": before.headers["ETag"]},
    )


def _signed_stands_and_drift_tells(office, address, road, planner):
    figure = office.get(f"{address}/figures/road_km?limit=1")
    assert (figure["told"], figure["value"]) == ("680", "680")
    assert Report.objects.get(pk=figure["report"]).state == "signed"
    (drift,) = [row for row in office.get(f"{address}/drift")["items"] if row["key"] == "road_km"]
    assert (drift["value"], drift["now"], drift["difference"]) == ("680", "678.8", "-1.2")
    (site,) = drift["sites"]
    assert (site["site"], site["code"]) == (str(road.pk), road.code)
    assert Decimal(site["old"]) - Decimal(site["new"]) == Decimal("1.2")
    assert site["causes"][0]["person"] == planner.username
    live = office.get("/api/v1/figures/road_km?year=2023&limit=1000")
    assert live["value"] == "678.8"
    assert {row["site"] for row in live["items"]} == set(
        map(str, ProjectSite.objects.filter(year=2023, kind="road").values_list("pk", flat=True))
    )
