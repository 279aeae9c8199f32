"""The filter of assets that list, API, map, tiles, counts and exports share.

It is made of parameters, each of which reads its value strictly from an address and says which
assets it means. Apps above register parameters of their own when they start, so that a link
means the same rows at every door, and imports still run one way.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone

from assets.filter_parameters import PARAMETERS
from assets.querysets import AssetQuerySet
from sites.filter_parameter import Parameter
from sites.filter_values import Params, as_text

__all__ = ["AssetFilter", "Parameter", "parameters", "register"]

_REGISTERED: dict[str, Parameter] = {}


def register(*further: Parameter) -> None:
    """Add parameters of an app above; called once, when it starts."""
    for parameter in further:
        if parameter.name in PARAMETERS:
            raise ValueError(f"a parameter of this name exists: {parameter.name}")
        _REGISTERED[parameter.name] = parameter


def parameters() -> Mapping[str, Parameter]:
    """Return every parameter by its name, in the order in which a filter is written."""
    return {**PARAMETERS, **_REGISTERED}


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """Which assets are asked for; every tuple is an *or*, the parameters together an *and*.

    `given` holds the value of each parameter that narrows something down. `as_of` is the day for
    which warranties and whatever else has a date are judged; it is no parameter of the address.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    as_of: datetime.date = field(default_factory=timezone.localdate, compare=False)

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address's parameters; unknown parameters are left to others.

        Raises `ParameterError` for the first parameter that cannot be used.
        """
        read = {name: parameter.read(params) for name, parameter in parameters().items()}
        return cls({name: value for name, value in read.items() if as_text(value)})

    def __getitem__(self, name: str) -> Any:
        """Return a parameter's value; what its kind has for nothing when it is not given."""
        return self.given.get(name, parameters()[name].nothing)

    def apply(self, assets: QuerySet[Any]) -> AssetQuerySet:
        """Narrow a queryset of assets to what is asked for."""
        known = parameters()
        condition = Q()
        for name, value in self.given.items():
            condition &= known[name].condition(value, self.as_of)
        return assets.filter(condition)  # type: ignore[return-value]

    def replaced(self, name: str, value: Any) -> Self:
        """Return the filter with another value of one parameter; nothing leaves it out."""
        given = {**self.given, name: value}
        ordered = {key: given[key] for key in parameters() if as_text(given.get(key))}
        return type(self)(ordered, self.as_of)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        return [(name, as_text(self.given[name])) for name in parameters() if name in self.given]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed down."""
        return not self.given
