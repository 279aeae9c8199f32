"""Agreements: who writes, signs, ends and renews them, and what is refused."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from maintenance.agreement_terms import BandTerm, PartyTerm, ScopeTerm, ShareTerm, Terms
from maintenance.kinds import AgreementState, PartyRole
from maintenance.models import Agreement, AgreementParty, AgreementScope
from maintenance.services import (
    agreement_create,
    agreement_negotiate,
    agreement_remove,
    agreement_renew,
    agreement_return_to_draft,
    agreement_sign,
    agreement_terminate,
    agreement_update,
    keeper_change,
)
from maintenance.services.agreements import same_term
from maintenance.services.errors import (
    AgreementFixed,
    AlreadySigned,
    SignsForItself,
    TermsIncomplete,
    WrongMoment,
)
from sites.access import Scope, scope_of
from sites.services import ConcurrentChange, NotPermitted, ReasonMissing, RefusedByRegister
from tests.factories import (
    AssetFactory,
    OrganisationFactory,
    RouteFactory,
    UserFactory,
    draft_agreement,
    member,
    move_agreement,
    section,
    signed_agreement,
    township_government,
)

TODAY = timezone.localdate()
NOW = timezone.now()
ONE_DAY = datetime.timedelta(days=1)
HALVES = [ShareTerm("district", Decimal(50)), ShareTerm("township", Decimal(50))]
BANDS = [BandTerm(Decimal(0), Decimal("0.5")), BandTerm(Decimal(90), Decimal(1))]


@pytest.fixture
def road(world):
    return section(RouteFactory(), 0, 1000, world.villages[0], west=117.03, code="ROAD-A")


@pytest.fixture
def office(world):
    return scope_of(world.users["township_officer"])


def values(world, **changed):
    return {
        "number": "XY-2026-001",
        "name": "青溪镇道路管护协议",
        "model": "three_party",
        "area": world.townships[0],
        "starts_on": TODAY,
        "ends_on": TODAY + datetime.timedelta(days=364),
        "price_basis": "per_km_year",
        "unit_price": Decimal(3000),
        **changed,
    }


def parties(world):
    return [
        PartyTerm(township_government(world.townships[0]), "client"),
        PartyTerm(world.companies[0], "executor"),
        PartyTerm(world.associations[0], "supervisor"),
        PartyTerm(world.cooperatives[0], "participant"),
    ]


def terms(world, road, **changed):
    whole = Terms(
        values=values(world),
        parties=parties(world),
        scopes=[ScopeTerm(road)],
        shares=HALVES,
        bands=BANDS,
    )
    return replace(whole, **changed)


@pytest.fixture
def agreement(world, road, office):
    return agreement_create(terms=terms(world, road), actor=None, scope=office)


def negotiate(agreement, scope):
    agreement_negotiate(
        agreement=agreement, actor=None, scope=scope, at=NOW, expected_version=agreement.version
    )
    agreement.refresh_from_db()
    return agreement


def sign(agreement, organisation, scope, *, on=TODAY, actor=None, signatory="李四"):
    agreement.refresh_from_db()
    return agreement_sign(
        agreement=agreement,
        organisation=organisation,
        signatory=signatory,
        on=on,
        actor=actor,
        scope=scope,
        at=NOW,
        expected_version=agreement.version,
    )


def sign_all(world, agreement, office):
    sign(agreement, township_government(world.townships[0]), office)
    for name, body in (
        ("company_member", world.companies[0]),
        ("association_member", world.associations[0]),
        ("cooperative_member", world.cooperatives[0]),
    ):
        agreement = sign(agreement, body, scope_of(world.users[name]), actor=world.users[name])
    return agreement


def codes(refused):
    return [code for _field, code, _text in refused.value.errors]


def test_an_agreement_is_drafted_negotiated_and_signed_by_each_party(world, agreement, office):
    negotiate(agreement, office)
    signed = sign_all(world, agreement, office)
    assert signed.state == AgreementState.SIGNED
    moves = signed.changes.values_list("from_state", "to_state", "role", "organisation__name")
    assert list(moves) == [
        ("draft", "negotiating", "township_officer", None),
        ("negotiating", "signed", "cooperative_member", "甲合作社"),
    ]
    scope = signed.scopes.get()
    assert (scope.is_binding, scope.valid_from, scope.valid_to, scope.length_m) == (
        True,
        signed.starts_on,
        signed.ends_on,
        Decimal(1000),
    )


def test_three_signatures_of_four_do_not_bind(world, agreement, office):
    negotiate(agreement, office)
    sign(agreement, township_government(world.townships[0]), office)
    sign(agreement, world.companies[0], scope_of(world.users["company_member"]))
    last = sign(agreement, world.associations[0], scope_of(world.users["association_member"]))
    assert last.state == AgreementState.NEGOTIATING


@pytest.mark.parametrize("caller", ["company_member", "association_member", "evaluator"])
def test_only_the_office_of_the_area_drafts(world, road, caller):
    with pytest.raises(NotPermitted):
        agreement_create(terms=terms(world, road), actor=None, scope=scope_of(world.users[caller]))


def test_an_officer_drafts_nothing_for_the_next_township(world, road, office):
    elsewhere = terms(world, road, values=values(world, area=world.townships[1]), scopes=None)
    with pytest.raises(NotPermitted):
        agreement_create(terms=elsewhere, actor=None, scope=office)


def test_an_officer_cannot_move_an_agreement_into_another_township(world, agreement, office):
    moved = Terms(values={"area": world.townships[1]})
    with pytest.raises(NotPermitted):
        agreement_update(
            agreement=agreement,
            terms=moved,
            actor=None,
            scope=office,
            expected_version=agreement.version,
        )


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ([("district", "50"), ("township", "49.999")], "agreement_shares_sum_to_100"),
        ([("district", "50"), ("township", "50.001")], "agreement_shares_sum_to_100"),
        ([("district", "50"), ("district", "50")], "funding_share_once"),
        ([("district", "100.0"), ("township", "0")], "funding_share_in_range"),
        ([("district", "-1"), ("township", "101")], "funding_share_in_range"),
        ([("district", "33.3333"), ("township", "66.6667")], "funding_share_in_range"),
        ([("district", "NaN")], "funding_share_in_range"),
        ([("nobody", "100")], "unknown_value"),
    ],
)
def test_shares_sum_to_exactly_one_hundred(world, road, office, shares, code):
    given = [ShareTerm(source, Decimal(percent)) for source, percent in shares]
    with pytest.raises(RefusedByRegister) as refused:
        agreement_create(terms=terms(world, road, shares=given), actor=None, scope=office)
    assert code in codes(refused)


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ([("60", "1")], "bands_begin_at_zero"),
        ([("0", "0.5"), ("0", "1")], "assessment_band_once"),
        ([("0", "2.1")], "assessment_band_in_range"),
        ([("0", "0.5"), ("100.5", "1")], "assessment_band_in_range"),
        ([("0", "0.12345")], "assessment_band_in_range"),
        ([("0", "Infinity")], "assessment_band_in_range"),
    ],
)
def test_bands_give_every_score_one_coefficient(world, road, office, bands, code):
    given = [BandTerm(Decimal(score), Decimal(value)) for score, value in bands]
    with pytest.raises(RefusedByRegister) as refused:
        agreement_create(terms=terms(world, road, bands=given), actor=None, scope=office)
    assert code in codes(refused)


def test_one_body_never_carries_out_and_supervises(world, road, office):
    both = [*parties(world)[:2], PartyTerm(world.companies[0], "supervisor")]
    with pytest.raises(RefusedByRegister) as refused:
        agreement_create(terms=terms(world, road, parties=both), actor=None, scope=office)
    assert codes(refused) == ["agreement_party_not_both_sides"]


@pytest.mark.parametrize(
    ("stretch", "code"),
    [
        ((Decimal(500), Decimal(1001)), "outside_section"),
        ((Decimal(500), Decimal(500)), "chainage_order"),
        ((Decimal(-1), Decimal(500)), "chainage_out_of_range"),
        ((Decimal("0.15"), Decimal(500)), "chainage_too_fine"),
        ((Decimal(500), None), "stretch_form"),
        ((Decimal("NaN"), Decimal(500)), "chainage_not_finite"),
    ],
)
def test_a_stretch_lies_inside_its_section(world, road, office, stretch, code):
    given = terms(world, road, scopes=[ScopeTerm(road, "routine", *stretch)])
    with pytest.raises(RefusedByRegister) as refused:
        agreement_create(terms=given, actor=None, scope=office)
    assert codes(refused) == [code]


def test_assets_outside_the_area_houses_and_pond_stretches_are_refused(world, office):
    pond = AssetFactory(kind="water_works", area=world.villages[0], detail={"works_kind": "pond"})
    far = section(RouteFactory(), 0, 500, world.villages[1])
    given = [
        ScopeTerm(far),
        ScopeTerm(world.house_asset),
        ScopeTerm(pond, "routine", Decimal(0), Decimal(10)),
        ScopeTerm(pond, "sweeping"),
    ]
    with pytest.raises(RefusedByRegister) as refused:
        agreement_create(terms=Terms(values=values(world), scopes=given), actor=None, scope=office)
    assert codes(refused) == ["outside_area", "asset_restricted", "no_chainage", "unknown_value"]


def test_a_stretch_is_not_covered_twice_inside_one_agreement(world, road, office):
    twice = [
        ScopeTerm(road, "routine", Decimal(0), Decimal(600)),
        ScopeTerm(road, "greening", Decimal(0), Decimal(600)),
        ScopeTerm(road, "routine", Decimal(600), Decimal(800)),
        ScopeTerm(road, "routine", Decimal(700), Decimal(900)),
    ]
    with pytest.raises(RefusedByRegister) as refused:
        agreement_create(terms=terms(world, road, scopes=twice), actor=None, scope=office)
    assert [(field, code) for field, code, _text in refused.value.errors] == [
        ("scopes.3", "agreement_scope_no_overlap")
    ]


def test_an_overlap_names_the_other_agreement_and_the_stretch(world, road, office):
    other = signed_agreement(world, assets=[(road, 200, 700)])
    given = terms(world, road, scopes=[ScopeTerm(road, "routine", Decimal(600), Decimal(900))])
    with pytest.raises(RefusedByRegister) as refused:
        agreement_create(terms=given, actor=None, scope=office)
    [(_field, code, text)] = refused.value.errors
    assert code == "agreement_scope_no_overlap"
    assert other.number in text
    assert "K0+600–K0+700" in text


def test_a_competitor_learns_no_number_of_what_stands_in_the_way(world, road, agreement, office):
    """Somebody else's agreement was signed meanwhile; the last signature of this one finds it."""
    negotiate(agreement, office)
    sign(agreement, township_government(world.townships[0]), office)
    sign(agreement, world.associations[0], scope_of(world.users["association_member"]))
    sign(agreement, world.cooperatives[0], scope_of(world.users["cooperative_member"]))
    other = signed_agreement(
        world,
        assets=[road],
        executor=world.companies[1],
        supervisor=world.associations[1],
        participant=world.cooperatives[1],
    )
    with pytest.raises(RefusedByRegister) as refused:
        sign(agreement, world.companies[0], scope_of(world.users["company_member"]))
    [(_field, code, text)] = refused.value.errors
    assert code == "agreement_scope_no_overlap"
    assert other.number not in text
    assert "K0+000–K1+000" in text
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.NEGOTIATING
    company = agreement.parties.get(role="executor")
    assert company.signed_on is None


