-- The outline of all areas that no other bounded area contains, as it is and widened.
CREATE TEMPORARY TABLE import_district ON COMMIT DROP AS
SELECT string_agg(area.name, ', ') AS name,
       ST_Union(area.boundary) AS boundary,
       ST_SetSRID(ST_Buffer(ST_Union(area.boundary)::geography, %(reach_m)s)::geometry, 4490) AS reach,
       ST_SetSRID(ST_Buffer(ST_Union(area.boundary)::geography, %(wide_reach_m)s)::geometry, 4490)
           AS wide_reach
FROM sites_area area
WHERE area.boundary IS NOT NULL
  AND area.valid_from <= %(today)s AND (area.valid_to IS NULL OR area.valid_to > %(today)s)
  AND NOT EXISTS (
      SELECT 1 FROM sites_area wider
      WHERE wider.boundary IS NOT NULL AND wider.id <> area.id
        AND starts_with(area.code, wider.code)
        AND wider.valid_from <= %(today)s
        AND (wider.valid_to IS NULL OR wider.valid_to > %(today)s)
  );
