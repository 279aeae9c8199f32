"""The text of a section: `{{ key }}` stands for a figure; which figures a report needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from funding.kinds import Stage
from reports.kinds import SectionKind
from reports.models.definition import SectionText
from reports.queries.money import GROUPS

PLACEHOLDER: Final = re.compile(r"\{\{\s*([a-z][a-z0-9_]{0,59})\s*\}\}")
TABLE_KEYS: Final = ("sites_finished", "road_km", "households", "village_centres", "water_works")
"""The columns of a table whose section's text names no figure."""
RANKING_KEYS: Final = ("sites_finished", "sites_planned")
MONEY_STAGES: Final = (Stage.ALLOCATED, Stage.RELEASED, Stage.PAID)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: words, or the key of a figure."""

    text: str = ""
    key: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """Yield a text's words and keys in order."""
    place = 0
    for found in PLACEHOLDER.finditer(text):
        if found.start() > place:
            yield Piece(text=text[place : found.start()])
        yield Piece(key=found.group(1))
        place = found.end()
    if place < len(text):
        yield Piece(text=text[place:])


def keys_in(*texts: str) -> list[str]:
    """Return the keys in texts, each once, in order."""
    return list(dict.fromkeys(key for text in texts for key in PLACEHOLDER.findall(text)))


def money_key(stage: str, group: str = "") -> str:
    """Return the key of the figure about a stage and a group of sources."""
    return f"{stage}_{group or 'total'}"


def table_keys(section: SectionText) -> list[str]:
    """Return the keys of the columns of a section's table, in order."""
    if section.kind == SectionKind.TEXT:
        return []
    if section.kind == SectionKind.MONEY:
        return [money_key(stage, group) for stage in MONEY_STAGES for group in GROUPS]
    named = keys_in(section.body) or keys_in(section.body_en)
    return named or list(RANKING_KEYS if section.kind == SectionKind.RANKING else TABLE_KEYS)


def keys_of(sections: Iterable[SectionText]) -> list[str]:
    """Return the keys of every figure that sections need, each once."""
    found: dict[str, None] = {}
    for section in sections:
        wanted = (*keys_in(section.heading, section.body, section.body_en), *table_keys(section))
        found.update(dict.fromkeys(wanted))
    return list(found)


def parted_keys(sections: Iterable[SectionText]) -> list[str]:
    """Return the keys of the figures that tables part by township or programme, each once."""
    found: dict[str, None] = {}
    for section in sections:
        if section.kind != SectionKind.MONEY:
            found.update(dict.fromkeys(table_keys(section)))
    return list(found)
