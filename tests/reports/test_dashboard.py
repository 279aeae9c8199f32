"""The dashboard's numbers against sites and money that were counted by hand."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db.models import Sum
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from funding.ledger_filter import LedgerFilter
from funding.models import LedgerEntry
from funding.sums import money_by_source
from reports.dashboard.board import board
from reports.dashboard.choice import Choice
from sites.access import Scope, scope_of
from sites.filters import SiteFilter
from sites.kinds import Kind, State
from sites.models import ProjectSite
from tests.factories import ProgrammeFactory, ProjectSiteFactory
from tests.factories.funding import booked
from tests.factories.targets import target

TODAY = datetime.date(2023, 11, 20)
ROLES = (
    "district_planner",
    "township_officer",
    "company_member",
    "association_member",
    "cooperative_member",
    "evaluator",
)


def _site(world, code, town=0, **values):
    return ProjectSiteFactory(code=code, area=world.villages[town], **values)


@pytest.fixture
def works(world):
    """Eight sites of 2023 beside the world's, whose own sites are put out of the way."""
    ProjectSite.objects.update(removed_at=timezone.now(), removal_reason="test")
    water = ProgrammeFactory(code="WATER-2023", unit="person")
    done = {"state": State.COMPLETED, "planned_finish": "2023-06-30"}
    world.water = water
    _site(world, "R1", declared_length_m=3000, actual_finish="2023-05-10", **done)
    _site(world, "R2", declared_length_m=1500, actual_finish="2023-08-02", **done)
    _site(world, "R3", 1, declared_length_m=2000, planned_finish="2023-11-10")
    _site(world, "R4", 1, declared_length_m=900, planned_finish="2023-08-01")
    _site(world, "R5", 1, declared_length_m=800, planned_finish="2024-03-01")
    _site(world, "R6", state=State.CANCELLED, declared_length_m=5000)
    _site(
        world,
        "W1",
        1,
        kind=Kind.WATER_WORKS,
        programme=water,
        actual_finish="2023-07-15",
        detail={"people_served": 420},
        **done,
    )
    _site(world, "H1", kind=Kind.HOUSING, actual_finish="2023-09-01", **done)
    return world


def _board(scope=None, **query):
    """The board of a scope, of the district's planner if none is named."""
    planner = User.objects.get(username="district_planner")
    return board(scope or scope_of(planner), Choice.from_query(query, today=TODAY))


def _listed(query):
    chosen = SiteFilter.from_query(QueryDict(query))
    sites = chosen.apply(ProjectSite.objects.visible_to(Scope.internal()))
    return sorted(sites.values_list("code", flat=True))


def _values(client, query=""):
    return client.get(f"/api/v1/dashboard{query}").json()


@pytest.fixture
def planner(works):
    client = Client()
    client.force_login(works.users["district_planner"])
    return client


def test_cancelled_sites_are_left_out_and_quantities_are_of_finished_ones(works):
    total = _board().total
    assert (total.sites, total.finished) == (7, 4)
    assert total.planned_km == Decimal("8.2")
    assert total.finished_km == Decimal("4.5")
    assert (total.households, total.people) == (1, 420)


def test_lights_are_those_of_the_day(works):
    lights = _board().lights
    assert (lights.green, lights.yellow, lights.red) == (5, 1, 1)


def test_a_township_narrows_everything_but_its_own_element(works):
    first = works.townships[0].code
    shown = _board(township=first)
    assert shown.total.sites == 3
    assert [(row.place.code, row.tally.sites) for row in shown.by_place] == [
        (first, 3),
        (works.townships[1].code, 4),
    ]
    assert [row.is_chosen for row in shown.by_place] == [True, False]
    assert {row.programme.code: row.tally.sites for row in shown.by_programme} == {
        "NLDL-2023": 3,
        "WATER-2023": 0,
    }
    assert (shown.lights.green, shown.lights.red) == (3, 0)


