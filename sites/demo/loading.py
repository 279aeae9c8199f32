"""Writes generated districts into the register by COPY, in one transaction."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from sites.demo.codes import DISTRICTS_A_CITY, PROVINCE_CODE, PROVINCE_NAME
from sites.demo.copying import Record, as_stored, copy_records
from sites.demo.names import district_name
from sites.demo.next_year import load_next_year
from sites.demo.policies import tell_policies
from sites.demo.programmes import CATEGORIES, programme_years, programmes_of
from sites.demo.records import DemoArea, DemoDistrict
from sites.demo.services import load_service_records
from sites.demo.site_rows import References, SiteWriter
from sites.demo.state import SOURCE
from sites.demo.targets import load_targets
from sites.identifiers import new_id
from sites.models import (
    Area,
    DemoMarker,
    Organisation,
    Programme,
    SiteCategory,
)

VALID_FROM = datetime.date(2020, 1, 1)


@transaction.atomic
def load(
    districts: Iterator[DemoDistrict],
    *,
    seed: int,
    scale: str,
    as_of: datetime.date,
    notice: Callable[[DemoDistrict], None],
) -> None:
    """Store the districts as they come, and the mark that this database is a demo.

    All or nothing. `notice` is called after each district.
    """
    with connection.cursor() as cursor:
        # Foreign keys are checked after each statement: a million checks need not pile up.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    loader = Loader(as_of)
    for district in districts:
        loader.store(district)
        notice(district)
    load_plan(seed=seed, as_of=as_of)
    DemoMarker.objects.create(seed=seed, scale=scale)


def load_plan(*, seed: int, as_of: datetime.date) -> None:
    """Store the home district's next year, its targets, and what it served."""
    load_next_year(seed=seed, as_of=as_of)
    programmes = list(Programme.objects.all())
    tell_policies(programmes, as_of)
    Programme.objects.bulk_update(
        programmes, ["policy_text", "beneficiaries_text", "procedure_text", "is_published"]
    )
    load_service_records(seed=seed, as_of=as_of)
    load_targets(seed=seed, as_of=as_of)


def analyse(label: str) -> None:
    """Let the planner know the tables of the named app, which were just filled.

    Inside the transaction that filled them: figures are read there before anything is committed.
    """
    with connection.cursor() as cursor:
        for model in apps.get_app_config(label).get_models():
            if model._meta.managed:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


class Loader:
    """Keeps the identifiers of what was stored, so that the next rows can refer to it."""

    def __init__(self, as_of: datetime.date) -> None:
        self.as_of = as_of
        self.areas: dict[str, UUID] = {}
        self.organisations: dict[str, UUID] = {}
        self.programmes: dict[str, UUID] = {}
        self.categories: dict[str, int] = {}

    def store(self, district: DemoDistrict) -> None:
        """Store one district: areas, bodies, programmes (with the first), sites."""
        self._areas([*self._above(district), *district.areas])
        self._organisations(district)
        if not self.programmes:
            self._programmes()
        SiteWriter(
            References(self.areas, self.organisations, self.programmes, self.categories)
        ).store(district.sites)

    def _above(self, district: DemoDistrict) -> list[DemoArea]:
        """The fictional province and the city, when this is the first district in them."""
        found = []
        if PROVINCE_CODE not in self.areas:
            found.append(DemoArea(PROVINCE_CODE, *PROVINCE_NAME, "province", "", None, None))
        city = district.code[:4]
        if city not in self.areas:
            index = int(city[2:]) - 1
            name = district_name(1_000 + index * DISTRICTS_A_CITY)
            found.append(
                DemoArea(city, f"{name.zh}市", f"{name.en} City", "city", PROVINCE_CODE, None, None)
            )
        return found

    def _areas(self, areas: list[DemoArea]) -> None:
        for area in areas:
            self.areas[area.code] = new_id()
        boundaries = as_stored(area.boundary for area in areas)
        centres = as_stored(area.centre for area in areas)
        copy_records(
            Area,
            (
                self._area(area, boundary, centre)
                for area, boundary, centre in zip(areas, boundaries, centres, strict=True)
            ),
        )

    def _area(self, area: DemoArea, boundary: str | None, centre: str | None) -> Record:
        return {
            "id": self.areas[area.code],
            "code": area.code,
            "name": area.name,
            "name_en": area.name_en,
            "level": area.level,
            "parent_id": self.areas.get(area.parent_code),
            "boundary": boundary,
            "centre": centre,
            "urban_rural_class": area.urban_rural_class,
            "population": area.population,
            "households": area.households,
            "valid_from": VALID_FROM,
            "source": SOURCE,
        }

    def _organisations(self, district: DemoDistrict) -> None:
        stored = Organisation.objects.bulk_create(
            [
                Organisation(
                    name=body.name,
                    name_en=body.name_en,
                    kind=body.kind,
                    credit_code=body.credit_code,
                    contact=body.contact,
                    area_id=self.areas[body.area_code],
                )
                for body in district.organisations
            ],
            batch_size=1_000,
        )
        for body, row in zip(district.organisations, stored, strict=True):
            self.organisations[body.key] = row.pk

    def _programmes(self) -> None:
        for category in CATEGORIES:
            row, _ = SiteCategory.objects.get_or_create(
                code=category.code,
                defaults={
                    "name": category.name,
                    "name_en": category.name_en,
                    "kind": category.kind,
                    "is_private": category.is_private,
                },
            )
            self.categories[category.code] = row.pk
        found = programmes_of(programme_years(self.as_of.year))
        stored = Programme.objects.bulk_create(
            [
                Programme(
                    code=p.code,
                    name=p.name,
                    name_en=p.name_en,
                    level=p.level,
                    kind=p.kind,
                    category_id=self.categories.get(p.category),
                    lead_organisation_id=self.organisations[p.lead],
                    year=p.year,
                    measure=p.measure,
                    unit=p.unit,
                )
                for p in found
            ]
        )
        self.programmes = {row.code: row.pk for row in stored}
