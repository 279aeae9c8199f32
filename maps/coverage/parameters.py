"""The parameters of each indicator's rule: what they mean, their bounds, and whose choice they are.

A value that a standard sets says which; every other default is our choice and is shown as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assets.kinds import ConditionGrade, WaterSampleStage
from maps.kinds import CountedBy, Indicator
from sites.kinds import Kind, Pavement, UrbanRuralClass, WaterWorksKind
from sites.services import ServiceError

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Values = Mapping[str, Any]
SDG: Final = "SDG 9.1.1"
OURS: Final = ""


class ParameterRefused(ServiceError):
    """A rule's parameter is missing, unknown or out of range; `field` names it."""

    code = "parameter_refused"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number, yes-or-no or list of codes of a rule; `source` is empty for our choice."""

    name: str
    label: StrPromise
    default: Any
    low: int = 0
    high: int = 100_000
    choices: type[TextChoices] | None = None
    one_only: bool = False
    source: str = OURS

    def read(self, value: Any) -> Any:
        """Return the value as it is kept; raises `ParameterRefused`."""
        if self.choices is not None:
            return self._codes(value)
        if isinstance(self.default, bool):
            if not isinstance(value, bool):
                raise ParameterRefused(_("Give true or false."), field=self.name)
            return value
        whole = isinstance(value, int) and not isinstance(value, bool)
        if not whole or not self.low <= value <= self.high:
            raise ParameterRefused(
                _("Give a whole number from %(low)s to %(high)s.")
                % {"low": self.low, "high": self.high},
                field=self.name,
            )
        return value

    def _codes(self, value: Any) -> Any:
        assert self.choices is not None  # noqa: S101
        known = list(self.choices.values)
        given = [value] if self.one_only else value
        if not isinstance(given, list) or not all(code in known for code in given):
            raise ParameterRefused(
                _("Give codes of: %(allowed)s.") % {"allowed": ", ".join(known)}, field=self.name
            )
        return value if self.one_only else [code for code in known if code in given]

    def words(self, value: Any) -> str:
        """Return the value in words."""
        if self.choices is not None:
            codes = [value] if self.one_only else value
            return "、".join(str(self.choices(code).label) for code in codes) or "—"
        if isinstance(value, bool):
            return str(_("yes")) if value else str(_("no"))
        return f"{value:,}"


PAVEMENTS = Parameter("pavements", _("Hardened pavements"), ["asphalt", "cement"], choices=Pavement)
CLOSURE_DAYS = Parameter(
    "closure_days", _("A closure counts when it lasts longer than (days)"), 7, high=366
)
UNDATED = Parameter(
    "undated_count", _("Roads without a day of opening count as open"), default=True
)
RURAL = Parameter(
    "rural_classes",
    _("Urban-rural classes that are rural"),
    ["210", "220"],
    choices=UrbanRuralClass,
)
UNCLASSED = Parameter("unclassed_rural", _("Places without a class count as rural"), default=True)
CONNECTION = (
    Parameter(
        "buffer_m", _("Connected means a hardened road within (m)"), 500, low=10, high=20_000
    ),
    Parameter("outside_m", _("Roads outside the area count up to (m)"), 500, high=50_000),
    PAVEMENTS,
    Parameter("closure_days", CLOSURE_DAYS.label, 30, high=366),
    UNDATED,
)
DRINKING = [
    WaterWorksKind.CENTRAL_SUPPLY.value,
    WaterWorksKind.SCATTERED_SUPPLY.value,
    WaterWorksKind.NETWORK_EXTENSION.value,
]

PARAMETERS: Final[Mapping[str, tuple[Parameter, ...]]] = {
    Indicator.RURAL_ACCESS: (
        Parameter("buffer_m", _("Distance to the road (m)"), 2000, 10, 20_000, source=SDG),
        Parameter("outside_m", _("Roads outside the area count up to (m)"), 2000, high=50_000),
        PAVEMENTS,
        Parameter(
            "passable_pavements",
            _("Pavements that count where passability all year is stated or observed"),
            ["simple", "gravel"],
            choices=Pavement,
        ),
        Parameter(
            "excluded_grades",
            _("Grades of condition that do not count"),
            ["bad"],
            choices=ConditionGrade,
        ),
        CLOSURE_DAYS,
        Parameter("season_days", _("Seasonal closures of so many days back count"), 365, high=3660),
        UNDATED,
        RURAL,
        UNCLASSED,
    ),
    Indicator.VILLAGES_HARD_ROAD: CONNECTION,
    Indicator.HAMLETS_HARD_ROAD: (
        Parameter(
            "min_households",
            _("Households of a natural village at least"),
            20,
            1,
            10_000,
            source="20户以上",
        ),
        *CONNECTION,
    ),
    Indicator.TAP_WATER: (
        Parameter("works_kinds", _("Kinds of works that count"), DRINKING, choices=WaterWorksKind),
        RURAL,
        UNCLASSED,
    ),
    Indicator.CENTRAL_SUPPLY: (
        Parameter(
            "works_kinds",
            _("Kinds of works that count"),
            [WaterWorksKind.CENTRAL_SUPPLY.value, WaterWorksKind.NETWORK_EXTENSION.value],
            choices=WaterWorksKind,
        ),
        RURAL,
        UNCLASSED,
    ),
    Indicator.WATER_QUALITY: (
        Parameter("works_kinds", _("Kinds of works that count"), DRINKING, choices=WaterWorksKind),
        Parameter("stages", _("Samples that count"), ["plant", "tap"], choices=WaterSampleStage),
        Parameter("oldest_days", _("Tests count for (days)"), 365, 1, 3660),
        Parameter(
            "counted_by", _("Counted by"), CountedBy.PEOPLE.value, choices=CountedBy, one_only=True
        ),
    ),
    Indicator.UPKEEP: (
        Parameter(
            "kinds",
            _("Kinds of assets"),
            ["road", "village_centre", "water_works", "facility"],
            choices=Kind,
        ),
    ),
    Indicator.PEOPLE_SERVED: (
        Parameter(
            "kinds",
            _("Kinds of assets"),
            ["road", "village_centre", "water_works", "facility"],
            choices=Kind,
        ),
        Parameter("road_m", _("A road serves within (m)"), 2000, 1, 20_000),
        Parameter(
            "water_works_m", _("Water works at a point or line serve within (m)"), 1500, 1, 20_000
        ),
        Parameter("village_centre_m", _("A village centre serves within (m)"), 500, 1, 20_000),
        Parameter("facility_m", _("A facility serves within (m)"), 1000, 1, 20_000),
    ),
}


def defaults_of(indicator: str) -> dict[str, Any]:
    """Return the parameters that a new installation starts with."""
    return {parameter.name: parameter.default for parameter in PARAMETERS[indicator]}


def read_parameters(indicator: str, given: Values) -> dict[str, Any]:
    """Return all parameters of a rule, each checked; raises `ParameterRefused` naming one."""
    known = {parameter.name: parameter for parameter in PARAMETERS[indicator]}
    for name in given:
        if name not in known:
            raise ParameterRefused(_("There is no such parameter."), field=str(name)[:60])
    for name in known:
        if name not in given:
            raise ParameterRefused(_("This parameter is missing."), field=name)
    return {name: parameter.read(given[name]) for name, parameter in known.items()}


def whose(parameter: Parameter, value: Any) -> str:
    """Return where a value comes from: a standard, our choice, or the office's own."""
    if value != parameter.default:
        return str(_("set by the office"))
    return parameter.source or str(_("our choice"))
