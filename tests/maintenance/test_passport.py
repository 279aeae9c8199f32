"""The asset's passport, its plate and its public page."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from assets.models import Asset
from maintenance.passport import passport_of
from maintenance.plate import plate_of
from sites.access import Scope, scope_of
from sites.kinds import Visibility
from tests.factories.maintenance import signed_agreement

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def covered(world):
    """The first township's road section under an agreement of the first bodies."""
    agreement = signed_agreement(world, assets=[world.own_asset])
    return world.own_asset, agreement


def test_a_passport_names_who_keeps_the_asset_up(world, covered):
    asset, agreement = covered
    passport = passport_of(asset, scope_of(world.users["district_planner"]), TODAY)
    assert [cover.agreement for cover in passport.covers] == [agreement]
    assert {party.organisation for party in passport.covers[0].parties} >= {
        world.companies[0],
        world.associations[0],
        world.cooperatives[0],
    }


def test_a_passport_shows_nothing_of_an_agreement_that_the_viewer_may_not_see(world, covered):
    asset, _agreement = covered
    passport = passport_of(asset, Scope(), TODAY)
    assert passport.covers == ()
    assert passport.orders == ()


def test_the_page_asks_a_bounded_number_of_queries(
    world, covered, client, django_assert_max_num_queries
):
    asset, _agreement = covered
    client.force_login(world.users["district_planner"])
    with django_assert_max_num_queries(40):
        response = client.get(reverse("maintenance:asset-detail", args=[asset.pk]))
    assert response.status_code == 200
    assert world.companies[0].name in response.content.decode()


def test_the_plate_carries_the_code_of_the_public_page(world, covered):
    asset, _agreement = covered
    scope = scope_of(world.users["township_officer"])
    plate = plate_of(asset, scope, TODAY, root="https://atlas.example")
    assert plate.address == f"https://atlas.example/public/a/{asset.plate_code}/"
    assert plate.qr.startswith("<svg")
    assert "style=" not in plate.qr


@pytest.mark.parametrize(
    ("role", "status"),
    [("township_officer", 200), ("company_member", 200), ("evaluator", 403)],
)
def test_the_plate_is_printed_by_the_office_and_the_parties(world, covered, client, role, status):
    asset, _agreement = covered
    client.force_login(world.users[role])
    assert client.get(reverse("maintenance:asset-plate", args=[asset.pk])).status_code == status


def test_everybody_reads_the_public_page_without_people_and_telephones(world, covered, client):
    asset, agreement = covered
    agreement.scopes.update(keeper_name="张三", keeper_phone="000-1234567")
    Asset.objects.filter(pk=asset.pk).update(visibility=Visibility.PUBLIC, cost=Decimal(987654))
    response = client.get(reverse("maintenance:public-asset", args=[asset.plate_code]))
    text = response.content.decode()
    assert response.status_code == 200
    assert world.companies[0].name in text
    assert "张三" not in text
    assert "1234567" not in text
    assert "987" not in text


def test_the_public_page_of_an_asset_that_is_not_public_does_not_exist(world, covered, client):
    asset, _agreement = covered
    address = reverse("maintenance:public-asset", args=[asset.plate_code])
    assert client.get(address).status_code == 404
    Asset.objects.filter(pk=world.house_asset.pk).update(plate_code="HOUSE22222")
    assert client.get("/public/a/HOUSE22222/").status_code == 404
    assert client.get("/public/a/AAAAAAAAAA/").status_code == 404


def test_the_warranty_is_counted_down(world, covered, client):
    asset, _agreement = covered
    Asset.objects.filter(pk=asset.pk).update(warranty_until=TODAY + datetime.timedelta(days=3))
    client.force_login(world.users["district_planner"])
    client.cookies["django_language"] = "en"
    text = client.get(reverse("maintenance:asset-detail", args=[asset.pk])).content.decode()
    assert "3 days left" in text
