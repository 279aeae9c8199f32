"""Amounts of money in words of both languages, and parts that add up after rounding."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from sites import formatting
from sites.rounding import rounded_parts

AMOUNTS = st.decimals(min_value="-1e12", max_value="1e12", places=2)


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        ("0", "0.00 元", "CN¥0.00"),
        ("9999.99", "9,999.99 元", "CN¥9,999.99"),
        ("10000", "1.00 万元", "CN¥10.0 thousand"),
        ("1234550", "123.46 万元", "CN¥1,234.6 thousand"),
        ("-1234567.89", "−123.46 万元", "−CN¥1,234.6 thousand"),
        ("123456789.01", "1.23 亿元", "CN¥123 million"),
    ],
)
def test_money_reads_in_the_unit_of_each_language(amount: str, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert formatting.money(Decimal(amount)) == chinese
    with translation.override("en"):
        assert formatting.money(Decimal(amount)) == english


def test_a_rounded_amount_keeps_the_exact_one_in_its_title() -> None:
    with translation.override("zh-hans"):
        page = Template("{% load site_marks %}{{ sum|money }} {{ none|money }}").render(
            Context({"sum": Decimal("1234567.89"), "none": None})
        )
    assert page == '<data value="1234567.89" title="1,234,567.89 元">123.46 万元</data> —'


@given(st.lists(AMOUNTS, min_size=1, max_size=12), st.integers(0, 2))
def test_rounded_parts_sum_to_the_rounded_whole(parts: list[Decimal], decimals: int) -> None:
    unit = Decimal(1).scaleb(-decimals)
    rounded = rounded_parts(parts, decimals)
    assert sum(rounded) == sum(parts, Decimal(0)).quantize(unit, rounding=ROUND_HALF_UP)
    assert all(abs(r - p) < unit for r, p in zip(rounded, parts, strict=True))
