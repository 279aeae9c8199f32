"""Assets for tests: routes with sections, water works, village centres, houses, facilities."""

from __future__ import annotations

import datetime
from decimal import Decimal

import factory
from django.contrib.gis.geos import Point

from assets.details import DETAIL_MODELS
from assets.models import Asset, Component, RoadClosure, RoadRoute, Structure, WaterQualityTest
from sites.kinds import Kind
from tests.factories.records import SRID, line, polygon

METRES_PER_DEGREE = 95_450
"""Metres of one degree of longitude at 31.05° N, near enough for a test's line."""


def road_line(start_m, end_m, *, west=117.01, lat=31.05):
    """A line due east whose metres from `west` are about the chainages given."""
    first, last = (west + float(metres) / METRES_PER_DEGREE for metres in (start_m, end_m))
    return line((first, lat), ((first + last) / 2, lat), (last, lat))


class RouteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoadRoute

    # Numbers may have up to nine digits, so that a long session never runs out of them.
    route_no = factory.Sequence(lambda n: f"Y{n:03d}")
    county_code = "340199"
    name = factory.LazyAttribute(lambda route: f"{route.route_no}线")
    name_en = factory.LazyAttribute(lambda route: f"Route {route.route_no}")
    road_class = "township"
    start_name = "上溪"
    end_name = "桥头"


class AssetFactory(factory.django.DjangoModelFactory):
    """An asset in service with the detail of its kind; a road gets a route of its own.

    `detail` gives columns of the detail, for a road at least what differs from
    `route`, `start_m` 0 and `end_m` 1000.
    """

    class Meta:
        model = Asset
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"ASSET-{n:05d}")
    name = factory.Sequence(lambda n: f"资产{n}")
    name_en = factory.LazyAttribute(lambda asset: f"Asset {asset.code}")
    kind = Kind.ROAD
    built_on = datetime.date(2022, 10, 1)
    warranty_until = datetime.date(2024, 10, 1)
    operating_class = "non_operating"

    @factory.lazy_attribute
    def geometry(self):
        if self.kind == Kind.ROAD:
            return road_line(0, 1000)
        if self.kind == Kind.VILLAGE_CENTRE:
            return polygon(117.05, 31.05, 117.055, 31.055)
        return Point(117.05, 31.05, srid=SRID)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        detail = kwargs.pop("detail", {})
        asset = super()._create(model_class, *args, **kwargs)
        if asset.kind == Kind.ROAD:
            detail = {"start_m": 0, "end_m": 1000, **detail}
            detail.setdefault("route", None)
            detail["route"] = detail["route"] or RouteFactory()
        DETAIL_MODELS[asset.kind].objects.create(asset=asset, **detail)
        return Asset.objects.get(pk=asset.pk)


class StructureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Structure

    asset = factory.SubFactory(AssetFactory)
    kind = "bridge"
    name = factory.Sequence(lambda n: f"桥{n}")
    code = factory.Sequence(lambda n: f"BR-{n:04d}")
    chainage_m = Decimal(500)
    point = factory.LazyAttribute(
        lambda o: Point(117.01 + float(o.chainage_m) / METRES_PER_DEGREE, 31.05, srid=SRID)
    )


class ClosureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoadClosure

    asset = factory.SubFactory(AssetFactory)
    kind = "planned"
    start_m = Decimal(200)
    end_m = Decimal(400)
    from_date = datetime.date(2026, 11, 1)
    reason = "桥面维修"


class WaterTestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WaterQualityTest

    asset = factory.SubFactory(AssetFactory, kind=Kind.WATER_WORKS)
    tested_on = datetime.date(2026, 6, 1)
    stage = "tap"
    passed = True


class ComponentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Component

    asset = factory.SubFactory(AssetFactory, kind=Kind.VILLAGE_CENTRE)
    kind = "lights"


def section(route, start_m, end_m, area, *, west=117.01, lat=31.05, detail=None, **values):
    """A section in service of a route from `start_m` to `end_m`, on a line due east."""
    return AssetFactory(
        area=area,
        kind=Kind.ROAD,
        geometry=road_line(start_m, end_m, west=west, lat=lat),
        declared_length_m=Decimal(str(end_m)) - Decimal(str(start_m)),
        detail={"route": route, "start_m": start_m, "end_m": end_m, **(detail or {})},
        **values,
    )
