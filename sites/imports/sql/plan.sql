-- What is to happen with each good draft: a new site, changes of named fields, or nothing.
CREATE TEMPORARY TABLE import_plan ON COMMIT DROP AS
SELECT draft.row_number, COALESCE(site.id, draft.new_id) AS site_id, site.id IS NULL AS is_new,
       matched.by_code, matched.is_suffixed, matched.new_code, linked.programme_id, linked.programme_year,
       linked.category_id, linked.owner_id, linked.contractor_id, linked.supervisor_id,
       shape.moves, shape.is_actual, site.state AS from_state, wish.state AS to_state,
       CASE
           WHEN site.id IS NULL THEN placed.area_id
           WHEN (placed.is_named OR shape.moves) AND NOT starts_with(site.area_code, placed.area_code)
           THEN placed.area_id
           ELSE site.area_id
       END AS area_id,
       array_remove(ARRAY[
           CASE WHEN shape.moves THEN 'geometry' END,
           CASE WHEN wish.state <> site.state THEN 'state' END,
           CASE WHEN linked.programme_id <> site.programme_id THEN 'programme' END,
           CASE WHEN (placed.is_named OR shape.moves)
                 AND NOT starts_with(site.area_code, placed.area_code) THEN 'area' END
           {differences}
       ]::text[], NULL) AS changed
FROM import_draft draft
JOIN import_matched matched USING (row_number)
JOIN import_placed placed USING (row_number)
JOIN import_linked linked USING (row_number)
LEFT JOIN sites_projectsite site ON site.id = matched.site_id
{details}
CROSS JOIN LATERAL (SELECT COALESCE({state}, site.state, 'proposed') AS state) wish
CROSS JOIN LATERAL (
    SELECT COALESCE(site.actual_geometry, site.planned_geometry) AS now,
           wish.state = ANY(%(built)s) AS is_actual
) shown
CROSS JOIN LATERAL (
    SELECT shown.is_actual, site.id IS NOT NULL
       AND ST_AsBinary(shown.now) IS DISTINCT FROM ST_AsBinary(draft.shape)
       AND ST_AsGeoJSON(ST_Multi(ST_ForcePolygonCCW(shown.now)), 7)
           IS DISTINCT FROM ST_AsGeoJSON(ST_Multi(ST_ForcePolygonCCW(draft.shape)), 7)
       AND ST_AsGeoJSON(CASE WHEN shown.is_actual THEN site.actual_geometry
                             ELSE site.planned_geometry END, 7)
           IS DISTINCT FROM ST_AsGeoJSON(draft.shape, 7) AS moves
) shape
WHERE NOT EXISTS (
    SELECT 1 FROM import_problem problem WHERE problem.row_number = draft.row_number
);
