"""Parts of a site's page that apps above the register add: one maker each, asked in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sites.access import Scope
from sites.models import ProjectSite


@dataclass(frozen=True, slots=True)
class Section:
    """A card on the page of a site or programme: its template sees `section` and nothing else."""

    template: str
    content: Mapping[str, Any]


Maker: TypeAlias = Callable[[ProjectSite, Scope], Section | None]
"""From a visible site and the viewer's scope to a card, None where there is nothing to tell."""

_makers: list[Maker] = []


def register_section(maker: Maker) -> None:
    """Add a card to every site's page; called once, when an app starts."""
    if maker not in _makers:
        _makers.append(maker)


def sections_of(site: ProjectSite, scope: Scope) -> list[Section]:
    """Return the cards of a site for a viewer."""
    made = (maker(site, scope) for maker in _makers)
    return [section for section in made if section]
