"""Parts of a programme's page that apps above the register add: one maker each, asked in order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sites.access import Scope
from sites.models import Programme
from sites.site_sections import Section

Maker: TypeAlias = Callable[[Programme, Scope], Section | None]
"""From a visible programme and the viewer's scope to a card, None where nothing is to be told."""

_makers: list[Maker] = []


def register_section(maker: Maker) -> None:
    """Add a card to every programme's page; called once, when an app starts."""
    if maker not in _makers:
        _makers.append(maker)


def sections_of(programme: Programme, scope: Scope) -> list[Section]:
    """Return the cards of a programme for a viewer."""
    made = (maker(programme, scope) for maker in _makers)
    return [section for section in made if section]