def test_another_task_or_other_days_do_not_stand_in_the_way(world, road, office):
    signed_agreement(world, assets=[road], task="greening")
    signed_agreement(
        world,
        assets=[road],
        starts_on=TODAY - datetime.timedelta(days=400),
        ends_on=TODAY - ONE_DAY,
    )
    assert agreement_create(terms=terms(world, road), actor=None, scope=office).pk


def test_new_dates_are_checked_against_other_agreements(world, road, agreement, office):
    signed_agreement(
        world,
        assets=[road],
        starts_on=TODAY - datetime.timedelta(days=400),
        ends_on=TODAY - ONE_DAY,
    )
    with pytest.raises(RefusedByRegister) as refused:
        agreement_update(
            agreement=agreement,
            terms=Terms(values={"starts_on": TODAY - ONE_DAY}),
            actor=None,
            scope=office,
            expected_version=agreement.version,
        )
    assert codes(refused) == ["agreement_scope_no_overlap"]


def test_an_incomplete_draft_is_told_all_it_lacks(world, office):
    bare = agreement_create(
        terms=Terms(values=values(world, unit_price=Decimal(0))), actor=None, scope=office
    )
    with pytest.raises(TermsIncomplete) as refused:
        negotiate(bare, office)
    assert codes(refused) == [
        "client_missing",
        "executor_missing",
        "supervisor_missing",
        "participant_missing",
        "scope_missing",
        "agreement_shares_sum_to_100",
        "bands_begin_at_zero",
        "price_missing",
    ]


