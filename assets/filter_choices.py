"""What a viewer can choose from in the filter of assets, and what is chosen, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assets.filters import AssetFilter, Parameter, parameters
from assets.models import Asset, RoadRoute
from sites.access import Scope
from sites.filter_choices import Choice
from sites.filter_values import as_text
from sites.formatting import moment
from sites.models import Area, Organisation
from sites.townships import townships_of

TICKED: Final = ("kind", "state", "warranty", "operating_class", "road_class", "pavement")
"""Parameters that the form offers as boxes to tick, before those that apps above add."""
LAST: Final = ("scale_class",)
BODIES: Final = ("owner", "upkeep_party")


@dataclass(frozen=True, slots=True)
class Group:
    """A parameter with its few values."""

    name: str
    label: str | Promise
    choices: tuple[Choice, ...]

    @property
    def is_open(self) -> bool:
        """Whether something in it is chosen."""
        return any(choice.chosen for choice in self.choices)


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """Everything that the filter form offers to one viewer."""

    groups: tuple[Group, ...]
    townships: tuple[Choice, ...]
    upkeep_parties: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen value in words, and the filter that is left without it."""

    parameter: str
    label: str
    without: AssetFilter


def filter_choices(scope: Scope, chosen: AssetFilter) -> FilterChoices:
    """Return the choices of a viewer: two statements."""
    known = parameters()
    added = [name for name, entry in known.items() if entry.choices and name not in TICKED + LAST]
    return FilterChoices(
        groups=tuple(_group(known[name], chosen) for name in (*TICKED, *added, *LAST)),
        townships=tuple(
            Choice(row.code, row.label, row.code in chosen["township"])
            for row in townships_of(scope).only("code", "name", "name_en")
        ),
        upkeep_parties=tuple(
            Choice(str(row.pk), row.label, row.pk in chosen["upkeep_party"])
            for row in _upkeep_parties(scope)
        ),
    )


def chips(chosen: AssetFilter) -> list[Chip]:
    """Return what is chosen, value by value, each with the filter left without it."""
    words = _words(chosen)
    found = []
    for name, value in chosen.given.items():
        if name == "id":
            label = _("%(count)s chosen assets") % {"count": len(value)}
            found.append(Chip(name, label, chosen.replaced(name, ())))
        elif isinstance(value, tuple):
            found += [
                Chip(
                    name,
                    words.get((name, as_text(item)), as_text(item)),
                    chosen.replaced(name, tuple(other for other in value if other != item)),
                )
                for item in value
            ]
        else:
            found.append(Chip(name, _single(name, value), chosen.replaced(name, None)))
    return found


def _group(entry: Parameter, chosen: AssetFilter) -> Group:
    picked = chosen[entry.name]
    options = entry.choices.choices if entry.choices else ()
    return Group(
        entry.name,
        entry.label,
        tuple(Choice(value, str(label), value in picked) for value, label in options),
    )


def _upkeep_parties(scope: Scope) -> Iterable[Any]:
    """Return the bodies that keep up an asset that the viewer sees."""
    seen = Asset.objects.visible_to(scope).order_by().values("upkeep_party")
    bodies = Organisation.objects.filter(pk__in=seen)
    return bodies.order_by("name").only("name", "name_en")


def _words(chosen: AssetFilter) -> Mapping[tuple[str, str], str]:
    """Return the word of each chosen value that has one, by parameter and written value."""
    words = {
        (name, value): str(label)
        for name, entry in parameters().items()
        if entry.choices and name in chosen.given
        for value, label in entry.choices.choices
    }
    codes = (*chosen["area"], *chosen["township"])
    if codes:
        for area in Area.objects.filter(code__in=codes).only("code", "name", "name_en"):
            words |= {(name, area.code): area.label for name in ("area", "township")}
    keys = [key for name in BODIES for key in chosen[name]]
    if keys:
        for body in Organisation.objects.filter(pk__in=keys).only("name", "name_en"):
            words |= {(name, str(body.pk)): body.label for name in BODIES}
    routes = [value for value in chosen["route"] if not isinstance(value, str)]
    if routes:
        for route in RoadRoute.objects.filter(Q(pk__in=routes)):
            words["route", str(route.pk)] = f"{route.route_no} {route.label}"
    return words


def _single(name: str, value: Any) -> str:
    if name == "q":
        return _("“%(text)s”") % {"text": value}
    if name == "updated_since":
        return _("Changed since %(moment)s") % {"moment": moment(value)}
    return str(parameters()[name].label)
