"""Inspections: who makes them, what they score, and what a failed item leads to."""

from __future__ import annotations

import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from maintenance.models import (
    CheckAnswer,
    Defect,
    DefectPhoto,
    Inspection,
    InspectionPhoto,
    UpkeepSchedule,
    WorkOrder,
)
from maintenance.services import failed_items, inspections
from maintenance.services.field_errors import EntryDiffers, InspectsOwnWork, NotYet
from sites.kinds import Role
from sites.services.errors import NotPermitted, RefusedByRegister
from tests.factories.field import answers, inspected, on_road, proposals, reported, standard
from tests.factories.maintenance import signed_agreement
from tests.factories.photos import kept_photo, picture
from tests.factories.records import member

pytestmark = pytest.mark.django_db
URGENT = {
    "opens_order": True,
    "order_kind": "emergency",
    "order_priority": "urgent",
    "order_hours": 48,
}


@pytest.fixture(autouse=True)
def standards(world):
    proposals()


@pytest.fixture
def agreement(world):
    return signed_agreement(world, assets=[world.own_asset])


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


class TestScore:
    def test_failed_items_lose_their_points(self, world, agreement):
        made = standard({"points": 20}, {"points": 15}, {"points": 5})
        outcome = inspected(world, made, "failed", "not_applicable", "failed")
        assert outcome.inspection.score == 75
        assert outcome.inspection.agreement == agreement

    def test_a_score_never_falls_below_zero(self, world, agreement):
        made = standard({"points": 70}, {"points": 70, "defect_kind": "crack"})
        assert inspected(world, made, "failed", "failed").inspection.score == 0

    @pytest.mark.parametrize("wrong", ["missing", "twice", "foreign", "unknown"])
    def test_each_item_is_answered_once_with_a_known_word(self, world, agreement, wrong):
        made, other = standard({}, {}), standard()
        given = answers(made, "ok", "ok")
        given = {
            "missing": given[:1],
            "twice": [*given, given[0]],
            "foreign": [*given, *answers(other, "ok")],
            "unknown": answers(made, "ok", "perhaps"),
        }[wrong]
        with pytest.raises(RefusedByRegister):
            inspected(world, made, "ok", "ok", answers=given)
        assert not Inspection.objects.exists()

    def test_a_standard_of_another_kind_is_refused(self, world, agreement):
        with pytest.raises(RefusedByRegister):
            inspected(world, standard(kind="housing"), "ok")

    def test_the_future_is_refused(self, world, agreement):
        late = timezone.now() + datetime.timedelta(days=1)
        with pytest.raises(NotYet):
            inspected(world, standard(), "ok", inspected_at=late)


class TestWho:
    KINDS = ("patrol", "supervision", "township", "department", "third_party")
    MAY = {
        "district_planner": {"patrol", "township", "department"},
        "township_officer": {"patrol", "township"},
        "company_member": {"patrol"},
        "association_member": {"patrol", "supervision"},
        "cooperative_member": {"patrol"},
        "evaluator": {"patrol", "third_party"},
    }

    @pytest.mark.parametrize("kind", KINDS)
    def test_each_kind_is_made_by_its_own_side_only(self, world, agreement, kind):
        made = standard()
        for name, kinds in self.MAY.items():
            if kind in kinds:
                inspected(world, made, "ok", kind=kind, user=world.users[name])
            else:
                with pytest.raises(NotPermitted):
                    inspected(world, made, "ok", kind=kind, user=world.users[name])

    def test_an_administrator_does_not_stand_in_for_the_supervisor(
        self, world, agreement, admin_user
    ):
        with pytest.raises(NotPermitted):
            inspected(world, standard(), "ok", user=admin_user)

    def test_a_seat_in_the_executor_forbids_inspecting(self, world, agreement):
        both = member(
            Role.ASSOCIATION_MEMBER,
            organisations=[world.associations[0], world.companies[0]],
            username="both",
        )
        with pytest.raises(InspectsOwnWork):
            inspected(world, standard(), "ok", user=both)

    def test_without_an_agreement_there_is_no_supervisor(self, world):
        with pytest.raises(NotPermitted):
            inspected(world, standard(), "ok")

    def test_nobody_inspects_for_another_body(self, world, agreement):
        with pytest.raises(NotPermitted):
            inspected(world, standard(), "ok", organisation=world.associations[1])


