"""Rule sets come unverified with every migration; the planner verifies number by number."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from assets.condition.coefficient_history import coefficient_history
from assets.condition.loading import load_after_migrate, load_rulesets
from assets.condition.standards import STANDARDS
from assets.condition.words import meaning_of
from assets.models import RatingCoefficient, RatingRuleset
from assets.services.coefficients import coefficient_verify, coefficient_withdraw
from sites.access import scope_of
from sites.services import ConcurrentChange, NotPermitted, RefusedByRegister

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture
def border(db):
    return RatingCoefficient.objects.get(ruleset__code="JTG-5210-2018", symbol="GRADE.good")


def verify(coefficient, user, **values):
    wanted = {"value": Decimal(80), "source": "JTG 5210-2018 表 7.1", "on": TODAY, **values}
    return coefficient_verify(
        coefficient=coefficient,
        actor=user,
        scope=scope_of(user),
        today=TODAY,
        expected_version=values.pop("expected_version", coefficient.version),
        **{key: wanted[key] for key in ("value", "source", "on")},
    )


def test_every_migration_leaves_the_rule_sets_and_nothing_is_verified(db):
    assert set(RatingRuleset.objects.values_list("code", flat=True)) == {
        "JTG-5210-2018",
        "JTG-5211-2024",
        "DB34-T-4471-2023",
    }
    assert not RatingCoefficient.objects.exclude(status="unverified").exists()
    assert RatingCoefficient.objects.count() == sum(len(each.numbers) for each in STANDARDS)


def test_loading_again_changes_nothing_that_the_office_did(world, border):
    verify(border, world.users["district_planner"], value=Decimal("80.5"))
    assert load_rulesets() == 0
    load_after_migrate()
    border.refresh_from_db()
    assert (border.value, border.status) == (Decimal("80.5"), "verified")


def test_what_is_missing_is_loaded_again(db):
    RatingCoefficient.objects.filter(symbol="GRADE.good").delete()
    RatingRuleset.objects.filter(code="JTG-5211-2024").delete()
    assert load_rulesets() == 1 + 18 + 2


def test_the_planner_verifies_with_document_person_and_day(world, border):
    planner = world.users["district_planner"]
    verified = verify(border, planner)
    assert verified.status == "verified"
    assert (verified.source, verified.verified_on) == ("JTG 5210-2018 表 7.1", TODAY)
    assert verified.verified_by == planner
    assert verified.version == border.version + 1


@pytest.mark.parametrize(
    "role",
    [
        "township_officer",
        "company_member",
        "association_member",
        "cooperative_member",
        "evaluator",
    ],
)
def test_nobody_else_verifies(world, border, role):
    with pytest.raises(NotPermitted):
        verify(border, world.users[role])


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"value": Decimal(-1)}, "value", "out_of_range"),
        ({"value": Decimal("100.1")}, "value", "out_of_range"),
        ({"value": Decimal("NaN")}, "value", "out_of_range"),
        ({"source": "  "}, "source", "required"),
        ({"on": datetime.date(2026, 11, 24)}, "verified_on", "in_future"),
    ],
)
def test_a_verification_without_its_evidence_is_refused(world, border, values, field, code):
    with pytest.raises(RefusedByRegister) as refusal:
        verify(border, world.users["district_planner"], **values)
    assert [(name, key) for name, key, _text in refusal.value.errors] == [(field, code)]


def test_borders_of_grades_must_fall(world, border):
    planner = world.users["district_planner"]
    verify(border, planner)
    fair = border.ruleset.coefficients.get(symbol="GRADE.fair")
    with pytest.raises(RefusedByRegister) as refusal:
        verify(fair, planner, value=Decimal(80))
    assert [error[:2] for error in refusal.value.errors] == [("value", "borders_out_of_order")]
    assert verify(fair, planner, value=Decimal("79.99")).status == "verified"


def test_a_stale_version_is_not_overwritten(world, border):
    planner = world.users["district_planner"]
    verify(border, planner)
    with pytest.raises(ConcurrentChange):
        verify(border, planner, value=Decimal(81))


def test_a_verification_is_withdrawn_with_a_reason_and_the_history_keeps_both(world, border):
    planner = world.users["district_planner"]
    verified = verify(border, planner)
    with pytest.raises(RefusedByRegister):
        coefficient_withdraw(
            coefficient=verified,
            reason=" ",
            actor=planner,
            scope=scope_of(planner),
            expected_version=verified.version,
        )
    coefficient_withdraw(
        coefficient=verified,
        reason="旧版标准",
        actor=planner,
        scope=scope_of(planner),
        expected_version=verified.version,
    )
    border.refresh_from_db()
    assert (border.status, border.verified_on, border.verified_by) == ("unverified", None, None)
    # Both changes bear the moment of the test's one transaction, so their order is not asked.
    changes = {change.reason: change for change in coefficient_history(border)}
    assert set(changes) == {"", "旧版标准"}
    assert {each.new for each in changes[""].differences} >= {"JTG 5210-2018 表 7.1"}


def test_every_symbol_has_words():
    for standard in STANDARDS:
        for symbol in standard.numbers:
            group, sign, roads = meaning_of(symbol)
            assert str(group) != symbol.partition(".")[0]
            assert sign or roads
