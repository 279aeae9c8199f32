"""Who answers for what: which row counts, the gate before work starts, naming and ending."""

import datetime
import threading

import pytest
from django.db import connection, transaction

from oversight.kinds import ResponsibleRole
from oversight.models import Responsibility
from oversight.responsible import blank_condition, blank_roles, responsible_of
from oversight.services.responsibilities import (
    responsibility_end,
    responsibility_set,
    responsibility_set_many,
)
from sites.access import Scope, scope_of
from sites.kinds import State
from sites.models import ProjectSite
from sites.services import GateNotMet, NotPermitted, RefusedByRegister, site_move_state
from tests.factories import ProjectSiteFactory, build_world
from tests.factories.oversight import PEOPLE, answering

DAY = datetime.date(2026, 3, 2)
LEAD = ResponsibleRole.PROJECT_LEAD
EVERY = Scope.internal()


def blank(programme):
    Responsibility.objects.filter(programme=programme).delete()


def name(**values):
    given = {"role": LEAD, "person": "新人", "starts_on": DAY, "actor": None, "scope": EVERY}
    return responsibility_set(**{**given, **values})


def test_the_site_comes_before_the_township_and_that_before_the_programme(world):
    def who(site):
        return responsible_of([site], DAY)[site.pk][LEAD].person

    assert who(world.own) == PEOPLE[LEAD]
    name(programme=world.programme, area=world.townships[0], person="乡镇负责")
    assert (who(world.own), who(world.sibling)) == ("乡镇负责", PEOPLE[LEAD])
    name(site=world.own, person="本点负责")
    assert (who(world.own), who(world.house)) == ("本点负责", "乡镇负责")


def test_a_person_answers_from_the_first_to_the_last_day(world):
    blank(world.programme)
    answering(site=world.own, since=DAY, until=DAY)
    one = datetime.timedelta(days=1)
    assert len(blank_roles([world.own], DAY - one)[world.own.pk]) == 5
    assert blank_roles([world.own], DAY) == {}
    assert len(blank_roles([world.own], DAY + one)[world.own.pk]) == 5


def test_the_condition_on_sites_says_what_the_matrix_says(world):
    blank(world.programme)
    answering(programme=world.programme, roles=ResponsibleRole.values[:4])
    answering(programme=world.programme, area=world.townships[0], roles=["site_supervisor"])
    answering(site=world.foreign, roles=["site_supervisor"])
    sites = list(ProjectSite.objects.all())
    found = ProjectSite.objects.filter(blank_condition(DAY))
    assert set(found.values_list("pk", flat=True)) == set(blank_roles(sites, DAY))
    assert {site.code for site in found} == {"SIBLING-1", "PUBLIC-1"}


def test_the_matrix_of_many_sites_costs_two_statements(world, django_assert_num_queries):
    keys = [site.pk for site in ProjectSite.objects.all()]
    with django_assert_num_queries(2):
        responsible_of(keys, DAY)


@pytest.mark.parametrize("role", ResponsibleRole.values)
def test_a_site_with_a_blank_role_does_not_enter_construction(world, role):
    others = [other for other in ResponsibleRole.values if other != role]
    blank(world.programme)
    answering(programme=world.programme, roles=others)
    site = ProjectSiteFactory(
        area=world.villages[0], state=State.CONTRACTED, programme__answered_for=False
    )
    move = {"site": site, "to_state": "under_construction", "actor": None, "on": DAY}
    with pytest.raises(GateNotMet) as refused:
        site_move_state(scope=EVERY, **move)
    assert [(field, code) for field, code, _text in refused.value.errors] == [
        ("responsibility", f"{role}_missing")
    ]
    name(site=site, role=role)
    site_move_state(scope=EVERY, **move)
    assert site.state == State.UNDER_CONSTRUCTION


def test_who_is_named_ends_whoever_was_there(world):
    row = name(site=world.own)
    following = name(site=world.own, person="继任", starts_on=DAY + datetime.timedelta(days=10))
    row.refresh_from_db()
    assert row.ends_on == following.starts_on - datetime.timedelta(days=1)


@pytest.mark.parametrize("days", [0, -5])
def test_nobody_is_named_before_somebody_who_is_named_already(world, days):
    name(site=world.own)
    with pytest.raises(RefusedByRegister) as refused:
        name(site=world.own, starts_on=DAY + datetime.timedelta(days=days))
    assert refused.value.errors[0][:2] == ("starts_on", "already_named")


@pytest.mark.parametrize(
    ("caller", "subject", "allowed"),
    [
        ("district_planner", "whole", True),
        ("township_officer", "whole", False),
        ("township_officer", "own_part", True),
        ("township_officer", "sibling_part", False),
        ("township_officer", "own", True),
        ("township_officer", "sibling", False),
        ("company_member", "own", False),
        ("evaluator", "own", False),
    ],
)
def test_the_office_names_people_in_its_own_area(world, caller, subject, allowed):
    subjects = {
        "whole": {"programme": world.programme},
        "own_part": {"programme": world.programme, "area": world.townships[0]},
        "sibling_part": {"programme": world.programme, "area": world.townships[1]},
        "own": {"site": world.own},
        "sibling": {"site": world.sibling},
    }
    scope = scope_of(world.users[caller])
    if allowed:
        assert name(scope=scope, **subjects[subject]).person == "新人"
    else:
        with pytest.raises(NotPermitted):
            name(scope=scope, **subjects[subject])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"person": "  "}, "person"),
        ({"role": "king"}, "role"),
        ({"ends_on": DAY - datetime.timedelta(days=1)}, "ends_on"),
    ],
)
def test_bad_values_are_named(world, values, field):
    with pytest.raises(RefusedByRegister) as refused:
        name(site=world.own, **values)
    assert field in {entry[0] for entry in refused.value.errors}


def test_one_person_is_named_for_many_sites_or_for_none(world):
    values = {"role": LEAD, "person": "新人", "starts_on": DAY, "actor": None}
    officer = scope_of(world.users["township_officer"])
    with pytest.raises(RefusedByRegister):
        responsibility_set_many(site_ids=[world.own.pk, world.sibling.pk], scope=officer, **values)
    assert not Responsibility.objects.filter(site__isnull=False).exists()
    rows = responsibility_set_many(site_ids=[world.own.pk, world.house.pk], scope=officer, **values)
    assert {row.site_id for row in rows} == {world.own.pk, world.house.pk}
    with pytest.raises(RefusedByRegister):
        responsibility_set_many(site_ids=[], scope=officer, **values)


def test_an_ended_responsibility_leaves_a_blank_and_is_not_stretched(world):
    blank(world.programme)
    row = name(site=world.own)
    responsibility_end(responsibility=row, ends_on=DAY, actor=None, scope=EVERY)
    assert LEAD in blank_roles([world.own], DAY + datetime.timedelta(days=1))[world.own.pk]
    later = DAY + datetime.timedelta(days=9)
    with pytest.raises(RefusedByRegister):
        responsibility_end(responsibility=row, ends_on=later, actor=None, scope=EVERY)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_never_leave_two_people_in_one_role():
    world = build_world()
    outcomes = []

    def officer(person):
        try:
            with transaction.atomic():
                outcomes.append(name(site=world.own, person=person).person)
        except RefusedByRegister as error:
            outcomes.append(error.errors[0][1])
        finally:
            connection.close()

    both = [threading.Thread(target=officer, args=(person,)) for person in ("甲", "乙")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert "already_named" in outcomes
    assert Responsibility.objects.filter(site=world.own, role=LEAD).count() == 1
