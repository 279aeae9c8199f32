"""The filter of the ledger that page, sums, download and API share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q

from funding.kinds import EntryKind, SourceLevel, Stage
from funding.models import FundingSource
from sites.access import code_prefix_condition
from sites.filter_parameter import day_of
from sites.filter_values import (
    AREA_CODE,
    Params,
    as_text,
    choices,
    matching,
    parsed,
    year_of,
    yes_or_no,
)
from sites.filters import PROGRAMME_CODE
from sites.models import Programme

LEDGER_PARAMETERS: Final = {
    "stage": f"Separated by commas: {', '.join(Stage.values)}.",
    "kind": f"Separated by commas: {', '.join(EntryKind.values)}.",
    "level": f"Separated by commas: {', '.join(SourceLevel.values)}.",
    "source": "Codes of sources, separated by commas.",
    "programme": "Codes of programmes, separated by commas.",
    "year": "Years of programmes, separated by commas.",
    "area": "Area codes with all below them, separated by commas.",
    "site": "Identifiers of sites, separated by commas.",
    "contract": "Identifiers of contracts, separated by commas.",
    "fallback": "Identifiers of district fallbacks, separated by commas.",
    "from": "A date: booked on it or later.",
    "until": "A date: booked on it or earlier.",
    "override": "1: booked beyond a limit with a reason; 0: all others.",
}


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which entries are asked for; every tuple is an *or*, all of them an *and*."""

    stage: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    area: tuple[str, ...] = ()
    site: tuple[UUID, ...] = ()
    contract: tuple[UUID, ...] = ()
    fallback: tuple[UUID, ...] = ()
    first: datetime.date | None = None
    last: datetime.date | None = None
    override: bool | None = None

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter; raises `ParameterError` for the first value that cannot be used."""
        return cls(
            stage=choices(params, "stage", Stage.values),
            kind=choices(params, "kind", EntryKind.values),
            level=choices(params, "level", SourceLevel.values),
            source=matching(params, "source", PROGRAMME_CODE),
            programme=matching(params, "programme", PROGRAMME_CODE),
            year=parsed(params, "year", year_of),
            area=matching(params, "area", AREA_CODE),
            site=parsed(params, "site", UUID),
            contract=parsed(params, "contract", UUID),
            fallback=parsed(params, "fallback", UUID),
            first=day_of(params, "from"),
            last=day_of(params, "until"),
            override=yes_or_no(params, "override"),
        )

    def apply(self, entries: Any) -> Any:
        """Narrow entries of the ledger."""
        condition = Q()
        for path, values in (
            ("stage", self.stage),
            ("kind", self.kind),
            ("site", self.site),
            ("contract", self.contract),
            ("fallback", self.fallback),
        ):
            if values:
                condition &= Q(**{f"{path}__in": values})
        if self.area:
            condition &= code_prefix_condition("area_code", self.area)
        if self.first:
            condition &= Q(booked_on__gte=self.first)
        if self.last:
            condition &= Q(booked_on__lte=self.last)
        if self.override is not None:
            condition &= ~Q(override_reason="") if self.override else Q(override_reason="")
        return entries.filter(condition & self._sources() & self._programmes())

    def _sources(self) -> Q:
        """Few rows, looked up first, so that the ledger's own indexes serve."""
        if not (self.level or self.source):
            return Q()
        sources = FundingSource.objects.all()
        sources = sources.filter(level__in=self.level) if self.level else sources
        sources = sources.filter(code__in=self.source) if self.source else sources
        return Q(source__in=list(sources.values_list("pk", flat=True)))

    def _programmes(self) -> Q:
        if not (self.programme or self.year):
            return Q()
        programmes = Programme.objects.all()
        programmes = programmes.filter(code__in=self.programme) if self.programme else programmes
        programmes = programmes.filter(year__in=self.year) if self.year else programmes
        return Q(programme__in=list(programmes.values_list("pk", flat=True)))

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        named = {"first": "from", "last": "until"}
        found = [(named.get(f.name, f.name), as_text(getattr(self, f.name))) for f in fields(self)]
        return [(name, text) for name, text in found if text]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")