def test_nobody_checks_own_work_in_any_model(world, road, office):
    """The village keeps up itself: it cannot confirm as participant what it carries out."""
    village = OrganisationFactory(kind="village_committee", name="上溪村委会")
    given = terms(
        world,
        road,
        values=values(world, model="self", inspects="supervisor", confirms="participant"),
        parties=[
            PartyTerm(township_government(world.townships[0]), "client"),
            PartyTerm(village, "executor"),
            PartyTerm(village, "participant"),
            PartyTerm(world.associations[0], "supervisor"),
        ],
    )
    agreement = agreement_create(terms=given, actor=None, scope=office)
    with pytest.raises(TermsIncomplete) as refused:
        negotiate(agreement, office)
    assert codes(refused) == ["own_work_checked"]


def test_a_price_per_km_needs_chainage(world, office):
    pond = AssetFactory(kind="water_works", area=world.villages[0], detail={"works_kind": "pond"})
    agreement = agreement_create(
        terms=terms(world, pond, scopes=[ScopeTerm(pond)]), actor=None, scope=office
    )
    with pytest.raises(TermsIncomplete) as refused:
        negotiate(agreement, office)
    assert codes(refused) == ["length_missing"]


def test_parts_are_replaced_as_a_whole_and_the_version_counts(world, road, agreement, office):
    before = agreement.version
    kept = agreement.parties.get(role="executor").pk
    changed = agreement_update(
        agreement=agreement,
        terms=Terms(
            parties=[PartyTerm(world.companies[0], "executor")],
            shares=[ShareTerm("donation", Decimal(100))],
            scopes=[ScopeTerm(road, "routine", Decimal(100), Decimal(350))],
        ),
        actor=None,
        scope=office,
        expected_version=before,
    )
    assert changed.version > before
    assert [party.pk for party in changed.parties.all()] == [kept]
    assert changed.shares.get().source == "donation"
    assert changed.scopes.get().length_m == Decimal(250)
    with pytest.raises(ConcurrentChange):
        agreement_update(
            agreement=agreement,
            terms=Terms(values={"note": "x"}),
            actor=None,
            scope=office,
            expected_version=before,
        )


