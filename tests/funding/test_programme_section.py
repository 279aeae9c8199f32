"""A programme's page tells its money by source and stage to those who see books."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.factories.funding import booked
from tests.factories.records import ProgrammeFactory

pytestmark = pytest.mark.django_db


def page_of(world, role):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users[role])
    return client, client.get(f"/programmes/{world.programme.code}/")


def test_each_number_opens_entries_with_that_sum(world):
    booked(world, "100.01", source="central", upto=True)
    booked(world, "50.00", source="donation", site=world.sibling, upto=True)
    other = ProgrammeFactory(code="OTHER-2023", year=2023)
    booked(world, "7.00", stage="budget", area=world.district, programme=other)
    client, page = page_of(world, "district_planner")
    opened = re.findall(
        r'href="(/funding/ledger/\?stage[^"]+)">CN¥([\d,.]+)<', page.content.decode()
    )
    assert "150.01" in {shown for _address, shown in opened}
    assert len(opened) > 8
    for address, shown in opened:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        [(_stage, total)] = answer.context["sums"]
        assert f"{total:,.2f}" == shown


def test_a_township_sees_the_money_of_its_own_sites(world):
    booked(world, "100.01", upto=True)
    booked(world, "50.00", site=world.sibling, upto=True)
    _client, page = page_of(world, "township_officer")
    assert "CN¥100.01" in page.content.decode()
    assert "CN¥150.01" not in page.content.decode()


@pytest.mark.parametrize("role", ["company_member", "association_member", "cooperative_member"])
def test_a_builder_sees_no_money_of_a_programme(world, role):
    booked(world, "100.01", upto=True)
    _client, page = page_of(world, role)
    assert "CN¥" not in page.content.decode()
