"""Populations that are kept: stored from the register's villages or from a file, with a hash."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maps.coverage.cells import Place, register_places
from maps.kinds import PopulationKind
from maps.models import PopulationCell, PopulationSet
from sites.access import Scope
from sites.geometry import STORED_SRID
from sites.kinds import AreaLevel
from sites.models import Area
from sites.services import InUse, NotPermitted, RefusedByRegister, ServiceError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BATCH: Final = 2000
TOWNSHIP_DIGITS: Final = 9


class NobodyCounted(ServiceError):
    """The population would hold nobody."""

    code = "nobody_counted"
    message = _("Nobody is counted here: no place with people lies inside the area.")


@transaction.atomic
def population_from_register(
    *, area: Area, year: int, name: str, on: datetime.date, actor: User | None, scope: Scope
) -> PopulationSet:
    """Keep the people of the register's villages in force on a day as a population.

    Raises `NotPermitted`, `NobodyCounted` or `RefusedByRegister`.
    """
    counts: Counter[str] = Counter()
    places = register_places(area.code, on, counts)
    return population_keep(
        area=area,
        year=year,
        name=name,
        source=f"{area.name} {on:%Y-%m-%d}",
        kind=PopulationKind.POINTS,
        places=places,
        actor=actor,
        scope=scope,
    )


@transaction.atomic
def population_keep(
    *,
    area: Area,
    year: int,
    name: str,
    source: str,
    kind: str,
    places: Iterable[Place],
    actor: User | None,
    scope: Scope,
) -> PopulationSet:
    """Store populated places as one population; they are never changed afterwards.

    Raises `NotPermitted`, `NobodyCounted` or `RefusedByRegister`.
    """
    if not scope.manages_area(area.code):
        raise NotPermitted
    kept = PopulationSet(
        area=area, year=year, name=name.strip(), source=source[:200], kind=kind, added_by=actor
    )
    try:
        kept.full_clean(exclude=["area"])
        with transaction.atomic():
            kept.save(force_insert=True)
    except ValidationError as error:
        raise RefusedByRegister.from_validation(error) from error
    except IntegrityError as error:
        raise RefusedByRegister.from_integrity(error, PopulationSet) from error
    _store(kept, places)
    if not kept.cells:
        raise NobodyCounted(field="file")
    return kept


@transaction.atomic
def population_remove(*, population: PopulationSet, scope: Scope) -> None:
    """Remove a population that no run has used; raises `NotPermitted` or `InUse`."""
    if not scope.manages_area(population.area_code):
        raise NotPermitted
    if population.runs.exists():
        raise InUse
    population.delete()


def _store(kept: PopulationSet, places: Iterable[Place]) -> None:
    hashed, people, number = hashlib.sha256(), Decimal(0), 0
    batch: list[PopulationCell] = []
    for place in places:
        hashed.update(f"{place.people:.2f}|{place.urban_rural_class}|".encode() + place.wkb)
        people += place.people
        number += 1
        batch.append(
            PopulationCell(
                population=kept,
                place=GEOSGeometry(memoryview(place.wkb), srid=STORED_SRID),
                people=place.people,
                households=place.households,
                label=place.label[:120],
                township_code=place.township_code,
                urban_rural_class=place.urban_rural_class,
            )
        )
        if len(batch) >= BATCH:
            PopulationCell.objects.bulk_create(batch)
            batch = []
    PopulationCell.objects.bulk_create(batch)
    kept.people, kept.cells, kept.sha256 = people, number, hashed.hexdigest()
    kept.save(update_fields=["people", "cells", "sha256"])


class Districting:
    """Finds the township and the urban-rural class of places from outside, by their position."""

    def __init__(self, code: str, on: datetime.date) -> None:
        rows = (
            Area.objects.within(code)
            .in_force(on)
            .filter(level__in=[AreaLevel.TOWNSHIP, AreaLevel.VILLAGE], boundary__isnull=False)
            .annotate(wkb=AsWKB("boundary"))
            .order_by("code")
            .values_list("code", "urban_rural_class", "wkb")
        )
        self._rows = [(area, named) for area, named, _wkb in rows]
        self._tree = shapely.STRtree([shapely.from_wkb(bytes(wkb)) for *_rest, wkb in rows])

    def of(self, points: Sequence[Any]) -> list[tuple[str, str]]:
        """Return the township code and the class of each point; empty codes lie outside."""
        found = [("", "")] * len(points)
        inside, areas = self._tree.query(points, predicate="intersects")
        for place, index in sorted(zip(inside.tolist(), areas.tolist(), strict=True)):
            code, named = self._rows[index]
            known = found[place]
            found[place] = (code[:TOWNSHIP_DIGITS], named or known[1])
        return found
