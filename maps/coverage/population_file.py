"""A population from a file: points or areas with a number of people, or a raster of people.

Files are opened by the project's own readers in the sandboxed child, and by nothing else.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from django.utils.translation import gettext_lazy as _

from maps.coverage.cells import Place
from maps.coverage.population import Districting, population_keep
from maps.kinds import PopulationKind
from maps.models import PopulationSet
from sites.access import Scope
from sites.imports.problems import RowProblem
from sites.imports.reader.outcome import Options
from sites.imports.sandbox import FeatureStream, RawFeature
from sites.kinds import UrbanRuralClass
from sites.models import Area
from sites.services import NotPermitted, ServiceError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PEOPLE_FIELDS: Final = ("people", "population", "人口", "人口数", "常住人口", "pop")
NAME_FIELDS: Final = ("name", "label", "名称", "村名")
CLASS_FIELDS: Final = ("urban_rural_class", "城乡分类代码", "城乡分类")
HOUSEHOLD_FIELDS: Final = ("households", "户数")
MOST_PEOPLE: Final = Decimal(10_000_000)
FEN: Final = Decimal("0.01")
BATCH: Final = 5000


class FileRefused(ServiceError):
    """The file is no population; the text names the feature and the field."""

    code = "population_refused"


def population_from_file(
    *,
    path: Path,
    area: Area,
    name: str,
    year: int,
    on: datetime.date,
    people_field: str = "",
    actor: User | None,
    scope: Scope,
) -> PopulationSet:
    """Keep the people of a file as a population of an area.

    Features outside every township of the area are left out. Raises `FileRefused` naming the
    feature and the field, what the readers raise for a file that cannot be read, or what
    `population_keep` raises.
    """
    if not scope.manages_area(area.code):
        raise NotPermitted
    with FeatureStream(path, Options()) as stream:
        reader = _Reader(people_field, is_raster=stream.facts.format == "geotiff")
        rows = list(reader.places(stream))
    return population_keep(
        area=area,
        year=year,
        name=name,
        source=path.name,
        kind=reader.kind,
        places=_placed(rows, area, on),
        actor=actor,
        scope=scope,
    )


class _Reader:
    """Turns features into places, strictly: one bad feature refuses the file."""

    def __init__(self, people_field: str, *, is_raster: bool) -> None:
        self._people_field = people_field
        self.kind = PopulationKind.RASTER if is_raster else PopulationKind.POINTS

    def places(self, features: Iterable[RawFeature]) -> Iterator[Place]:
        """Yield the places of the features that hold people."""
        for feature in features:
            if feature.problem is not None:
                problem = RowProblem.from_reader(feature.row, feature.problem)
                raise _refused(feature.row, problem.field, problem.message)
            people = self._people(feature)
            if feature.wkb is None:
                raise _refused(feature.row, "geometry", _("The feature has no place."))
            self._check_shape(feature)
            if people:
                yield Place(
                    feature.wkb,
                    people,
                    str(_first(feature.properties, NAME_FIELDS) or "")[:120],
                    "",
                    self._class(feature),
                    self._households(feature),
                )

    def _people(self, feature: RawFeature) -> Decimal:
        fields = (self._people_field,) if self._people_field else PEOPLE_FIELDS
        name = next((field for field in fields if field in feature.properties), "")
        if not name:
            raise _refused(feature.row, fields[0], _("The field of people is missing."))
        value = feature.properties[name]
        if isinstance(value, bool) or value is None:
            raise _refused(feature.row, name, _("The number of people is missing."))
        try:
            people = Decimal(str(value).strip())
        except InvalidOperation:
            raise _refused(feature.row, name, _("This is not a number of people.")) from None
        if not people.is_finite() or not 0 <= people <= MOST_PEOPLE:
            raise _refused(feature.row, name, _("The number of people is out of range."))
        return people.quantize(FEN)

    def _check_shape(self, feature: RawFeature) -> None:
        shape: Any = shapely.from_wkb(feature.wkb)
        kind = shape.geom_type
        if kind in ("Polygon", "MultiPolygon"):
            self.kind = PopulationKind.POLYGONS
        elif kind != "Point":
            raise _refused(feature.row, "geometry", _("People live at points or in areas."))

    def _class(self, feature: RawFeature) -> str:
        given = str(_first(feature.properties, CLASS_FIELDS) or "").strip()
        if given and given not in UrbanRuralClass.values:
            raise _refused(feature.row, CLASS_FIELDS[0], _("There is no such urban-rural class."))
        return given

    def _households(self, feature: RawFeature) -> int | None:
        given = _first(feature.properties, HOUSEHOLD_FIELDS)
        if given is None or given == "":
            return None
        text = str(given).strip()
        if not (text.isascii() and text.isdecimal() and len(text) <= 8):
            raise _refused(
                feature.row, HOUSEHOLD_FIELDS[0], _("This is not a number of households.")
            )
        return int(text)


def _placed(rows: list[Place], area: Area, on: datetime.date) -> Iterator[Place]:
    """Yield the places that lie in a township of the area, with its code and their class."""
    districting = Districting(area.code, on)
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        shapes = shapely.from_wkb(np.array([row.wkb for row in batch], dtype=object))
        found = districting.of(list(shapely.point_on_surface(shapes)))
        for row, (township, named) in zip(batch, found, strict=True):
            if township:
                yield row._replace(
                    township_code=township, urban_rural_class=row.urban_rural_class or named
                )


def _first(properties: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((properties[name] for name in names if name in properties), None)


def _refused(row: int, field: str, reason: Any) -> FileRefused:
    return FileRefused(
        _("Feature %(row)s, field “%(field)s”: %(reason)s")
        % {"row": row, "field": field or "geometry", "reason": reason},
        field="file",
    )
