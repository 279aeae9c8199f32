"""The formats of exports: what each is called and who writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maps.exports.choice import ExportChoice
from maps.exports.geojson import feature_collection
from maps.exports.geopackage import write_geopackage
from maps.exports.progress import Progress, finished_file, silent
from maps.exports.tables import write_csv, write_excel
from maps.exports.translated import write_flatgeobuf, write_shapefiles


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A file format: its code, its words, how its file is called and served, and its writer."""

    code: str
    label: Promise
    suffix: str
    media_type: str
    write: Callable[[ExportChoice, Path, Progress], int]


def write_geojson(choice: ExportChoice, path: Path, progress: Progress = silent) -> int:
    """Write the rows to `path`, whole or not at all; return their number."""
    # The first and the last line are the collection's own.
    count = -2
    with (
        finished_file(path) as part,
        part.open("wb") as file,
        closing(feature_collection(choice)) as pieces,
    ):
        for piece in pieces:
            file.write(piece)
            count += piece.count(b"\n")
            progress(max(count, 0))
    return count


_FORMATS = (
    ExportFormat("geojson", _("GeoJSON"), "geojson", "application/geo+json", write_geojson),
    ExportFormat(
        "gpkg", _("GeoPackage"), "gpkg", "application/geopackage+sqlite3", write_geopackage
    ),
    ExportFormat("csv", _("CSV table"), "csv", "text/csv; charset=utf-8", write_csv),
    ExportFormat(
        "xlsx",
        _("Excel table"),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_excel,
    ),
    ExportFormat("shp", _("Shapefiles (zip)"), "zip", "application/zip", write_shapefiles),
    ExportFormat("fgb", _("FlatGeobuf"), "fgb", "application/flatgeobuf", write_flatgeobuf),
)
FORMATS: Mapping[str, ExportFormat] = {entry.code: entry for entry in _FORMATS}
