"""What tiles, descriptions and exports ask of the records of a layer."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Hashable, Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.data_version import SITE_MARKS
from sites.filter_values import ParameterError, Params
from sites.site_field import SiteField

UPKEEP_MARKS = "assets_upkeepchange"
"""The table of marks of assets and their upkeep (`assets.models.triggers`)."""


class Subject(ABC):
    """The records of a layer; `chosen` is always what `read` returned."""

    marks: ClassVar[str] = UPKEEP_MARKS
    """The table of marks from which tiles learn of changes."""

    @abstractmethod
    def names(self, *, public: bool = False) -> frozenset[str]:
        """Return the parameters that narrow the layer down."""

    @abstractmethod
    def read(self, params: Params) -> Any:
        """Read the filter of an address; raises `ParameterError`."""

    @abstractmethod
    def rows(self, scope: Scope, chosen: Any) -> QuerySet[Any]:
        """Return the rows that the scope sees under the filter."""

    @abstractmethod
    def fields(self, kind: str | None = None) -> Sequence[SiteField]:
        """Return the fields that an export can hold."""

    @abstractmethod
    def value_of(self, entry: SiteField, scope: Scope) -> Combinable:
        """Return the expression of a field's value, as the scope may see it."""

    @abstractmethod
    def geometry(self) -> Any:
        """Return the expression of the geometry in the stored reference system."""

    @abstractmethod
    def mapped(self) -> Any:
        """Return the expression of the geometry in the map's projection."""

    def key(self, chosen: Any) -> Hashable:
        """Return a value that is equal for filters that mean the same rows today."""
        return (chosen.to_query(), self.day(chosen))

    def day(self, chosen: Any) -> datetime.date:
        """Return the day for which a filter is judged."""
        del chosen
        return timezone.localdate()

    def read_public(self, params: Params) -> Any:
        """Read the filter of the public's address; raises `ParameterError`.

        A filter by what the public does not see would tell it all the same.
        """
        closed = self.names() - self.names(public=True)
        for name in params:
            if name in closed:
                raise ParameterError(
                    name, "unknown_parameter", _("There is no parameter of this name.")
                )
        return self.read(params)


class SiteMarked(Subject):
    """Records whose tiles change with areas and sites."""

    marks = SITE_MARKS
