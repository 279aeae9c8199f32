"""The page of one site: who sees what, what may be done from it, and how changes are told."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation
from pyproj import Geod
from shapely import wkt

from sites.access import scope_of
from sites.kinds import MilestoneKind, Role, State
from sites.lengths import length_check
from sites.models import Milestone, ProjectSite, RoadDetail, StateChange
from sites.neighbours import neighbours
from sites.services import site_update
from sites.site_facts import nodes
from tests.factories import ProjectSiteFactory, line

STATEMENTS = 44
TODAY = datetime.date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture
def as_role(world):
    def client_of(role):
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.users[role])
        return client

    return client_of


def _edit(client, site, **changes):
    """Open the form, change some fields and send it, as a browser does."""
    context = client.get(f"/sites/{site.pk}/edit/").context
    data = {}
    for form in (context["form"], context["detail"]):
        for bound in form:
            value = bound.value()
            if value not in (None, False, ""):
                data[bound.html_name] = value
                data[bound.html_initial_name] = value
    return data | changes


def test_a_site_out_of_scope_is_not_there(world, as_role):
    for role in Role.values:
        sibling = 200 if role in {Role.DISTRICT_PLANNER, Role.EVALUATOR} else 404
        client = as_role(role)
        for name, expected in (("own", 200), ("sibling", sibling), ("foreign", 404)):
            answer = client.get(f"/sites/{getattr(world, name).pk}/")
            assert answer.status_code == expected, (role, name)


def test_the_household_is_for_the_office_alone(world, as_role):
    for role in Role.values:
        page = as_role(role).get(f"/sites/{world.house.pk}/").content.decode()
        office = role in {Role.DISTRICT_PLANNER, Role.TOWNSHIP_OFFICER}
        assert ("H-SECRET-1" in page) == office, role


def test_only_legal_moves_of_the_role_are_offered(world, as_role):
    def offered(role):
        form = as_role(role).get(f"/sites/{world.own.pk}/").context["move_form"]
        return [value for value, _label in form.fields["to_state"].choices] if form else []

    assert offered("company_member") == [State.COMPLETED]
    assert offered("township_officer") == [State.COMPLETED, State.SUSPENDED]
    assert offered("district_planner") == [State.COMPLETED, State.SUSPENDED, State.CANCELLED]
    assert offered("evaluator") == []


def _move(client, site, **values):
    data = {"to_state": "completed", "on": "2026-11-23", "version": site.version, **values}
    return client.post(f"/sites/{site.pk}/move/", data)


def test_a_move_is_recorded_with_role_and_day(world, as_role):
    answer = _move(as_role("company_member"), world.own, reason="验收前完工")
    change = StateChange.objects.get(site=world.own)
    assert answer.status_code == 302
    assert (change.to_state, change.role, change.effective_on, change.reason) == (
        State.COMPLETED,
        Role.COMPANY_MEMBER,
        TODAY,
        "验收前完工",
    )


def test_a_move_without_its_reason_asks_for_it(world, as_role):
    answer = _move(as_role("district_planner"), world.own, to_state="suspended")
    assert answer.status_code == 422
    assert "This move needs a reason." in answer.content.decode()
    assert not StateChange.objects.exists()


def test_a_move_on_an_old_version_is_refused(world, as_role):
    ProjectSite.objects.filter(pk=world.own.pk).update(note="changed")
    answer = _move(as_role("district_planner"), world.own)
    assert answer.status_code == 422
    assert "Somebody changed this record" in answer.content.decode()


def test_an_evaluator_may_read_but_not_change(world, as_role):
    client = as_role("evaluator")
    for path in ("move", "progress", "edit"):
        assert client.post(f"/sites/{world.own.pk}/{path}/", {}).status_code == 403, path


def test_progress_that_falls_needs_a_note(world, as_role):
    client = as_role("township_officer")
    address = f"/sites/{world.own.pk}/progress/"
    assert client.post(address, {"percent": "60", "on": "2026-11-20"}).status_code == 302
    refused = client.post(address, {"percent": "40", "on": "2026-11-21"})
    assert refused.status_code == 422
    assert "Say in the note why progress fell." in refused.content.decode()
    noted = {"percent": "40", "on": "2026-11-21", "note": "返工"}
    assert client.post(address, noted).status_code == 302
    world.own.refresh_from_db()
    assert world.own.progress_percent == 40


def test_an_edit_stands_in_the_history_with_both_values_and_the_reason(world, as_role):
    client = as_role("district_planner")
    data = _edit(client, world.own, name="新名路", reason="更名批复")
    data["detail-road_class"] = "village"
    assert client.post(f"/sites/{world.own.pk}/edit/", data).status_code == 302
    changes = client.get(f"/sites/{world.own.pk}/").context["changes"]
    with translation.override("en"):
        told = {(str(d.label), d.old, d.new) for change in changes for d in change.differences}
    assert ("Name", "OWN-1路", "新名路") in told
    assert ("Road class", "—", "Village road") in told
    assert {(change.user, change.reason) for change in changes} == {
        ("district_planner", "更名批复")
    }


def test_a_conflict_shows_both_values_and_keeps_what_others_wrote(world, as_role):
    client = as_role("district_planner")
    data = _edit(client, world.own, name="我的路", reason="更名")
    site_update(
        site=world.own,
        values={"name": "他的路", "note": "他的备注"},
        detail={},
        actor=None,
        scope=scope_of(world.users["district_planner"]),
        expected_version=world.own.version,
    )
    answer = client.post(f"/sites/{world.own.pk}/edit/", data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [row[1:] for row in answer.context["conflicts"]] == [("我的路", "他的路")]
    assert "他的备注" in page
    again = {
        b.html_name: b.value() for b in answer.context["form"] if b.value() not in (None, False)
    }
    again |= {f"initial-{name}": again[name] for name in ("note",)}
    assert client.post(f"/sites/{world.own.pk}/edit/", again).status_code == 302
    world.own.refresh_from_db()
    assert (world.own.name, world.own.note) == ("我的路", "他的备注")


def test_a_changed_geometry_is_told_by_length_and_vertices(world, as_role):
    bent = line((117.05, 31.05), (117.06, 31.05), (117.07, 31.061))
    measure = Geod(ellps="GRS80").geometry_length
    old, new = (measure(wkt.loads(g.wkt)) / 1000 for g in (world.own.planned_geometry, bent))
    ProjectSite.objects.filter(pk=world.own.pk).update(planned_geometry=bent)
    changes = as_role("district_planner").get(f"/sites/{world.own.pk}/").context["changes"]
    difference = changes[0].differences[0]
    assert difference.old == f"{old:.3f} km, 2 vertices"
    assert difference.new == f"{new:.3f} km, 3 vertices"
    assert changes[0].user == "Command on the server"


def test_a_length_is_flagged_beyond_one_percent_or_twenty_metres():
    beyond = {
        (declared, measured): length_check(Decimal(declared), measured).is_beyond
        for declared, measured in ((1000, 1020.0), (1000, 1020.1), (5000, 5050.0), (5000, 4949.0))
    }
    assert list(beyond.values()) == [False, True, False, True]
    assert length_check(None, 5.0) is None


def test_milestones_know_how_late_they_are():
    def node(due, done=None):
        milestone = Milestone(kind=MilestoneKind.START, due_on=due, done_on=done)
        found = nodes([milestone], TODAY)[0]
        return found.days_overdue, found.days_late

    day = datetime.date
    assert node(day(2026, 11, 20)) == (3, 0)
    assert node(day(2026, 11, 24)) == (0, 0)
    assert node(day(2026, 11, 1), day(2026, 11, 5)) == (0, 4)
    assert node(None) == (0, 0)


def test_neighbours_are_visible_near_and_nearest_first(world):
    scope = scope_of(world.users["township_officer"])
    for code, lon in (("NEAR-2", 117.085), ("NEAR-1", 117.0755), ("FAR", 117.13)):
        ProjectSiteFactory(
            code=code,
            area=world.villages[0],
            planned_geometry=line((lon, 31.06), (lon + 0.001, 31.06)),
        )
    ProjectSite.objects.filter(pk=world.sibling.pk).update(
        planned_geometry=world.own.planned_geometry
    )
    near = neighbours(scope, world.own)
    assert [site.code for site in near] == ["HOUSE-1", "NEAR-1", "NEAR-2"]
    assert near[1].distance_m == pytest.approx(525, abs=2)


def test_planned_and_built_are_drawn_side_by_side(world, as_role):
    ProjectSite.objects.filter(pk=world.own.pk).update(
        actual_geometry=line((117.05, 31.05), (117.071, 31.061))
    )
    context = as_role("evaluator").get(f"/sites/{world.own.pk}/").context
    styles = [shape.style for shape in context["drawing"].shapes]
    assert styles[-2:] == ["planned", "actual"]
    assert context["drawing"].bar_label == "500 m"


def test_the_page_takes_a_bounded_number_of_statements(
    world, as_role, django_assert_max_num_queries
):
    for number in range(6):
        RoadDetail.objects.filter(site=world.own).update(start_name=f"起点{number}")
    client = as_role("district_planner")
    with django_assert_max_num_queries(STATEMENTS):
        client.get(f"/sites/{world.own.pk}/")
