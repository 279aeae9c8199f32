-- The site that each draft is: by source and identifier, else by a telling code near by.
CREATE TEMPORARY TABLE import_matched ON COMMIT DROP AS
SELECT draft.row_number,
       COALESCE(same.id, coded.id) AS site_id,
       same.id IS NULL AND coded.id IS NOT NULL AS by_code,
       COALESCE(same.source, coded.source) AS site_source,
       CASE
           WHEN same.id IS NOT NULL OR coded.id IS NOT NULL THEN NULL
           WHEN holder.id IS NULL THEN wanted.code
           ELSE left(wanted.code, 53) || '-' || left(md5(draft.source || draft.source_id), 6)
       END AS new_code,
       same.id IS NULL AND coded.id IS NULL AND holder.id IS NOT NULL AS is_suffixed
FROM import_draft draft
CROSS JOIN LATERAL (
    SELECT left(COALESCE(draft.code, trim(BOTH '-' FROM
        regexp_replace(draft.source_id, '[\s,;\x01-\x1f]+', '-', 'g'))), 60) AS code
) wanted
LEFT JOIN sites_projectsite same
    ON same.source = draft.source AND same.source_id = draft.source_id
LEFT JOIN sites_projectsite holder ON holder.code = wanted.code AND same.id IS NULL
LEFT JOIN LATERAL (
    SELECT holder.id, holder.source
    WHERE draft.code IS NOT NULL AND length(draft.code) >= %(telling)s
      AND holder.kind = draft.kind AND holder.removed_at IS NULL
      AND ST_DWithin(COALESCE(holder.actual_geometry, holder.planned_geometry)::geography,
                     draft.shape::geography, %(same_place_m)s)
) coded ON true;
