"""Acceptance: who opens and concludes it, what a verdict needs, what it does to the site."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from assets.kinds import AcceptanceStage, CheckResult, TeamRole, Verdict
from assets.models import Acceptance
from assets.services.acceptance import (
    CheckDraft,
    MemberDraft,
    acceptance_open,
    acceptance_sign,
    acceptance_update,
)
from assets.services.conclusion import acceptance_conclude
from assets.services.errors import (
    AcceptanceStillOpen,
    AlreadyPassed,
    NotReadyForAcceptance,
    PreliminaryMissing,
    RecordFixed,
)
from sites.access import Scope, scope_of
from sites.kinds import Kind, State
from sites.models import StateChange
from sites.services import ConcurrentChange, NotPermitted, RefusedByRegister
from tests.factories import ProjectSiteFactory
from tests.factories.acceptance import FINISHED, HELD, completed_road, fresh, opened, passed

NOW = datetime.datetime(2026, 7, 10, 10, tzinfo=datetime.UTC)
FINAL, PRELIMINARY = AcceptanceStage.FINAL, AcceptanceStage.PRELIMINARY


def by(world, role):
    user = world.users[role]
    return {"actor": user, "scope": scope_of(user)}


def answered(acceptance, result=CheckResult.OK):
    return [CheckDraft(check.item, result=result) for check in acceptance.checks.all()]


def filled(acceptance, measured="3.000", **values):
    """Measured and answered; the signatures are still to come."""
    return acceptance_update(
        acceptance=acceptance,
        values={"measured_quantity": Decimal(measured), **values},
        checks=answered(acceptance),
        actor=None,
        scope=Scope.internal(),
    )


def signed(acceptance, *, but=()):
    for member in acceptance.members.all():
        if member.role not in but:
            acceptance_sign(
                acceptance=acceptance,
                member_id=member.pk,
                at=NOW,
                actor=None,
                scope=Scope.internal(),
            )
    return Acceptance.objects.get(pk=acceptance.pk)


def conclude(acceptance, verdict, **values):
    given = {"on": HELD, "actor": None, "scope": Scope.internal(), **values}
    return acceptance_conclude(acceptance=acceptance, verdict=verdict, **given)


def refused(acceptance, verdict, **values):
    with pytest.raises(RefusedByRegister) as caught:
        conclude(acceptance, verdict, **values)
    return [code for _field, code, _text in caught.value.errors]


def test_a_road_claims_its_declared_length_in_kilometres(world):
    acceptance = opened(completed_road(world, declared_length_m=Decimal("2960.4")))
    assert (acceptance.claimed_quantity, acceptance.unit) == (Decimal("2.960"), "km")
    assert acceptance.checks.count() == 8


@pytest.mark.parametrize(
    ("kind", "detail", "claimed", "unit"),
    [
        (Kind.WATER_WORKS, {"capacity_m3_per_day": 120}, 120, "m3_per_day"),
        (Kind.WATER_WORKS, {}, 1, "site"),
        (Kind.HOUSING, {"households": 3}, 3, "household"),
        (Kind.VILLAGE_CENTRE, {}, 1, "site"),
        (Kind.FACILITY, {}, 1, "site"),
    ],
)
def test_each_kind_claims_what_it_is_counted_in(world, kind, detail, claimed, unit):
    site = ProjectSiteFactory(
        area=world.villages[0], kind=kind, state=State.COMPLETED, detail=detail
    )
    acceptance = opened(site)
    assert (acceptance.claimed_quantity, acceptance.unit) == (claimed, unit)
    assert acceptance.checks.count() >= 5


@pytest.mark.parametrize(
    ("role", "stage", "may"),
    [
        ("district_planner", PRELIMINARY, True),
        ("township_officer", PRELIMINARY, True),
        ("district_planner", FINAL, True),
        ("township_officer", FINAL, False),
        ("company_member", PRELIMINARY, False),
        ("association_member", PRELIMINARY, False),
        ("evaluator", PRELIMINARY, False),
    ],
)
def test_the_township_holds_the_preliminary_and_the_district_the_final_one(world, role, stage, may):
    site = completed_road(world)
    if stage == FINAL:
        passed(site, PRELIMINARY)
    values = {"site": site, "stage": stage, "held_on": HELD, **by(world, role)}
    if may:
        assert acceptance_open(**values).stage == stage
    else:
        with pytest.raises(NotPermitted):
            acceptance_open(**values)


@pytest.mark.parametrize("state", [State.UNDER_CONSTRUCTION, State.ACCEPTED, State.SUSPENDED])
def test_only_finished_work_is_accepted(world, state):
    with pytest.raises(NotReadyForAcceptance):
        opened(completed_road(world, state=state))


def test_the_final_acceptance_waits_for_the_preliminary_one(world):
    site = completed_road(world)
    with pytest.raises(PreliminaryMissing):
        opened(site, FINAL)
    passed(site, PRELIMINARY)
    assert opened(site, FINAL).round_no == 1


def test_a_stage_is_passed_once(world):
    site = completed_road(world)
    passed(site, PRELIMINARY)
    with pytest.raises(AlreadyPassed):
        opened(site)


def test_one_acceptance_is_open_at_a_time(world):
    site = completed_road(world)
    opened(site)
    with pytest.raises(AcceptanceStillOpen):
        opened(site)


def test_the_database_keeps_a_second_one_from_opening(world):
    site = completed_road(world)
    opened(site)
    row = {"site": site, "stage": "final", "held_on": HELD, "unit": "km", "claimed_quantity": 1}
    with pytest.raises(IntegrityError, match="acceptance_one_open"), transaction.atomic():
        Acceptance.objects.create(**row)


def test_nothing_is_accepted_before_it_is_finished(world):
    with pytest.raises(RefusedByRegister) as caught:
        opened(completed_road(world), held_on=FINISHED - datetime.timedelta(days=1))
    assert caught.value.errors[0][:2] == ("held_on", "before_finish")


@pytest.mark.parametrize(
    ("measured", "needs_reason"),
    [("2.970", False), ("2.969", True), ("3.030", False), ("3.031", True), ("2.940", True)],
)
def test_a_difference_beyond_one_percent_of_a_long_road_needs_a_reason(
    world, measured, needs_reason
):
    acceptance = signed(filled(opened(completed_road(world)), measured))
    if needs_reason:
        assert refused(acceptance, Verdict.PASSED) == ["discrepancy_reason_missing"]
    else:
        assert conclude(acceptance, Verdict.PASSED).verdict == Verdict.PASSED


def test_twenty_metres_are_tolerated_on_a_short_road(world):
    short = completed_road(world, declared_length_m=500)
    assert conclude(signed(filled(opened(short), "0.480")), Verdict.PASSED).verdict


def test_passing_needs_answers_signatures_and_a_villager(world):
    acceptance = opened(completed_road(world))
    assert refused(acceptance, Verdict.PASSED) == [
        "measured_missing",
        "checks_unanswered",
        "members_unsigned",
        "villager_unsigned",
    ]


def test_every_member_signs_before_it_is_passed(world):
    acceptance = signed(filled(opened(completed_road(world))), but=[TeamRole.TOWNSHIP])
    assert refused(acceptance, Verdict.PASSED) == ["members_unsigned"]


def test_a_team_without_a_villager_cannot_pass_anything(world):
    team = [MemberDraft(TeamRole.TOWNSHIP, "王镇长")]
    acceptance = signed(filled(opened(completed_road(world), members=team)))
    assert refused(acceptance, Verdict.PASSED) == ["villager_unsigned"]


def test_an_item_that_is_not_in_order_needs_a_finding(world):
    acceptance = filled(opened(completed_road(world)))
    acceptance = acceptance_update(
        acceptance=acceptance,
        values={},
        checks=answered(acceptance, CheckResult.FAILED),
        actor=None,
        scope=Scope.internal(),
    )
    assert refused(signed(acceptance), Verdict.PASSED) == ["failed_without_finding"]


@pytest.mark.parametrize(
    "change",
    [
        {"values": {"measured_quantity": Decimal("2.99")}},
        {"values": {"held_on": HELD + datetime.timedelta(days=1)}},
        {"values": {}, "checks": [CheckDraft("只查一项", result="ok")]},
    ],
)
def test_a_change_of_what_was_signed_takes_the_signatures_back(world, change):
    acceptance = signed(filled(opened(completed_road(world))))
    after = acceptance_update(acceptance=acceptance, actor=None, scope=Scope.internal(), **change)
    assert not after.members.filter(signed_at__isnull=False).exists()
    assert after.version > acceptance.version


def test_a_remark_of_the_office_takes_no_signature_back(world):
    acceptance = signed(filled(opened(completed_road(world))))
    values = {"note": "天气晴"}
    acceptance_update(acceptance=acceptance, values=values, actor=None, scope=Scope.internal())
    assert acceptance.members.filter(signed_at__isnull=False).count() == 3


def test_who_joins_signs_and_the_others_have_signed_already(world):
    acceptance = signed(filled(opened(completed_road(world))))
    team = [MemberDraft(m.role, m.name, m.organisation) for m in acceptance.members.all()]
    after = acceptance_update(
        acceptance=acceptance,
        values={},
        members=[*team, MemberDraft(TeamRole.AUDIT, "孙审计")],
        actor=None,
        scope=Scope.internal(),
    )
    assert refused(after, Verdict.PASSED) == ["members_unsigned"]


def test_a_body_signs_for_its_own_people_only(world):
    team = [
        MemberDraft(TeamRole.CONTRACTOR, "赵经理", world.companies[0]),
        MemberDraft(TeamRole.VILLAGER, "钱大娘"),
    ]
    acceptance = opened(completed_road(world), members=team)
    own, other = acceptance.members.order_by("role")
    builder = by(world, "company_member")
    acceptance_sign(acceptance=acceptance, member_id=own.pk, at=NOW, **builder)
    with pytest.raises(NotPermitted):
        acceptance_sign(acceptance=acceptance, member_id=other.pk, at=NOW, **builder)


def test_a_passed_preliminary_leaves_the_site_completed(world):
    site = completed_road(world)
    conclude(signed(filled(opened(site))), Verdict.PASSED)
    assert fresh(site).state == State.COMPLETED


def test_a_passed_final_acceptance_accepts_the_site_on_its_day(world):
    site = completed_road(world)
    passed(site, PRELIMINARY)
    day = HELD + datetime.timedelta(days=5)
    acceptance = conclude(signed(filled(opened(site, FINAL))), Verdict.PASSED, on=day)
    change = StateChange.objects.get(site=site)
    assert (fresh(site).state, change.to_state, change.effective_on) == (
        State.ACCEPTED,
        State.ACCEPTED,
        day,
    )
    assert acceptance.concluded_on == day


def test_to_be_rectified_needs_a_finding(world):
    assert refused(filled(opened(completed_road(world))), Verdict.RECTIFY) == ["findings_missing"]


def test_failing_needs_a_reason_and_sends_the_site_to_be_rectified(world):
    site = completed_road(world)
    acceptance = filled(opened(site))
    assert refused(acceptance, Verdict.FAILED, reason=" ") == ["reason_missing"]
    conclude(acceptance, Verdict.FAILED, reason="路基沉陷")
    assert fresh(site).state == State.RECTIFYING
    assert StateChange.objects.get(site=site).reason == "路基沉陷"


def test_a_verdict_is_not_given_before_the_day(world):
    acceptance = signed(filled(opened(completed_road(world))))
    day = HELD - datetime.timedelta(days=1)
    assert refused(acceptance, Verdict.PASSED, on=day) == ["before_start"]


def test_an_unknown_verdict_is_refused(world):
    assert refused(opened(completed_road(world)), "maybe") == ["unknown_value"]


def test_a_concluded_acceptance_stays_as_it_was_signed(world):
    acceptance = conclude(signed(filled(opened(completed_road(world)))), Verdict.PASSED)
    internal = {"actor": None, "scope": Scope.internal()}
    with pytest.raises(RecordFixed):
        acceptance_update(acceptance=acceptance, values={"note": "改"}, **internal)
    with pytest.raises(RecordFixed):
        conclude(acceptance, Verdict.FAILED, reason="x")


def test_two_officers_on_one_version_do_not_overwrite_each_other(world):
    acceptance = opened(completed_road(world))
    values = {"acceptance": acceptance, "expected_version": acceptance.version}
    internal = {"actor": None, "scope": Scope.internal()}
    acceptance_update(values={"measured_quantity": Decimal("2.9")}, **values, **internal)
    with pytest.raises(ConcurrentChange):
        acceptance_update(values={"measured_quantity": Decimal("3.1")}, **values, **internal)


@pytest.mark.parametrize(
    "draft",
    [MemberDraft("king", "甲"), MemberDraft("villager", ""), MemberDraft("villager", "字" * 61)],
)
def test_a_member_that_cannot_be_is_refused(world, draft):
    with pytest.raises(RefusedByRegister):
        opened(completed_road(world), members=[draft])


def test_a_checklist_has_an_end(world):
    with pytest.raises(RefusedByRegister) as caught:
        opened(completed_road(world), checks=[CheckDraft(f"第{n}项") for n in range(61)])
    assert caught.value.errors[0][1] == "too_many"
