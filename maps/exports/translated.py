"""Formats that GDAL writes from our GeoPackage, feature by feature inside GDAL itself."""

from __future__ import annotations

import tempfile
import warnings
import zipfile
from pathlib import Path

from maps.exports.choice import ExportChoice
from maps.exports.geopackage import write_geopackage
from maps.exports.progress import Progress, finished_file, silent

SHAPES = {
    "points": ("Point", "('POINT', 'MULTIPOINT')"),
    "lines": ("MultiLineString", "('LINESTRING', 'MULTILINESTRING')"),
    "polygons": ("MultiPolygon", "('POLYGON', 'MULTIPOLYGON')"),
}
"""A Shapefile holds one type of geometry, so there is one for each."""


def write_flatgeobuf(choice: ExportChoice, path: Path, progress: Progress = silent) -> int:
    """Write the rows to `path`, whole or not at all; return their number."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder, finished_file(path) as part:
        source = Path(folder) / "sites.gpkg"
        count = write_geopackage(choice, source, progress)
        # GDAL takes a name without its own ending for a folder.
        target = Path(folder) / "sites.fgb"
        _translate(source, target, driver="FlatGeobuf", geometry_type="Unknown")
        target.replace(part)
    return count


def write_shapefiles(choice: ExportChoice, path: Path, progress: Progress = silent) -> int:
    """Write a zip of Shapefiles in UTF-8, one a type of geometry; return the number of rows.

    Lost in this format: field names longer than ten letters, texts longer than 254 bytes, the
    time of `updated_at`, and the difference between an empty text and none.
    """
    layer = choice.layer.name
    with tempfile.TemporaryDirectory(dir=path.parent) as name, finished_file(path) as part:
        folder = Path(name)
        source = folder / "sites.gpkg"
        count = write_geopackage(choice, source, progress)
        for suffix, (geometry_type, types) in SHAPES.items():
            _translate(
                source,
                folder / f"{layer}_{suffix}.shp",
                driver="ESRI Shapefile",
                geometry_type=geometry_type,
                sql=f'SELECT * FROM "{layer}" WHERE ST_GeometryType(geom) IN {types}',  # noqa: S608
                encoding="UTF-8",
            )
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
            for file in sorted(folder.glob(f"{layer}_*")):
                bundle.write(file, file.name)
    return count


def _translate(
    source: Path, target: Path, *, driver: str, geometry_type: str, **options: str
) -> None:
    """Let GDAL copy; it warns of each field name that it shortens, which is stated above."""
    # Here, because it brings geopandas along: 80 MB that no web process should carry.
    import pyogrio

    sql = options.pop("sql", None)
    with (
        warnings.catch_warnings(action="ignore", category=RuntimeWarning),
        pyogrio.open_arrow(source, sql=sql, use_pyarrow=False) as (meta, stream),
    ):
        pyogrio.write_arrow(
            stream,
            target,
            driver=driver,
            geometry_type=geometry_type,
            geometry_name=meta["geometry_name"] or "geom",
            crs=meta["crs"],
            **options,
        )