def test_a_light_and_a_programme_narrow_the_townships(works):
    shown = _board(delay="red,yellow", programme="NLDL-2023")
    assert [row.tally.sites for row in shown.by_place] == [0, 2]
    assert shown.lights.sites == 6
    assert {row.programme.code: row.tally.sites for row in shown.by_programme} == {
        "NLDL-2023": 2,
        "WATER-2023": 0,
    }


def test_the_end_of_a_month_is_told_from_the_days_of_work(works):
    shown = _board(month="2023-07")
    assert shown.choice.day == datetime.date(2023, 7, 31)
    assert shown.total.finished == 2
    assert (shown.lights.green, shown.lights.yellow, shown.lights.red) == (5, 0, 2)
    assert shown.total.finished_km == Decimal(3)


def test_months_are_sums_up_to_their_ends_and_the_future_has_a_plan_alone(works):
    months = {row.end.strftime("%Y-%m"): row for row in _board().months}
    assert next(iter(months)) == "2023-05"
    assert list(months)[-1] == "2024-03"
    assert (months["2023-06"].planned, months["2023-06"].finished) == (4, 1)
    assert (months["2023-09"].planned, months["2023-09"].finished) == (5, 4)
    assert months["2024-03"].is_future
    assert months["2024-03"].planned == 7
    assert not months["2023-11"].is_future


def test_each_number_leads_to_exactly_its_sites(planner):
    for query in ("", "?month=2023-07", "?delay=red,yellow", "?delay=red&month=2023-08"):
        answer = _values(planner, query)
        rows = [answer["total"], *answer["places"]["rows"], *answer["programmes"]]
        for row in rows:
            for name in ("sites", "finished", "late", "green", "yellow", "red"):
                if name in row["lists"]:
                    assert len(_listed(row["lists"][name])) == row[name], (query, name)
        for light in answer["lights"]:
            assert len(_listed(light["list"])) == light["sites"], (query, light)
        for month in answer["months"]:
            if month["list"]:
                assert len(_listed(month["list"])) == month["finished"], (query, month)


def test_money_equals_the_ledgers_own_sums(works):
    site = ProjectSite.objects.get(code="R1")
    other = ProjectSite.objects.get(code="W1")
    booked(works, "1000.10", site=site, source="central", upto=True)
    booked(works, "500.05", site=other, source="district", upto=True)
    booked(works, "70.00", site=other, source="donation", upto=True, day=datetime.date(2023, 9, 5))
    shown = _board()
    for stage in ("budget", "allocated", "released", "paid"):
        table = money_by_source(Scope.internal(), stage=stage, ends_on=TODAY)
        assert shown.money_total[stage] == table.total == Decimal("1570.15")
        assert {row.level: row.money[stage] for row in shown.by_source if row.money} == {
            level: amount for level, amount in table.levels.items() if amount
        }
    assert _board(source="central").total.paid == Decimal("1000.10")
    assert _board(month="2023-08").total.paid == Decimal("1500.15")
    assert _board(township=works.townships[1].code).total.paid == Decimal("570.05")
    assert _board(kind="road").total.paid == Decimal("1000.10")


def test_each_amount_leads_to_exactly_its_entries(works, planner):
    site = ProjectSite.objects.get(code="R1")
    other = ProjectSite.objects.get(code="W1")
    booked(works, "1000.10", site=site, source="central", upto=True)
    booked(works, "70.00", site=other, source="donation", upto=True, day=datetime.date(2023, 9, 5))

    def summed(query):
        chosen = LedgerFilter.from_query(QueryDict(query))
        return chosen.apply(LedgerEntry.objects.all()).aggregate(sum=Sum("amount"))["sum"] or 0

    checked = 0
    first = works.townships[0].code
    for query in ("", "?year=2023&month=2023-08", f"?township={first}&source=central"):
        answer = _values(planner, query)
        rows = [answer["total"], *answer["places"]["rows"], *answer["programmes"]]
        for row in [*rows, *answer["sources"], *answer["months"]]:
            for stage, entries in row["ledger"].items():
                if stage in row:
                    checked += 1
                    assert summed(entries) == Decimal(row[stage]), (query, stage, entries)
    assert checked > 30
    assert _values(planner, "?kind=road")["total"]["ledger"] == {}


