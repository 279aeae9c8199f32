"""The arithmetic of upkeep payments: exact, conserving, to the fen."""

import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maintenance.kinds import PaymentCycle
from maintenance.money import (
    Band,
    MoneyError,
    Period,
    base_by_orders,
    base_by_time,
    coefficient_for,
    kilometres,
    payable,
    period_of,
    periods_of,
    split,
    to_fen,
)

D = Decimal
BANDS = [Band(D(90), D(1)), Band(D(80), D("0.9")), Band(D(70), D("0.8")), Band(D(0), D("0.5"))]
SEPTEMBER = Period(datetime.date(2026, 9, 1), datetime.date(2026, 9, 30))


def day(text):
    return datetime.date.fromisoformat(text)


def test_the_month_of_journey_five_comes_out_to_the_fen():
    quantity = kilometres([D("7400.0"), D("5000.0")])
    base = base_by_time(unit_price=D("3000.00"), quantity=quantity, period=SEPTEMBER)
    coefficient = coefficient_for(D(86), BANDS)
    total = payable(base=base, coefficient=coefficient, deductions=[D("100.00")])
    assert quantity == D("12.4")
    assert to_fen(base) == D("3100.00")
    assert coefficient == D("0.9")
    assert total == D("2690.00")
    assert split(total, [D(50), D(30), D(20)]) == (D("1345.00"), D("807.00"), D("538.00"))


@pytest.mark.parametrize(
    ("score", "coefficient"),
    [("100", "1"), ("90", "1"), ("89.99", "0.9"), ("80", "0.9"), ("70", "0.8"), ("0", "0.5")],
)
def test_a_score_has_the_coefficient_of_the_highest_band_it_reaches(score, coefficient):
    assert coefficient_for(D(score), BANDS) == D(coefficient)


def test_a_score_below_all_bands_has_no_coefficient():
    with pytest.raises(MoneyError, match="no_band"):
        coefficient_for(D(59), [Band(D(60), D(1))])


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2026-09-01", "2026-09-30", Fraction(1)),
        ("2026-01-01", "2026-12-31", Fraction(12)),
        ("2026-09-16", "2026-09-30", Fraction(1, 2)),
        ("2026-02-01", "2026-02-14", Fraction(1, 2)),
        ("2024-02-01", "2024-02-01", Fraction(1, 29)),
        ("2026-08-17", "2026-10-03", Fraction(15, 31) + 1 + Fraction(3, 31)),
        ("2025-12-31", "2026-01-01", Fraction(2, 31)),
    ],
)
def test_parts_of_months_count_by_their_days(first, last, months):
    assert Period(day(first), day(last)).months == months


@pytest.mark.parametrize(
    ("cycle", "asked", "first", "last"),
    [
        ("month", "2026-09-17", "2026-09-01", "2026-09-30"),
        ("quarter", "2026-09-17", "2026-07-01", "2026-09-30"),
        ("half_year", "2026-06-30", "2026-03-16", "2026-06-30"),
        ("year", "2026-06-30", "2026-03-16", "2026-12-31"),
        ("month", "2026-03-31", "2026-03-16", "2026-03-31"),
        ("month", "2027-03-01", "2027-03-01", "2027-03-15"),
    ],
)
def test_a_payment_period_is_a_calendar_period_within_the_term(cycle, asked, first, last):
    term = Period(day("2026-03-16"), day("2027-03-15"))
    assert period_of(cycle, day(asked), term) == Period(day(first), day(last))


def test_a_term_may_reach_the_last_day_there_is():
    term = Period(day("9999-11-16"), datetime.date.max)
    assert [period.months for period in periods_of("month", term)] == [Fraction(1, 2), 1]


def test_there_is_no_payment_period_outside_the_term():
    term = Period(day("2026-03-16"), day("2027-03-15"))
    assert period_of("month", day("2026-03-15"), term) is None
    assert period_of("year", day("2027-03-16"), term) is None


def test_an_order_based_agreement_pays_the_sum_of_agreed_prices():
    base = base_by_orders([D("199.99"), D("0.01"), D("1500.50")])
    assert payable(base=base, coefficient=D("0.9")) == D("1530.45")
    assert base_by_orders([]) == 0


def test_half_a_fen_is_rounded_up_once_and_at_the_end():
    base = base_by_time(unit_price=D("0.06"), quantity=D(1), period=SEPTEMBER)
    assert base == Fraction(1, 200)
    assert to_fen(base) == D("0.01")
    assert payable(base=base, coefficient=D("0.5")) == D("0.00")