def test_terms_do_not_change_under_a_signature_or_after_it(world, road, agreement, office):
    negotiate(agreement, office)
    sign(agreement, world.companies[0], scope_of(world.users["company_member"]))

    def change():
        agreement.refresh_from_db()
        agreement_update(
            agreement=agreement,
            terms=Terms(values={"unit_price": Decimal(1)}),
            actor=None,
            scope=office,
            expected_version=agreement.version,
        )

    with pytest.raises(AlreadySigned):
        change()
    sign(agreement, world.associations[0], scope_of(world.users["association_member"]))
    sign(agreement, world.cooperatives[0], scope_of(world.users["cooperative_member"]))
    sign(agreement, township_government(world.townships[0]), office)
    with pytest.raises(AgreementFixed):
        change()


def test_a_return_to_draft_needs_a_reason_and_takes_the_signatures(world, agreement, office):
    negotiate(agreement, office)
    sign(agreement, world.associations[0], scope_of(world.users["association_member"]))
    company = scope_of(world.users["company_member"])
    agreement.refresh_from_db()
    call = {"agreement": agreement, "actor": None, "at": NOW}
    with pytest.raises(ReasonMissing):
        agreement_return_to_draft(
            **call, scope=company, reason=" ", expected_version=agreement.version
        )
    stranger = scope_of(member("company_member", organisations=[world.companies[1]], username="b"))
    with pytest.raises(NotPermitted):
        agreement_return_to_draft(
            **call, scope=stranger, reason="x", expected_version=agreement.version
        )
    change = agreement_return_to_draft(
        **call, scope=company, reason="单价过低", expected_version=agreement.version
    )
    assert (change.organisation, change.reason) == (world.companies[0], "单价过低")
    assert not agreement.parties.filter(signed_on__isnull=False).exists()


