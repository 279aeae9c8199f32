"""The shapes of the formulas, and that nothing is computed from a number nobody verified."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.condition.formulas import (
    NoWeight,
    grade_of,
    pavement_condition,
    riding_quality,
    weighted,
)
from assets.condition.rating import Measurements, rate, symbols_of
from assets.kinds import ConditionGrade

# Numbers of the tests alone: they stand for no standard.
TEST_NUMBERS = {
    "PCI.a0.asphalt": Decimal(10),
    "PCI.a1.asphalt": Decimal("0.5"),
    "RQI.a0.other": Decimal("0.02"),
    "RQI.a1.other": Decimal("0.6"),
    "PQI.w_PCI": Decimal("0.6"),
    "PQI.w_RQI": Decimal("0.4"),
    "MQI.w_SCI": Decimal("0.1"),
    "MQI.w_PQI": Decimal("0.6"),
    "MQI.w_BCI": Decimal("0.2"),
    "MQI.w_TCI": Decimal("0.1"),
    "GRADE.excellent": Decimal(90),
    "GRADE.good": Decimal(80),
    "GRADE.fair": Decimal(70),
    "GRADE.poor": Decimal(60),
}
BORDERS = {code: TEST_NUMBERS[f"GRADE.{code}"] for code in ("excellent", "good", "fair", "poor")}
FOUND = Measurements(
    pavement="asphalt",
    technical_class="class_4",
    damage_percent=Decimal(4),
    iri_m_per_km=Decimal(5),
)
numbers = st.decimals(0, 100, places=3, allow_nan=False)
small = st.decimals(0, 20, places=4, allow_nan=False)


def test_pci_is_100_less_a0_times_dr_to_the_power_of_a1():
    assert pavement_condition(Decimal(4), Decimal(10), Decimal("0.5")) == Decimal("80.00")
    assert pavement_condition(Decimal(0), Decimal(10), Decimal("0.5")) == Decimal("100.00")


def test_rqi_is_100_over_1_plus_a0_times_e_to_the_a1_iri():
    # 0.02 · e^3 = 0.401711; 100 / 1.401711 = 71.3414
    assert riding_quality(Decimal(5), Decimal("0.02"), Decimal("0.6")) == Decimal("71.34")


def test_pqi_is_the_weighted_mean():
    parts = [(Decimal(80), Decimal("0.6")), (Decimal("71.34"), Decimal("0.4"))]
    assert weighted(parts) == Decimal("76.54")


def test_weights_of_nothing_are_refused():
    with pytest.raises(NoWeight):
        weighted([(Decimal(80), Decimal(0))])


@pytest.mark.parametrize(
    ("index", "grade"),
    [("100", "excellent"), ("90", "excellent"), ("89.99", "good"), ("70", "fair"), ("0", "bad")],
)
def test_a_grade_begins_at_its_border(index, grade):
    assert grade_of(Decimal(index), BORDERS) == grade


@given(numbers, small, small)
def test_indices_stay_between_0_and_100(measured, a0, a1):
    assert 0 <= pavement_condition(measured, a0, a1) <= 100
    assert 0 <= riding_quality(min(measured, Decimal(50)), a0, a1) <= 100


@given(st.lists(numbers, min_size=2, max_size=2, unique=True), small)
def test_more_damage_and_more_roughness_never_make_a_better_road(pair, a0):
    less, more = sorted(pair)
    a1 = Decimal("0.4")
    assert pavement_condition(more, a0, a1) <= pavement_condition(less, a0, a1)
    assert riding_quality(more, a0, a1) <= riding_quality(less, a0, a1)


@given(numbers, numbers)
def test_a_better_index_never_gets_a_worse_grade(one, other):
    order = list(ConditionGrade.values)
    low, high = sorted((one, other))
    assert order.index(grade_of(high, BORDERS)) <= order.index(grade_of(low, BORDERS))


def test_with_every_number_verified_the_grade_rests_on_the_pqi():
    rating = rate(FOUND, TEST_NUMBERS)
    assert rating.indices == {
        "pci": Decimal("80.00"),
        "rqi": Decimal("71.34"),
        "pqi": Decimal("76.54"),
    }
    assert (rating.grade, rating.basis, rating.unverified) == ("fair", "pqi", ())


def test_with_sci_bci_and_tci_stated_the_grade_rests_on_the_mqi():
    whole = Measurements(
        pavement="asphalt",
        damage_percent=Decimal(4),
        iri_m_per_km=Decimal(5),
        sci=Decimal(90),
        bci=Decimal(100),
        tci=Decimal(100),
    )
    rating = rate(whole, TEST_NUMBERS)
    # 0.1 · 90 + 0.6 · 76.54 + 0.2 · 100 + 0.1 · 100 = 84.924
    assert rating.indices["mqi"] == Decimal("84.92")
    assert (rating.grade, rating.basis) == ("good", "mqi")


@given(st.sets(st.sampled_from(sorted(TEST_NUMBERS)), min_size=1))
def test_no_index_rests_on_a_number_that_nobody_verified(withheld):
    """Take any numbers away: what needs one of them is not computed, and says which is missing."""
    rating = rate(FOUND, {key: n for key, n in TEST_NUMBERS.items() if key not in withheld})
    needs = {
        "pci": {"PCI.a0.asphalt", "PCI.a1.asphalt"},
        "rqi": {"RQI.a0.other", "RQI.a1.other"},
    }
    needs["pqi"] = needs["pci"] | needs["rqi"] | {"PQI.w_PCI", "PQI.w_RQI"}
    for index, symbols in needs.items():
        assert (index in rating.indices) == (not symbols & withheld)
    wanted = needs["pqi"] | {f"GRADE.{code}" for code in BORDERS}
    assert bool(rating.grade) == (not wanted & withheld)
    assert set(rating.unverified) == wanted & withheld


def test_a_pavement_without_numbers_is_not_rated():
    gravel = Measurements(pavement="gravel", damage_percent=Decimal(1), iri_m_per_km=Decimal(3))
    rating = rate(gravel, TEST_NUMBERS)
    assert "pci" not in rating.indices
    assert rating.grade == ""
    assert rating.unverified == ("PCI.a0.gravel", "PCI.a1.gravel")


def test_what_was_not_measured_is_named():
    rating = rate(Measurements(pavement="asphalt", damage_percent=Decimal(4)), TEST_NUMBERS)
    assert rating.indices == {"pci": Decimal("80.00")}
    assert (rating.grade, rating.missing) == ("", ("iri_m_per_km",))


def test_weights_that_add_up_to_nothing_count_as_not_verified():
    without = {**TEST_NUMBERS, "PQI.w_PCI": Decimal(0), "PQI.w_RQI": Decimal(0)}
    rating = rate(FOUND, without)
    assert "pqi" not in rating.indices
    assert set(rating.unverified) == {"PQI.w_PCI", "PQI.w_RQI"}


def test_a_road_of_high_class_has_riding_constants_of_its_own():
    assert "RQI.a0.high" in symbols_of("asphalt", "class_1")
    assert "RQI.a0.other" in symbols_of("asphalt", "class_4")