def test_deductions_never_make_a_payment_negative():
    assert payable(base=Fraction(50), coefficient=D(1), deductions=[D("50.01")]) == D("0.00")


def test_a_float_is_no_money():
    with pytest.raises(TypeError):
        base_by_time(unit_price=3000.0, quantity=D(1), period=SEPTEMBER)
    with pytest.raises(TypeError):
        split(0.1, [D(100)])


@pytest.mark.parametrize(
    "percents", [[], ["99.999"], ["50", "50.001"], ["100", "0"], ["-1", "101"]]
)
def test_shares_that_are_not_whole_are_refused(percents):
    with pytest.raises(MoneyError, match="shares_not_whole"):
        split(D(10), [D(percent) for percent in percents])


amounts = st.decimals(min_value=0, max_value=10**9, places=2)
prices = st.decimals(min_value=0, max_value=10**6, places=2)
quantities = st.decimals(min_value=0, max_value=10**5, places=4)
coefficients = st.decimals(min_value=0, max_value=2, places=4)
days = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))


@st.composite
def percentages(draw):
    """Up to eight positive shares in thousandths of a percent that sum to 100."""
    cuts = draw(st.sets(st.integers(1, 99_999), max_size=7))
    edges = [0, *sorted(cuts), 100_000]
    return [D(b - a) / 1000 for a, b in pairwise(edges)]


@given(amounts, percentages())
def test_shares_conserve_the_amount_to_the_fen(amount, percents):
    parts = split(amount, percents)
    assert sum(parts) == amount
    for part, percent in zip(parts, percents, strict=True):
        assert part == part.quantize(D("0.01"))
        assert abs(Fraction(part) - Fraction(amount) * Fraction(percent) / 100) < Fraction(1, 100)


@given(amounts, percentages())
def test_a_larger_share_never_gets_less(amount, percents):
    ordered = sorted(percents, reverse=True)
    parts = split(amount, ordered)
    assert list(parts) == sorted(parts, reverse=True)


@given(prices, quantities, coefficients, st.lists(prices, max_size=4), days, st.integers(0, 400))
def test_what_is_payable_is_the_exact_figure_rounded_once(
    price, quantity, coefficient, deductions, first, length
):
    period = Period(first, first + datetime.timedelta(days=length))
    base = base_by_time(unit_price=price, quantity=quantity, period=period)
    total = payable(base=base, coefficient=coefficient, deductions=deductions)
    exact = base * Fraction(coefficient) - sum(map(Fraction, deductions))
    assert isinstance(total, D)
    if exact <= 0:
        assert total == 0
    else:
        assert Fraction(-1, 200) < exact - Fraction(total) <= Fraction(1, 200) or (
            Fraction(total) - exact == Fraction(1, 200)
        )


@given(
    st.lists(st.integers(0, 10**12), min_size=2, max_size=2),
    st.lists(coefficients, min_size=2, max_size=2),
    st.lists(prices, min_size=2, max_size=2),
)
def test_more_work_a_better_score_and_fewer_deductions_never_pay_less(bases, factors, taken):
    low = payable(base=Fraction(min(bases), 997), coefficient=min(factors), deductions=[max(taken)])
    high = payable(
        base=Fraction(max(bases), 997), coefficient=max(factors), deductions=[min(taken)]
    )
    assert low <= high


@given(days, st.integers(0, 1500), st.sampled_from(PaymentCycle.values))
def test_the_periods_of_a_term_follow_each_other_without_gap(first, length, cycle):
    term = Period(first, first + datetime.timedelta(days=length))
    periods = list(periods_of(cycle, term))
    assert periods[0].first == term.first
    assert periods[-1].last == term.last
    for one, following in pairwise(periods):
        assert following.first - one.last == datetime.timedelta(days=1)
    assert sum(period.months for period in periods) == term.months


@given(days, st.integers(0, 800), st.integers(0, 800))
def test_months_of_two_parts_sum_to_the_months_of_the_whole(first, one, other):
    middle = first + datetime.timedelta(days=one)
    last = middle + datetime.timedelta(days=other + 1)
    parts = Period(first, middle).months + Period(middle + datetime.timedelta(days=1), last).months
    assert parts == Period(first, last).months