def test_nobody_signs_for_a_body_that_has_an_account(world, agreement, office):
    negotiate(agreement, office)
    for scope in (office, scope_of(world.users["district_planner"]), Scope.internal()):
        with pytest.raises(SignsForItself):
            sign(agreement, world.companies[0], scope)
    with pytest.raises(NotPermitted):
        sign(agreement, world.companies[0], scope_of(world.users["association_member"]))
    with pytest.raises(NotPermitted):
        sign(agreement, world.companies[1], office)


def test_the_office_enters_the_signature_of_a_body_without_account(world, agreement, office):
    world.users["cooperative_member"].memberships.all().delete()
    negotiate(agreement, office)
    officer = world.users["township_officer"]
    sign(agreement, world.cooperatives[0], office, actor=officer, signatory="赵六")
    party = agreement.parties.get(role="participant")
    assert (party.signatory, party.signed_on, party.recorded_by) == ("赵六", TODAY, officer)


@pytest.mark.parametrize(
    ("signatory", "on", "code"), [(" ", TODAY, "blank"), ("李四", TODAY + ONE_DAY, "in_future")]
)
def test_a_signature_has_a_name_and_is_not_dated_in_advance(
    world, agreement, office, signatory, on, code
):
    negotiate(agreement, office)
    with pytest.raises(RefusedByRegister) as refused:
        sign(
            agreement,
            world.companies[0],
            scope_of(world.users["company_member"]),
            signatory=signatory,
            on=on,
        )
    assert codes(refused) == [code]


def test_a_draft_is_not_signed_and_nobody_signs_twice(world, agreement, office):
    company = scope_of(world.users["company_member"])
    with pytest.raises(WrongMoment):
        sign(agreement, world.companies[0], company)
    negotiate(agreement, office)
    sign(agreement, world.companies[0], company)
    with pytest.raises(WrongMoment):
        sign(agreement, world.companies[0], company)


def terminate(agreement, scope, *, on=TODAY, reason="公司停业"):
    agreement.refresh_from_db()
    return agreement_terminate(
        agreement=agreement,
        on=on,
        reason=reason,
        actor=None,
        scope=scope,
        at=NOW,
        expected_version=agreement.version,
    )


def test_a_termination_frees_the_stretch_from_the_next_day(world, road, office):
    first = signed_agreement(world, assets=[road])
    terminate(first, office)
    scope = first.scopes.get()
    assert (scope.is_binding, scope.valid_to) == (True, TODAY)
    later = terms(world, road, values=values(world, starts_on=TODAY + ONE_DAY))
    assert agreement_create(terms=later, actor=None, scope=office).pk


def test_an_agreement_terminated_before_it_began_never_binds(world, road, office):
    coming = signed_agreement(world, assets=[road], starts_on=TODAY + ONE_DAY * 10)
    terminate(coming, office, on=TODAY + ONE_DAY * 9)
    assert not coming.scopes.get().is_binding


def test_a_termination_needs_office_reason_and_a_day_of_the_term(world, road, office):
    agreement = signed_agreement(world, assets=[road])
    with pytest.raises(NotPermitted):
        terminate(agreement, scope_of(world.users["company_member"]))
    with pytest.raises(ReasonMissing):
        terminate(agreement, office, reason="")
    for day in (agreement.ends_on + ONE_DAY, agreement.starts_on - ONE_DAY * 2):
        with pytest.raises(RefusedByRegister) as refused:
            terminate(agreement, office, on=day)
        assert codes(refused) == ["outside_term"]
    terminate(agreement, office)
    with pytest.raises(WrongMoment):
        terminate(agreement, office)


def test_a_renewal_follows_without_a_gap_and_without_an_overlap(world, road, office):
    old = signed_agreement(
        world, assets=[road], starts_on=TODAY - ONE_DAY * 330, ends_on=TODAY + ONE_DAY * 34
    )
    new = agreement_renew(agreement=old, number="XY-2027-001", actor=None, scope=office)
    assert new.starts_on == old.ends_on + ONE_DAY
    assert new.parties.count() == 4
    assert new.scopes.get().asset == road
    with pytest.raises(WrongMoment):
        agreement_renew(agreement=old, number="XY-2027-002", actor=None, scope=office)
    negotiate(new, office)
    sign_all(world, new, office)
    old.refresh_from_db()
    assert (old.state, old.ended_on) == (AgreementState.RENEWED, new.starts_on - ONE_DAY)
    assert new.number in old.changes.get(to_state="renewed").reason


