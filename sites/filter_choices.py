"""What a viewer can choose from in the filter of sites, and what is chosen, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.filter_parameter import Control, Parameter
from sites.filter_values import as_text
from sites.filters import SiteFilter, registered
from sites.formatting import day, moment
from sites.kinds import STATES_BEFORE_WORK, STATES_FINISHED, Delay, Kind, RoadClass, State
from sites.models import Area, Programme, SiteCategory
from sites.townships import townships_of

WORDS: Final[Mapping[str, type[TextChoices]]] = {
    "kind": Kind,
    "state": State,
    "delay": Delay,
    "road_class": RoadClass,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a parameter, its word, and whether it is chosen."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A registered parameter as the form asks for it: boxes, one box, a day, or nothing shown."""

    name: str
    label: str
    control: str
    value: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """Everything that the filter form offers to one viewer."""

    kinds: tuple[Choice, ...]
    states: tuple[tuple[str, tuple[Choice, ...]], ...]
    delays: tuple[Choice, ...]
    road_classes: tuple[Choice, ...]
    years: tuple[Choice, ...]
    programmes: tuple[Choice, ...]
    townships: tuple[Choice, ...]
    categories: tuple[Choice, ...]
    added: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen value in words, and the filter that is left without it."""

    parameter: str
    label: str
    without: SiteFilter


def filter_choices(scope: Scope, chosen: SiteFilter) -> FilterChoices:
    """Return the choices of a viewer: three statements."""
    programmes = tuple(Programme.objects.visible_to(scope).only("code", "name", "name_en", "year"))
    years = sorted({programme.year for programme in programmes} | set(chosen.year), reverse=True)
    return FilterChoices(
        kinds=_worded("kind", Kind, chosen),
        states=_states(chosen),
        delays=_worded("delay", Delay, chosen),
        road_classes=_worded("road_class", RoadClass, chosen),
        years=tuple(Choice(str(year), str(year), year in chosen.year) for year in years),
        programmes=tuple(
            Choice(p.code, f"{p.year} · {p.label}", p.code in chosen.programme) for p in programmes
        ),
        townships=_named(townships_of(scope).only("code", "name", "name_en"), chosen.township),
        categories=_named(SiteCategory.objects.all(), chosen.category),
        added=tuple(_asked(entry, chosen) for entry in registered().values()),
    )


def chips(chosen: SiteFilter, choices: FilterChoices) -> list[Chip]:
    """Return what is chosen, value by value, each with the filter left without it."""
    found = [
        Chip(name, label, _without(chosen, name, value))
        for name in ("kind", "state", "delay", "year", "road_class")
        for value, label in _labelled(chosen, name)
    ]
    for name, offered in (
        ("programme", choices.programmes),
        ("township", choices.townships),
        ("category", choices.categories),
    ):
        words = {choice.value: choice.label for choice in offered}
        found += [
            Chip(name, words.get(value, value), _without(chosen, name, value))
            for value in getattr(chosen, name)
        ]
    return [*found, *_area_chips(chosen), *_single_chips(chosen), *_added_chips(chosen)]


def _area_chips(chosen: SiteFilter) -> list[Chip]:
    if not chosen.area:
        return []
    named = Area.objects.filter(code__in=chosen.area).only("code", "name", "name_en")
    words = {area.code: area.label for area in named}
    return [
        Chip("area", words.get(code, code), _without(chosen, "area", code)) for code in chosen.area
    ]


def _single_chips(chosen: SiteFilter) -> Iterable[Chip]:
    if chosen.q:
        yield Chip("q", _("“%(text)s”") % {"text": chosen.q}, replace(chosen, q=""))
    if chosen.bbox:
        yield Chip("bbox", _("Window of the map"), replace(chosen, bbox=None))
    if chosen.updated_since:
        words = _("Changed since %(moment)s") % {"moment": moment(chosen.updated_since)}
        yield Chip("updated_since", words, replace(chosen, updated_since=None))
    if chosen.key_plan is not None:
        words = _("Key plans") if chosen.key_plan else _("Not key plans")
        yield Chip("key_plan", words, replace(chosen, key_plan=None))
    if chosen.id:
        words = _("%(count)s chosen sites") % {"count": len(chosen.id)}
        yield Chip("id", words, replace(chosen, id=()))


def _added_chips(chosen: SiteFilter) -> Iterable[Chip]:
    for name, value in chosen.given:
        entry = registered()[name]
        if entry.choices and isinstance(value, tuple):
            for item in value:
                rest = tuple(other for other in value if other != item)
                label = f"{entry.label}: {entry.choices(item).label}"
                yield Chip(name, label, chosen.replaced(name, rest))
        else:
            yield Chip(name, _told(entry, value), chosen.replaced(name, entry.nothing))


def _told(entry: Parameter, value: Any) -> str:
    """Return the value of a parameter in words."""
    if entry.words:
        return entry.words(value)
    if entry.control is Control.YES:
        return str(entry.label) if value else _("Not: %(label)s") % {"label": entry.label}
    return f"{entry.label}: {day(value) if entry.control is Control.DAY else as_text(value)}"


def _asked(entry: Parameter, chosen: SiteFilter) -> Asked:
    value = chosen[entry.name]
    options = _options(entry, value) if entry.choices else ()
    return Asked(entry.name, str(entry.label), entry.control.value, as_text(value), options)


def _options(entry: Parameter, picked: tuple[str, ...]) -> tuple[Choice, ...]:
    words = entry.choices.choices if entry.choices else ()
    return tuple(Choice(value, str(label), value in picked) for value, label in words)


def _labelled(chosen: SiteFilter, name: str) -> Iterable[tuple[Any, str]]:
    for value in getattr(chosen, name):
        yield value, str(WORDS[name](value).label if name in WORDS else value)


def _without(chosen: SiteFilter, name: str, value: Any) -> SiteFilter:
    rest: Any = tuple(other for other in getattr(chosen, name) if other != value)
    return replace(chosen, **{name: rest})


def _worded(name: str, words: type[TextChoices], chosen: SiteFilter) -> tuple[Choice, ...]:
    picked = getattr(chosen, name)
    return tuple(Choice(value, str(label), value in picked) for value, label in words.choices)


def _states(chosen: SiteFilter) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    every = _worded("state", State, chosen)
    before, done = set(STATES_BEFORE_WORK), set(STATES_FINISHED)
    work = {State.UNDER_CONSTRUCTION, State.RECTIFYING}
    groups = (
        (_("Before work"), before),
        (_("At work"), work),
        (_("Finished"), done),
        (_("Halted"), set(State) - before - work - done),
    )
    return tuple(
        (label, tuple(choice for choice in every if choice.value in values))
        for label, values in groups
    )


def _named(rows: Iterable[Any], picked: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(row.code, row.label, row.code in picked) for row in rows)
