"""Money in: an asset's passport tells what the sites that built it got, to those who may know."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assets.models import AssetSource
from funding.services import settlement_record
from maintenance.passport import passport_of
from sites.access import Scope, scope_of
from tests.factories.funding import booked, signed_contract

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(world):
    """The first township's asset with its site's contract, settlement and money."""
    AssetSource.objects.get_or_create(asset=world.own_asset, site=world.own)
    contract = signed_contract(world)
    booked(world, "120000.00", stage="released", upto=True)
    booked(world, "80000.01", contract=contract)
    settlement_record(
        contract=contract,
        submitted=Decimal("100000.00"),
        approved=Decimal("95000.00"),
        settled_on=datetime.date(2023, 11, 1),
        actor=None,
        scope=Scope.internal(),
        on=timezone.localdate(),
    )
    return world.own_asset, contract


def money_of(world, asset, role):
    passport = passport_of(asset, scope_of(world.users[role]), timezone.localdate())
    return {origin.site.pk: origin.money for origin in passport.origins}


def test_the_passport_tells_allocated_paid_contract_and_settlement(world, built):
    asset, contract = built
    money = money_of(world, asset, "township_officer")[world.own.pk]
    assert (money.booked.allocated, money.booked.paid) == (
        Decimal("120000.00"),
        Decimal("80000.01"),
    )
    [row] = money.contracts
    assert (row.contract, row.sums.total, row.sums.settled) == (
        contract,
        Decimal("100000.00"),
        Decimal("95000.00"),
    )


def test_each_number_of_the_passport_opens_entries_with_that_sum(world, built):
    asset, _contract = built
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["district_planner"])
    page = client.get(f"/assets/{asset.pk}/").content.decode()
    opened = re.findall(r'href="(/funding/ledger/[^"]+)">CN¥([\d,.]+)<', page)
    assert len(opened) == 2
    for address, shown in opened:
        answer = client.get(address.replace("&amp;", "&"))
        [(_stage, total)] = answer.context["sums"]
        assert f"{total:,.2f}" == shown


def test_a_builder_sees_its_contract_and_no_books(world, built):
    asset, contract = built
    for money in money_of(world, asset, "company_member").values():
        assert money.booked is None
        assert [row.contract for row in money.contracts] == [contract]


def test_more_contracts_need_no_more_statements(world, built):
    asset, _contract = built
    scope = scope_of(world.users["district_planner"])
    passport_of(asset, scope, timezone.localdate())  # the asset keeps what belongs to it
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            passport_of(asset, scope, timezone.localdate())
        counts.append(len(queries))
        signed_contract(world, number=f"HT-more-{number}")
    assert counts[0] == counts[1]
