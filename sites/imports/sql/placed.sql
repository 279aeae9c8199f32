-- The area of each draft: the one it names, else the smallest whose outline holds its middle,
-- else the nearest township within reach.
CREATE TEMPORARY TABLE import_placed ON COMMIT DROP AS
SELECT draft.row_number,
       COALESCE(named.id, inside.id, near.id) AS area_id,
       COALESCE(named.code, inside.code, near.code) AS area_code,
       named.id IS NOT NULL AS is_named
FROM import_draft draft
CROSS JOIN LATERAL (SELECT ST_PointOnSurface(draft.shape) AS point OFFSET 0) middle
LEFT JOIN import_named named
    ON named.area_key = COALESCE({area}, '') AND named.township_key = COALESCE({township}, '')
LEFT JOIN LATERAL (
    SELECT area.id, area.code FROM import_outline area
    WHERE named.id IS NULL
      AND ST_Intersects(area.boundary, middle.point)
    ORDER BY length(area.code) DESC, area.code LIMIT 1
) inside ON true
LEFT JOIN LATERAL (
    SELECT area.id, area.code FROM import_outline area
    WHERE named.id IS NULL AND inside.id IS NULL
      AND area.boundary && ST_Expand(draft.shape, 0.1)
      AND length(area.code) <= 9
      AND ST_DWithin(area.boundary::geography, draft.shape::geography, %(reach_m)s)
    ORDER BY ST_Distance(area.boundary, draft.shape), length(area.code) DESC LIMIT 1
) near ON true;
