"""The passport of an asset: where it came from, who keeps it up, how it stands, what it cost.

Everything is read under the viewer's scope; what a viewer may not see is not there, and no count
betrays it. The public's version is another function with its own short list of facts.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Sum
from django.db.models.functions import ExtractYear

from assets.kinds import AcceptanceStage, Verdict
from assets.models import Acceptance, Asset, Handover
from maintenance.kinds import PartyRole, UpkeepGap
from maintenance.models import (
    Agreement,
    AgreementParty,
    AgreementScope,
    CostEntry,
    Defect,
    Inspection,
    UpkeepSchedule,
    WarrantyClaim,
    WorkOrder,
)
from maintenance.passport_money import OriginMoney, money_of_origins
from maintenance.upkeep_gaps import gap_of
from sites.access import Scope
from sites.models import ProjectSite

LATEST = 6
"""Rows shown of each kind; the full lists are a click away."""


@dataclass(frozen=True, slots=True)
class Cover:
    """One stretch of an agreement in force: who does what there, and who is in charge."""

    scope: AgreementScope
    agreement: Agreement
    parties: Sequence[AgreementParty]
    may_see_phone: bool

    def holder(self, role: PartyRole) -> AgreementParty | None:
        """Return the first party that holds a role."""
        return next((party for party in self.parties if party.role == role), None)


@dataclass(frozen=True, slots=True)
class Origin:
    """A project site that built or renewed the asset: acceptance, handover, money."""

    site: ProjectSite
    acceptance: Acceptance | None
    handover: Handover | None
    money: OriginMoney


@dataclass(frozen=True, slots=True)
class YearCost:
    """Yuan spent on upkeep in one year, and per km for a road section."""

    year: int
    amount: Decimal
    per_km: Decimal | None


@dataclass(frozen=True, slots=True)
class Passport:
    """All that an asset's page shows beside the facts of its kind."""

    asset: Asset
    gap: UpkeepGap | None
    origins: Sequence[Origin]
    covers: Sequence[Cover]
    schedules: Sequence[UpkeepSchedule]
    inspections: Sequence[Inspection]
    defects: Sequence[Defect]
    orders: Sequence[WorkOrder]
    claims: Sequence[WarrantyClaim]
    costs: Sequence[YearCost]

    @property
    def cost_so_far(self) -> Decimal:
        """Yuan spent on upkeep in all years that are shown."""
        return sum((entry.amount for entry in self.costs), Decimal(0))

    @property
    def last_inspection(self) -> Inspection | None:
        """The latest inspection that the viewer may see."""
        return next(iter(self.inspections), None)

    @property
    def next_due_on(self) -> datetime.date | None:
        """When the next recurrent duty is due."""
        return min((schedule.next_due_on for schedule in self.schedules), default=None)


def passport_of(asset: Asset, scope: Scope, today: datetime.date) -> Passport:
    """Return the passport of an asset that the scope may see; about fifteen queries."""
    gap = Asset.objects.to_keep_up().filter(pk=asset.pk).annotate(gap=gap_of(today))
    found_gap = gap.values_list("gap", flat=True).first()
    return Passport(
        asset=asset,
        gap=UpkeepGap(found_gap) if found_gap else None,
        origins=_origins(asset, scope),
        covers=_covers(asset, scope, today),
        schedules=tuple(
            UpkeepSchedule.objects.visible_to(scope)
            .filter(asset=asset, is_active=True)
            .select_related("standard")
            .order_by("next_due_on", "pk")
        ),
        inspections=_latest(Inspection, asset, scope, "standard", "organisation"),
        defects=tuple(
            Defect.objects.visible_to(scope)
            .filter(asset=asset)
            .open()
            .select_related("order")
            .order_by("-found_at", "-pk")[:LATEST]
        ),
        orders=_latest(WorkOrder, asset, scope, "executor"),
        claims=tuple(
            WarrantyClaim.objects.visible_to(scope)
            .filter(asset=asset)
            .select_related("defect", "contractor")
            .order_by("-raised_on", "-pk")[:LATEST]
        ),
        costs=_costs(asset, scope),
    )


def _latest(model: Any, asset: Asset, scope: Scope, *related: str) -> tuple[Any, ...]:
    rows = model.objects.visible_to(scope).filter(asset=asset)
    return tuple(rows.select_related(*related)[:LATEST])


def _origins(asset: Asset, scope: Scope) -> tuple[Origin, ...]:
    sites = ProjectSite.objects.visible_to(scope).filter(asset_sources__asset=asset)
    passed = Acceptance.objects.filter(verdict=Verdict.PASSED, stage=AcceptanceStage.FINAL)
    sites = sites.select_related("programme", "contractor", "handover").prefetch_related(
        Prefetch("acceptances", queryset=passed, to_attr="passed_acceptances")
    )
    rows = list(sites.order_by("-year", "code"))
    money = money_of_origins(rows, scope)
    return tuple(
        Origin(
            site,
            next(iter(site.passed_acceptances), None),
            getattr(site, "handover", None),
            money[site.pk],
        )
        for site in rows
    )


def _covers(asset: Asset, scope: Scope, today: datetime.date) -> tuple[Cover, ...]:
    agreements = Agreement.objects.visible_to(scope).prefetch_related(
        Prefetch("parties", queryset=AgreementParty.objects.select_related("organisation"))
    )
    scopes = (
        AgreementScope.objects.binding(today)
        .filter(asset=asset, agreement__in=agreements.values("pk"))
        .order_by("start_m", "task", "pk")
        .prefetch_related(Prefetch("agreement", queryset=agreements))
    )
    own = set(scope.organisation_ids())
    office = scope.covers_area(asset.area_code)
    return tuple(
        Cover(
            stretch,
            stretch.agreement,
            tuple(sorted(stretch.agreement.parties.all(), key=_by_role)),
            may_see_phone=office
            or any(party.organisation_id in own for party in stretch.agreement.parties.all()),
        )
        for stretch in scopes
    )


def _by_role(party: AgreementParty) -> int:
    return list(PartyRole).index(PartyRole(party.role))


def _costs(asset: Asset, scope: Scope) -> tuple[YearCost, ...]:
    rows = (
        CostEntry.objects.visible_to(scope)
        .filter(asset=asset)
        .annotate(year=ExtractYear("incurred_on"))
        .values("year")
        .order_by("-year")
        .annotate(total=Sum("amount"))
        .values_list("year", "total")
    )
    section = getattr(asset, "road_section", None)
    km = (section.end_m - section.start_m) / 1000 if section else None
    return tuple(
        YearCost(year, total, (total / km).quantize(Decimal("0.01")) if km else None)
        for year, total in rows
    )
