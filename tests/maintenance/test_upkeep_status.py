"""The upkeep status of assets is always what a slow computation of its own finds."""

import datetime
import random
from collections import Counter
from contextlib import suppress
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assets.models import Asset, RoadSection
from maintenance.kinds import OPEN_DEFECT_STATES, OPEN_ORDER_STATES, UpkeepGap
from maintenance.models import (
    Agreement,
    AgreementScope,
    Defect,
    DefectChange,
    Inspection,
    OrderChange,
    UpkeepSchedule,
    UpkeepStandard,
    UpkeepStatus,
    WorkOrder,
)
from maintenance.upkeep_gaps import ANY_GAP, GAPS, gap_condition, gap_of, lacks_condition
from sites.kinds import Kind
from tests.factories import AssetFactory, section
from tests.factories.assets import RouteFactory
from tests.factories.maintenance import add_scope, draft_agreement, move_agreement, signed_agreement

TODAY = datetime.date(2026, 11, 23)
ONE_DAY = datetime.timedelta(days=1)


def slow_days(asset, *, wanted=lambda scope: True):
    """The days on which binding stretches hold every metre, counted decimetre border by border."""
    tasks = ["routine"] if asset.kind == Kind.ROAD else ["routine", "operation"]
    scopes = [
        scope
        for scope in AgreementScope.objects.filter(asset=asset, is_binding=True, task__in=tasks)
        if wanted(scope)
    ]
    found = set()
    for day in {d for scope in scopes for d in days_between(scope.valid_from, scope.valid_to)}:
        valid = [scope for scope in scopes if scope.valid_from <= day <= scope.valid_to]
        if any(scope.start_m is None for scope in valid):
            found.add(day)
        elif asset.kind == Kind.ROAD:
            part = RoadSection.objects.get(pk=asset.pk)
            stretches = sorted((scope.start_m, scope.end_m) for scope in valid)
            reached = part.start_m
            for start, end in stretches:
                if start <= reached:
                    reached = max(reached, end)
            if reached >= part.end_m:
                found.add(day)
    return found


def days_between(first, last):
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def days_of(ranges):
    return {day for part in ranges for day in days_between(part.lower, part.upper - ONE_DAY)}


def is_funded(scope):
    agreement = scope.agreement
    priced = agreement.price_basis == "per_order" or agreement.unit_price > 0
    return priced and agreement.shares.exists()


def slow_status(asset):
    """What the status of an asset has to be, from the tables it rests on."""
    corrected = Inspection.objects.exclude(corrects=None).values_list("corrects_id", flat=True)
    inspections = Inspection.objects.filter(asset=asset).exclude(pk__in=list(corrected))
    due = UpkeepSchedule.objects.filter(asset=asset, is_active=True)
    return {
        "covered": slow_days(asset),
        "kept": slow_days(asset, wanted=lambda scope: scope.keeper_name != ""),
        "funded": slow_days(asset, wanted=is_funded),
        "last": max((timezone.localdate(i.inspected_at) for i in inspections), default=None),
        "due": min((schedule.next_due_on for schedule in due), default=None),
        "defects": Defect.objects.filter(asset=asset, state__in=OPEN_DEFECT_STATES).count(),
        "orders": WorkOrder.objects.filter(asset=asset, state__in=OPEN_ORDER_STATES).count(),
    }


def status_of(asset):
    row = UpkeepStatus.objects.get(pk=asset.pk)
    return {
        "covered": days_of(row.covered_days),
        "kept": days_of(row.kept_days),
        "funded": days_of(row.funded_days),
        "last": row.last_inspected_on,
        "due": row.next_due_on,
        "defects": row.open_defects,
        "orders": row.open_orders,
    }


def gap(asset, day=TODAY):
    return Asset.objects.annotate(gap=gap_of(day)).get(pk=asset.pk).gap


def term(first, last):
    return {"starts_on": first, "ends_on": last}


