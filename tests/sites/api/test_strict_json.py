"""What Python's JSON reader lets through and a register must not."""

from __future__ import annotations

import pytest

from sites.api.parsers import MAX_DEPTH, read_json
from sites.problems import Problem


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff", "not_json"),
        (b"\xef\xbb\xbf{}", "not_json"),
        (b'{"a": NaN}', "not_finite"),
        (b'{"a": -Infinity}', "not_finite"),
        (b'{"a": 1e999}', "not_finite"),
        (b'{"a": "\\u0000"}', "bad_text"),
        (b'{"a": "\\ud800"}', "bad_text"),
        (b'{"\\u0000": 1}', "bad_text"),
        (b'{"a": 1, "a": 2}', "member_twice"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "too_deep"),
        (b"[" * 100_000 + b"]" * 100_000, "too_deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not_json"),
    ],
)
def test_it_is_refused_and_the_reason_has_a_code(body, code):
    with pytest.raises(Problem) as caught:
        read_json(body)
    assert caught.value.status == 400
    assert caught.value.errors[0].code == code


def test_what_is_in_order_is_read():
    text = '{"name": "青溪镇 😀", "list": [1, 2.5, null, true]}'
    assert read_json(text.encode()) == {"name": "青溪镇 😀", "list": [1, 2.5, None, True]}


def test_a_large_body_is_refused_before_it_is_read_whole(planner, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = planner.post("/api/v1/sites", '{"a": "' + "x" * 2000 + '"}')
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_another_media_type_is_refused(planner):
    response = planner.client.post("/api/v1/sites", {"a": "b"})
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("body", ["[]", "1", '"text"', "null", '{"properties": []}'])
def test_a_body_that_is_no_feature_is_refused(planner, body):
    assert planner.post("/api/v1/sites", body).status_code == 422
