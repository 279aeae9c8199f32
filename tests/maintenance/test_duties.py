"""Standards that a new installation starts with, and the schedules that follow from them."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import F
from django.utils import timezone

from assets.kinds import PhotoStage
from assets.models import Asset, Photo
from assets.services.section_lines import section_line_edit
from maintenance.default_standards import PROPOSAL, PROPOSALS, load_default_standards
from maintenance.models import ChecklistItem, UpkeepSchedule, UpkeepStandard, WorkOrder
from maintenance.services import (
    defect_add_photos,
    defect_move,
    log_review,
    report_open_defect,
    schedules_make,
    standard_create,
    standard_update,
)
from sites.access import Scope
from sites.kinds import Kind
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister
from tests.factories import AssetFactory
from tests.factories.assets import road_line
from tests.factories.field import (
    answers,
    inspected,
    on_road,
    opened,
    proposals,
    public_report,
    reported,
    standard,
)
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import advance, by, issued_order, recorded_log
from tests.factories.photos import kept_photo, picture

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


class TestProposals:
    def test_each_kind_of_asset_has_one_in_both_languages(self):
        assert {proposal.asset_kind for proposal in PROPOSALS} == set(Kind.values)
        for proposal in PROPOSALS:
            assert proposal.name
            assert proposal.name_en
            assert sum(question.points for question in proposal.questions) <= 100
            assert all(q.text and q.text_en for q in proposal.questions)

    def test_they_are_marked_as_ours_and_pass_every_check(self, world):
        proposals()
        for made in UpkeepStandard.objects.filter(code__in=[p.code for p in PROPOSALS]):
            assert made.source == PROPOSAL
            made.full_clean()
            for item in made.items.all():
                item.full_clean()

    def test_loading_them_again_changes_nothing(self, world):
        proposals()
        UpkeepStandard.objects.filter(code="ROAD-CHECK").update(frequency_days=45)
        assert load_default_standards(UpkeepStandard, ChecklistItem) == 0
        assert UpkeepStandard.objects.get(code="ROAD-CHECK").frequency_days == 45


class TestSchedules:
    @pytest.fixture(autouse=True)
    def standards(self, db):
        load_default_standards(UpkeepStandard, ChecklistItem)

    def test_a_new_asset_has_its_schedules_at_once(self, world):
        works = AssetFactory(kind=Kind.WATER_WORKS, area=world.villages[0])
        (schedule,) = UpkeepSchedule.objects.filter(asset=works)
        assert schedule.standard.code == "WATER-CHECK"
        assert TODAY < schedule.next_due_on <= TODAY + datetime.timedelta(days=31)

    def test_a_standard_for_one_kind_of_works_leaves_out_the_others(self, world):
        made = standard(kind="water_works", works_kind="pumping_station")
        pump, pond = (
            AssetFactory(kind=Kind.WATER_WORKS, area=world.villages[0], detail={"works_kind": kind})
            for kind in ("pumping_station", "pond")
        )
        assert list(UpkeepSchedule.objects.filter(standard=made)) == list(
            UpkeepSchedule.objects.filter(standard=made, asset=pump)
        )
        assert not UpkeepSchedule.objects.filter(standard=made, asset=pond).exists()

    def test_an_asset_out_of_service_is_due_for_nothing_until_it_comes_back(self, world):
        rows = UpkeepSchedule.objects.filter(asset=world.own_asset)
        Asset.objects.filter(pk=world.own_asset.pk).update(state="out_of_service")
        assert not rows.filter(is_active=True).exists()
        Asset.objects.filter(pk=world.own_asset.pk).update(state="restricted")
        assert not rows.filter(is_active=False).exists()

    def test_first_checks_are_spread_over_the_first_period(self, world):
        made = standard(frequency_days=30)
        for _turn in range(40):
            AssetFactory(area=world.villages[0])
        days = set(
            UpkeepSchedule.objects.filter(standard=made).values_list("next_due_on", flat=True)
        )
        assert len(days) > 10
        assert min(days) > TODAY
        assert max(days) <= TODAY + datetime.timedelta(days=31)

    def test_making_them_again_makes_none_twice(self, world):
        schedules_make(on=TODAY)
        before = UpkeepSchedule.objects.count()
        assert schedules_make(on=TODAY) == 0
        assert UpkeepSchedule.objects.count() == before


class TestStandards:
    VALUES = {"code": "ROAD-X", "name": "检查", "asset_kind": "road", "frequency_days": 10}

    def test_only_the_planner_writes_them(self, world):
        values = {**self.VALUES, "task": "routine"}
        items = [{"text": "好吗？"}]
        for name in ("township_officer", "association_member", "evaluator"):
            with pytest.raises(NotPermitted):
                standard_create(values=values, items=items, on=TODAY, **by(world.users[name]))
        planner = by(world.users["district_planner"])
        made = standard_create(values=values, items=items, on=TODAY, **planner)
        assert UpkeepSchedule.objects.filter(standard=made, asset=world.own_asset).exists()

    def test_a_question_that_is_changed_stays_with_past_answers(self, world):
        signed_agreement(world, assets=[world.own_asset])
        made = standard({"text": "旧问题？"}, {"text": "不变？"})
        old, same = made.items.order_by("position")
        inspected(world, made, "failed", "ok")
        planner = by(world.users["district_planner"])
        changed = standard_update(
            standard=made,
            values={},
            items=[{"text": "不变？", "text_en": same.text_en}, {"text": "新问题？"}],
            on=TODAY,
            expected_version=made.version,
            **planner,
        )
        assert changed.version > made.version
        used = changed.items.filter(is_active=True).order_by("position")
        assert [item.text for item in used] == ["不变？", "新问题？"]
        assert used[0].pk == same.pk
        old.refresh_from_db()
        assert (old.text, old.is_active) == ("旧问题？", False)
        assert inspected(world, changed, "ok", "ok").inspection.score == 100
        with pytest.raises(ConcurrentChange):
            standard_update(
                standard=made,
                values={"name": "x"},
                items=None,
                on=TODAY,
                expected_version=made.version,
                **planner,
            )

    @pytest.mark.parametrize(
        ("values", "items"),
        [
            ({"frequency_days": 0}, [{"text": "?"}]),
            ({}, []),
            ({}, [{"text": "?", "points": 101}]),
            ({}, [{"text": "?", "order_hours": 0}]),
            ({}, [{"text": "?", "defect_kind": "hole"}]),
        ],
    )
    def test_wrong_values_are_refused(self, world, values, items):
        with pytest.raises(RefusedByRegister):
            standard_create(
                values={**self.VALUES, "task": "routine", **values},
                items=items,
                on=TODAY,
                **by(world.users["district_planner"]),
            )

    def test_a_standard_out_of_use_makes_nothing_due(self, world):
        made = standard()
        schedules_make(on=TODAY)
        planner = by(world.users["district_planner"])
        changed = standard_update(
            standard=made,
            values={"is_active": False},
            items=None,
            on=TODAY,
            expected_version=made.version,
            **planner,
        )
        rows = UpkeepSchedule.objects.filter(standard=made)
        assert rows.exists()
        assert not rows.filter(is_active=True).exists()
        signed_agreement(world, assets=[world.own_asset])
        with pytest.raises(RefusedByRegister):
            inspected(world, changed, "ok", answers=answers(changed, "ok"))


def test_a_defect_keeps_its_place_when_the_line_is_edited(world):
    defect = reported(world, point=on_road(300))
    before = defect.chainage_m
    longer = road_line(-200, 1200, west=117.05)
    section_line_edit(
        asset=world.own_asset,
        line=longer,
        expected_version=Asset.objects.get(pk=world.own_asset.pk).version,
        **by(world.users["district_planner"]),
    )
    defect.refresh_from_db()
    assert defect.point == on_road(300)
    assert float(defect.chainage_m) == pytest.approx((300 + 200) * 1200 / 1400, abs=5)
    assert defect.chainage_m != before


def test_the_public_sees_the_repair_and_never_what_was_sent(world, media):
    agreement = signed_agreement(world, assets=[world.own_asset])
    asset, officer = opened(world.own_asset), by(world.users["township_officer"])
    report = public_report(asset)
    sent = kept_photo(picture(colour=(1, 1, 1)))
    report.photos.create(photo=sent)
    defect = report_open_defect(
        report=report, kind="pothole", severity="minor", at=timezone.now(), **officer
    )
    defect_move(defect=defect, to_state="verified", at=timezone.now(), **officer)
    after = kept_photo(picture(colour=(2, 2, 2)))
    defect_add_photos(defect=defect, photos=[after], stage=PhotoStage.AFTER, **officer)
    public = Photo.objects.visible_to(Scope.public())
    assert not public.exists()
    order = issued_order(world, agreement, defects=[defect])
    advance(world, order, "closed")
    seen = set(public)
    assert after in seen
    assert sent not in seen


def test_the_public_sees_no_photo_that_the_review_returned_or_that_came_afterwards(world, media):
    agreement = signed_agreement(world, assets=[world.own_asset])
    officer, company = by(world.users["township_officer"]), world.users["company_member"]
    report = public_report(opened(world.own_asset))
    defect = report_open_defect(
        report=report, kind="pothole", severity="minor", at=timezone.now(), **officer
    )
    defect_move(defect=defect, to_state="verified", at=timezone.now(), **officer)
    order = advance(world, issued_order(world, agreement, defects=[defect]), "submitted")
    words = ("good", "returned", "unread")
    logs = {word: recorded_log(order, company, stages=("after",)) for word in words}
    for word, verdict in (("good", "verified"), ("returned", "returned")):
        reviewer = by(world.users["association_member"])
        log_review(log=logs[word], verdict=verdict, reason="拍到了院子", **reviewer)
    advance(world, order, "closed")

    def shown():
        public = set(Photo.objects.visible_to(Scope.public()).values_list("pk", flat=True))
        return {word for word, log in logs.items() if log.photos.get().photo_id in public}

    assert shown() == {"good", "unread"}
    # As if the photos had come a day after the order was closed.
    WorkOrder.objects.filter(pk=order.pk).update(
        closed_at=F("closed_at") - datetime.timedelta(days=1)
    )
    assert shown() == {"good"}
