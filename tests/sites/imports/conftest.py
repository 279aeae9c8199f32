"""The pilot district in the register, and short ways to import."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon

from sites.access import Scope
from sites.imports.area_import import AreaImport, import_areas
from sites.imports.reader.outcome import Options
from sites.imports.site_import import SiteImport, import_sites
from tests.factories import AreaFactory, ProgrammeFactory, polygon

TODAY = datetime.date(2026, 11, 23)


def take_areas(path: Path, **options):
    """Import areas as the operator does."""
    return import_areas(AreaImport(Path(path), **options), scope=Scope.internal(), today=TODAY)


def take_sites(path: Path, kind: str | None, **options):
    """Import sites of one kind into programme P2023 as the operator does."""
    file = {
        name: options.pop(name) for name in ("layer", "srid", "encoding", "axes") if name in options
    }
    scope, actor = options.pop("scope", Scope.internal()), options.pop("actor", None)
    watch = options.pop("watch", None)
    options.setdefault("programme", ProgrammeFactory(code="P2023", year=2023))
    request = SiteImport(Path(path), kind, options=Options(**file), **options)
    return import_sites(request, scope=scope, actor=actor, today=TODAY, watch=watch)


@pytest.fixture
def huangshan(db, pilot):
    """The pilot's district and townships, put in directly: the import of areas has its own test."""
    district = None
    for name in ("district", "towns"):
        content = json.loads((pilot / f"{name}.geojson").read_text(encoding="utf-8"))
        for feature in content["features"]:
            properties = feature["properties"]
            outline = GEOSGeometry(json.dumps(feature["geometry"]))
            outline.srid = 4490
            area = AreaFactory(
                code=properties["code"],
                name=properties["name"],
                level="township" if district else "district",
                parent=district,
                boundary=MultiPolygon(outline, srid=4490),
                centre=outline.point_on_surface,
                population=properties.get("population"),
            )
            district = district or area


@pytest.fixture
def america(db):
    """A district as wide as North America, for the foreign files among the nasty ones."""
    return AreaFactory(
        code="990101",
        name="北美",
        boundary=MultiPolygon(polygon(-130, 24, -65, 50), srid=4490),
    )
