"""Who holds the phone, and what it may offer them."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from field.scope_print import scope_print
from sites.access import scope_of
from tests.factories import UserFactory, signed_agreement

ME = "/api/v1/field/me"


@pytest.fixture
def ask(world):
    def _ask(user):
        client = Client()
        client.force_login(user)
        return client.get(ME)

    return _ask


def test_a_company_member_logs_inspects_patrols_and_reports_for_its_body(world, ask):
    user = world.users["company_member"]
    answer = ask(user)
    found = answer.json()
    assert answer.status_code == 200
    assert found["user"]["id"] == user.pk
    assert found["roles"] == ["company_member"]
    assert [body["id"] for body in found["organisations"]] == [str(world.companies[0].pk)]
    assert found["areas"] == []
    assert found["may"] == {"log": True, "inspect": True, "patrol": True, "report": True}
    assert found["limits"]["ops_in_a_push"] == 100
    assert set(found["limits"]) == {
        "photo_max_bytes",
        "push_max_bytes",
        "ops_in_a_push",
        "photos_in_an_entry",
    }


def test_the_office_inspects_and_reports_but_writes_no_work_of_bodies(world, ask):
    found = ask(world.users["township_officer"]).json()
    assert found["may"] == {"log": False, "inspect": True, "patrol": False, "report": True}
    assert found["areas"] == [
        {"code": "340199100", "name": "青溪镇", "name_en": "青溪镇 (en)"},
    ]
    assert found["organisations"] == []


def test_somebody_without_a_role_may_nothing(world, ask):
    assert set(ask(UserFactory()).json()["may"].values()) == {False}


def test_the_answer_sets_the_cookie_that_sending_needs(world, ask):
    assert ask(world.users["company_member"]).cookies["csrftoken"].value


def test_nobody_is_told_who_has_not_signed_in(world):
    assert Client().get(ME).status_code == 401


def test_an_unknown_parameter_is_refused(world):
    client = Client()
    client.force_login(world.users["company_member"])
    assert client.get(ME, {"since": "1"}).status_code == 400


def test_the_print_changes_when_a_body_joins_an_agreement_and_when_it_ends(world):
    user = world.users["company_member"]
    today = timezone.localdate()
    before = scope_print(scope_of(user), today)
    agreement = signed_agreement(world, assets=[world.own_asset])
    joined = scope_print(scope_of(user), today)
    over = scope_print(scope_of(user), agreement.ends_on + datetime.timedelta(days=1))
    assert len({before, joined, over}) == 3


def test_two_people_of_one_body_have_different_prints(world):
    today = timezone.localdate()
    one = scope_of(world.users["company_member"])
    other = type(one)(grants=one.grants, user_id=0, roles=one.roles)
    assert scope_print(one, today) != scope_print(other, today)
