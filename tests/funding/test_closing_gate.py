"""A site does not close without the money that it cost."""

from __future__ import annotations

import datetime

import pytest

from funding.gate_checks import before_closed
from sites.services.gates import GateSubject
from tests.factories.funding import booked, money_line, signed_contract

pytestmark = pytest.mark.django_db


def lacking(*sites):
    day = datetime.date(2023, 12, 31)
    subjects = [GateSubject(site.pk, "handed_over", True, day) for site in sites]
    return set(before_closed(subjects))


def test_a_payment_is_the_money_line(world):
    booked(world, "10.00", stage="released", upto=True)
    assert lacking(world.own, world.sibling) == {world.own.pk, world.sibling.pk}
    booked(world, "10.00")
    assert lacking(world.own, world.sibling) == {world.sibling.pk}


def test_a_payment_that_was_returned_whole_is_none(world):
    money_line(world.own, "10.00")
    booked(world, "10.00", kind="return")
    assert lacking(world.own) == {world.own.pk}


def test_a_payment_on_a_contract_of_several_sites_counts_for_each(world):
    sites = [world.own, world.sibling]
    contract = signed_contract(world, sites=sites, area=world.district)
    where = {"area": world.district, "programme": world.programme}
    booked(world, "10.00", upto=True, contract=contract, **where)
    assert lacking(*sites, world.foreign) == {world.foreign.pk}
