"""Sums of the ledger: exact, by source, stage, programme, township and month."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from funding.kinds import SourceLevel, Stage
from funding.sums import (
    SiteMoney,
    money_by_month,
    money_by_programme,
    money_by_source,
    money_by_stage,
    money_by_township,
    money_matrix,
    site_money,
)
from sites.access import Scope, scope_of
from sites.filters import SiteFilter
from tests.factories.funding import booked, signed_contract

pytestmark = pytest.mark.django_db

ALL = Scope.internal()


@pytest.fixture
def money(world):
    """Own site: 100.01 central, 50.00 province, 0.33 donation; sibling: 10.00 district; a budget
    of the district without a site."""
    booked(world, "100.01", source="central", upto=True)
    booked(world, "50.00", source="province", upto=True, day=datetime.date(2023, 7, 1))
    booked(world, "0.33", source="donation", upto=True)
    booked(world, "10.00", source="district", site=world.sibling, upto=True)
    booked(
        world,
        "999.99",
        stage="budget",
        source="city",
        area=world.district,
        programme=world.programme,
    )
    return world


def test_the_levels_and_their_roll_up_sum_to_the_whole(money):
    table = money_by_source(ALL, stage="paid")
    assert [(row.source.code, row.amount) for row in table.rows] == [
        ("central", Decimal("100.01")),
        ("province", Decimal("50.00")),
        ("district", Decimal("10.00")),
        ("donation", Decimal("0.33")),
    ]
    assert table.central_and_province == Decimal("150.01")
    assert table.levels[SourceLevel.OTHER] == Decimal("0.33")
    assert sum(table.levels.values()) == table.total == Decimal("160.34")


def test_a_table_without_money_is_zero_at_every_level(world):
    table = money_by_source(ALL, stage="paid", year=1999)
    assert table.total == 0
    assert set(table.levels) == set(SourceLevel)


def test_days_are_both_included(money):
    day = datetime.date(2023, 7, 1)
    assert money_by_source(ALL, stage="paid", starts_on=day, ends_on=day).total == Decimal("50.00")


def test_an_area_a_programme_and_a_filter_of_sites_narrow_the_sum(money):
    assert money_by_source(ALL, stage="paid", area="340199101").total == Decimal("10.00")
    assert money_by_source(ALL, stage="budget", area="340199").total == Decimal("1160.33")
    assert money_by_source(ALL, stage="paid", programmes=[]).total == 0
    only = SiteFilter(id=(money.sibling.pk,))
    assert money_by_source(ALL, stage="paid", site_filter=only).total == Decimal("10.00")
    assert money_by_source(ALL, stage="budget", site_filter=only).total == Decimal("10.00")


def test_everybody_sums_what_they_see(money):
    sums = {
        role: money_by_source(scope_of(user), stage="paid").total
        for role, user in money.users.items()
    }
    assert sums["district_planner"] == sums["evaluator"] == Decimal("160.34")
    assert sums["township_officer"] == Decimal("150.34")
    assert sums["company_member"] == sums["association_member"] == 0


def test_a_contractor_sums_what_was_paid_under_its_contract(money):
    contract = signed_contract(money)
    booked(money, "30.00", contract=contract, upto=True, source="user-fees")
    scope = scope_of(money.users["company_member"])
    assert money_by_source(scope, stage="paid").total == Decimal("30.00")


def test_the_matrix_holds_every_yuan_once(money):
    cells = money_matrix(ALL)
    tables = money_by_stage(ALL)
    for stage in Stage:
        assert sum(c.amount for c in cells if c.stage == stage) == tables[stage].total
    assert {cell.township for cell in cells} == {"", "340199100", "340199101"}


def test_townships_and_programmes_sum_to_the_same(money):
    townships = money_by_township(ALL)
    assert townships["340199101"][Stage.PAID] == Decimal("10.00")
    assert townships[""][Stage.BUDGET] == Decimal("999.99")
    programmes = money_by_programme(ALL)
    assert programmes[money.programme.pk][Stage.BUDGET] == sum(
        stages[Stage.BUDGET] for stages in townships.values()
    )


def test_months_come_in_order_with_all_levels(money):
    months = money_by_month(ALL, stage="paid")
    assert list(months) == [datetime.date(2023, 6, 1), datetime.date(2023, 7, 1)]
    assert months[datetime.date(2023, 7, 1)][SourceLevel.PROVINCE] == Decimal("50.00")


def test_the_money_of_a_site_and_its_paid_share(money):
    found = site_money(money.own, ALL)
    assert (found.allocated, found.paid) == (Decimal("150.34"), Decimal("150.34"))
    assert found.paid_percent == Decimal("100.0")
    assert site_money(money.house, ALL) == SiteMoney()
    assert SiteMoney().paid_percent is None
