"""Upkeep coverage: parts sum to the whole, and each number opens exactly these assets."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest

from assets.filters import AssetFilter
from assets.models import Asset
from maintenance.kinds import UpkeepGap
from maintenance.models import CostEntry, UpkeepSchedule, UpkeepStandard
from maintenance.upkeep_coverage import CoverageRow, Tally, upkeep_coverage
from maintenance.upkeep_gaps import GAPS
from sites.access import Scope, scope_of
from sites.kinds import Kind
from tests.factories import AssetFactory, section
from tests.factories.assets import RouteFactory
from tests.factories.maintenance import signed_agreement

TODAY = datetime.date(2026, 11, 23)
YEAR = {"starts_on": datetime.date(2026, 1, 1), "ends_on": datetime.date(2026, 12, 31)}
INTERNAL = Scope.internal()


def asked(**params):
    return AssetFilter(AssetFilter.from_query(params).given, TODAY)


def found(**params):
    return asked(**params).apply(Asset.objects.visible_to(INTERNAL)).count()


def _checks(day, *assets):
    """Let the next check of assets be due on a day, whatever follows from standards."""
    standard, _is_new = UpkeepStandard.objects.get_or_create(
        code="C-1", name="巡查", asset_kind="road", task="routine", frequency_days=30
    )
    for asset in assets:
        UpkeepSchedule.objects.filter(asset=asset).delete()
        UpkeepSchedule.objects.create(
            asset=asset, standard=standard, frequency_days=30, next_due_on=day
        )


@pytest.fixture
def district(world):
    """Two townships with managed and unmanaged assets of two kinds."""
    roads = [section(RouteFactory(), 0, 1000 * (n + 1), world.villages[n % 2]) for n in range(5)]
    plants = [
        AssetFactory(kind=Kind.WATER_WORKS, area=area, detail={"works_kind": "pond"})
        for area in world.villages
    ]
    AssetFactory(kind=Kind.FACILITY, area=world.villages[0], state="decommissioned")
    signed_agreement(world, assets=[roads[0], roads[1], plants[0]], **YEAR)
    signed_agreement(world, assets=[roads[2]], unit_price=Decimal(0), **YEAR)
    _checks(TODAY, roads[0], roads[2], plants[0])
    _checks(datetime.date(2026, 11, 22), roads[1])
    return world


def test_the_parts_sum_to_the_whole_by_township_by_kind_and_by_gap(district):
    coverage = upkeep_coverage(INTERNAL, asked())
    kept_up = Asset.objects.to_keep_up().exclude(kind="housing")
    assert coverage.total.every.assets == kept_up.count()
    for parts in (coverage.rows, coverage.by_township(), coverage.by_kind()):
        assert sum(row.every.assets for row in parts) == kept_up.count()
        assert sum(row.every.road_m for row in parts) == sum(
            round(Decimal(repr(metres)), 1)
            for metres in kept_up.of_kind("road").values_list("measured_length_m", flat=True)
        )
    for row in (*coverage.rows, coverage.total):
        assert row.managed + row.unmanaged == row.every
        assert sum((row.gap(gap) for gap in UpkeepGap.values), Tally()) == row.every
    assert {gap: coverage.total.gap(gap).assets for gap in UpkeepGap.values} == {
        "none": 2,
        "no_agreement": 7,
        "no_keeper": 0,
        "no_money": 1,
        "no_inspection": 1,
    }


def test_each_number_opens_exactly_these_assets(district):
    coverage = upkeep_coverage(INTERNAL, asked())
    for row in coverage.rows:
        place = {"township": row.township_code, "kind": row.kind}
        assert found(gap="any", **place) == row.unmanaged.assets
        for gap in UpkeepGap.values:
            assert found(gap=gap, **place) == row.gap(gap).assets
        for gap in GAPS:
            assert found(lacks=gap, **place) == row.lack(gap).assets
    assert found(gap="no_money,no_inspection") == 2
    assert coverage.total.lack("no_money").assets == 8


def test_everybody_counts_what_they_see(district):
    for user in district.users.values():
        scope = scope_of(user)
        kept_up = Asset.objects.visible_to(scope).to_keep_up().exclude(kind="housing")
        seen = Counter(kept_up.values_list("kind", flat=True))
        coverage = upkeep_coverage(scope, asked())
        assert {row.kind: row.every.assets for row in coverage.by_kind()} == seen


def test_where_nothing_is_to_be_kept_up_there_is_no_rate():
    assert CoverageRow().managed_percent is None
    assert CoverageRow().cost_per_km is None


def test_a_rate_reaches_a_hundred_only_when_all_are_managed():
    row = CoverageRow(gaps={"none": Tally(9999), "no_money": Tally(1)})
    assert row.managed_percent == Decimal("99.9")
    assert CoverageRow(gaps={"none": Tally(3)}).managed_percent == Decimal("100.0")


def test_costs_of_the_last_year_stand_beside_the_kilometres(district):
    road = section(RouteFactory(), 0, 2000, district.foreign_township)
    for day, amount in (("2026-11-23", "600"), ("2025-11-24", "400"), ("2025-11-23", "9999")):
        CostEntry.objects.create(
            asset=road,
            kind="labour",
            source="district",
            amount=Decimal(amount),
            incurred_on=day,
        )
    row = next(
        row
        for row in upkeep_coverage(INTERNAL, asked()).by_township()
        if row.township_code == "340198100"
    )
    metres = row.every.road_m
    assert row.cost == Decimal(1000)
    assert row.cost_per_km == round(1000 * Decimal(1000) / metres, 2)


def test_the_coverage_takes_two_statements(district, django_assert_num_queries):
    scope = scope_of(district.users["township_officer"])
    with django_assert_num_queries(2):
        upkeep_coverage(scope, asked())
