"""Money for tests: entries through the service, contracts and their parts."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.contrib.gis.geos import Point
from django.utils import timezone

from funding.kinds import Stage
from funding.models import Contract, ContractSite, FundingSource, LedgerEntry
from funding.services import ledger_post
from sites.access import Scope
from sites.kinds import Kind, State
from sites.models import HousingDetail, ProjectSite, Target
from tests.factories.records import SRID, ProgrammeFactory

DAY = datetime.date(2023, 6, 30)


def source_of(code="district"):
    """A source by its code."""
    return FundingSource.objects.get(code=code)


def booked(
    world, amount, *, stage="paid", source="district", site=None, upto=False, day=DAY, **values
):
    """Book an amount of yuan for a site (the world's own one), as the office would.

    `upto` books the earlier stages with the same amount first, so that no limit stands in the way.
    Give `area` and `programme` instead of a site for money without one.
    """
    if "area" not in values:
        site = site or world.own
    stages = [str(one) for one in Stage]
    wanted = stages[: stages.index(stage) + 1] if upto else [stage]
    entry = None
    for one in wanted:
        entry = ledger_post(
            site=site,
            source=source_of(source),
            stage=one,
            amount=Decimal(amount),
            booked_on=day,
            on=timezone.localdate(),
            **{"actor": None, "scope": Scope.internal(), **values},
        )
    return entry


def money_line(site, amount="1000.00", *, source="district", day=DAY):
    """The least money that a site can have: budgeted, allocated, released and paid, by hand."""
    for stage in Stage:
        LedgerEntry.objects.create(
            programme_id=site.programme_id,
            site=site,
            area_id=site.area_id,
            source=source_of(source),
            stage=stage,
            amount=Decimal(amount),
            booked_on=day,
        )


def signed_contract(world, *, amount="100000.00", sites=None, number="HT-1", **values):
    """A contract of the first company about the world's own site, unless told otherwise."""
    contract = Contract.objects.create(
        **{
            "number": number,
            "name": "青溪路施工合同",
            "programme": world.programme,
            "client": world.cooperatives[0],
            "contractor": world.companies[0],
            "amount": Decimal(amount),
            "signed_on": datetime.date(2023, 3, 1),
            "area": world.villages[0],
            **values,
        }
    )
    ContractSite.objects.bulk_create(
        ContractSite(contract=contract, site=site) for site in (sites or [world.own])
    )
    contract.refresh_from_db()
    return contract


def houses_beyond_target(world, *, assigned=500, verified=520):
    """Return a housing programme of 2023 in which the district verified more than was assigned."""
    programme = ProgrammeFactory(code="WF-2023", year=2023, unit="household")
    Target.objects.create(programme=programme, area=world.district, year=2023, assigned=assigned)
    houses = ProjectSite.objects.bulk_create(
        ProjectSite(
            code=f"WF-{number}",
            source_id=f"WF-{number}",
            name=f"危房{number}",
            kind=Kind.HOUSING,
            programme=programme,
            year=2023,
            area=world.villages[number % 2],
            state=State.ACCEPTED,
            visibility="restricted",
            actual_finish=datetime.date(2023, 11, 1),
            planned_geometry=Point(117.05, 31.05, srid=SRID),
        )
        for number in range(verified)
    )
    HousingDetail.objects.bulk_create(HousingDetail(site=house, households=1) for house in houses)
    return programme
