"""Which packages have changed: a version each, without building any of them.

It follows what a phone cannot learn by pulling: assets, what covers them, patrol plans and
standards. Orders, defects and entries come with each pull and leave it as it is.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Func, IntegerField, Max, QuerySet, Sum, TextField
from django.db.models.functions import Cast

from field.package_rows import assets_to_take, plans_to_take, standards_to_take
from field.packages import Package
from maintenance.models import AgreementScope
from sites.access import Scope

DIGEST: Final = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """How a package stands: its version, how much is in it, and in which townships it lies."""

    version: str
    assets: int
    plans: int
    townships: tuple[str, ...]


def standings_of(
    packages: Sequence[Package], scope: Scope, on: datetime.date
) -> dict[str, Standing]:
    """Return how each package stands, by key; seven statements for any number of packages."""
    assets = {**_assets_of_agreements(packages, scope, on), **_assets_of_townships(packages, scope)}
    covers = _covers(packages, scope, on)
    plans = _plans(scope)
    standards = standards_to_take(scope).prefetch_related(None).order_by()
    rules = standards.aggregate(number=Count("pk"), latest=Max("updated_at"))
    found = {}
    for package in packages:
        own, rounds = assets.get(_group(package), {}), plans.get(_group(package), {})
        places = own.pop("places", None) or []
        covered = covers.get(_group(package))
        told = [package.title, sorted(own.items()), covered, sorted(rounds.items()), rules]
        found[package.key] = Standing(
            _digest(told),
            own.get("number", 0),
            rounds.get("number", 0),
            tuple(place for place in places if place),
        )
    return found


def _group(package: Package) -> UUID | str:
    return package.agreement_id or package.township_code


def _digest(told: Any) -> str:
    return hashlib.blake2b(repr(told).encode(), digest_size=DIGEST).hexdigest()


def _covering(scope: Scope, on: datetime.date) -> QuerySet[Any]:
    """Rows that cover an asset which a phone may hold; what they cover is fixed once signed."""
    rows: QuerySet[Any] = AgreementScope.objects.visible_to(scope).binding(on)
    return rows.filter(asset_id__in=assets_to_take(scope).order_by().values("pk")).order_by()


def _assets_of_agreements(
    packages: Sequence[Package], scope: Scope, on: datetime.date
) -> dict[Any, dict[str, Any]]:
    agreements = [package.agreement_id for package in packages if package.agreement_id]
    totals = _covering(scope, on).filter(agreement_id__in=agreements).values("agreement_id")
    rows = totals.annotate(
        number=Count("asset", distinct=True),
        latest=Max("asset__updated_at"),
        places=ArrayAgg("asset__township_code", distinct=True),
    )
    return {row.pop("agreement_id"): row for row in rows}


def _assets_of_townships(packages: Sequence[Package], scope: Scope) -> dict[Any, dict[str, Any]]:
    townships = [package.township_code for package in packages if package.township_code]
    totals = assets_to_take(scope).filter(township_code__in=townships).order_by()
    rows = totals.values("township_code").annotate(number=Count("pk"), latest=Max("updated_at"))
    return {
        row["township_code"]: {
            "number": row["number"],
            "latest": row["latest"],
            "places": [row["township_code"]],
        }
        for row in rows
    }


def _covers(packages: Sequence[Package], scope: Scope, on: datetime.date) -> dict[Any, int]:
    """Which rows cover the assets of each package, as the sum of a hash of each row."""
    agreements = [package.agreement_id for package in packages if package.agreement_id]
    townships = [package.township_code for package in packages if package.township_code]
    rows = _covering(scope, on)
    own = AgreementScope.objects.binding(on).filter(agreement_id__in=agreements)
    beside = "asset__agreement_scopes"
    return {
        **_summed(rows.filter(asset__township_code__in=townships), "asset__township_code"),
        **_summed(rows.filter(**{f"{beside}__in": own}), f"{beside}__agreement_id"),
    }


def _summed(rows: QuerySet[Any], group: str) -> dict[Any, int]:
    key = Func(Cast("pk", TextField()), function="hashtext", output_field=IntegerField())
    return dict(rows.values_list(group).annotate(covers=Sum(key, distinct=True)))


def _plans(scope: Scope) -> dict[Any, dict[str, Any]]:
    """Rounds in use by agreement and by township; stops are written anew when they change."""
    found: dict[Any, dict[str, Any]] = {}
    for group in ("agreement_id", "agreement__township_code"):
        totals = plans_to_take(scope).order_by().values(group)
        rows = totals.annotate(
            number=Count("pk", distinct=True),
            latest=Max("updated_at"),
            stops=Max(Cast("stops__pk", TextField())),
        )
        found |= {row.pop(group): row for row in rows}
    return found
