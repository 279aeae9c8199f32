"""The card “Money” on a site's page: by stage, by source, and its contracts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from funding.bookkeeping import keeps_books, sees_books
from funding.contract_sums import contract_sums
from funding.kinds import Stage
from funding.models import Contract, LedgerEntry
from funding.sums import NOTHING, SiteMoney, tables_of
from sites.access import Scope
from sites.models import ProjectSite
from sites.site_sections import Section, register_section


def register() -> None:
    """Add the card to the page of sites; called when the app starts."""
    register_section(money_section)


def money_section(site: ProjectSite, scope: Scope) -> Section | None:
    """Return the card for whoever keeps or evaluates the books, and for builders its contracts."""
    if scope.is_public:
        return None
    may_see = sees_books(scope, site.area_code)
    contracts = list(
        Contract.objects.visible_to(scope).filter(sites=site).select_related("contractor")
    )
    if not (may_see or contracts):
        return None
    sums = contract_sums(contracts)
    content = {
        "site": site,
        "sees_books": may_see,
        "may_book": keeps_books(scope, site.area_code),
        "contracts": [(contract, sums[contract.pk]) for contract in contracts],
    }
    books = _books(site, scope) if may_see else {}
    return Section("funding/partials/_site_money.html", {**content, **books})


def _books(site: ProjectSite, scope: Scope) -> dict[str, Any]:
    tables = tables_of(LedgerEntry.objects.visible_to(scope).filter(site=site))
    totals: dict[str, Decimal] = {stage.value: table.total for stage, table in tables.items()}
    return {
        "stages": [(stage, totals.get(stage.value, NOTHING)) for stage in Stage],
        "paid_percent": SiteMoney(**totals).paid_percent,
        "sources": [(row.source, row.amount) for row in tables[Stage.PAID].rows],
    }