def test_a_source_narrows_money_and_no_sites(works):
    site = ProjectSite.objects.get(code="R1")
    booked(works, "1000.00", site=site, source="central", upto=True)
    shown = _board(source="city")
    assert shown.total.paid == 0
    assert shown.total.sites == 7
    assert {row.level: row.money.get("paid") for row in shown.by_source if row.money} == {
        "central": Decimal("1000.00")
    }


def test_a_target_stands_beside_its_programme_for_one_year_alone(works):
    programme = ProgrammeFactory(code="NLDL-2023")
    target(programme, works.townships[0], assigned=6)
    rows = {row.programme.code: row for row in _board(year="2023").by_programme}
    assert rows["NLDL-2023"].target.assigned == 6
    assert rows["NLDL-2023"].target.executed == Decimal("4.5")
    assert rows["WATER-2023"].target is None
    assert all(row.target is None for row in _board().by_programme)
    assert all(row.target is None for row in _board(year="2023", kind="road").by_programme)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_counts_what_they_do_not_see(world, role):
    scope = scope_of(world.users[role])
    seen = ProjectSite.objects.visible_to(scope).count()
    shown = board(scope, Choice.from_query({}, today=TODAY))
    assert shown.total.sites == seen
    assert sum(row.tally.sites for row in shown.by_place) == seen


def test_a_company_sees_no_money_but_its_own_contracts(works):
    site = ProjectSite.objects.get(code="R1")
    booked(works, "1000.00", site=site, source="central", upto=True)
    shown = _board(scope_of(works.users["company_member"]))
    assert shown.total.paid == 0
    assert shown.money_lag is None


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?month=2023-13", "month"),
        ("?month=2999-01", "month"),
        ("?month=1900-01", "month"),
        ("?month=x%00", "month"),
        ("?source=moon", "source"),
        ("?rank=height", "rank"),
        ("?stood=here", "stood"),
        ("?stood=finished@2023-02-30", "stood"),
        ("?stood=finished@9999-12-31", "stood"),
        ("?stood=@2023-01-01", "stood"),
        ("?stood=finished.", "stood"),
        ("?changed=finished@2023-02-01..2023-01-01", "changed"),
        ("?changed=any@2023-02-01", "changed"),
        ("?changed=grown@2023-01-01..2023-02-01", "changed"),
        ("?delay=blue", "delay"),
        ("?colour=red", "colour"),
    ],
)
def test_a_wrong_parameter_is_named(planner, query, parameter):
    answer = planner.get(f"/api/v1/dashboard{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == parameter
    for address in ("/dashboard/", "/screen/"):
        page = planner.get(address + query)
        assert page.status_code == 400
        assert f"<code>{parameter}</code>" in page.content.decode()


def test_outlines_are_of_the_units_that_the_numbers_are_parted_by(works, planner):
    answer = planner.get("/api/v1/dashboard/shapes").json()
    assert [feature["id"] for feature in answer["features"]] == [
        unit.code for unit in works.townships
    ]
    officer = Client()
    officer.force_login(works.users["township_officer"])
    own = officer.get("/api/v1/dashboard/shapes").json()
    assert [feature["id"] for feature in own["features"]] == [works.townships[0].code]


def test_the_page_without_script_has_every_number_in_tables(planner):
    text = planner.get("/dashboard/?year=2023").content.decode()
    assert "青溪镇" in text
    assert "石桥镇" in text
    assert text.count('<details class="behind"') == text.count(" open>")
    assert "stood=finished" in text
