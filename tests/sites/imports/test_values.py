"""Cells become values strictly: numbers, angles, dates, words, units."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sites.fields import BY_NAME
from sites.imports.columns import plain_columns
from sites.imports.mapping import FieldMapping
from sites.imports.problems import FileProblemError
from sites.imports.reader.angles import angle, number
from sites.imports.values import ValueRefusedError, converter


def convert(name, cell, factor=1.0):
    return converter(BY_NAME[name], plain_columns(None)[name].model_field, factor)(cell)


@given(st.floats(min_value=-180, max_value=180, allow_nan=False))
def test_an_angle_survives_being_written_as_degrees_minutes_seconds(value):
    sign, rest = ("W" if value < 0 else "E"), abs(value)
    degrees = int(rest)
    minutes = int((rest - degrees) * 60)
    seconds = (rest - degrees - minutes / 60) * 3600
    text = f"{degrees}°{minutes}′{max(0.0, min(seconds, 59.9999999)):.7f}″{sign}"
    assert angle(text) == pytest.approx(value, abs=1e-9)


@given(st.text(max_size=30))
def test_any_text_is_an_angle_or_a_value_error(text):
    try:
        found = angle(text)
    except ValueError:
        return
    assert found is None or isinstance(found, float)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_number_survives_being_written(value):
    assert number(repr(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("东经118.1", 118.1),
        ("118°07′50″", 118 + 7 / 60 + 50 / 3600),
        ("118度7分50秒", 118 + 7 / 60 + 50 / 3600),
        ("30 17 49 N", 30 + 17 / 60 + 49 / 3600),
        ("１１８．５", 118.5),
        ("S30.5", -30.5),
        ("", None),
    ],
)
def test_angles_as_people_write_them(text, value):
    assert angle(text) == (pytest.approx(value) if value is not None else None)


@pytest.mark.parametrize("text", ["118°70′", "N30S", "-30W", "abc", "1e999", "118.5°30′", "nan"])
def test_angles_that_are_none(text):
    with pytest.raises(ValueError):
        angle(text)


@pytest.mark.parametrize(
    ("cell", "factor", "value"),
    [
        ("3.5公里", 1.0, "3500"),
        ("3.5公里", 1000.0, "3500"),
        ("3.5", 1000.0, "3500"),
        (2.1, 1000.0, "2100"),
        ("1,250 m", 1000.0, "1250"),
        (" ", 1.0, None),
        ("-", 1.0, None),
    ],
)
def test_a_unit_in_the_cell_goes_before_the_headings(cell, factor, value):
    found = convert("declared_length_m", cell, factor)
    assert found == (Decimal(value) if value is not None else None)


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("declared_length_m", "-3", "negative"),
        ("declared_length_m", "3英里", "unit_unknown"),
        ("declared_length_m", "1e300", "not_a_number"),
        ("declared_length_m", 99_999_999_999, "out_of_range"),
        ("declared_length_m", True, "not_a_number"),
        ("people_served", "3.5", "not_whole"),
        ("state", "已飞走", "not_in_list"),
        ("planned_start", "2023-02-30", "not_a_date"),
        ("planned_start", "0001-01-01", "not_a_date"),
        ("key_plan", "maybe", "not_yes_or_no"),
        ("name", "字" * 201, "text_too_long"),
    ],
)
def test_cells_that_are_no_value_say_why(name, cell, code):
    with pytest.raises(ValueRefusedError) as caught:
        convert(name, cell)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "text", ["2023-5-1", "2023/05/01", "2023年5月1日", "20230501", "2023-05-01T00:00:00"]
)
def test_dates_as_people_write_them(text):
    assert convert("planned_start", text) == datetime.date(2023, 5, 1)


def test_codes_and_words_in_chinese_and_english_mean_the_same():
    assert convert("state", "已验收") == convert("state", "accepted") == "accepted"
    assert convert("pavement", "水泥混凝土") == convert("pavement", "CEMENT") == "cement"


def test_columns_are_matched_by_name_synonym_and_unit():
    columns = ["LXBM", "LXMC", "LC", "LMLX", "其他"]
    mapping = FieldMapping.matched(columns, "road", {})
    assert mapping.as_json() == {
        "route_code": "LXBM",
        "code": "LXBM",
        "name": "LXMC",
        "declared_length_m": {"column": "LC", "factor": 1000.0},
        "pavement": "LMLX",
    }
    assert mapping.unused(columns) == ["其他"]


def test_a_column_whose_values_can_not_be_the_field_is_left_alone():
    mapping = FieldMapping.matched(["STATE", "NAME"], "facility", {"STATE": ["UT", "CO", "NV"]})
    assert mapping.as_json() == {"name": "NAME"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ([], "mapping_unreadable"),
        ({"nonsense": "a"}, "mapping_field_unknown"),
        ({"measured_length_m": "a"}, "mapping_field_unknown"),
        ({"name": "b"}, "mapping_column_missing"),
        ({"name": {"column": "a", "factor": -1}}, "mapping_unreadable"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(content, code):
    with pytest.raises(FileProblemError) as caught:
        FieldMapping.from_json(content, ["a"], "road")
    assert caught.value.code == code
