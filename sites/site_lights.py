"""Lights of a site beside its delay: each app adds what it watches, for many sites at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from sites.access import Scope
from sites.models import ProjectSite


@dataclass(frozen=True, slots=True)
class Light:
    """A traffic light in words: `value` is green, yellow or red and gives colour and shape.

    `label` is short ("Behind plan"), `detail` says by how much. Lists show what is not green.
    """

    name: str
    value: str
    label: str
    detail: str = ""

    @property
    def is_lit(self) -> bool:
        """Whether somebody should look at the site."""
        return self.value != "green"


LightMaker: TypeAlias = Callable[
    [Sequence[ProjectSite], Scope, datetime.date], Mapping[UUID, Light]
]
"""From visible sites, the viewer's scope and a day to the light of each site that has one."""

_makers: list[LightMaker] = []


def register_light(maker: LightMaker) -> None:
    """Add a light to lists and pages of sites; called once, when an app starts."""
    if maker not in _makers:
        _makers.append(maker)


def lights_of(
    sites: Sequence[ProjectSite], scope: Scope, as_of: datetime.date
) -> dict[UUID, list[Light]]:
    """Return the lights of sites: as many statements as makers need, whatever the number."""
    found: dict[UUID, list[Light]] = {site.pk: [] for site in sites}
    if sites:
        for maker in _makers:
            for identifier, light in maker(sites, scope, as_of).items():
                found[identifier].append(light)
    return found
