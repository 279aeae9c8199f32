"""The tables of a GeoPackage with one layer (OGC 12-128r19, GeoPackage 1.4)."""

from __future__ import annotations

from pyproj import CRS

from sites.site_field import FieldType, SiteField

APPLICATION_ID = 0x47504B47
"""`GPKG`."""
USER_VERSION = 10400
COLUMN_TYPES = {
    FieldType.INTEGER: "INTEGER",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.DECIMAL: "REAL",
    FieldType.DATE: "DATE",
    FieldType.MOMENT: "DATETIME",
}

TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
    srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
);
CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
    srs_id INTEGER REFERENCES gpkg_spatial_ref_sys (srs_id)
);
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents (table_name),
    column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys (srs_id),
    z TINYINT NOT NULL, m TINYINT NOT NULL,
    PRIMARY KEY (table_name, column_name)
);
CREATE TABLE gpkg_extensions (
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
    definition TEXT NOT NULL, scope TEXT NOT NULL,
    UNIQUE (table_name, column_name, extension_name)
);
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
"""

# Annex F.3 of the standard asks for these triggers, so that an editor keeps the index right.
# Programs that edit GeoPackages bring the ST_ functions; SQLite itself has none.
INDEX_TRIGGERS = """
CREATE TRIGGER "rtree_{layer}_geom_insert" AFTER INSERT ON "{layer}"
WHEN NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)
BEGIN INSERT OR REPLACE INTO "rtree_{layer}_geom" VALUES ({box}); END;
CREATE TRIGGER "rtree_{layer}_geom_update6" AFTER UPDATE OF geom ON "{layer}"
WHEN OLD.fid = NEW.fid AND NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)
     AND OLD.geom NOT NULL AND NOT ST_IsEmpty(OLD.geom)
BEGIN UPDATE "rtree_{layer}_geom" SET minx = ST_MinX(NEW.geom), maxx = ST_MaxX(NEW.geom),
      miny = ST_MinY(NEW.geom), maxy = ST_MaxY(NEW.geom) WHERE id = NEW.fid; END;
CREATE TRIGGER "rtree_{layer}_geom_update7" AFTER UPDATE OF geom ON "{layer}"
WHEN OLD.fid = NEW.fid AND NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)
     AND (OLD.geom IS NULL OR ST_IsEmpty(OLD.geom))
BEGIN INSERT INTO "rtree_{layer}_geom" VALUES ({box}); END;
CREATE TRIGGER "rtree_{layer}_geom_update2" AFTER UPDATE OF geom ON "{layer}"
WHEN OLD.fid = NEW.fid AND (NEW.geom IS NULL OR ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM "rtree_{layer}_geom" WHERE id = OLD.fid; END;
CREATE TRIGGER "rtree_{layer}_geom_update5" AFTER UPDATE ON "{layer}"
WHEN OLD.fid != NEW.fid AND NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)
BEGIN DELETE FROM "rtree_{layer}_geom" WHERE id = OLD.fid;
      INSERT OR REPLACE INTO "rtree_{layer}_geom" VALUES ({box}); END;
CREATE TRIGGER "rtree_{layer}_geom_update4" AFTER UPDATE ON "{layer}"
WHEN OLD.fid != NEW.fid AND (NEW.geom IS NULL OR ST_IsEmpty(NEW.geom))
BEGIN DELETE FROM "rtree_{layer}_geom" WHERE id IN (OLD.fid, NEW.fid); END;
CREATE TRIGGER "rtree_{layer}_geom_delete" AFTER DELETE ON "{layer}"
WHEN OLD.geom NOT NULL
BEGIN DELETE FROM "rtree_{layer}_geom" WHERE id = OLD.fid; END;
"""
BOX = "NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"
INDEX_DEFINITION = "http://www.geopackage.org/spec120/#extension_rtree"


def layer_table(layer: str, fields: tuple[SiteField, ...]) -> str:
    """Return the statement that makes the layer's table."""
    columns = "".join(
        f', "{entry.name}" {COLUMN_TYPES.get(entry.value_type, "TEXT")}' for entry in fields
    )
    return f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY, geom GEOMETRY, id TEXT{columns})'


def index_triggers(layer: str) -> str:
    """Return the statements that keep the spatial index of the layer."""
    return INDEX_TRIGGERS.replace("{box}", BOX).replace("{layer}", layer)


def reference_system(srid: int) -> tuple[str, int, str, int, str, str]:
    """Return the row of a reference system, defined by PROJ's own text."""
    crs = CRS.from_epsg(srid)
    return (crs.name, srid, "EPSG", srid, crs.to_wkt("WKT1_GDAL"), "")
