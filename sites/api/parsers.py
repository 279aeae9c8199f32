"""Strict JSON: what Python's reader lets through and a register must not is refused with 400."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser

from sites.problems import FieldProblem, Problem

MAX_DEPTH = 32


class StrictJSONParser(BaseParser):
    """Reads UTF-8 JSON of bounded size and depth.

    Refused: NaN, infinities and numbers too large to be finite, NUL, lone surrogates, a member
    given twice, and more than `MAX_DEPTH` levels.
    """

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the value of the body; raises `Problem` 400 or 413."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise Problem("too_large")
        return read_json(body)


class GeoJSONParser(StrictJSONParser):
    """The same for GeoJSON."""

    media_type = "application/geo+json"


def read_json(body: bytes) -> Any:
    """Return the value of a JSON text; raises `Problem` (`malformed_json`)."""
    value = read_loosely(body, _finite)
    check_storable(value)
    return value


def read_loosely(body: bytes, parse_float: Callable[[str], float] = float) -> Any:
    """Return the value of a JSON text that may hold what cannot be stored (`check_storable`)."""
    try:
        return json.loads(
            body.decode("utf-8"),
            parse_constant=_refuse_constant,
            parse_float=parse_float,
            object_pairs_hook=_object,
        )
    except RecursionError as error:
        raise _malformed("too_deep", _("The JSON is nested too deeply.")) from error
    except ValueError as error:
        raise _malformed("not_json", _("The body is not valid JSON in UTF-8.")) from error


def _malformed(code: str, message: str) -> Problem:
    return Problem("malformed_json", errors=[FieldProblem("", code, message)])


def _refuse_constant(name: str) -> NoReturn:
    raise _malformed("not_finite", _("NaN and infinity are not numbers here."))


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _malformed("not_finite", _("A number is too large."))
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _malformed("member_twice", _("An object names the same member twice."))
    return members


def check_storable(value: Any) -> None:
    """Raise `Problem` (`malformed_json`) for a value that no record may hold.

    That is a text with NUL or a lone surrogate, an infinite number, or too many levels.
    """
    level: list[Any] = [value]
    for _depth in range(MAX_DEPTH):
        level = [child for item in level for child in _children(item)]
        if not level:
            return
    raise _malformed("too_deep", _("The JSON is nested too deeply."))


def _children(item: Any) -> list[Any]:
    if isinstance(item, str):
        _check_text(item)
    if isinstance(item, float) and not math.isfinite(item):
        raise _malformed("not_finite", _("A number is too large."))
    if isinstance(item, dict):
        for name in item:
            _check_text(name)
        return list(item.values())
    return item if isinstance(item, list) else []


def _check_text(text: str) -> None:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise _malformed("bad_text", _("A text holds a character that cannot be stored."))