def test_an_early_renewal_ends_the_old_agreement_the_day_before(world, road, office):
    old = signed_agreement(world, assets=[road])
    new = agreement_renew(
        agreement=old, number="XY-2027-001", starts_on=TODAY + ONE_DAY, actor=None, scope=office
    )
    negotiate(new, office)
    sign_all(world, new, office)
    old.refresh_from_db()
    assert (old.state, old.ended_on) == (AgreementState.RENEWED, TODAY)
    days = list(AgreementScope.objects.filter(asset=road).order_by("valid_from"))
    assert days[0].valid_to + ONE_DAY == days[1].valid_from


@pytest.mark.parametrize(("shift", "code"), [(2, "renewal_gap"), (-400, "renewal_too_early")])
def test_a_renewal_with_a_gap_or_before_its_forerunner_is_refused(world, road, office, shift, code):
    old = signed_agreement(world, assets=[road])
    with pytest.raises(RefusedByRegister) as refused:
        agreement_renew(
            agreement=old,
            number="XY-2027-001",
            starts_on=old.ends_on + ONE_DAY * shift,
            ends_on=old.ends_on + ONE_DAY * 400,
            actor=None,
            scope=office,
        )
    assert codes(refused) == [code]


def test_the_days_of_a_terminated_forerunner_still_count(world, road, office):
    old = signed_agreement(world, assets=[road])
    new = agreement_renew(
        agreement=old, number="XY-2027-001", starts_on=TODAY, actor=None, scope=office
    )
    negotiate(new, office)
    terminate(old, office, on=TODAY)
    with pytest.raises(RefusedByRegister) as refused:
        sign_all(world, new, office)
    assert codes(refused) == ["agreement_scope_no_overlap"]


def test_the_same_term_is_counted_in_months_where_it_was_whole_months():
    day = datetime.date
    assert same_term(day(2024, 3, 1), day(2025, 2, 28), day(2025, 3, 1)) == day(2026, 2, 28)
    assert same_term(day(2026, 11, 1), day(2027, 1, 31), day(2027, 2, 1)) == day(2027, 4, 30)
    assert same_term(day(2026, 1, 31), day(2026, 2, 1), day(2026, 2, 2)) == day(2026, 2, 3)


def test_a_draft_is_removed_and_history_is_kept(world, agreement, office):
    other = draft_agreement(world)
    move_agreement(other, "negotiating")
    move_agreement(other, "draft")
    with pytest.raises(WrongMoment):
        agreement_remove(agreement=other, scope=office, expected_version=other.version)
    agreement_remove(agreement=agreement, scope=office, expected_version=agreement.version)
    assert not Agreement.objects.filter(pk=agreement.pk).exists()


def test_the_keeper_changes_after_signing_and_the_old_name_is_kept(world, road, office):
    agreement = signed_agreement(world, assets=[road])
    row = agreement.scopes.get()
    company = scope_of(world.users["company_member"])
    changed = keeper_change(
        row=row,
        name=" 钱七 ",
        phone="13900000000",
        actor=world.users["company_member"],
        scope=company,
        expected_version=agreement.version,
        reason="轮岗",
    )
    assert changed.version == agreement.version + 1
    row.refresh_from_db()
    assert row.keeper_name == "钱七"
    event = row.events.order_by("pgh_id").last()
    assert (event.keeper_name, event.pgh_context.metadata["reason"]) == ("王五", "轮岗")
    with pytest.raises(NotPermitted):
        keeper_change(
            row=row,
            name="x",
            phone="",
            actor=None,
            scope=scope_of(world.users["association_member"]),
            expected_version=changed.version,
        )


def test_a_superuser_acts_as_office_and_as_no_party(world, agreement):
    root = scope_of(UserFactory(is_superuser=True))
    negotiate(agreement, root)
    assert agreement.changes.get().role == "district_planner"
    sign(agreement, township_government(world.townships[0]), root)
    with pytest.raises(SignsForItself):
        sign(agreement, world.associations[0], root)
    assert AgreementParty.objects.filter(signed_on__isnull=False).count() == 1
    assert PartyRole.CLIENT == "client"
