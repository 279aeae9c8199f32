"""Writes generated districts into the register by COPY, in one transaction."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from django.db import connection, transaction

from sites.demo.codes import DISTRICTS_A_CITY, PROVINCE_CODE, PROVINCE_NAME
from sites.demo.names import district_name
from sites.demo.plane import STORED_SRID
from sites.demo.programmes import CATEGORIES, programme_years, programmes_of
from sites.demo.records import DemoArea, DemoDistrict, DemoSite
from sites.demo.state import SOURCE
from sites.identifiers import new_id
from sites.models import (
    Area,
    DemoMarker,
    FacilityDetail,
    HouseholdRecord,
    HousingDetail,
    Milestone,
    Organisation,
    Programme,
    ProgressEntry,
    ProjectSite,
    RoadDetail,
    SiteCategory,
    StateChange,
    VillageCentreComponent,
    VillageCentreDetail,
    WaterWorksDetail,
)

VALID_FROM = datetime.date(2020, 1, 1)
CHINA = datetime.timezone(datetime.timedelta(hours=8))
DETAILS = {
    "road": RoadDetail,
    "village_centre": VillageCentreDetail,
    "water_works": WaterWorksDetail,
    "housing": HousingDetail,
    "facility": FacilityDetail,
}
Row = Sequence[Any]


def copy_rows(model: Any, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """COPY rows of text-adaptable values into a model's table."""
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def as_stored(geometries: Iterable[Any]) -> list[str | None]:
    """Geometries in degrees as the hexadecimal EWKB that PostGIS reads."""
    array = np.array([*geometries, None], dtype=object)[:-1]
    stored: list[str | None] = shapely.to_wkb(
        shapely.set_srid(array, STORED_SRID), hex=True, include_srid=True
    ).tolist()
    return stored


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
    DemoMarker.objects.create(seed=seed, scale=scale)


def analyse() -> None:
    """Let the planner know the tables that were just filled."""
    models = (Area, ProjectSite, StateChange, Milestone, ProgressEntry, *DETAILS.values())
    with connection.cursor() as cursor:
        for model in models:
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
        self._sites(district.sites)

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
        columns = (
            "id",
            "code",
            "name",
            "name_en",
            "level",
            "parent_id",
            "boundary",
            "centre",
            "urban_rural_class",
            "population",
            "households",
            "valid_from",
            "source",
        )
        copy_rows(
            Area,
            columns,
            (
                (
                    self.areas[a.code],
                    a.code,
                    a.name,
                    a.name_en,
                    a.level,
                    self.areas.get(a.parent_code),
                    boundary,
                    centre,
                    a.urban_rural_class,
                    a.population,
                    a.households,
                    VALID_FROM,
                    SOURCE,
                )
                for a, boundary, centre in zip(areas, boundaries, centres, strict=True)
            ),
        )

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

    def _sites(self, sites: Sequence[DemoSite]) -> None:
        ids = [new_id() for _ in sites]
        self._site_rows(sites, ids)
        for kind in DETAILS:
            self._details(kind, [(i, s) for i, s in zip(ids, sites, strict=True) if s.kind == kind])
        self._components(sites, ids)
        self._households(sites, ids)
        self._histories(sites, ids)

    def _site_rows(self, sites: Sequence[DemoSite], ids: list[UUID]) -> None:
        columns = (
            "id",
            "code",
            "name",
            "name_en",
            "kind",
            "category_id",
            "programme_id",
            "year",
            "area_id",
            "state",
            "visibility",
            "is_key_plan",
            "planned_geometry",
            "actual_geometry",
            "declared_length_m",
            "planned_start",
            "planned_finish",
            "actual_start",
            "actual_finish",
            "progress_percent",
            "owner_organisation_id",
            "contractor_id",
            "supervisor_id",
            "source",
            "source_id",
        )
        planned = as_stored(site.planned for site in sites)
        body = self.organisations.get
        copy_rows(
            ProjectSite,
            columns,
            (
                (
                    i,
                    s.code,
                    s.name,
                    s.name_en,
                    s.kind,
                    self.categories[s.category],
                    self.programmes[s.programme],
                    s.year,
                    self.areas[s.area_code],
                    s.state,
                    s.visibility,
                    s.is_key_plan,
                    shape,
                    None if s.actual is None else shape,
                    s.declared_length_m,
                    s.planned_start,
                    s.planned_finish,
                    s.actual_start,
                    s.actual_finish,
                    s.progress_percent,
                    body(s.owner),
                    body(s.contractor),
                    body(s.supervisor),
                    SOURCE,
                    s.code,
                )
                for i, s, shape in zip(ids, sites, planned, strict=True)
            ),
        )

    def _details(self, kind: str, pairs: list[tuple[UUID, DemoSite]]) -> None:
        if not pairs:
            return
        columns = tuple(pairs[0][1].detail)
        copy_rows(
            DETAILS[kind],
            ("site_id", *columns),
            ((i, *(site.detail[column] for column in columns)) for i, site in pairs),
        )

    def _components(self, sites: Sequence[DemoSite], ids: list[UUID]) -> None:
        copy_rows(
            VillageCentreComponent,
            ("id", "village_centre_id", "kind", "quantity", "unit", "is_done"),
            (
                (new_id(), i, part.kind, part.quantity, part.unit, part.is_done)
                for i, site in zip(ids, sites, strict=True)
                for part in site.components
            ),
        )

    def _households(self, sites: Sequence[DemoSite], ids: list[UUID]) -> None:
        copy_rows(
            HouseholdRecord,
            ("site_id", "reference"),
            (
                (i, f"HH-{site.code}")
                for i, site in zip(ids, sites, strict=True)
                if site.kind == "housing"
            ),
        )

    def _histories(self, sites: Sequence[DemoSite], ids: list[UUID]) -> None:
        pairs = list(zip(ids, sites, strict=True))
        copy_rows(
            StateChange,
            (
                "id",
                "site_id",
                "from_state",
                "to_state",
                "role",
                "effective_on",
                "at",
                "reason",
                "evidence",
            ),
            (
                (
                    new_id(),
                    i,
                    move.from_state,
                    move.to_state,
                    move.role,
                    move.on,
                    noon(move.on),
                    move.reason,
                    "",
                )
                for i, site in pairs
                for move in site.moves
            ),
        )
        copy_rows(
            Milestone,
            ("id", "site_id", "kind", "due_on", "done_on", "responsible_id"),
            (
                (
                    new_id(),
                    i,
                    node.kind,
                    node.due_on,
                    node.done_on,
                    self.organisations.get(node.responsible),
                )
                for i, site in pairs
                for node in site.milestones
            ),
        )
        entries = [(i, entry) for i, site in pairs for entry in site.entries]
        places = as_stored(entry.position for _, entry in entries)
        copy_rows(
            ProgressEntry,
            (
                "id",
                "site_id",
                "reported_on",
                "percent",
                "note",
                "position",
                "accuracy_m",
                "captured_at",
                "received_at",
                "photo_sha256",
            ),
            (
                (
                    new_id(),
                    i,
                    entry.on,
                    entry.percent,
                    entry.note,
                    place,
                    entry.accuracy_m,
                    noon(entry.on),
                    noon(entry.on, hours=1),
                    "",
                )
                for (i, entry), place in zip(entries, places, strict=True)
            ),
        )


def noon(day: datetime.date, hours: int = 0) -> datetime.datetime:
    """The middle of a day in China, some hours later."""
    return datetime.datetime.combine(day, datetime.time(11 + hours), CHINA)
