"""Journey J3: more was done than assigned, and the district pays the gap, through the pages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from funding.models import FallbackCommitment, LedgerEntry, OfficialDocument
from tests.factories import build_world
from tests.factories.funding import booked, houses_beyond_target, source_of
from tests.journeys.desks import Desks
from tests.journeys.turning import Calendar

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PLANNER = "district_planner"
DOCUMENT = "区人常〔2023〕9号"


@pytest.fixture
def office(transactional_db, visits, monkeypatch, settings, tmp_path):
    """The office in December 2023: 500 households assigned, 520 verified, money released."""
    settings.MEDIA_ROOT = tmp_path
    Calendar(monkeypatch).turn_to(2023, 12, 25)
    world = build_world()
    programme = houses_beyond_target(world, assigned=500, verified=520)
    money = {"area": world.district, "programme": programme}
    booked(world, "400000.00", stage="released", upto=True, **money)
    return world, programme, Desks(visits, world.users)


def _proposed(desks, programme):
    """The page knows that the target is exceeded; the planner says what a household costs."""
    desks.open(PLANNER, "/funding/fallbacks/")
    row = desks.page.locator("tr", has=desks.page.get_by_role("link", name="Propose a fallback"))
    assert row.locator("td.number").all_inner_texts() == ["500", "520"]
    with desks.page.expect_navigation():
        row.get_by_role("link", name="Propose a fallback").click()
    form = desks.page.locator("#propose")
    assert form.locator("[name=programme]").input_value() == str(programme.pk)
    desks.send("Compute and propose", unit_cost="20000", other_sources="100000")
    return FallbackCommitment.objects.get()


def _approved(desks, world, address):
    """Nothing is booked before the committee's document; with it the office approves."""
    assert "Book on it" not in desks.text()
    assert "People's Congress standing committee" in desks.text()
    desks.send("Approve", approved_on="2023-12-20")
    assert "This field is required." in desks.text()
    desks.visits.complaints.clear()  # the browser notes the refusal's status
    desks.open(PLANNER, "/funding/documents/")
    desks.send(
        "Enter",
        area=str(world.district.pk),
        kind="approval",
        number=DOCUMENT,
        title="关于危房改造区级兜底资金的决议",
        issued_on="2023-12-18",
        file={"name": "决议.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 text"},
    )
    document = OfficialDocument.objects.get()
    desks.open(PLANNER, address)
    desks.send("Approve", approval=str(document.pk), approved_on="2023-12-20")
    assert DOCUMENT in desks.text()


def _paid(desks, amount):
    with desks.page.expect_navigation():
        desks.page.get_by_role("link", name="Book on it").click()
    given = {"source": str(source_of().pk), "stage": "paid", "booked_on": "2023-12-25"}
    desks.send("Book", amount=amount, **given)
    return desks.text()


def test_j3_through_the_pages(office):
    world, programme, desks = office
    fallback = _proposed(desks, programme)
    address = f"/funding/fallbacks/{fallback.pk}/"
    assert desks.page.url.endswith(address)
    numbers = desks.page.locator(".fallback-table td").all_inner_texts()
    assert numbers[2].startswith("20 ")
    assert numbers[-1] == "CN¥300,000.00"
    desks.visits.picture(desks.page, "j3-proposed")

    _approved(desks, world, address)
    refused = _paid(desks, "300000.01")
    assert "The fallback covers 300,000.00 yuan" in refused
    assert "exceeds it by 0.01 yuan" in refused
    assert not LedgerEntry.objects.filter(fallback=fallback).exists()
    desks.visits.picture(desks.page, "j3-refused")
    desks.visits.complaints.clear()  # the browser notes the refusal's status

    desks.open(PLANNER, address)
    _paid(desks, "300000.00")
    assert LedgerEntry.objects.get(fallback=fallback).amount == Decimal("300000.00")
    desks.open(PLANNER, address)
    assert desks.page.locator(".money-sums dd").all_inner_texts()[:2] == [
        "CN¥300,000.00",
        "CN¥0.00",
    ]
    with desks.page.expect_navigation():
        desks.page.get_by_role("link", name="Print version").click()
    printed = desks.text()
    assert DOCUMENT in printed
    assert "CN¥300,000.00" in printed
    desks.visits.picture(desks.page, "j3-table")
