"""A sentence that somebody was told, led back to its key in the catalogues and its values.

The key of a sentence is its English source. A service refuses in the language of whoever asked;
kept as key and values, the reason can be said to whoever reads it later in their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation.trans_real import translation

_SLOT: Final = re.compile(r"%\((?P<percent>\w+)\)[sd]|\{(?P<brace>\w+)\}")
_LEAST_WORDS: Final = 5
"""Characters that a template has around its values; one with fewer fits too much."""
_CONTEXT: Final = "\x04"
"""What separates a context from its sentence in a catalogue."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A sentence's key, and the values in it by the names that the key gives them."""

    key: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Template:
    """A sentence with values as it is said in one language."""

    key: str
    text: str

    @property
    def words(self) -> str:
        """Return what is left without the values."""
        return _SLOT.sub("", self.text)

    def values_in(self, sentence: str) -> dict[str, str] | None:
        """Return the values with which the template says a sentence, None where it does not."""
        slots = list(_SLOT.finditer(self.text))
        before, after = self.text[: slots[0].start()], self.text[slots[-1].end() :]
        if not (sentence.startswith(before) and sentence.endswith(after)):
            return None
        found = re.fullmatch(_pattern(self.text), sentence, re.DOTALL)
        return found.groupdict() if found else None


def keyed(sentence: str) -> Keyed | None:
    """Return the key and the values of a sentence of the language in force; None for other text."""
    whole, templates = _said_in(get_language() or settings.LANGUAGE_CODE)
    if key := whole.get(sentence):
        return Keyed(key, {})
    for template in templates:
        values = template.values_in(sentence)
        if values is not None:
            return Keyed(template.key, values)
    return None


def said(key: str, values: Mapping[str, Any]) -> str:
    """Return the sentence of a key with its values, in the language in force."""

    def value(slot: re.Match[str]) -> str:
        return str(values.get(_name(slot), slot.group()))

    return _SLOT.sub(value, gettext(key))


def _name(slot: re.Match[str]) -> str:
    return slot["percent"] or slot["brace"]


def _pattern(text: str) -> str:
    """Return the expression of a template's sentences; a value that comes twice is the same."""
    parts, end, seen = [], 0, set[str]()
    for slot in _SLOT.finditer(text):
        name = _name(slot)
        parts += [re.escape(text[end : slot.start()])]
        parts += [f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"]
        seen.add(name)
        end = slot.end()
    return "".join([*parts, re.escape(text[end:])])


@cache
def _said_in(language: str) -> tuple[Mapping[str, str], tuple[_Template, ...]]:
    """Return the keys of all sentences of a language, and the templates, the wordiest first."""
    whole: dict[str, str] = {}
    templates = []
    for key, text in _catalogue(language):
        if _SLOT.search(text) is None:
            whole.setdefault(text, key)
        elif {_name(slot) for slot in _SLOT.finditer(key)} == {
            _name(slot) for slot in _SLOT.finditer(text)
        }:
            templates.append(_Template(key, text))
    wordy = [template for template in templates if len(template.words) >= _LEAST_WORDS]
    return whole, tuple(sorted(wordy, key=lambda template: -len(template.words)))


def _catalogue(language: str) -> list[tuple[str, str]]:
    """Return each key with its sentence; a language without words of its own says the key."""
    keys: dict[str, None] = {}
    for code, _label in settings.LANGUAGES:
        # Plural forms are told apart by a number and are no keys of their own.
        words: Any = translation(code)
        keys |= dict.fromkeys(
            key for key, _said in words._catalog.items() if isinstance(key, str) and key
        )
    said_here = translation(language)
    return [(key, said_here.gettext(key)) for key in keys if _CONTEXT not in key]
