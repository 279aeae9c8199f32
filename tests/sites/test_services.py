"""Changes of sites: who may, what is refused, what is recorded."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sites.access import Grant, Scope, scope_of
from sites.kinds import Role, State
from sites.models import HousingDetail, ProjectSite, StateChange
from sites.services import (
    ConcurrentChange,
    IllegalTransition,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
    progress_record,
    site_create,
    site_move_state,
    site_remove,
    site_update,
)
from sites.transitions import TRANSITIONS
from tests.factories import line
from tests.factories.acceptance import passes_every_gate

DAY = datetime.date(2026, 11, 23)


def _move(world, role, to_state, **extra):
    user = world.users[role]
    values = {"site": world.own, "actor": user, "scope": scope_of(user), "on": DAY, **extra}
    return site_move_state(to_state=to_state, **values)


def _edit(world, role="district_planner", **extra):
    user = world.users[role]
    values = {
        "site": world.own,
        "values": {},
        "detail": {},
        "actor": user,
        "scope": scope_of(user),
        "expected_version": world.own.version,
        **extra,
    }
    return site_update(**values)


def _new_values(world, **extra):
    return {
        "code": "NEW-1",
        "name": "新路",
        "kind": "road",
        "programme": world.programme,
        "year": 2026,
        "area": world.villages[0],
        "planned_geometry": line((117.05, 31.05), (117.06, 31.05)),
        **extra,
    }


def test_a_move_changes_the_state_and_leaves_a_record(world):
    change = _move(world, "company_member", State.COMPLETED)
    assert (change.from_state, change.to_state, change.role) == (
        "under_construction",
        "completed",
        "company_member",
    )
    world.own.refresh_from_db()
    assert (world.own.state, world.own.actual_finish, world.own.progress_percent) == (
        "completed",
        DAY,
        100,
    )


def test_a_move_that_does_not_exist_is_refused(world):
    with pytest.raises(IllegalTransition):
        _move(world, "district_planner", State.CLOSED)


def test_a_role_that_may_not_make_the_move_is_refused(world):
    with pytest.raises(NotPermitted):
        _move(world, "association_member", State.COMPLETED)
    assert not StateChange.objects.exists()


def test_a_suspension_without_reason_is_refused(world):
    with pytest.raises(ReasonMissing):
        _move(world, "township_officer", State.SUSPENDED, reason="  ")


def test_a_move_on_an_old_version_is_refused(world):
    with pytest.raises(ConcurrentChange):
        _move(world, "district_planner", State.COMPLETED, expected_version=99)


def test_a_finish_before_the_start_is_refused(world):
    ProjectSite.objects.filter(pk=world.own.pk).update(actual_start=DAY)
    with pytest.raises(RefusedByRegister):
        _move(world, "company_member", State.COMPLETED, on=DAY - datetime.timedelta(days=1))


def test_the_database_refuses_a_state_without_record(world):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():  # noqa: PT012
        ProjectSite.objects.filter(pk=world.own.pk).update(state="suspended")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert caught.value.__cause__.diag.constraint_name == "project_site_state_change_recorded"


@pytest.mark.parametrize("change", ["reason = 'x'", None])
def test_a_state_change_can_not_be_rewritten_or_deleted(world, change):
    _move(world, "company_member", State.COMPLETED)
    sql = f"UPDATE sites_statechange SET {change}" if change else "DELETE FROM sites_statechange"
    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        connection.cursor().execute(sql)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(State.values), st.sampled_from(list(Role))), max_size=12
    )
)
def test_no_path_of_moves_skips_a_rule(world, moves):
    """Whatever is tried, the records chain from the first state to the present one."""
    with transaction.atomic():
        passes_every_gate(world.own, world.companies[0])
        for to_state, role in moves:
            grant = Grant(role, ("340199100",), (world.companies[0].pk,))
            scope = Scope(grants=(grant,), roles=frozenset({role}))
            try:
                site_move_state(
                    site=world.own, to_state=to_state, actor=None, scope=scope, on=DAY, reason="r"
                )
            except (IllegalTransition, NotPermitted):
                continue
        world.own.refresh_from_db()
        state = "under_construction"
        for change in StateChange.objects.filter(site=world.own).order_by("id"):
            assert change.from_state == state
            assert change.role in TRANSITIONS[(state, change.to_state)].roles
            state = change.to_state
        assert state == world.own.state
        transaction.set_rollback(True)
    world.own.refresh_from_db()


def test_an_edit_counts_the_version_up_and_keeps_the_old_values(world):
    updated = _edit(world, values={"name": "改名路"}, reason="更正路名")
    assert (updated.name, updated.version) == ("改名路", world.own.version + 1)
    event = updated.events.get()
    assert (event.name, event.pgh_context.metadata["reason"]) == ("OWN-1路", "更正路名")
    assert event.pgh_context.metadata["user"] == world.users["district_planner"].pk


def test_an_edit_of_the_detail_alone_voids_the_old_version(world):
    updated = _edit(world, detail={"pavement": "cement"})
    assert updated.version > world.own.version


def test_a_second_edit_of_the_same_version_is_a_conflict(world):
    _edit(world, values={"name": "甲"})
    with pytest.raises(ConcurrentChange) as caught:
        _edit(world, values={"name": "乙"})
    assert caught.value.current.name == "甲"


@pytest.mark.parametrize("role", ["company_member", "evaluator", "association_member"])
def test_only_the_office_edits(world, role):
    with pytest.raises(NotPermitted):
        _edit(world, role, values={"name": "甲"})


def test_an_officer_can_not_move_a_site_into_a_foreign_township(world):
    with pytest.raises(NotPermitted):
        _edit(world, "township_officer", values={"area": world.villages[1]})


def test_a_new_site_is_proposed_measured_and_placed(world):
    user = world.users["township_officer"]
    site = site_create(
        values=_new_values(world),
        detail={"road_class": "village"},
        actor=user,
        scope=scope_of(user),
    )
    assert (site.state, site.township_code, site.road.road_class) == (
        "proposed",
        "340199100",
        "village",
    )
    assert site.measured_length_m == pytest.approx(955.0, abs=1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"year": 1800}, ""),
        ({"code": "has space"}, ""),
        ({"planned_geometry": Point(117.05, 31.05, srid=4490)}, ""),
        ({"planned_start": DAY, "planned_finish": datetime.date(2020, 1, 1)}, ""),
        ({"name": ""}, "name"),
        ({"progress_percent": Decimal(101)}, ""),
    ],
)
def test_bad_values_are_refused_with_their_rule(world, wrong, field):
    user = world.users["district_planner"]
    with pytest.raises(RefusedByRegister) as caught:
        site_create(values=_new_values(world, **wrong), detail={}, actor=user, scope=scope_of(user))
    assert field in {name for name, _code, _text in caught.value.errors}
    assert not ProjectSite.objects.filter(code="NEW-1").exists()


def test_a_house_can_never_be_public(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectSite.objects.filter(pk=world.house.pk).update(visibility="public")
    assert HousingDetail.objects.filter(site=world.house).exists()


def test_a_removed_site_is_gone_from_view_but_not_from_the_table(world):
    user = world.users["district_planner"]
    site_remove(
        site=world.own,
        actor=user,
        scope=scope_of(user),
        at=datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC),
        reason="重复登记",
        expected_version=world.own.version,
    )
    assert not ProjectSite.objects.visible_to(user).filter(code="OWN-1").exists()
    assert ProjectSite.objects.get(code="OWN-1").removal_reason == "重复登记"


def test_progress_that_falls_needs_a_note(world):
    user = world.users["township_officer"]
    values = {"site": world.own, "actor": user, "scope": scope_of(user), "on": DAY}
    progress_record(percent=Decimal(60), **values)
    with pytest.raises(ReasonMissing):
        progress_record(percent=Decimal(50), **values)
    world.own.refresh_from_db()
    assert world.own.progress_percent == 60
