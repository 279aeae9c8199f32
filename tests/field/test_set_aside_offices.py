"""Whose office sees an entry that was set aside: some office always, never a foreign township's."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from field.services.set_aside_decisions import set_aside_dismiss
from maintenance.models import AgreementParty, SetAsideEntry
from maintenance.set_aside_area import sender_area
from sites.access import scope_of
from sites.kinds import Role
from sites.models import Membership, Organisation
from sites.services.errors import NotPermitted
from tests.factories.field import proposals
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import by
from tests.factories.push import log_body, operation, push
from tests.factories.records import member
from tests.factories.set_aside import set_aside
from tests.sites.api.conftest import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def offices(world):
    """The offices of two townships and of the two districts."""
    return {
        "own": world.users["township_officer"],
        "sibling": member(Role.TOWNSHIP_OFFICER, areas=[world.townships[1]], username="sibling"),
        "district": world.users["district_planner"],
        "abroad": member(Role.DISTRICT_PLANNER, areas=[world.foreign_district], username="abroad"),
    }


def sent_by(user, world):
    """What a sender's phone sent of an asset that the sender may not see."""
    (result,) = push(Caller(user), operation("log", log_body(world.foreign_asset)))
    assert result["status"] in ("rejected", "unpermitted")
    return SetAsideEntry.objects.get()


def seen_by(offices):
    return {
        name for name, user in offices.items() if SetAsideEntry.objects.visible_to(user).exists()
    }


def test_an_agreement_that_ended_still_says_whose_entry_it_is(world, offices):
    proposals()
    today = timezone.localdate()
    agreement = signed_agreement(world, assets=[world.own_asset])
    type(agreement).objects.filter(pk=agreement.pk).update(
        starts_on=today - datetime.timedelta(days=800),
        ends_on=today - datetime.timedelta(days=400),
    )
    entry = sent_by(world.users["company_member"], world)
    assert entry.area_code.startswith(world.townships[0].code)
    assert seen_by(offices) == {"own", "district"}


def test_without_an_agreement_the_memberships_area_counts_and_then_the_bodys(world, offices):
    body = world.companies[0]
    Organisation.objects.filter(pk=body.pk).update(area=world.townships[1])
    user = world.users["company_member"]
    assert not AgreementParty.objects.filter(organisation=body).exists()
    assert sender_area(scope_of(user)) == world.townships[1].code
    user.memberships.get().areas.add(world.townships[0])
    sent_by(user, world)
    assert seen_by(offices) == {"own", "district"}


def test_of_a_body_of_which_nothing_is_known_the_root_offices_see_and_decide(world, offices):
    entry = sent_by(world.users["company_member"], world)
    assert entry.area_code == ""
    assert seen_by(offices) == {"district", "abroad"}
    at = timezone.now()
    with pytest.raises(NotPermitted):
        set_aside_dismiss(entry=entry, reason="不属本镇", at=at, **by(offices["own"]))
    answer = Caller(offices["district"]).post(
        f"/api/v1/set-aside/{entry.pk}/decision", {"decision": "dismiss", "reason": "无协议"}
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "dismissed")


def test_work_in_two_districts_without_a_common_root_goes_to_both(world, offices):
    body = world.companies[0]
    Organisation.objects.filter(pk=body.pk).update(area=None)
    user = world.users["company_member"]
    user.memberships.get().areas.add(world.townships[0], world.foreign_township)
    assert sent_by(user, world).area_code == ""
    assert seen_by(offices) == {"district", "abroad"}


def test_after_a_membership_ended_its_last_day_counts(world, offices):
    user = world.users["company_member"]
    Organisation.objects.filter(pk=world.companies[0].pk).update(area=world.townships[0])
    today = timezone.localdate()
    Membership.objects.filter(user=user).update(
        valid_from=today - datetime.timedelta(days=90), valid_to=today - datetime.timedelta(days=9)
    )
    entry = sent_by(user, world)
    assert entry.code == "not_permitted"
    assert seen_by(offices) == {"own", "district"}


def test_an_older_entry_without_an_area_is_seen_too(world, offices):
    set_aside(world.users["company_member"], "")
    assert seen_by(offices) == {"district", "abroad"}
    assert not SetAsideEntry.objects.visible_to(world.users["evaluator"]).exists()


def test_an_administrators_entry_belongs_to_no_one_body(world, offices):
    signed_agreement(world, assets=[world.own_asset])
    root = world.users["evaluator"]
    root.is_superuser = True
    root.save()
    assert sender_area(scope_of(root)) == ""
