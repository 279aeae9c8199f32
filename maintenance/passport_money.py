"""The money in: what building an asset cost, by the sites that built it, as far as one may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from funding.bookkeeping import sees_books
from funding.contract_sums import ContractSum, contract_sums
from funding.models import Contract, ContractSite
from funding.sums import SiteMoney, money_of_sites
from sites.access import Scope
from sites.models import ProjectSite


@dataclass(frozen=True, slots=True)
class BuildingContract:
    """A contract about a site: the site's stated part of it, and what the whole comes to."""

    part: ContractSite
    sums: ContractSum

    @property
    def contract(self) -> Contract:
        """The contract itself."""
        return self.part.contract


@dataclass(frozen=True, slots=True)
class OriginMoney:
    """Money of one site: `booked` is None for who does not see its books."""

    booked: SiteMoney | None
    contracts: tuple[BuildingContract, ...] = ()


def money_of_origins(sites: Iterable[ProjectSite], scope: Scope) -> Mapping[UUID, OriginMoney]:
    """Return the money of each site; six statements for any number of them, none without sites."""
    rows = list(sites)
    if not rows:
        return {}
    open_books = [site.pk for site in rows if sees_books(scope, site.area_code)]
    booked = money_of_sites(open_books, scope) if open_books else {}
    contracts = _contracts([site.pk for site in rows], scope)
    return {
        site.pk: OriginMoney(
            booked.get(site.pk, SiteMoney()) if site.pk in open_books else None,
            contracts.get(site.pk, ()),
        )
        for site in rows
    }


def _contracts(site_ids: list[UUID], scope: Scope) -> dict[UUID, tuple[BuildingContract, ...]]:
    visible = Contract.objects.visible_to(scope).values("pk")
    parts = list(
        ContractSite.objects.filter(site__in=site_ids, contract__in=visible)
        .select_related("contract__contractor")
        .order_by("contract__signed_on", "contract__number", "pk")
    )
    sums = contract_sums(part.contract for part in parts)
    found: dict[UUID, list[BuildingContract]] = defaultdict(list)
    for part in parts:
        found[part.site_id].append(BuildingContract(part, sums[part.contract_id]))
    return {key: tuple(rows) for key, rows in found.items()}
