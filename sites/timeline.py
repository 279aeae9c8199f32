"""What happened to a site, the newest first: one list to which every app adds what it knows."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from sites.access import Scope
from sites.models import ProjectSite

MOST_OF_ONE_KIND: Final = 200
"""Makers give at most so many events, the newest, so that a page stays bearable."""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened to a site on a day; `at` is the moment when it was recorded.

    `kind` groups events for the eye (`state`, `progress`, `money` …), `tone` is `good`, `warning`,
    `bad` or nothing; texts are in the language in force.
    """

    on: datetime.date
    at: datetime.datetime | None
    kind: str
    title: str
    detail: str = ""
    actor: str = ""
    url: str = ""
    tone: str = ""


TimelineMaker: TypeAlias = Callable[[ProjectSite, Scope], Iterable[TimelineEvent]]
"""From a visible site and the viewer's scope to what the viewer may know of it."""

_makers: list[TimelineMaker] = []
_EARLIEST: Final = datetime.datetime.min.replace(tzinfo=datetime.UTC)


def register_timeline(maker: TimelineMaker) -> None:
    """Add events to every site's timeline; called once, when an app starts."""
    if maker not in _makers:
        _makers.append(maker)


def timeline_of(site: ProjectSite, scope: Scope) -> list[TimelineEvent]:
    """Return everything that the viewer may know of what happened, the newest first."""
    events = [event for maker in _makers for event in maker(site, scope)]
    return sorted(events, key=lambda event: (event.on, event.at or _EARLIEST), reverse=True)
