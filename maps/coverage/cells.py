"""People in their places, as arrays: from a kept population or from the register's villages."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely
from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models.functions import Coalesce

from maps.coverage.metric import Geometries
from maps.models import PopulationCell, PopulationSet
from sites.geometry import STORED_SRID
from sites.kinds import AreaLevel, UrbanRuralClass
from sites.models import Area

ANY_SHAPE: Final = GeometryField(srid=STORED_SRID)
UNIT: Final = 10_000
"""People are summed in ten-thousandths, as whole numbers, so that sums are exact."""
TOWNSHIP_DIGITS: Final = 9
VILLAGE_DIGITS: Final = 12
RURAL_DEFAULT: Final = (UrbanRuralClass.RURAL_SEAT.value, UrbanRuralClass.VILLAGE.value)


class Place(NamedTuple):
    """One populated place: its geometry as WKB in degrees, its people, its class ("" unknown)."""

    wkb: bytes
    people: Decimal
    label: str
    township_code: str
    urban_rural_class: str
    households: int | None = None


@dataclass
class Cells:
    """Populated places side by side; `units` are ten-thousandths of people."""

    places: Geometries
    units: npt.NDArray[np.int64]
    labels: list[str]
    townships: list[str]
    counts: Counter[str] = field(default_factory=Counter)
    digest: str = ""

    def kept(self, mask: npt.NDArray[np.bool_]) -> Cells:
        """Return the cells of a mask."""
        index = np.flatnonzero(mask)
        return Cells(
            self.places[index],
            self.units[index],
            [self.labels[i] for i in index],
            [self.townships[i] for i in index],
            self.counts,
            self.digest,
        )


def people_of(units: int) -> Decimal:
    """Return whole ten-thousandths as people."""
    return Decimal(units) / UNIT


def cells_of(places: Iterable[Place], counts: Counter[str] | None = None) -> Cells:
    """Return places as arrays, with the hash of all that matters of them."""
    rows = list(places)
    hashed = hashlib.sha256()
    for row in rows:
        hashed.update(f"{row.people:.4f}|{row.township_code}".encode())
        hashed.update(row.wkb)
    units = [int((row.people * UNIT).to_integral_value()) for row in rows]
    stored = np.array([shapely.from_wkb(row.wkb) for row in rows], dtype=object)
    return Cells(
        shapely.force_2d(stored),
        np.array(units, dtype=np.int64),
        [row.label for row in rows],
        [row.township_code for row in rows],
        counts if counts is not None else Counter(),
        hashed.hexdigest(),
    )


def kept_cells(
    population: PopulationSet, code: str, *, rural: Sequence[str] | None, unclassed: bool = True
) -> Cells:
    """Return the cells of a kept population in an area; `rural` None takes everybody."""
    counts: Counter[str] = Counter()
    rows = (
        PopulationCell.objects.filter(population=population, township_code__startswith=code)
        .annotate(wkb=AsWKB("place"))
        .order_by("pk")
        .values_list("wkb", "people", "label", "township_code", "urban_rural_class", "households")
    )
    places = (Place(bytes(row[0]), *row[1:]) for row in rows.iterator(5000))
    return cells_of(_rural_only(places, rural, unclassed, counts), counts)


def register_cells(
    code: str, on: datetime.date, *, rural: Sequence[str] | None, unclassed: bool = True
) -> Cells:
    """Return the people of the register's villages in force on a day."""
    counts: Counter[str] = Counter()
    places = _rural_only(register_places(code, on, counts), rural, unclassed, counts)
    return cells_of(places, counts)


def register_places(code: str, on: datetime.date, counts: Counter[str]) -> list[Place]:
    """Return natural villages with people, and of each village the people left at its centre.

    A place without a centre is its boundary. Those without either are counted as
    `people_without_place`.
    """
    rows = (
        Area.objects.within(code)
        .in_force(on)
        .filter(level__in=[AreaLevel.VILLAGE, AreaLevel.GROUP], population__gt=0)
        .annotate(wkb=AsWKB(Coalesce("centre", "boundary", output_field=ANY_SHAPE)))
        .order_by("code", "valid_from")
        .values("code", "name", "population", "households", "urban_rural_class", "wkb", "level")
    )
    found = list(rows)
    classes = {row["code"]: row["urban_rural_class"] for row in found}
    below: dict[str, int] = defaultdict(int)
    for row in found:
        if row["level"] == AreaLevel.GROUP and row["wkb"] is not None:
            below[row["code"][:VILLAGE_DIGITS]] += row["population"]
    places = []
    for row in found:
        is_village = row["level"] == AreaLevel.VILLAGE
        people = row["population"] - (below[row["code"]] if is_village else 0)
        if people <= 0:
            continue
        if row["wkb"] is None:
            counts["people_without_place"] += people if is_village else 0
            continue
        named = row["urban_rural_class"] or classes.get(row["code"][:VILLAGE_DIGITS], "")
        places.append(
            Place(
                bytes(row["wkb"]),
                Decimal(people),
                row["name"],
                row["code"][:TOWNSHIP_DIGITS],
                named,
                row["households"],
            )
        )
    return places


def _rural_only(
    places: Iterable[Place], rural: Sequence[str] | None, unclassed: bool, counts: Counter[str]
) -> Iterable[Place]:
    for place in places:
        if rural is None:
            yield place
        elif not place.urban_rural_class:
            counts["people_without_class"] += int(place.people)
            if unclassed:
                yield place
        elif place.urban_rural_class in rural:
            yield place
        else:
            counts["people_not_rural"] += int(place.people)
