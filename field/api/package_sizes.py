"""How large a package will be, told before it is downloaded.

Nothing is built for the list: a share of each package's assets, and some records of each kind, go
through the very functions that write the package, and their mean size stands for the rest. A
package with no more assets than the share is measured but for its records.
"""

from __future__ import annotations

import datetime
import gzip
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import MD5, Cast
from django.utils import timezone

from field.api.package_body import (
    due_bodies,
    plan_bodies,
    standard_bodies,
    written,
)
from field.api.record_bodies import Body, defect_bodies, log_bodies, order_bodies
from field.package_assets import asset_features, with_phone_columns
from field.package_places import places_of
from field.package_rows import (
    assets_to_take,
    defects_to_take,
    duties_to_take,
    orders_to_take,
    plans_to_take,
    returned_to_take,
    standards_to_take,
)
from field.package_versions import Standing
from field.packages import Package
from maintenance.models import AgreementScope
from sites.access import Scope
from sites.townships import TOWNSHIP_DIGITS

ASSETS_LOOKED_AT: Final = 4000
"""Assets of all packages together that are written to learn their size."""
FEWEST_OF_ONE: Final = 40
RECORDS_LOOKED_AT: Final = 25
DUTIES_LOOKED_AT: Final = 250
"""Duties are short and alike: what they take packed shows only in numbers."""
ENVELOPE: Final = 350
"""Bytes round the parts: names of members, key, title, times."""
LEVEL: Final = 6
"""Of gzip: a quarter smaller than level 1, and what counts in a valley is what travels."""


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes of a package as it is and as it travels, and the orders in it."""

    orders: int
    plain: int
    packed: int


@dataclass(frozen=True, slots=True)
class _Measure:
    """What one thing of a kind takes, plain and packed."""

    plain: float = 0
    packed: float = 0

    @classmethod
    def of(cls, things: Sequence[Body]) -> _Measure:
        if not things:
            return cls()
        text = written(list(things))
        return cls(len(text) / len(things), len(packed(text)) / len(things))

    def times(self, number: int) -> _Measure:
        return _Measure(self.plain * number, self.packed * number)


def packed(text: bytes) -> bytes:
    """Return bytes as they travel to a phone that takes gzip."""
    return gzip.compress(text, compresslevel=LEVEL, mtime=0)


def sizes_of(
    packages: Sequence[Package],
    standings: Mapping[str, Standing],
    scope: Scope,
    at: datetime.datetime,
) -> dict[str, Size]:
    """Return the size of each package by key; a fixed number of statements for any number."""
    if not packages:
        return {}
    on = timezone.localdate(at)
    assets = _assets(packages, scope, on)
    records = _Records(packages, scope, at)
    standards = _Measure.of(standard_bodies(standards_to_take(scope)))
    rules = standards.times(standards_to_take(scope).count())
    places = _places(standings, on)
    sizes = {}
    for package in packages:
        stands = standings[package.key]
        parts = [
            assets.get(package.key, _Measure()).times(stands.assets),
            rules,
            _Measure.of(places[package.key]).times(len(places[package.key])),
            *records.parts(package, stands),
        ]
        sizes[package.key] = Size(
            orders=records.orders(package),
            plain=round(sum(part.plain for part in parts)) + ENVELOPE,
            packed=round(sum(part.packed for part in parts)) + ENVELOPE // 2,
        )
    return sizes


def _assets(packages: Sequence[Package], scope: Scope, on: datetime.date) -> dict[str, _Measure]:
    """Return what an asset of each package takes, from a share that the identifiers' hash picks."""
    share = max(FEWEST_OF_ONE, ASSETS_LOOKED_AT // len(packages))
    by_chance = MD5(Cast(F("id"), CharField()))
    shares = [
        with_phone_columns(
            assets_to_take(scope).filter(package.assets(on)).order_by(by_chance)
        ).annotate(package=Value(package.key, output_field=CharField()))[:share]
        for package in packages
    ]
    taken = shares[0].union(*shares[1:], all=True) if len(shares) > 1 else shares[0]
    # In the package's order: neighbours are alike, and pack the better for it.
    rows = sorted(taken, key=itemgetter("code"))
    found: dict[str, list[Body]] = defaultdict(list)
    for row, shown in zip(rows, asset_features(rows, scope, on), strict=True):
        found[row["package"]].append(shown)
    return {key: _Measure.of(features) for key, features in found.items()}


def _places(standings: Mapping[str, Standing], on: datetime.date) -> dict[str, list[Body]]:
    townships = {code for stands in standings.values() for code in stands.townships}
    by_town: dict[str, list[Body]] = defaultdict(list)
    for place in places_of(townships, on):
        by_town[place["properties"]["code"][:TOWNSHIP_DIGITS]].append(place)
    return {
        key: [place for code in stands.townships for place in by_town[code]]
        for key, stands in standings.items()
    }


class _Records:
    """How many records each package has, and what one of each kind takes."""

    def __init__(self, packages: Sequence[Package], scope: Scope, at: datetime.datetime) -> None:
        on = timezone.localdate(at)
        self._on = on
        self._agreements = [package.agreement_id for package in packages if package.agreement_id]
        orders, defects = orders_to_take(scope), defects_to_take(scope)
        duties, returned = duties_to_take(scope, on), returned_to_take(scope, at)
        self._counts = {
            "orders": _of_work(orders),
            "returned": _of_work(returned),
            "defects": self._of_assets(defects, "defects"),
            "due": self._of_assets(duties, "schedules"),
        }
        self._measures = {
            "orders": _few(orders, lambda rows: order_bodies(rows, scope)),
            "returned": _few(returned, lambda rows: log_bodies(rows, scope)),
            "defects": _few(defects, lambda rows: defect_bodies(rows, scope)),
            "due": _few(duties, due_bodies, most=DUTIES_LOOKED_AT),
            "plans": _few(plans_to_take(scope), plan_bodies),
        }

    def orders(self, package: Package) -> int:
        return self._number("orders", package)

    def parts(self, package: Package, stands: Standing) -> list[_Measure]:
        """Return what the records of each kind take."""
        counted = [self._measures[kind].times(self._number(kind, package)) for kind in self._counts]
        return [*counted, self._measures["plans"].times(stands.plans)]

    def _number(self, kind: str, package: Package) -> int:
        return self._counts[kind].get(package.agreement_id or package.township_code, 0)

    def _of_assets(self, rows: QuerySet[Any], related: str) -> dict[Any, int]:
        """Count rows that belong to assets: by agreement that covers the asset, by township."""
        path = f"asset__{related}"
        covered = AgreementScope.objects.binding(self._on).filter(
            Q(**{f"{path}__in": rows.order_by().values("pk")}), agreement_id__in=self._agreements
        )
        bodies = covered.order_by().values("agreement_id").annotate(n=Count(path, distinct=True))
        places = rows.order_by().values("asset__township_code").annotate(n=Count("pk"))
        return {
            **{row["agreement_id"]: row["n"] for row in bodies},
            **{row["asset__township_code"]: row["n"] for row in places},
        }


def _of_work(rows: QuerySet[Any]) -> dict[Any, int]:
    counts: dict[Any, int] = {}
    for group in ("agreement_id", "township_code"):
        keys = rows.model.objects.filter(pk__in=rows.order_by().values("pk")).order_by()
        totals = keys.values(group).annotate(n=Count("pk"))
        counts |= {row[group]: row["n"] for row in totals}
    return counts


def _few(
    rows: QuerySet[Any],
    shown: Callable[[QuerySet[Any]], list[Body]],
    *,
    most: int = RECORDS_LOOKED_AT,
) -> _Measure:
    keys = list(rows.order_by("-pk").values_list("pk", flat=True)[:most])
    return _Measure.of(shown(rows.model.objects.filter(pk__in=keys))) if keys else _Measure()
