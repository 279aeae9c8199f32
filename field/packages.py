"""Which packages somebody may take along: one for each agreement of a body, one a township.

A package is what a phone needs to work without a network in one place. What is in it follows from
`visible_to`, and beyond that nothing restricted and no house is ever in one.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from maintenance.models import Agreement, AgreementParty, AgreementScope
from sites.access import Scope, code_prefix_condition
from sites.kinds import AREA_ROLES, AreaLevel, Kind, Visibility
from sites.models import Area
from sites.townships import TOWNSHIP_DIGITS

MOST_PACKAGES: Final = 300
"""Packages in one list; a province's administrator sees the first ones by code."""
OF_AGREEMENT: Final = "agreement-"
OF_AREA: Final = "area-"


@dataclass(frozen=True, slots=True)
class Package:
    """One package: of an agreement, or of a township. `title` is a name, `detail` its number."""

    title: str
    detail: str
    agreement_id: UUID | None = None
    township_code: str = ""

    @property
    def key(self) -> str:
        """The name under which the package is asked for."""
        if self.agreement_id:
            return f"{OF_AGREEMENT}{self.agreement_id}"
        return f"{OF_AREA}{self.township_code}"

    def assets(self, on: datetime.date) -> Q:
        """Return the condition on `Asset` that it belongs to the package on a day."""
        if self.agreement_id:
            return Q(pk__in=self._covered(on))
        return Q(township_code=self.township_code)

    def of_assets(self, on: datetime.date) -> Q:
        """Return the condition on rows with an `asset` that the asset belongs to the package."""
        if self.agreement_id:
            return Q(asset_id__in=self._covered(on))
        return Q(asset__township_code=self.township_code)

    def work(self) -> Q:
        """Return the condition on rows of work that they belong to the package."""
        if self.agreement_id:
            return Q(agreement_id=self.agreement_id)
        return Q(township_code=self.township_code)

    def _covered(self, on: datetime.date) -> QuerySet[Any, Any]:
        scopes = AgreementScope.objects.binding(on).filter(agreement_id=self.agreement_id)
        return scopes.order_by().values("asset_id")


def without_houses(asset: str = "") -> Q:
    """Return the condition that rows concern nothing restricted and no house.

    `asset` is the path to the asset, such as `asset__`.
    """
    house = Q(**{f"{asset}kind": Kind.HOUSING})
    restricted = Q(**{f"{asset}visibility": Visibility.RESTRICTED})
    return ~house & ~restricted


def packages_of(scope: Scope, on: datetime.date) -> list[Package]:
    """Return the packages of a scope, agreements before townships; two queries."""
    bodies = [_of_agreement(row) for row in _agreements(scope, on)[:MOST_PACKAGES]]
    places = [_of_township(row) for row in _townships(scope, on)[:MOST_PACKAGES]]
    return [*bodies, *places][:MOST_PACKAGES]


def package_named(key: str, scope: Scope, on: datetime.date) -> Package:
    """Return the package of a key; raises `DoesNotExist` for what the scope may not know."""
    if key.startswith(OF_AGREEMENT):
        return _of_agreement(_agreements(scope, on).get(pk=_uuid(key.removeprefix(OF_AGREEMENT))))
    code = key.removeprefix(OF_AREA)
    if not key.startswith(OF_AREA) or not (code.isascii() and code.isdecimal()):
        raise Area.DoesNotExist
    return _of_township(_townships(scope, on).get(code=code))


def _uuid(text: str) -> UUID:
    try:
        found = UUID(text)
    except ValueError as error:
        raise Agreement.DoesNotExist from error
    if str(found) != text:
        raise Agreement.DoesNotExist
    return found


def _agreements(scope: Scope, on: datetime.date) -> QuerySet[Any]:
    """The agreements in force to which the scope's bodies are party."""
    parties = AgreementParty.objects.filter(organisation_id__in=scope.organisation_ids())
    rows: QuerySet[Any] = Agreement.objects.visible_to(scope).in_force(on)
    return rows.filter(pk__in=parties.values("agreement_id")).order_by("number")


def _townships(scope: Scope, on: datetime.date) -> QuerySet[Any]:
    """The townships in which the scope holds an office's or an evaluator's role."""
    rows: QuerySet[Any] = Area.objects.in_force(on).filter(level=AreaLevel.TOWNSHIP)
    if scope.everything:
        return rows.order_by("code")
    codes = scope.area_codes(AREA_ROLES)
    above = {code[:TOWNSHIP_DIGITS] for code in codes if len(code) > TOWNSHIP_DIGITS}
    return rows.filter(code_prefix_condition("code", codes) | Q(code__in=above)).order_by("code")


def _of_agreement(row: Agreement) -> Package:
    return Package(title=row.name, detail=row.number, agreement_id=row.pk)


def _of_township(row: Area) -> Package:
    return Package(title=row.label, detail=row.code, township_code=row.code)
