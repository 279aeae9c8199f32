"""From a cell to a value of the register: strict, with the words and units that people use."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.db import models

from sites.fields import FieldType, SiteField
from sites.imports.headings import MORE_WORDS, VAGUE_WORDS

Convert = Callable[[Any], Any]
YES: Final = frozenset({"1", "true", "yes", "y", "t", "是", "有", "√"})
NO: Final = frozenset({"0", "false", "no", "n", "f", "否", "无", "×"})
NOTHING: Final = frozenset({"", "-", "—", "/", "null", "none", "nan", "n/a", "无数据"})
_DATE: Final = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]\d{2}:\d{2}.*)?"
)
_COMPACT_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_QUANTITY: Final = re.compile(
    r"(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d{1,3})?)\s*(?P<unit>\D*)",
    re.IGNORECASE,
)
_LENGTH_UNITS: Final = {"公里": 1000, "千米": 1000, "km": 1000, "米": 1, "m": 1}
_PLAIN_UNITS: Final = frozenset(
    {"", "%", "人", "户", "㎡", "m2", "m²", "平方米", "m3/d", "m³/d", "立方米/日", "吨/日", "个"}
)


class ValueRefusedError(Exception):
    """A cell can't become a value: a stable code and what to say."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def converter(entry: SiteField, column: models.Field[Any, Any] | None, factor: float) -> Convert:
    """Return the function from a cell to a value of the field, or None for an empty cell.

    `column` is the model field that keeps the value and bounds it. The function raises
    `ValueRefusedError`.
    """
    if entry.value_type is FieldType.CHOICE:
        return ChoiceConverter(entry)
    if entry.value_type is FieldType.INTEGER:
        return lambda cell: _integer(cell, column)
    if entry.value_type is FieldType.DECIMAL:
        is_length = entry.name.endswith("_m")
        return lambda cell: _decimal(cell, column, factor, is_length=is_length)
    if entry.value_type is FieldType.DATE:
        return _date
    if entry.value_type is FieldType.BOOLEAN:
        return _boolean
    limit = getattr(column, "max_length", None) or 10_000
    return lambda cell: text(cell, limit)


def text(cell: Any, limit: int) -> str | None:
    """Return a cell as text; numbers keep their digits, a whole float loses its `.0`."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    found = str(cell).strip()
    if not found:
        return None
    if len(found) > limit:
        raise ValueRefusedError("text_too_long", length=len(found), limit=limit)
    return found


def _word(cell: Any) -> str | None:
    """Return a short cell as folded text, None if it says nothing."""
    found = text(cell, 500)
    if found is None:
        return None
    found = unicodedata.normalize("NFKC", found).strip()
    return None if found.lower() in NOTHING else found


class ChoiceConverter:
    """Converter of a code list: our codes, labels in the active language, known words.

    Words that say too little for any code leave the field empty; `left_empty` counts them.
    """

    def __init__(self, entry: SiteField) -> None:
        assert entry.choices is not None  # noqa: S101
        self._known: dict[str, str] = {}
        for value, label in entry.choices.choices:
            self._known[str(value).lower()] = str(value)
            self._known.setdefault(str(label).lower(), str(value))
        words = {**entry.choice_words, **MORE_WORDS.get(entry.name, {})}
        self._known.update({word.lower(): value for word, value in words.items()})
        self._vague = VAGUE_WORDS.get(entry.name, frozenset())
        self._allowed = _allowed_words(entry.choice_words, list(entry.choices.values))
        self.left_empty: Counter[str] = Counter()

    def __call__(self, cell: Any) -> str | None:
        """Return the code of a cell, None for an empty or vague one."""
        found = _word(cell)
        if found is None:
            return None
        word = found.lower()
        value = self._known.get(word)
        if value is not None:
            return value
        if word in self._vague:
            self.left_empty[found] += 1
            return None
        raise ValueRefusedError("not_in_list", value=found[:60], allowed=self._allowed)


def _allowed_words(words: Mapping[str, str], values: list[str]) -> str:
    by_value: dict[str, str] = {}
    for word, value in words.items():
        by_value.setdefault(value, word)
    return ", ".join(by_value.get(value, value) for value in values)


def _integer(cell: Any, column: models.Field[Any, Any] | None) -> int | None:
    found = _quantity(cell, is_length=False)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise ValueRefusedError("not_whole", value=str(cell)[:60])
    highest = 32_767 if isinstance(column, models.PositiveSmallIntegerField) else 2_147_483_647
    if not 0 <= found <= highest:
        raise ValueRefusedError("out_of_range", value=str(cell)[:60], low=0, high=highest)
    return int(found)


def _decimal(
    cell: Any, column: models.Field[Any, Any] | None, factor: float, *, is_length: bool
) -> Decimal | None:
    found = _quantity(cell, is_length=is_length, factor=factor)
    if found is None:
        return None
    digits: int = getattr(column, "max_digits", None) or 12
    places: int = getattr(column, "decimal_places", None) or 0
    limit = Decimal(10) ** (digits - places)
    found = round(found, places)
    if not -limit < found < limit:
        raise ValueRefusedError("out_of_range", value=str(cell)[:60], low=-limit, high=limit)
    if found < 0:
        raise ValueRefusedError("negative", value=str(cell)[:60])
    return found


def _quantity(cell: Any, *, is_length: bool, factor: float = 1.0) -> Decimal | None:
    """Return a number; a unit written in the cell goes before the heading's."""
    if isinstance(cell, bool):
        raise ValueRefusedError("not_a_number", value=str(cell))
    if isinstance(cell, int | float):
        return _finite(Decimal(repr(cell)), cell) * Decimal(repr(factor))
    found = _word(cell)
    if found is None:
        return None
    match = _QUANTITY.fullmatch(found)
    if match is None:
        raise ValueRefusedError("not_a_number", value=found[:60])
    unit = match["unit"].strip().lower()
    number = _finite(_exact(match["number"].replace(",", ""), found), found)
    if is_length and unit in _LENGTH_UNITS:
        return number * _LENGTH_UNITS[unit]
    if unit not in _PLAIN_UNITS:
        raise ValueRefusedError("unit_unknown", value=found[:60])
    return number * Decimal(repr(factor))


def _exact(number: str, shown: str) -> Decimal:
    try:
        return Decimal(number)
    except InvalidOperation as error:
        raise ValueRefusedError("not_a_number", value=shown[:60]) from error


def _finite(number: Decimal, shown: Any) -> Decimal:
    if not number.is_finite() or abs(number) > Decimal("1e18"):
        raise ValueRefusedError("not_a_number", value=str(shown)[:60])
    return number


def _date(cell: Any) -> datetime.date | None:
    """Return a date written as 2023-5-1, 2023/5/1, 2023年5月1日 or 20230501."""
    found = _word(cell)
    if found is None:
        return None
    match = _DATE.fullmatch(found) or _COMPACT_DATE.fullmatch(found)
    try:
        if match:
            day = datetime.date(int(match[1]), int(match[2]), int(match[3]))
            if 1949 <= day.year < 2100:
                return day
    except ValueError:
        pass
    raise ValueRefusedError("not_a_date", value=found[:60])


def _boolean(cell: Any) -> bool | None:
    if isinstance(cell, bool):
        return cell
    found = _word(cell)
    if found is None:
        return None
    if found.lower() in YES:
        return True
    if found.lower() in NO:
        return False
    raise ValueRefusedError("not_yes_or_no", value=found[:60])
