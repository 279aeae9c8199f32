"""What gates ask for, in a few words a code, so that rows can keep codes and readers get words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

_words: dict[str, str | Promise] = {}


def learn_words(words: Mapping[str, str | Promise]) -> None:
    """Take the words of a gate's codes."""
    _words.update(words)


def words_of(code: str) -> str:
    """Return a code in a few words, the code itself where nobody gave any."""
    return str(_words.get(code, code))
