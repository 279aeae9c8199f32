"""One factory a model; defaults are a valid record inside the test district."""

from __future__ import annotations

import datetime

import factory
from django.contrib.auth import get_user_model
from django.contrib.gis.geos import LineString, MultiPolygon, Point, Polygon

from sites.kinds import Kind, Role, State
from sites.models import Area, Membership, Organisation, Programme, ProjectSite
from sites.services.site_records import DETAIL_MODELS

SRID = 4490


def line(*points):
    """A line through (lon, lat) pairs."""
    return LineString(*points, srid=SRID)


def polygon(west, south, east, north):
    """A rectangle of degrees."""
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return Polygon(ring, srid=SRID)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    password = factory.django.Password("right horse battery staple")


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Area

    code = "340199"
    name = "云溪区"
    name_en = "Yunxi District"
    level = "district"
    valid_from = datetime.date(2020, 1, 1)
    boundary = factory.LazyFunction(
        lambda: MultiPolygon(polygon(117.0, 31.0, 117.4, 31.2), srid=SRID)
    )


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"单位{n}")
    kind = "company"


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = "NLDL-2023"
    name = "农村公路畅通工程"
    name_en = "Rural road programme"
    level = "district"
    year = 2023
    unit = "km"

    @factory.post_generation
    def answered_for(self, create, extracted, **kwargs):
        """Somebody answers for it in every role, so that work may start on its sites."""
        from tests.factories.oversight import answered_for

        if create and extracted is not False:
            answered_for(self)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    role = Role.DISTRICT_PLANNER
    valid_from = datetime.date(2020, 1, 1)

    @factory.post_generation
    def areas(self, create, extracted, **kwargs):
        if extracted:
            self.areas.set(extracted)

    @factory.post_generation
    def organisations(self, create, extracted, **kwargs):
        if extracted:
            self.organisations.set(extracted)


def member(role, *, areas=(), organisations=(), username=None):
    """A user with one membership."""
    user = UserFactory(username=username or str(role))
    MembershipFactory(user=user, role=role, areas=areas, organisations=organisations)
    return user


class ProjectSiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProjectSite
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"SITE-{n:05d}")
    name = factory.Sequence(lambda n: f"项目点{n}")
    kind = Kind.ROAD
    programme = factory.SubFactory(ProgrammeFactory)
    year = 2023
    state = State.UNDER_CONSTRUCTION
    source_id = factory.SelfAttribute("code")

    @factory.lazy_attribute
    def planned_geometry(self):
        if self.kind == Kind.ROAD:
            return line((117.05, 31.05), (117.06, 31.06))
        if self.kind == Kind.VILLAGE_CENTRE:
            return polygon(117.05, 31.05, 117.055, 31.055)
        return Point(117.05, 31.05, srid=SRID)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        detail = kwargs.pop("detail", {})
        site = super()._create(model_class, *args, **kwargs)
        DETAIL_MODELS[site.kind].objects.create(site=site, **detail)
        site.refresh_from_db()
        return site
