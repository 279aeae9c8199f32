"""What changed between two dates: states entered, sites finished or cancelled, lines moved."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from reports.dashboard.changed_sites import changed_counts, changed_filter, changed_page
from reports.dashboard.changes import Span
from reports.dashboard.kinds import ChangeKind
from sites.access import Scope, scope_of
from sites.filters import SiteFilter
from sites.kinds import State
from sites.models import ProjectSite, StateChange
from tests.factories import ProjectSiteFactory, line

MARCH = Span(datetime.date(2024, 3, 1), datetime.date(2024, 3, 31))
EVERYBODY = Scope.internal()


def _moved_to(site, *moves):
    for from_state, to_state, day in moves:
        StateChange.objects.create(
            site=site, from_state=from_state, to_state=to_state, effective_on=day
        )


def _codes(*kinds, scope=EVERYBODY, span=MARCH):
    chosen = changed_filter(SiteFilter(), span, kinds)
    return [row.site.code for row in changed_page(scope, chosen, span, after="", limit=50).rows]


@pytest.fixture
def changed(world):
    """The own site was finished in March and accepted in April, the sibling cancelled in March."""
    work, done = State.UNDER_CONSTRUCTION, State.COMPLETED
    _moved_to(world.own, (work, done, "2024-03-01"), (done, State.ACCEPTED, "2024-04-02"))
    _moved_to(world.sibling, (State.PROPOSED, State.CANCELLED, "2024-03-31"))
    _moved_to(world.house, (State.PROPOSED, State.SHORTLISTED, "2024-02-29"))
    return world


def test_both_days_are_included_and_the_others_are_not(changed):
    assert _codes() == ["OWN-1", "SIBLING-1"]
    assert _codes(ChangeKind.FINISHED) == ["OWN-1"]
    assert _codes(ChangeKind.ACCEPTED) == []
    assert _codes(ChangeKind.CANCELLED, ChangeKind.FINISHED) == ["OWN-1", "SIBLING-1"]


def test_each_change_of_state_is_of_one_kind(changed):
    counts = changed_counts(EVERYBODY, SiteFilter(), MARCH)
    assert {kind for kind, number in counts.items() if number} == {
        ChangeKind.FINISHED,
        ChangeKind.CANCELLED,
    }


def test_a_row_tells_the_state_at_both_ends(changed):
    chosen = changed_filter(SiteFilter(), MARCH, ())
    page = changed_page(EVERYBODY, chosen, MARCH, after="", limit=50)
    own = page.rows[0]
    assert (own.state_before, own.state_after) == ("under_construction", "completed")
    assert [move.to_state for move in own.moves] == ["completed"]


def test_nobody_learns_of_changes_elsewhere(changed):
    assert _codes(scope=scope_of(changed.users["township_officer"])) == ["OWN-1"]
    assert _codes(scope=scope_of(changed.users["company_member"])) == ["OWN-1"]


def test_a_line_that_moved_and_moved_back_is_no_change(world):
    today = timezone.localdate()
    span = Span(today - datetime.timedelta(days=1), today + datetime.timedelta(days=1))
    first = world.own.planned_geometry
    elsewhere = line((117.1, 31.05), (117.12, 31.06))
    for shape in (elsewhere, first):
        ProjectSite.objects.filter(pk=world.own.pk).update(planned_geometry=shape)
    ProjectSite.objects.filter(pk=world.sibling.pk).update(planned_geometry=elsewhere)
    ProjectSite.objects.filter(pk=world.house.pk).update(note="nothing to do with the place")
    assert _codes(ChangeKind.MOVED, span=span) == ["SIBLING-1"]
    before = Span(today - datetime.timedelta(days=9), today - datetime.timedelta(days=5))
    assert _codes(ChangeKind.MOVED, span=before) == []


def test_pages_follow_each_other_without_gap_or_repetition(world):
    client = Client()
    client.force_login(world.users["district_planner"])
    for number in range(60):
        site = ProjectSiteFactory(code=f"P-{number:02d}", area=world.villages[0])
        _moved_to(site, (State.CONTRACTED, State.UNDER_CONSTRUCTION, "2024-03-05"))
    found, cursor = [], ""
    while cursor is not None:
        answer = client.get(
            f"/api/v1/changes?from=2024-03-01&to=2024-03-31&limit=25&cursor={cursor}"
        ).json()
        found += [row["code"] for row in answer["items"]]
        cursor = answer["next_cursor"]
    assert found == [f"P-{number:02d}" for number in range(60)]
    assert answer["counts"]["started"] == 60


def test_map_and_list_take_the_filter_of_the_page(changed):
    client = Client()
    client.force_login(changed.users["district_planner"])
    answer = client.get("/api/v1/changes?from=2024-03-01&to=2024-03-31&what=finished").json()
    listed = client.get(answer["sites_url"]).json()
    assert [row["properties"]["code"] for row in listed["features"]] == ["OWN-1"]
    page = client.get("/changes/?from=2024-03-01&to=2024-03-31&what=finished").content.decode()
    assert "OWN-1" in page
    assert "SIBLING-1" not in page


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?from=2024-03-02&to=2024-03-01", "from"),
        ("?from=yesterday", "from"),
        ("?to=2024-02-30", "to"),
        ("?to=0001-01-01", "to"),
        ("?what=grown", "what"),
        ("?limit=3", "limit"),
        ("?cursor=%00", "cursor"),
        ("?when=now", "when"),
    ],
)
def test_a_wrong_parameter_is_named(world, query, parameter):
    client = Client()
    client.force_login(world.users["district_planner"])
    answer = client.get(f"/api/v1/changes{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == parameter
    assert client.get(f"/changes/{query}").status_code == 400