YEAR = term(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


def without_duties(*assets):
    """Take away the schedules that follow from standards, whose days follow the clock."""
    UpkeepSchedule.objects.filter(asset__in=assets).delete()


@pytest.fixture
def road(world):
    asset = section(RouteFactory(), 0, 1000, world.villages[0])
    without_duties(asset)
    return asset


@pytest.fixture
def standard(db):
    return UpkeepStandard.objects.create(
        code="R-1", name="巡查", asset_kind="road", task="routine", frequency_days=30
    )


def test_each_asset_has_a_row_from_its_first_moment(world, standard):
    road = section(RouteFactory(), 0, 1000, world.villages[0])
    assert status_of(road) == slow_status(road)
    assert status_of(road)["due"] is not None
    assert gap(road) == UpkeepGap.NO_AGREEMENT


def test_an_asset_is_managed_with_agreement_person_money_and_timely_inspection(
    world, road, standard
):
    signed_agreement(world, assets=[road], **YEAR)
    assert gap(road) == UpkeepGap.NO_INSPECTION
    UpkeepSchedule.objects.create(
        asset=road, standard=standard, frequency_days=30, next_due_on=TODAY
    )
    assert gap(road) == UpkeepGap.NONE
    assert gap(road, TODAY + ONE_DAY) == UpkeepGap.NO_INSPECTION
    assert gap(road, datetime.date(2027, 1, 1)) == UpkeepGap.NO_AGREEMENT


def test_a_section_is_covered_only_when_stretches_hold_all_of_its_metres(world, road):
    first = signed_agreement(world, assets=[(road, 0, 600)], **YEAR)
    assert status_of(road)["covered"] == set()
    draft = draft_agreement(world, assets=[(road, 600, 1000)], **YEAR)
    assert status_of(road)["covered"] == set()
    move_agreement(draft, "signed")
    assert status_of(road)["covered"] == set(days_between(*YEAR.values()))
    last_day = datetime.date(2026, 6, 30)
    move_agreement(first, "terminated", ended_on=last_day)
    assert max(status_of(road)["covered"]) == last_day


def test_a_longer_section_is_no_longer_covered(world, road):
    signed_agreement(world, assets=[road], **YEAR)
    assert gap(road) == UpkeepGap.NO_INSPECTION
    RoadSection.objects.filter(pk=road.pk).update(end_m=1000.5)
    assert gap(road) == UpkeepGap.NO_AGREEMENT


def test_days_of_agreements_that_follow_each_other_join(world, road):
    one = signed_agreement(
        world,
        assets=[road],
        **term(datetime.date(2026, 1, 1), datetime.date(2026, 6, 30)),
    )
    two = signed_agreement(
        world,
        assets=[road],
        **term(datetime.date(2026, 7, 1), datetime.date(2027, 6, 30)),
    )
    row = UpkeepStatus.objects.get(pk=road.pk)
    assert [(part.lower, part.upper) for part in row.covered_days] == [
        (one.starts_on, two.ends_on + ONE_DAY)
    ]
    assert row.agreement_id == two.pk


def test_a_stretch_without_person_or_price_is_a_gap(world, road):
    agreement = draft_agreement(world, unit_price=Decimal(0), **YEAR)
    add_scope(agreement, (road, 0, 500))
    add_scope(agreement, (road, 500, 1000), keeper_name="")
    move_agreement(agreement, "signed")
    assert gap(road) == UpkeepGap.NO_KEEPER
    AgreementScope.objects.filter(agreement=agreement).update(keeper_name="李四")
    assert gap(road) == UpkeepGap.NO_MONEY
    Agreement.objects.filter(pk=agreement.pk).update(unit_price=Decimal("0.01"))
    assert gap(road) == UpkeepGap.NO_INSPECTION


def test_greening_alone_is_no_upkeep_and_operation_is_one_of_water_works(world, road):
    plant = AssetFactory(
        kind=Kind.WATER_WORKS, area=world.villages[0], detail={"works_kind": "pond"}
    )
    signed_agreement(world, assets=[road], task="greening", **YEAR)
    without_duties(plant)
    signed_agreement(world, assets=[plant], task="operation", **YEAR)
    assert gap(road) == UpkeepGap.NO_AGREEMENT
    assert gap(plant) == UpkeepGap.NO_INSPECTION


def test_the_gaps_part_the_assets_and_conditions_agree_with_the_expression(world, road, standard):
    signed_agreement(world, assets=[road, world.own_asset], **YEAR)
    without_duties(world.own_asset, world.sibling_asset)
    for asset in (road, world.sibling_asset):
        UpkeepSchedule.objects.create(
            asset=asset, standard=standard, frequency_days=30, next_due_on=TODAY
        )
    Asset.objects.filter(pk=world.foreign_asset.pk).update(state="out_of_service")
    kept_up = Asset.objects.to_keep_up().exclude(kind="housing")
    found = Counter(kept_up.annotate(gap=gap_of(TODAY)).values_list("gap", flat=True))
    counted = {
        name: Asset.objects.filter(gap_condition(name, TODAY)).count() for name in UpkeepGap.values
    }
    assert counted == {name: found.get(name, 0) for name in UpkeepGap.values}
    assert sum(counted.values()) == kept_up.count() == Asset.objects.count() - 2
    unmanaged = Asset.objects.filter(gap_condition(ANY_GAP, TODAY)).count()
    assert unmanaged + counted["none"] == kept_up.count()
    for name in GAPS:
        lacking = Asset.objects.filter(lacks_condition(name, TODAY))
        assert lacking.count() >= counted[name]
        assert not lacking.filter(gap_condition("none", TODAY)).exists()


class Changes:
    """Random changes of everything that the status rests on, through plain rows."""

    def __init__(self, world, seed):
        self.random = random.Random(seed)
        self.world = world
        self.assets = [
            section(RouteFactory(), 0, 900, world.villages[0]),
            section(RouteFactory(), 200, 1400, world.villages[0]),
            AssetFactory(
                kind=Kind.FACILITY, area=world.villages[0], detail={"facility_kind": "other"}
            ),
        ]
        self.standards = [
            UpkeepStandard.objects.create(
                code=f"S-{n}", name="巡查", asset_kind="road", task="routine", frequency_days=30
            )
            for n in range(3)
        ]

    def asset(self):
        return self.random.choice(self.assets)

    def day(self):
        return datetime.date(2026, 1, 1) + self.random.randrange(60) * ONE_DAY

    def make(self):
        self.random.choice(
            [
                self.agree,
                self.end,
                self.schedule,
                self.inspect,
                self.report,
                self.order,
                self.lengthen,
            ]
        )()

    def agree(self):
        asset = self.asset()
        first = self.day()
        agreement = draft_agreement(
            self.world,
            unit_price=Decimal(self.random.choice(["0", "3000"])),
            **term(first, first + self.random.randrange(40) * ONE_DAY),
        )
        entry = asset
        if asset.kind == Kind.ROAD and self.random.random() < 0.7:
            start = self.random.choice([0, 200, 500])
            entry = (asset, start, start + self.random.choice([400, 700, 1200]))
        add_scope(agreement, entry, keeper_name=self.random.choice(["", "王五"]))
        if self.random.random() < 0.9:
            # Two agreements of one metre are refused; the change then leaves nothing behind.
            with suppress(IntegrityError), transaction.atomic():
                move_agreement(agreement, "signed")

    def end(self):
        agreement = Agreement.objects.filter(state="signed").order_by("?").first()
        if agreement:
            length = (agreement.ends_on - agreement.starts_on).days + 1
            move_agreement(
                agreement,
                "terminated",
                ended_on=agreement.starts_on + (self.random.randrange(length + 1) - 1) * ONE_DAY,
            )

    def schedule(self):
        UpkeepSchedule.objects.update_or_create(
            asset=self.asset(),
            standard=self.random.choice(self.standards),
            defaults={
                "frequency_days": 30,
                "next_due_on": self.day(),
                "is_active": self.random.random() < 0.7,
            },
        )
        if self.random.random() < 0.2:
            UpkeepSchedule.objects.filter(asset=self.asset()).delete()

    def inspect(self):
        asset = self.asset()
        old = Inspection.objects.filter(asset=asset, corrections=None).first()
        Inspection.objects.create(
            asset=asset,
            standard=self.standards[0],
            kind="supervision",
            inspected_at=datetime.datetime.combine(
                self.day(), datetime.time(self.random.randrange(24)), tzinfo=datetime.UTC
            ),
            score=100,
            corrects=old if self.random.random() < 0.5 else None,
        )

    def report(self):
        asset = self.asset()
        if self.random.random() < 0.5:
            Defect.objects.create(
                asset=asset,
                kind="pothole",
                severity="minor",
                source="office",
                point=asset.geometry.centroid,
                found_at=timezone.now(),
            )
            return
        defect = Defect.objects.filter(state="reported").first()
        if defect:
            with transaction.atomic():
                DefectChange.objects.create(
                    defect=defect, from_state="reported", to_state="rejected", at=timezone.now()
                )
                Defect.objects.filter(pk=defect.pk).update(state="rejected")

    def order(self):
        agreement = Agreement.objects.order_by("?").first()
        if agreement is None:
            return
        asset = self.asset()
        number = self.random.randrange(1, 4)
        WorkOrder.objects.bulk_create(
            WorkOrder(
                agreement=agreement,
                asset=asset,
                kind="routine",
                title="清沟",
                point=asset.geometry.centroid,
                issued_at=timezone.now(),
                due_at=timezone.now() + ONE_DAY,
                executor=self.world.companies[0],
                inspector=self.world.associations[0],
                confirmer=self.world.cooperatives[0],
            )
            for _n in range(number)
        )
        done = list(WorkOrder.objects.filter(state="issued").order_by("?")[:2])
        with transaction.atomic():
            for order in done:
                OrderChange.objects.create(
                    order=order, from_state="issued", to_state="cancelled", at=timezone.now()
                )
            WorkOrder.objects.filter(pk__in=[order.pk for order in done]).update(state="cancelled")

    def lengthen(self):
        asset = self.random.choice(self.assets[:2])
        RoadSection.objects.filter(pk=asset.pk).update(
            end_m=self.random.choice([700, 900, 1200, 1400])
        )


@pytest.mark.parametrize("seed", range(3))
def test_the_status_stays_right_under_random_changes(world, seed):
    changes = Changes(world, seed)
    for _turn in range(30):
        changes.make()
        for asset in changes.assets:
            assert status_of(asset) == slow_status(asset)


def test_computing_all_rows_anew_changes_nothing(world):
    changes = Changes(world, 11)
    for _turn in range(25):
        changes.make()
    before = {asset.pk: status_of(asset) for asset in changes.assets}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE maintenance_upkeepstatus SET open_orders = 77, covered_days = '{}'")
        cursor.execute("SELECT maintenance_refresh_upkeep(ARRAY(SELECT id FROM assets_asset))")
    assert {asset.pk: status_of(asset) for asset in changes.assets} == before


def test_an_asset_can_be_deleted_with_its_status(world, road):
    signed = signed_agreement(world, **YEAR)
    road.delete()
    assert UpkeepStatus.objects.filter(agreement=signed).count() == 0
    assert not UpkeepStatus.objects.filter(pk=road.pk).exists()