class TestFailedItems:
    def test_a_failed_item_opens_a_defect_with_its_evidence(self, world, agreement, media):
        made = standard({"defect_kind": "crack", "severity": "serious"}, {})
        photos = [kept_photo(), kept_photo(picture(colour=(9, 9, 9)))]
        outcome = inspected(
            world,
            made,
            "failed",
            "ok",
            first={"chainage_m": Decimal(250), "note": "裂缝 3 米", "photos": photos[:1]},
            photos=photos[1:],
        )
        (finding,) = outcome.findings
        defect = finding.defect
        assert (finding.outcome, finding.order) == ("opened", None)
        assert (defect.kind, defect.severity, defect.source) == ("crack", "serious", "inspection")
        assert (defect.chainage_m, defect.description) == (250, "裂缝 3 米")
        assert (defect.agreement, defect.state) == (agreement, "reported")
        linked = DefectPhoto.objects.filter(defect=defect)
        assert [link.photo for link in linked] == photos[:1]
        assert InspectionPhoto.objects.filter(inspection=outcome.inspection).count() == 2

    def test_by_rule_it_issues_an_order_with_its_time_limit(self, world, agreement):
        outcome = inspected(world, standard(URGENT), "failed", position=on_road(400))
        (finding,) = outcome.findings
        order = finding.order
        assert finding.outcome == "ordered"
        assert (order.kind, order.priority, order.state) == ("emergency", "urgent", "issued")
        assert order.due_at - order.issued_at == datetime.timedelta(hours=48)
        finding.defect.refresh_from_db()
        assert (finding.defect.state, finding.defect.order) == ("ordered", order)
        assert order.executor == world.companies[0]

    def test_a_villagers_patrol_issues_it_too(self, world, agreement):
        outcome = inspected(
            world, standard(URGENT), "failed", kind="patrol", user=world.users["cooperative_member"]
        )
        assert outcome.findings[0].outcome == "ordered"
        assert outcome.findings[0].defect.source == "patrol"

    def test_where_no_agreement_covers_the_place_the_defect_stands_alone(self, world):
        officer = world.users["township_officer"]
        outcome = inspected(world, standard(URGENT), "failed", kind="township", user=officer)
        (finding,) = outcome.findings
        assert (finding.outcome, finding.order) == ("uncovered", None)
        assert Defect.objects.get().state == "reported"

    def test_next_weeks_check_does_not_order_the_same_repair_again(self, world, agreement):
        made = standard(URGENT)
        first = inspected(world, made, "failed", first={"chainage_m": Decimal(250)})
        again = inspected(world, made, "failed", first={"chainage_m": Decimal(260)})
        assert again.findings[0].outcome == "known"
        assert WorkOrder.objects.count() == 1
        duplicate = Defect.objects.get(pk=again.findings[0].defect.pk)
        assert duplicate.duplicate_of == first.findings[0].defect

    def test_a_known_defect_without_an_order_gets_the_one_that_the_rule_asks_for(
        self, world, agreement
    ):
        known = reported(world, chainage_m=Decimal(250))
        outcome = inspected(world, standard(URGENT), "failed", first={"chainage_m": Decimal(255)})
        known.refresh_from_db()
        assert known.state == "ordered"
        assert outcome.findings[0].order == known.order

    def test_if_the_order_fails_nothing_is_written(self, world, agreement, monkeypatch):
        def fails(**_values):
            raise RefusedByRegister([("due_at", "invalid", "no")])

        monkeypatch.setattr(failed_items, "order_issue", fails)
        before = UpkeepSchedule.objects.get(asset=world.own_asset, standard__code="ROAD-CHECK")
        with pytest.raises(RefusedByRegister):
            inspected(world, before.standard, "failed", "ok", "failed", "ok", "ok", "ok")
        for table in (Inspection, CheckAnswer, Defect, WorkOrder):
            assert not table.objects.exists()
        after = UpkeepSchedule.objects.get(pk=before.pk)
        assert (after.last_done_on, after.next_due_on) == (None, before.next_due_on)


class TestOnce:
    def test_the_same_inspection_twice_is_one(self, world, agreement):
        made, sent = standard(URGENT), {"identifier": uuid4(), "inspected_at": timezone.now()}
        first = inspected(world, made, "failed", **sent)
        again = inspected(world, made, "failed", **sent)
        assert (first.is_new, again.is_new) == (True, False)
        assert again.inspection == first.inspection
        assert [f.order for f in again.findings] == [f.order for f in first.findings]
        assert WorkOrder.objects.count() == 1

    def test_another_one_under_the_same_identifier_is_refused(self, world, agreement):
        made, sent = standard(), {"identifier": uuid4(), "inspected_at": timezone.now()}
        inspected(world, made, "ok", **sent)
        with pytest.raises(EntryDiffers):
            inspected(world, made, "failed", **sent)

    def test_a_correction_names_the_old_one_and_both_stay(self, world, agreement):
        made = standard()
        old = inspected(world, made, "failed").inspection
        new = inspected(world, made, "ok", corrects=old).inspection
        assert new.corrects == old
        assert Inspection.objects.get(pk=old.pk).score == 90
        with pytest.raises(RefusedByRegister):
            inspected(world, made, "ok", corrects=old)

    def test_nobody_corrects_the_inspection_of_another_body(self, world, agreement):
        made = standard()
        old = inspected(world, made, "failed").inspection
        with pytest.raises(NotPermitted):
            inspected(
                world,
                made,
                "ok",
                corrects=old,
                kind="patrol",
                user=world.users["company_member"],
            )


class TestSchedule:
    def test_an_inspection_moves_the_next_due_day_on(self, world, agreement):
        made = standard(frequency_days=10)
        schedule = UpkeepSchedule.objects.create(
            asset=world.own_asset,
            standard=made,
            frequency_days=20,
            next_due_on=datetime.date(2026, 1, 1),
        )
        day = timezone.localdate() - datetime.timedelta(days=3)
        moment = timezone.now() - datetime.timedelta(days=3)
        inspected(world, made, "ok", inspected_at=moment)
        schedule.refresh_from_db()
        assert schedule.last_done_on == day
        assert schedule.next_due_on == day + datetime.timedelta(days=20)

    def test_an_older_check_that_comes_late_changes_nothing(self, world, agreement):
        made = standard()
        today = timezone.localdate()
        schedule = UpkeepSchedule.objects.create(
            asset=world.own_asset,
            standard=made,
            frequency_days=30,
            last_done_on=today,
            next_due_on=today,
        )
        inspected(world, made, "ok", inspected_at=timezone.now() - datetime.timedelta(days=9))
        schedule.refresh_from_db()
        assert (schedule.last_done_on, schedule.next_due_on) == (today, today)


def test_inspections_are_append_only(world, agreement):
    from django.db import DatabaseError

    inspection = inspected(world, standard(), "ok").inspection
    with pytest.raises(DatabaseError):
        Inspection.objects.filter(pk=inspection.pk).update(score=100)


def test_the_service_is_the_one_that_the_app_offers():
    from maintenance import services

    assert services.inspection_record is inspections.inspection_record
