"""Defects: where they are, who judges them, what is one and what is two."""

from __future__ import annotations

import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from maintenance.models import Defect, DefectChange, DefectPhoto
from maintenance.nearby import nearest_open, possible_duplicates
from maintenance.services import (
    claim_move,
    claim_raise,
    defect_add_photos,
    defect_move,
    defect_place,
    defect_report,
    order_cancel,
)
from maintenance.services.field_errors import (
    ContractorUnknown,
    EntryDiffers,
    NeedsOrder,
    NotYet,
    OutsideAgreement,
    ReopenTooLate,
    WarrantyNotRunning,
)
from sites.access import Scope, scope_of
from sites.services.errors import (
    ConcurrentChange,
    IllegalTransition,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from tests.factories.assets import StructureFactory
from tests.factories.field import on_road, reported
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import advance, by, issued_order
from tests.factories.photos import kept_photo, picture

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def agreement(world):
    return signed_agreement(world, assets=[world.own_asset])


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def moved(defect, to_state, user, **values):
    return defect_move(
        **{"defect": defect, "to_state": to_state, "at": timezone.now(), **by(user), **values}
    )


class TestPlace:
    def test_a_point_gets_the_chainage_of_its_foot(self, world):
        defect = reported(world, point=on_road(345, off_m=8))
        assert defect.chainage_m == pytest.approx(Decimal(345), abs=2)
        assert not defect.needs_review

    def test_a_chainage_gets_the_point_of_the_line(self, world):
        defect = reported(world, chainage_m=Decimal("345.5"))
        assert defect.point.distance(on_road(345.5)) < 0.00003

    def test_a_chainage_beyond_the_section_is_refused(self, world):
        with pytest.raises(RefusedByRegister) as refused:
            reported(world, chainage_m=Decimal(1300))
        assert refused.value.errors[0][0] == "chainage_m"

    def test_a_chainage_of_a_house_is_refused(self, world):
        with pytest.raises(RefusedByRegister):
            reported(world, asset=world.house_asset, chainage_m=Decimal(10))

    def test_a_place_far_from_the_asset_is_kept_and_marked(self, world):
        defect = reported(world, point=on_road(345, off_m=900))
        assert defect.needs_review
        assert defect.chainage_m is None
        assert defect.point == on_road(345, off_m=900)

    def test_without_a_place_the_whole_asset_is_meant(self, world):
        defect = reported(world)
        assert defect.chainage_m is None
        assert 0 < defect.point.x - 117.05 < 0.013

    def test_who_judges_says_where_it_really_is(self, world):
        defect = reported(world, point=on_road(345, off_m=900))
        officer = world.users["township_officer"]
        placed = defect_place(
            defect=defect, chainage_m=Decimal(340), expected_version=defect.version, **by(officer)
        )
        assert placed.chainage_m == 340
        assert not placed.needs_review
        with pytest.raises(ConcurrentChange):
            defect_place(
                defect=defect, chainage_m=Decimal(1), expected_version=defect.version, **by(officer)
            )


class TestReporting:
    def test_the_covering_agreement_is_kept(self, world, agreement):
        assert reported(world).agreement == agreement

    def test_a_body_reports_where_its_agreement_covers_the_place(self, world, agreement):
        defect = reported(world, user=world.users["cooperative_member"])
        assert defect.organisation == world.cooperatives[0]
        assert Defect.objects.visible_to(world.users["cooperative_member"]).get() == defect

    def test_a_body_reports_nothing_that_no_agreement_of_its_covers(self, world):
        with pytest.raises(OutsideAgreement):
            reported(world, user=world.users["company_member"])

    def test_a_person_without_role_reports_nothing(self, world, agreement):
        with pytest.raises(NotPermitted):
            reported(world, actor=None, scope=Scope(user_id=1))

    def test_an_officer_reports_nothing_of_another_township(self, world):
        with pytest.raises(NotPermitted):
            reported(world, asset=world.sibling_asset)

    def test_only_the_office_reports_for_the_office(self, world, agreement):
        with pytest.raises(NotPermitted):
            reported(world, user=world.users["company_member"], source="office")

    def test_nobody_reports_in_the_name_of_an_inspection(self, world):
        with pytest.raises(RefusedByRegister):
            reported(world, source="inspection")

    def test_a_moment_that_has_not_come_is_refused(self, world):
        with pytest.raises(NotYet):
            reported(world, found_at=timezone.now() + DAY)

    def test_the_same_entry_twice_is_one_defect(self, world):
        found_at = timezone.now() - DAY
        sent = {"identifier": uuid4(), "found_at": found_at}
        first = reported(world, **sent)
        officer = world.users["township_officer"]
        again, is_new = defect_report(
            asset=world.own_asset,
            kind="pothole",
            severity="moderate",
            source="patrol",
            at=timezone.now(),
            **by(officer),
            **sent,
        )
        assert (again, is_new) == (first, False)
        with pytest.raises(EntryDiffers):
            reported(world, kind="crack", **sent)

    def test_a_structure_of_another_road_is_refused(self, world):
        bridge = StructureFactory(asset=world.sibling_asset)
        with pytest.raises(RefusedByRegister):
            reported(world, structure=bridge)

    @pytest.mark.parametrize(
        "bad", [{"kind": "hole"}, {"severity": "huge"}, {"source": "rumour"}, {"kind": "x" * 99}]
    )
    def test_unknown_words_are_refused_by_name(self, world, bad):
        with pytest.raises(RefusedByRegister) as refused:
            reported(world, **bad)
        assert refused.value.errors[0][0] in bad

    def test_photos_are_linked_and_seen_by_who_sees_the_defect(self, world, agreement, media):
        photo = kept_photo(uploaded_by=world.users["township_officer"])
        defect = reported(world, photos=[photo])
        more = kept_photo(picture(colour=(1, 2, 3)), uploaded_by=world.users["company_member"])
        defect_add_photos(
            defect=defect, photos=[more], stage="after", **by(world.users["company_member"])
        )
        seen = type(photo).objects.visible_to(scope_of(world.users["association_member"]))
        assert set(seen) == {photo, more}
        with pytest.raises(NotPermitted):
            defect_add_photos(
                defect=defect, photos=[more], stage="after", **by(world.users["evaluator"])
            )


class TestMoves:
    @pytest.mark.parametrize("name", ["township_officer", "district_planner", "association_member"])
    def test_the_office_and_the_supervisor_verify(self, world, agreement, name):
        change = moved(reported(world), "verified", world.users[name])
        assert (change.from_state, change.to_state) == ("reported", "verified")
        assert change.role == name

    @pytest.mark.parametrize("name", ["company_member", "cooperative_member", "evaluator"])
    def test_the_executor_the_participant_and_evaluators_do_not(self, world, agreement, name):
        with pytest.raises(NotPermitted):
            moved(reported(world), "verified", world.users[name])

    def test_nobody_orders_or_repairs_by_hand(self, world, agreement):
        defect = reported(world)
        moved(defect, "verified", world.users["district_planner"])
        with pytest.raises(NotPermitted):
            moved(defect, "ordered", world.users["district_planner"])
        with pytest.raises(IllegalTransition):
            moved(defect, "repaired", world.users["district_planner"])

    def test_a_covered_defect_is_closed_by_its_order_alone(self, world, agreement):
        defect = reported(world)
        moved(defect, "verified", world.users["district_planner"])
        with pytest.raises(NeedsOrder):
            moved(defect, "closed", world.users["district_planner"], reason="做好了")

    def test_without_an_agreement_the_office_closes_with_a_reason(self, world):
        defect, officer = reported(world), world.users["township_officer"]
        moved(defect, "verified", officer)
        with pytest.raises(ReasonMissing):
            moved(defect, "closed", officer)
        moved(defect, "closed", officer, reason="镇里自行修复")
        assert defect.closed_at is not None

    def test_a_rejection_needs_a_reason(self, world):
        with pytest.raises(ReasonMissing):
            moved(reported(world), "rejected", world.users["township_officer"])

    def test_an_unknown_state_is_no_move(self, world):
        with pytest.raises(IllegalTransition):
            moved(reported(world), "gone", world.users["township_officer"])

    def test_an_old_version_is_refused(self, world):
        defect = reported(world)
        moved(defect, "verified", world.users["township_officer"])
        with pytest.raises(ConcurrentChange):
            moved(
                defect, "rejected", world.users["township_officer"], reason="-", expected_version=1
            )

    def test_a_cancelled_order_gives_its_defect_back(self, world, agreement):
        defect, officer = reported(world), world.users["township_officer"]
        moved(defect, "verified", officer)
        order = issued_order(world, agreement, defects=[defect])
        defect.refresh_from_db()
        assert (defect.state, defect.order) == ("ordered", order)
        order_cancel(order=order, reason="重复", at=timezone.now(), **by(officer))
        defect.refresh_from_db()
        assert (defect.state, defect.order) == ("verified", None)

    def test_the_order_takes_its_defect_through_all_checks(self, world, agreement, media):
        defect = reported(world)
        moved(defect, "verified", world.users["township_officer"])
        order = issued_order(world, agreement, defects=[defect])
        advance(world, order, "closed")
        defect.refresh_from_db()
        assert (defect.state, defect.order) == ("closed", order)
        path = DefectChange.objects.filter(defect=defect).order_by("recorded_at", "at", "id")
        assert [change.to_state for change in path] == [
            "verified",
            "ordered",
            "repaired",
            "closed",
        ]

    @pytest.mark.parametrize(("days", "refused"), [(15, False), (16, True)])
    def test_a_closed_defect_is_reopened_for_fifteen_days(self, world, days, refused):
        defect, officer = reported(world), world.users["township_officer"]
        moved(defect, "verified", officer)
        moved(defect, "closed", officer, reason="修好")
        later = timezone.now() + days * DAY
        if refused:
            with pytest.raises(ReopenTooLate):
                moved(defect, "verified", officer, reason="又坏了", at=later)
        else:
            moved(defect, "verified", officer, reason="又坏了", at=later)
            assert (defect.state, defect.closed_at) == ("verified", None)


class TestDuplicates:
    def test_defects_within_fifty_metres_are_suggested_with_their_distance(self, world):
        first = reported(world, point=on_road(300))
        far = reported(world, point=on_road(600))
        near = possible_duplicates(
            asset_id=world.own_asset.pk,
            point=on_road(315),
            chainage_m=Decimal(315),
            scope=Scope.internal(),
            at=timezone.now(),
        )
        assert [entry.defect for entry in near] == [first]
        assert near[0].metres == pytest.approx(15, abs=0.5)
        every = nearest_open(
            asset_id=world.own_asset.pk, point=on_road(590), scope=Scope.internal()
        )
        assert [entry.defect for entry in every] == [far, first]

    def test_one_closed_long_ago_is_another_defect(self, world):
        defect, officer = reported(world, point=on_road(300)), world.users["township_officer"]
        moved(defect, "verified", officer)
        moved(defect, "closed", officer, reason="修好")
        asked = {
            "asset_id": world.own_asset.pk,
            "point": on_road(300),
            "chainage_m": None,
            "scope": Scope.internal(),
        }
        assert possible_duplicates(**asked, at=timezone.now() + 29 * DAY)
        assert not possible_duplicates(**asked, at=timezone.now() + 31 * DAY)

    def test_a_duplicate_brings_its_evidence_into_one_thread(self, world, agreement, media):
        first, second = reported(world), reported(world, photos=[kept_photo()])
        third = reported(world)
        association = world.users["association_member"]
        moved(third, "duplicate", association, duplicate_of=second)
        moved(second, "duplicate", association, duplicate_of=first)
        assert DefectPhoto.objects.filter(defect=first).count() == 1
        assert set(first.duplicates.all()) == {second, third}

    @pytest.mark.parametrize("which", ["itself", "none", "other_asset", "rejected"])
    def test_a_duplicate_names_a_standing_defect_of_the_same_asset(self, world, which):
        defect, planner = reported(world), world.users["district_planner"]
        others = {
            "itself": defect,
            "none": None,
            "other_asset": reported(world, asset=world.sibling_asset, user=planner),
            "rejected": reported(world),
        }
        moved(others["rejected"], "rejected", planner, reason="没有")
        with pytest.raises(RefusedByRegister):
            moved(defect, "duplicate", planner, duplicate_of=others[which])

    def test_a_mistaken_duplicate_is_taken_back(self, world):
        first, second, officer = reported(world), reported(world), world.users["township_officer"]
        moved(second, "duplicate", officer, duplicate_of=first)
        moved(second, "reported", officer, reason="不是同一处")
        assert (second.state, second.duplicate_of) == ("reported", None)


class TestClaims:
    @pytest.fixture
    def warranted(self, world):
        until = timezone.localdate() + 90 * DAY
        rows = type(world.own_asset).objects.filter(pk=world.own_asset.pk)
        rows.update(warranty_until=until, contractor=world.companies[0])
        world.own_asset.refresh_from_db()
        defect = reported(world)
        moved(defect, "verified", world.users["township_officer"])
        return defect

    def raised(self, world, defect, **values):
        officer = world.users["township_officer"]
        return claim_raise(
            **{"defect": defect, "on": timezone.localdate(), **by(officer), **values}
        )

    def test_the_contractor_answers_and_the_office_settles(self, world, warranted):
        claim = self.raised(world, warranted)
        company, officer = world.users["company_member"], world.users["township_officer"]
        assert list(type(claim).objects.visible_to(company)) == [claim]
        now = timezone.now()
        claim_move(claim=claim, to_state="accepted", at=now, **by(company))
        claim_move(claim=claim, to_state="settled", at=now, reason="已修复", **by(officer))
        warranted.refresh_from_db()
        assert (claim.state, warranted.state) == ("settled", "closed")

    def test_nobody_answers_for_the_contractor(self, world, warranted):
        claim = self.raised(world, warranted)
        for name in ("district_planner", "association_member"):
            with pytest.raises(NotPermitted):
                claim_move(
                    claim=claim, to_state="accepted", at=timezone.now(), **by(world.users[name])
                )

    def test_the_contractor_does_not_settle_its_own_claim(self, world, warranted):
        claim = self.raised(world, warranted)
        company = world.users["company_member"]
        claim_move(claim=claim, to_state="accepted", at=timezone.now(), **by(company))
        with pytest.raises(NotPermitted):
            claim_move(
                claim=claim, to_state="settled", at=timezone.now(), reason="好了", **by(company)
            )

    def test_after_the_warranty_there_is_no_claim(self, world, warranted):
        type(world.own_asset).objects.filter(pk=world.own_asset.pk).update(
            warranty_until=timezone.localdate() - 2 * DAY
        )
        with pytest.raises(WarrantyNotRunning):
            self.raised(world, warranted)

    def test_a_claim_needs_a_contractor_and_a_verified_defect(self, world, warranted):
        with pytest.raises(IllegalTransition):
            self.raised(world, reported(world))
        type(world.own_asset).objects.filter(pk=world.own_asset.pk).update(contractor=None)
        with pytest.raises(ContractorUnknown):
            self.raised(world, warranted)

    def test_one_defect_is_claimed_once(self, world, warranted):
        self.raised(world, warranted)
        with pytest.raises(RefusedByRegister):
            self.raised(world, warranted)
