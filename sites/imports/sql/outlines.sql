-- Outlines of the areas in force, uncompressed: a geometry that is unpacked anew for each of a
-- hundred thousand rows takes three quarters of the time of the checks.
CREATE TEMPORARY TABLE import_outline (
    id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    boundary geometry NOT NULL
) ON COMMIT DROP;
ALTER TABLE import_outline ALTER COLUMN boundary SET STORAGE EXTERNAL;
INSERT INTO import_outline
SELECT area.id, area.code, area.name, area.boundary
FROM sites_area area
WHERE area.boundary IS NOT NULL AND length(area.code) >= 6
  AND area.valid_from <= %(today)s AND (area.valid_to IS NULL OR area.valid_to > %(today)s);
CREATE INDEX ON import_outline USING gist (boundary);
CREATE INDEX ON import_outline (code);
ANALYZE import_outline;
CREATE TEMPORARY TABLE import_district (
    name text,
    boundary geometry,
    reach geometry,
    wide_reach geometry
) ON COMMIT DROP;
ALTER TABLE import_district
    ALTER COLUMN boundary SET STORAGE EXTERNAL,
    ALTER COLUMN reach SET STORAGE EXTERNAL,
    ALTER COLUMN wide_reach SET STORAGE EXTERNAL;
-- The outline of all areas that no other one contains, as it is and widened.
INSERT INTO import_district
SELECT string_agg(area.name, ', '), ST_Union(area.boundary),
       ST_SetSRID(ST_Buffer(ST_Union(area.boundary)::geography, %(reach_m)s)::geometry, 4490),
       ST_SetSRID(ST_Buffer(ST_Union(area.boundary)::geography, %(wide_reach_m)s)::geometry, 4490)
FROM import_outline area
WHERE NOT EXISTS (
    SELECT 1 FROM import_outline wider
    WHERE wider.id <> area.id AND starts_with(area.code, wider.code)
);
