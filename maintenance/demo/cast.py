"""Who keeps up what in the demo, and when its year began."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from uuid import UUID

from sites.demo.codes import HOME_DISTRICT_CODE
from sites.kinds import OrganisationKind
from sites.models import Organisation

MONTHS = 12
"""The demo's year of upkeep: eleven whole months and the month in progress."""
KEEPERS = (
    "陈水生",
    "吴长贵",
    "赵来福",
    "孙有田",
    "刘桂香",
    "程国富",
    "胡金莲",
    "徐满仓",
    "章立新",
    "方大春",
    "余秀兰",
    "叶守山",
)


@dataclass(frozen=True, slots=True)
class Year:
    """The demo's year: `first` is the first day of its first month, `as_of` the last day known."""

    as_of: datetime.date

    @property
    def first(self) -> datetime.date:
        """The first day of the first month."""
        return self.month(0)

    def month(self, index: int) -> datetime.date:
        """Return the first day of a month; 0 is the first one, 11 the one in progress."""
        months = self.as_of.year * 12 + self.as_of.month - 1 - (MONTHS - 1 - index)
        return datetime.date(months // 12, months % 12 + 1, 1)

    def last_day(self, index: int) -> datetime.date:
        """Return the last day of a month."""
        return self.month(index + 1) - datetime.timedelta(days=1)

    @property
    def whole_months(self) -> range:
        """The months that are over."""
        return range(MONTHS - 1)


@dataclass(frozen=True, slots=True)
class Cast:
    """The bodies of the home district by what they do; pairs are those of its two halves."""

    companies: tuple[UUID, ...]
    associations: tuple[UUID, ...]
    cooperatives: tuple[UUID, ...]
    governments: dict[str, UUID]
    committees: dict[str, UUID]

    def half_of(self, township: str) -> int:
        """Return 0 for townships of the first half of the district, 1 for the second."""
        codes = sorted(self.governments)
        return 0 if codes.index(township) < len(codes) / 2 else 1


def cast_of_home() -> Cast:
    """Return the bodies of the home district, as `sites.demo` stored them."""
    rows = Organisation.objects.filter(area__code__startswith=HOME_DISTRICT_CODE)

    def of_kind(kind: OrganisationKind) -> tuple[UUID, ...]:
        # The credit code counts the bodies in the order in which the demo names them.
        found = rows.filter(kind=kind).order_by("credit_code", "name")
        return tuple(found.values_list("pk", flat=True))

    def by_area(kind: OrganisationKind) -> dict[str, UUID]:
        return dict(rows.filter(kind=kind).values_list("area__code", "pk"))

    return Cast(
        of_kind(OrganisationKind.COMPANY),
        of_kind(OrganisationKind.ASSOCIATION),
        of_kind(OrganisationKind.COOPERATIVE),
        by_area(OrganisationKind.TOWNSHIP),
        by_area(OrganisationKind.VILLAGE_COMMITTEE),
    )
