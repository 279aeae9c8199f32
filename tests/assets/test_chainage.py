"""Chainages and stretches: how they are written, read, compared and refused."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from assets.chainage import LONGEST_M, Chainage, ChainageError, ChainageRange

metres = st.integers(0, LONGEST_M * 10).map(lambda tenths: Decimal(tenths) / 10)
stretches = (
    st.tuples(metres, metres)
    .filter(lambda ends: ends[0] != ends[1])
    .map(lambda ends: ChainageRange(min(ends), max(ends)))
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("K0+000", "0"),
        ("K12+345", "12345"),
        ("K0+000.5", "0.5"),
        (" k1000+000 ", "1000000"),
        ("K007+010", "7010"),
    ],
)
def test_a_chainage_is_read(text, value):
    assert Chainage.parse(text) == Chainage(Decimal(value))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "chainage_form"),
        ("12345", "chainage_form"),
        ("K12+34", "chainage_form"),
        ("K12+3456", "chainage_form"),
        ("K12+345.67", "chainage_form"),
        ("K-1+000", "chainage_form"),
        ("K12 + 345", "chainage_form"),
        ("K１２+３４５", "chainage_form"),
        ("K12+345\x00", "chainage_form"),
        ("KNaN+000", "chainage_form"),
        ("K1000+000.1", "chainage_out_of_range"),
        ("K9999+999", "chainage_out_of_range"),
    ],
)
def test_anything_else_is_refused_with_a_reason(text, code):
    with pytest.raises(ChainageError) as refusal:
        Chainage.parse(text)
    assert refusal.value.code == code
    assert refusal.value.reason


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("-0.1", "chainage_out_of_range"),
        ("1000000.1", "chainage_out_of_range"),
        ("0.05", "chainage_too_fine"),
        ("NaN", "chainage_not_finite"),
        ("Infinity", "chainage_not_finite"),
    ],
)
def test_metres_out_of_bounds_are_refused(value, code):
    with pytest.raises(ChainageError) as refusal:
        Chainage(Decimal(value))
    assert refusal.value.code == code


@pytest.mark.parametrize("value", [1.5, True, "12", None])
def test_only_exact_numbers_are_metres(value):
    with pytest.raises(TypeError):
        Chainage(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300])
def test_a_measured_number_must_be_finite(value):
    with pytest.raises(ChainageError):
        Chainage.nearest(value)


def test_minus_zero_is_the_beginning():
    assert str(Chainage(Decimal("-0.0"))) == str(Chainage.nearest(-0.0)) == "K0+000"


@given(metres)
def test_what_is_written_is_read_back(value):
    place = Chainage(value)
    assert Chainage.parse(str(place)) == place


@given(stretches)
def test_a_stretch_is_read_back(stretch):
    assert ChainageRange.parse(str(stretch)) == stretch
    assert stretch.length_m > 0


@pytest.mark.parametrize("dash", ["–", "-", "—", "~", " ～ "])
def test_people_write_stretches_in_several_ways(dash):
    assert str(ChainageRange.parse(f"K0+000{dash}K1+200.5")) == "K0+000–K1+200.5"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("K0+000", "stretch_form"),
        ("K0+000–K1+000–K2+000", "stretch_form"),
        ("K1+000–K1+000", "chainage_order"),
        ("K2+000–K1+000", "chainage_order"),
        ("K0+000–1000", "chainage_form"),
    ],
)
def test_a_bad_stretch_is_refused(text, code):
    with pytest.raises(ChainageError) as refusal:
        ChainageRange.parse(text)
    assert refusal.value.code == code


@given(stretches, stretches)
def test_the_intersection_is_what_both_hold(one, other):
    shared = one.intersection(other)
    assert (shared is not None) == one.overlaps(other) == other.overlaps(one)
    if shared is not None:
        assert one.covers(shared)
        assert other.covers(shared)
        assert shared == other.intersection(one)


def test_neighbours_share_an_end_and_do_not_overlap():
    first, second = ChainageRange(0, 1000), ChainageRange(1000, 2000)
    assert not first.overlaps(second)
    assert first.holds(Chainage(1000))
    assert second.holds(Chainage(1000))


def test_pages_write_chainages_and_stretches():
    page = engines["django"].from_string(
        "{% load asset_marks %}{{ at|chainage }} {{ none|chainage }} {{ road|stretch }}"
        " {{ whole|stretch }} {{ none|stretch }}"
    )
    text = page.render(
        {
            "at": Decimal("1200.0"),
            "none": None,
            "road": SimpleNamespace(start_m=Decimal(0), end_m=Decimal("350.5")),
            "whole": SimpleNamespace(start_m=None, end_m=None),
        }
    )
    assert text == "K1+200 — K0+000–K0+350.5 — —"
