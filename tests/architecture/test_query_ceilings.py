"""How many statements each list may need, whatever the number of its rows."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sites.models import Milestone, StateChange
from tests.factories import (
    AssetFactory,
    ClosureFactory,
    ProjectSiteFactory,
    StructureFactory,
    UserFactory,
    draft_agreement,
    member,
    signed_agreement,
)
from tests.factories.condition import stated_survey
from tests.factories.targets import service_record, target

FRAME = 3
"""Session, person, and what the person may see: memberships with their areas and organisations."""
CEILINGS = {
    "/api/v1/areas": FRAME + 1,
    "/api/v1/organisations": FRAME + 1,
    "/api/v1/memberships": FRAME + 3,
    "/api/v1/programmes": FRAME + 1,
    "/api/v1/categories": FRAME + 1,
    "/api/v1/sites": FRAME + 3,
    "/api/v1/sites?geometry=none&limit=1000": FRAME + 3,
    "/api/v1/state-changes": FRAME + 1,
    "/api/v1/sites/counts": FRAME + 3,
    "/api/v1/sites.geojson": FRAME + 4,
    "/api/v1/mileage": FRAME + 2,
    "/api/v1/progress": FRAME + 3,
    "/api/v1/milestones": FRAME + 1,
    "/api/v1/imports": FRAME + 1,
    "/api/v1/exports": FRAME + 1,
    "/api/v1/coverage": FRAME + 1,
    "/api/v1/coverage-rules": FRAME + 1,
    "/coverage/": FRAME + 14,
    "/coverage/rules/": FRAME + 2,
    "/coverage/populations/": FRAME + 3,
    "/api/public/v1/sites": 2,
    "/api/public/v1/sites/counts": 3,
    "/api/public/v1/housing-totals": 1,
    "/api/v1/assets": FRAME + 3,
    "/api/v1/assets?geometry=none&limit=1000": FRAME + 3,
    "/api/v1/routes": FRAME + 1,
    "/assets/": FRAME + 7,
    "/assets/?kind=road&sort=warranty": FRAME + 7,
    "/assets/routes/": FRAME + 3,
    "/assets/housing/": FRAME + 4,
    "/api/v1/structures": FRAME + 1,
    "/api/v1/closures": FRAME + 1,
    "/api/v1/condition-surveys": FRAME + 1,
    "/api/v1/condition-stretches": FRAME + 1,
    "/api/v1/condition": FRAME + 3,
    "/api/v1/rating-rulesets": FRAME + 2,
    "/assets/condition/": FRAME + 5,
    "/assets/condition/rules/": FRAME + 3,
    "/api/v1/agreements": FRAME + 4,
    "/maintenance/agreements/": FRAME + 6,
    "/api/v1/payments": FRAME + 3,
    "/api/v1/assessments": FRAME + 2,
    "/api/v1/upkeep-coverage": FRAME + 2,
    "/maintenance/payments/": FRAME + 5,
    "/maintenance/coverage/": FRAME + 5,
    "/maintenance/coverage/assets/": FRAME + 4,
    "/maintenance/": FRAME + 30,
    "/maintenance/set-aside/": FRAME + 7,
    "/api/v1/set-aside": FRAME + 1,
    "/api/v1/map/assets": FRAME + 3,
    "/api/v1/map/assets?gap=any&kind=road": FRAME + 3,
    "/api/v1/assets/counts": FRAME + 2,
    "/api/v1/assets.geojson": FRAME + 4,
    "/api/v1/defects.geojson": FRAME + 4,
    "/api/v1/work-orders.geojson": FRAME + 4,
    "/api/public/v1/assets": 3,
    "/api/public/v1/assets/counts": 2,
    "/exports/?layer=assets&gap=any": FRAME + 7,
    "/exports/?layer=work_orders": FRAME + 7,
    "/api/v1/dashboard": FRAME + 19,
    "/api/v1/dashboard?year=2023&delay=red&month=2023-08": FRAME + 20,
    "/api/v1/dashboard/shapes": FRAME + 2,
    "/api/v1/changes": FRAME + 7,
    "/dashboard/?year=2023&kind=road": FRAME + 28,
    "/screen/": FRAME + 26,
    "/changes/": FRAME + 20,
    "/sites/": FRAME + 12,
    "/api/v1/figures": FRAME + 1,
    "/api/v1/figures/road_km?year=2024": FRAME + 5,
    "/api/v1/reports": FRAME + 2,
    "/api/v1/figure-ledger": FRAME + 1,
    "/api/v1/stated-figures": FRAME + 1,
    "/reports/": FRAME + 3,
    "/api/v1/targets": FRAME + 3,
    "/api/v1/service-records": FRAME + 1,
    "/api/v1/views": FRAME + 1,
    "/targets/?year=2023": FRAME + 10,
    "/services/": FRAME + 8,
    "/year-plan/?year=2023": FRAME + 9,
    "/views/": FRAME + 2,
    "/public/programmes/": FRAME + 2,
    "/reports/ledger/": FRAME + 3,
    "/reports/stated/": FRAME + 4,
    "/areas/": FRAME + 5,
    "/areas/340199100/": FRAME + 11,
    "/programmes/": FRAME + 7,
    "/imports/": FRAME + 4,
    "/exports/": FRAME + 9,
    "/api/v1/field/me": FRAME + 2,
    "/api/v1/field/packages": FRAME + 40,
    "/api/v1/field/packages/area-340199100": FRAME + 40,
    "/api/v1/sync/pull": FRAME + 20,
}


def _count(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(address)
        assert response.status_code == 200
        b"".join(response) if response.streaming else response.content
    return len(queries)


@pytest.fixture
def planner(world):
    client = Client()
    client.force_login(world.users["district_planner"])
    return client


@pytest.mark.parametrize("address", CEILINGS)
def test_more_rows_need_no_more_statements(world, planner, address):
    signed_agreement(world, assets=[world.own_asset])
    target(world.programme, world.townships[0], 1, year=2019)
    service_record(world.programme, world.townships[0])
    few = _count(planner, address)
    for number in range(6):
        draft_agreement(world)
        site = ProjectSiteFactory(
            area=world.villages[number % 2],
            programme=world.programme,
            kind=["road", "housing", "facility"][number % 3],
        )
        asset = AssetFactory(
            area=world.villages[number % 2], kind=["road", "housing", "facility"][number % 3]
        )
        if asset.kind == "road":
            StructureFactory(asset=asset)
            ClosureFactory(asset=asset)
            stated_survey(asset)
        Milestone.objects.create(site=site, kind="start")
        target(world.programme, world.townships[number % 2], 1, year=2020 + number)
        service_record(world.programme, world.townships[number % 2], number)
        StateChange.objects.create(
            site=site, from_state="proposed", to_state="shortlisted", effective_on="2024-01-01"
        )
        member("evaluator", areas=[world.townships[number % 2]], username=f"e{number}")
        UserFactory()
    assert _count(planner, address) == few
    assert few <= CEILINGS[address]
