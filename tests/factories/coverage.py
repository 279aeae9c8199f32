"""Places with people and roads near them, for tests of coverage."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.contrib.gis.geos import Point

from assets.models import Asset, RoadRoute, RoadSection
from maps.coverage.runs import run_coverage
from maps.kinds import Indicator
from sites.access import Scope
from tests.factories.assets import RouteFactory, section
from tests.factories.records import SRID, AreaFactory

LAST_DAY = datetime.date(2023, 12, 31)
METRES_PER_DEGREE_NORTH = 110_880
"""Metres of one degree of latitude at 31° N, near enough for a test's place."""


def village(parent, number, *, lon, lat, people, kind="220", **values):
    """A village with people at a point."""
    return AreaFactory(
        code=f"{parent.code}{number:03d}",
        name=f"村{number}",
        level="village",
        parent=parent,
        boundary=None,
        centre=Point(lon, lat, srid=SRID),
        population=people,
        households=people // 3,
        urban_rural_class=kind,
        **values,
    )


def road(area, *, west, lat=31.05, length_m=1000, opened=datetime.date(2022, 6, 1), **detail):
    """An asphalt section due east from a point, open since a day."""
    detail = {"pavement": "asphalt", "opened_on": opened, **detail}
    return section(RouteFactory(), 0, length_m, area, west=west, lat=lat, detail=detail)


def run(area, *, indicator=Indicator.RURAL_ACCESS, as_of=LAST_DAY, **values):
    """A run by the operator."""
    asked = {"actor": None, "scope": Scope.internal(), **values}
    return run_coverage(indicator=indicator, area=area, as_of=as_of, **asked)


def rate(run_):
    """The rate of a run as a fraction of whole people."""
    return Decimal(run_.numerator) / Decimal(run_.denominator)


def sections_of(area, lines, *, pavements=None, opened=None):
    """Store many roads at once: one route and one section each; lines are GEOS in degrees."""
    routes = RoadRoute.objects.bulk_create(
        RoadRoute(
            route_no=f"C{number:06d}",
            county_code=area.code[:6],
            name=f"路{number}",
            road_class="village",
        )
        for number in range(1, len(lines) + 1)
    )
    assets = Asset.objects.bulk_create(
        Asset(code=f"C-{number}", name=f"路{number}", kind="road", area=area, geometry=shape)
        for number, shape in enumerate(lines, start=1)
    )
    RoadSection.objects.bulk_create(
        RoadSection(
            asset=asset,
            route=route,
            start_m=0,
            end_m=1000,
            pavement=pavements[index] if pavements else "asphalt",
            opened_on=opened[index] if opened else datetime.date(2012, 1, 1),
        )
        for index, (asset, route) in enumerate(zip(assets, routes, strict=True))
    )
