"""What went into a run, in words: each count of `CoverageRun.inputs` with its label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sites.formatting import kilometres

WORDS: Final[Mapping[str, Promise]] = {
    "without_year": _("Roads of this year are left out"),
    "places": _("Places counted"),
    "people_not_rural": _("People left out: not rural"),
    "people_without_class": _("People at places without an urban-rural class"),
    "people_without_place": _("People left out: place not known"),
    "without_place": _("Villages left out: place not known"),
    "without_households": _("Natural villages left out: households not known"),
    "smaller": _("Natural villages left out: too few households"),
    "sections": _("Road sections that count"),
    "sites": _("Finished road sites not yet taken over that count"),
    "road_m": _("Length of these roads"),
    "sections_not_open": _("Sections left out: not open on the day"),
    "sections_without_day": _("Sections without a day of opening"),
    "sections_seasonal": _("Sections left out: not passable all year"),
    "sections_not_hardened": _("Sections left out: not hardened"),
    "sections_without_stated_passability": _(
        "Sections left out: not hardened, passability all year not stated"
    ),
    "sites_without_hardened_pavement": _("Sites left out: pavement not hardened or not known"),
    "stretches_closed": _("Sections with a closed stretch left out"),
    "stretches_of_bad_condition": _("Sections with a stretch of the worst grade left out"),
    "works": _("Water works that count"),
    "works_without_test": _("Water works left out: no test"),
    "people_above_population": _("People stated by works above the township's population"),
    "assets": _("Assets to keep up"),
    "assets_not_managed": _("Assets not managed"),
    "assets_road": _("Roads"),
    "assets_water_works": _("Water works"),
    "assets_village_centre": _("Village centres"),
    "assets_facility": _("Facilities"),
    "assets_housing": _("Houses"),
    "people_road": _("People served by roads"),
    "people_water_works": _("People served by water works"),
    "people_village_centre": _("People served by village centres"),
    "people_facility": _("People served by facilities"),
    "people_housing": _("People served by houses"),
    "people_if_added_up": _("Sum of these, which counts people several times"),
    "gaps_left_out": _("Gaps not kept: only the largest are"),
}


class InputLine(NamedTuple):
    """One line of the inputs."""

    label: str
    value: str


def input_lines(inputs: Mapping[str, Any]) -> list[InputLine]:
    """Return the inputs that are not zero, in the order of the words."""
    return [
        InputLine(str(label), _value(name, inputs[name]))
        for name, label in WORDS.items()
        if inputs.get(name)
    ]


def _value(name: str, value: Any) -> str:
    if name == "without_year":
        return str(value)
    return f"{kilometres(value, 1)} km" if name.endswith("_m") else f"{value:,}"
