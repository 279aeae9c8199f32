"""The sentence of each import problem, by its stable code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sites.gate_words import words_of

FILE_SENTENCES: Final[dict[str, Promise]] = {
    "file_empty": _("The file is empty."),
    "file_unreadable": _("The file can't be opened: %(reason)s."),
    "format_unknown": _("Files ending in “%(ending)s” can't be imported. These can: %(formats)s."),
    "no_sandbox": _(
        "This machine offers no way to open a file without network access, so it was not opened."
    ),
    "reader_failed": _("The file could not be read: %(reason)s."),
    "reading_takes_too_long": _("Reading the file took longer than %(seconds)s seconds."),
    "too_much_memory": _("The file needs more memory than an import may use."),
    "encoding_unknown": _("There is no encoding called “%(encoding)s”."),
    "encoding_wrong": _("The file's text is not %(encoding)s."),
    "encoding_needed": _(
        "The encoding of the file's text is not certain (it claims “%(declared)s”)."
        " Choose the one in which the names read correctly: %(choices)s."
    ),
    "crs_needed": _(
        "The file does not say its coordinate system. Its coordinates (%(bounds)s) look like"
        " %(looks)s. Choose one: %(choices)s."
    ),
    "axes_needed": _(
        "The columns “%(x)s” and “%(y)s” look exchanged (%(bounds)s): X may be the northing."
        " Choose yx to exchange them, xy to leave them."
    ),
    "layer_needed": _("The file holds several layers. Choose one: %(choices)s."),
    "layer_unknown": _("There is no layer “%(layer)s”. The file has: %(layers)s."),
    "layer_not_spatial": _("The layer “%(layer)s” has no geometry."),
    "no_spatial_layer": _("No layer of the file has geometry."),
    "crs_unknown": _("The coordinate system “%(crs)s” is not known."),
    "crs_unusable": _("The coordinate system “%(crs)s” does not give places on the ground."),
    "crs_link": _(
        "The file points to “%(link)s” for its coordinate system; links are not followed."
    ),
    "crs_old_datum": _(
        "The coordinate system “%(crs)s” has an old datum without public parameters; a blind"
        " conversion errs by about 100 m. Have it converted to CGCS2000 first."
    ),
    "json_broken": _("The JSON is incomplete: it breaks off at feature %(feature)s."),
    "json_too_deep": _("The JSON is nested too deeply at feature %(feature)s."),
    "feature_too_large": _("Feature %(feature)s is larger than %(limit)s MB."),
    "not_geojson": _(
        "The file is JSON but not a GeoJSON FeatureCollection; its type is “%(found)s”."
    ),
    "not_a_geopackage": _("The file is not a GeoPackage."),
    "geopackage_broken": _("The GeoPackage is damaged: %(reason)s."),
    "geopackage_view": _("“%(layer)s” in the GeoPackage is a view; only tables are imported."),
    "not_a_geotiff": _("The file is not a TIFF."),
    "geotiff_broken": _("The GeoTIFF is damaged: %(reason)s."),
    "geotiff_kind": _(
        "The GeoTIFF is of a kind that is not read (%(found)s). Save it with one band of numbers,"
        " plain or with DEFLATE compression and without a predictor."
    ),
    "geotiff_too_large": _("The raster has more than %(limit)s cells. Cut it to the district."),
    "geotiff_without_place": _(
        "The raster does not say its place and an EPSG code, or it is not north up."
    ),
    "zip_broken": _("The archive is damaged or is not a zip file."),
    "zip_too_many_members": _("The archive holds %(members)s files; %(limit)s are allowed."),
    "zip_bomb": _("The archive would unpack to %(unpacked)s bytes from %(packed)s."),
    "zip_path": _("The archive holds the path “%(name)s”, which leads outside of it."),
    "zip_link": _("The archive holds the link “%(name)s”."),
    "zip_encrypted": _("“%(name)s” in the archive is protected by a password."),
    "zip_nested": _("The archive holds another archive, “%(name)s”."),
    "zip_without_shapefile": _("No shapefile (.shp) is in the archive; it holds: %(names)s."),
    "shapefile_part_missing": _("The shapefile “%(layer)s” lacks its %(part)s part."),
    "shapefile_counts_differ": _(
        "Shapes and records of “%(layer)s” differ in number from row %(row)s on."
    ),
    "shp_broken": _("The shapefile “%(layer)s” is damaged."),
    "dbf_broken": _("The attribute table (.dbf) is damaged."),
    "csv_broken": _("The file can't be read as CSV: %(reason)s."),
    "workbook_broken": _("The file can't be read as an Excel workbook."),
    "too_many_columns": _("The table has more than %(limit)s columns."),
    "no_coordinates": _(
        "No columns with coordinates were found (longitude and latitude, X and Y, or WKT)."
        " The headings are: %(names)s."
    ),
    "worker_lost": _(
        "The server stopped while it worked on this file. Nothing was imported; start again."
    ),
    "unexpected": _("Something went wrong on our side. Nothing was imported."),
    "part_missing": _("Part %(number)s of the file is missing, or there are more than announced."),
    "not_permitted": _("Your role does not allow imports."),
    "register_refused": _("The register refused the rows: %(reason)s"),
    "too_many_areas": _("The file has more than %(limit)s rows of areas."),
    "area_columns_missing": _(
        "Areas need a column with their code and one with their name. The headings are: %(names)s."
    ),
    "no_rows": _("The file has no rows."),
    "no_areas": _("There are no areas yet. Import the district and its townships first."),
    "programme_needed": _("Choose the programme that the sites belong to."),
    "programme_missing": _("There is no programme “%(programme)s”."),
    "import_in_progress": _("An import of “%(source)s” is already in progress."),
    "mapping_unreadable": _("The field mapping can't be read."),
    "mapping_field_unknown": _("The mapping names the field “%(field)s”, which does not exist."),
    "mapping_column_missing": _("The mapping names the column “%(column)s”; the file lacks it."),
    "encoding_guessed": _("The text was read as %(encoding)s: “%(sample)s”."),
    "degrees_taken_as_cgcs2000": _(
        "Longitude and latitude were taken as CGCS2000, which equals WGS 84 to centimetres."
    ),
    "crs_overruled": _("The file says “%(file)s”; it was read as %(chosen)s because you chose so."),
    "cpg_unknown": _("The encoding “%(encoding)s” that the file names is not known."),
    "shx_missing": _("The shapefile “%(layer)s” has no .shx index; it was read without."),
    "deleted_records": _("Records marked as deleted were left out."),
    "vague_word": _(
        "“%(word)s” in “%(field)s” says too little; %(count)s rows have the field empty."
    ),
    "codes_suffixed": _(
        "%(count)s codes belong to sites of other sources; the new sites have a longer code."
    ),
    "centres_outside_parent": _(
        "%(count)s centres lie outside the outline of their township, by up to %(kilometres)s km."
    ),
    "matched_by_code": _(
        "%(count)s rows were recognised by their code as sites of another source."
    ),
}

ROW_SENTENCES: Final[dict[str, Promise]] = {
    "not_a_feature": _("This is not a GeoJSON feature."),
    "geometry_missing": _("There is no geometry; a site needs a place."),
    "geometry_empty": _("The geometry is empty."),
    "geometry_malformed": _("The geometry can't be read."),
    "geometry_collection": _("A collection of geometries is not one place."),
    "geometry_too_large": _("The geometry is larger than %(limit)s MB."),
    "too_many_vertices": _("The geometry has %(vertices)s vertices; %(limit)s are allowed."),
    "geometry_not_finite": _("A coordinate is not a finite number."),
    "line_too_short": _("A line has fewer than two points."),
    "ring_too_short": _("A ring has fewer than four points."),
    "ring_not_closed": _("A ring does not end where it began."),
    "geometry_invalid": _("The geometry is invalid: %(reason)s at %(x)s, %(y)s."),
    "coordinates_not_transformable": _(
        "The coordinates lie outside the area of their coordinate system."
    ),
    "coordinates_out_of_range": _("%(x)s, %(y)s is not a longitude and a latitude."),
    "coordinates_swapped": _(
        "%(x)s, %(y)s is not a longitude and a latitude; the two look exchanged."
    ),
    "coordinate_missing": _("“%(field)s” is empty."),
    "coordinate_unreadable": _("“%(value)s” in “%(field)s” is not a coordinate."),
    "coordinate_zero": _("0, 0 is not a place in the district."),
    "total_row": _("This row is a total, not a site."),
    "too_many_cells": _("The row has more cells than there are headings."),
    "value_unreadable": _("“%(value)s” in “%(field)s” can't be read."),
    "text_unusable": _("The text in “%(field)s” is too long or holds forbidden characters."),
    "text_too_long": _("The text has %(length)s characters; %(limit)s are allowed."),
    "not_in_list": _("“%(value)s” is not in the list: %(allowed)s."),
    "not_a_number": _("“%(value)s” is not a number."),
    "not_whole": _("“%(value)s” is not a whole number."),
    "negative": _("“%(value)s” is negative."),
    "unit_unknown": _("“%(value)s” has a unit that is not known here."),
    "out_of_range": _("“%(value)s” must lie between %(low)s and %(high)s."),
    "not_a_date": _("“%(value)s” is not a date such as 2023-05-01."),
    "not_yes_or_no": _("“%(value)s” is neither yes nor no."),
    "dates_out_of_order": _("The finish %(finish)s comes before the start %(start)s."),
    "code_form": _("“%(value)s” can't be a code: no spaces, commas, semicolons, 60 at most."),
    "route_code_form": _(
        "“%(value)s” is not a route code: a letter G, S, X, Y, C or Z and 3 to 15 digits."
    ),
    "household_public": _("A household's site is never public."),
    "kind_missing": _("The row does not say what kind of site it is."),
    "other_kind": _("The kind is “%(found)s”, not “%(wanted)s”."),
    "geometry_type": _(
        "The geometry is of the type %(found)s; this kind of site takes: %(allowed)s."
    ),
    "duplicate_in_file": _("“%(identifier)s” is already in row %(first)s."),
    "code_taken": _("The code “%(value)s” belongs to a site of the source “%(source)s” elsewhere."),
    "site_removed": _("The site “%(code)s” was removed from the register."),
    "name_missing": _("The name is missing."),
    "area_code_missing": _("The code of the area is missing."),
    "area_code_form": _(
        "“%(value)s” is not an area code: digits, 2, 4, 6, 9, 12 or 14 to 15 of them."
    ),
    "area_level_differs": _("“%(value)s” is the code of a %(found)s, not of a %(wanted)s."),
    "area_outside_parent": _("%(percent)s %% of the area lies outside “%(name)s”."),
    "area_overlaps": _("The area overlaps “%(name)s” by %(percent)s %%."),
    "area_shifted": _(
        "This is the outline of “%(name)s” moved by %(metres)s m to the %(direction)s, as GCJ-02"
        " coordinates are. Convert the file to CGCS2000 first."
    ),
    "area_unknown": _("There is no area “%(value)s”."),
    "area_not_found": _("No township was found for this place; name its area."),
    "outside_named_area": _("The place lies %(kilometres)s km outside “%(name)s”."),
    "outside_district": _("The place %(x)s, %(y)s lies %(kilometres)s km outside “%(name)s”."),
    "outside_district_swapped": _(
        "The place %(x)s, %(y)s lies %(kilometres)s km outside “%(name)s”; longitude and"
        " latitude look exchanged."
    ),
    "outside_scope": _("The area “%(value)s” is not in your charge."),
    "programme_unknown": _("There is no programme “%(value)s”."),
    "category_unknown": _("There is no category “%(value)s” for this kind."),
    "organisation_unknown": _("There is no organisation “%(value)s”."),
    "state_not_allowed": _("Your role does not allow the state to go from “%(from)s” to “%(to)s”."),
    "gate_not_met": _("The state cannot become “%(to)s”. What is missing: %(missing)s."),
}


WORDS: Final[dict[str, Promise]] = {
    "degrees": _("degrees"),
    "metres": _("metres"),
    "Point": _("point"),
    "MultiPoint": _("points"),
    "LineString": _("line"),
    "MultiLineString": _("lines"),
    "Polygon": _("polygon"),
    "MultiPolygon": _("polygons"),
    "GeometryCollection": _("collection"),
    "Self-intersection": _("it crosses itself"),
    "Ring Self-intersection": _("a ring touches itself"),
    "Hole lies outside shell": _("a hole lies outside its polygon"),
    "Holes are nested": _("a hole lies within a hole"),
    "Nested shells": _("a part lies within another part"),
    "Duplicate Rings": _("a ring occurs twice"),
    "Interior is disconnected": _("holes cut the polygon in two"),
    "Too few points in geometry component": _("it has too few different points"),
}
"""Values that are words: how coordinates look, types of geometry, the reasons that GEOS gives."""


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """Return the sentence of a code in the active language, its values filled in.

    An unknown code is shown as it is, so that nothing is ever hidden.
    """
    template = FILE_SENTENCES.get(code) or ROW_SENTENCES.get(code)
    if template is None:
        return code
    return str(template) % _Shown(values)


class _Shown(dict[str, Any]):
    """Values as text; a list of choices by its labels; a missing value as a dash."""

    def __getitem__(self, key: str) -> str:
        value = self.get(key)
        if isinstance(value, list):
            return ", ".join(_label(item) for item in value)
        if isinstance(value, str) and value in WORDS:
            return str(WORDS[value])
        return "–" if value in (None, "") else str(value)


def _label(item: Any) -> str:
    if not isinstance(item, dict):
        return str(WORDS[item]) if item in WORDS else words_of(str(item))
    label = str(item.get("label", item.get("value", "")))
    sample = item.get("sample")
    return f"{label} ({sample})" if sample else label
