"""The catalogue of an asset's fields."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assets.chainage import ChainageRange
from assets.field_values import value_of
from assets.fields import BY_NAME, FIELDS
from assets.models import Asset, AssetSource
from sites.access import Scope, scope_of
from tests.factories import RouteFactory, section


def test_names_are_given_once():
    assert len(BY_NAME) == len(FIELDS)


def test_every_field_can_be_read_for_every_asset(world):
    columns = {f"field_{entry.name}": value_of(entry, Scope.internal()) for entry in FIELDS}

    rows = {row["code"]: row for row in Asset.objects.values("code", **columns)}

    assert rows["OWN-A"]["field_chainage"] == "K0+000–K1+200"
    assert rows["OWN-A"]["field_township_name"] == "青溪镇"
    assert rows["OWN-A"]["field_sites"] == "OWN-1"
    assert rows["HOUSE-A"]["field_danger_grade"] == "D"
    assert rows["HOUSE-A"]["field_chainage"] is None


@pytest.mark.parametrize(("start", "end"), [("0.5", "999.9"), ("1000", "12345.6"), ("5", "50")])
def test_a_stretch_reads_as_chainage_writes_it(world, start, end):
    start_m, end_m = Decimal(start), Decimal(end)
    asset = section(RouteFactory(), start_m, end_m, world.villages[0])

    shown = Asset.objects.filter(pk=asset.pk).values_list(
        value_of(BY_NAME["chainage"], Scope.internal()), flat=True
    )

    assert shown.get() == str(ChainageRange(start_m, end_m))


def test_source_sites_that_the_scope_may_not_know_are_left_out(world):
    AssetSource.objects.create(asset=world.own_asset, site=world.sibling)
    company = scope_of(world.users["company_member"])

    shown = Asset.objects.visible_to(company).values_list(
        "code", value_of(BY_NAME["sites"], company)
    )

    assert dict(shown)["OWN-A"] == "OWN-1"
    assert set(
        Asset.objects.filter(code="OWN-A")
        .values_list(value_of(BY_NAME["sites"], Scope.internal()), flat=True)
        .get()
        .split(",")
    ) == {"OWN-1", "SIBLING-1"}
