-- Everything that only the register can tell is wrong with a draft.
INSERT INTO import_problem (row_number, code, field, details)
SELECT row_number, 'duplicate_in_file', 'source_id',
       jsonb_build_object('first', first_row, 'identifier', left(source_id, 60))
FROM (
    SELECT row_number, source_id,
           min(row_number) OVER (PARTITION BY source, source_id) AS first_row
    FROM import_draft
) repeated
WHERE row_number <> first_row
UNION ALL
SELECT row_number, 'duplicate_in_file', 'code',
       jsonb_build_object('first', first_row, 'identifier', code)
FROM (
    SELECT draft.row_number, draft.source_id, COALESCE(matched.new_code, matched.site_id::text) AS code,
           first_value(draft.row_number) OVER same_code AS first_row,
           first_value(draft.source || ' ' || draft.source_id) OVER same_code AS first_id,
           draft.source || ' ' || draft.source_id AS own_id
    FROM import_draft draft JOIN import_matched matched USING (row_number)
    WHERE COALESCE(matched.new_code, matched.site_id::text) IS NOT NULL
    WINDOW same_code AS (
        PARTITION BY COALESCE(matched.new_code, matched.site_id::text) ORDER BY draft.row_number)
) repeated
WHERE row_number <> first_row AND own_id <> first_id
UNION ALL
SELECT draft.row_number, 'code_form', 'code', jsonb_build_object('value', matched.new_code)
FROM import_draft draft JOIN import_matched matched USING (row_number)
WHERE matched.new_code = ''
UNION ALL
SELECT draft.row_number, 'site_removed', 'source_id',
       jsonb_build_object('code', site.code)
FROM import_draft draft JOIN import_matched matched USING (row_number)
JOIN sites_projectsite site ON site.id = matched.site_id
WHERE site.removed_at IS NOT NULL
UNION ALL
SELECT draft.row_number, 'other_kind', 'kind',
       jsonb_build_object('found', draft.kind, 'wanted', site.kind)
FROM import_draft draft JOIN import_matched matched USING (row_number)
JOIN sites_projectsite site ON site.id = matched.site_id
WHERE site.kind <> draft.kind
UNION ALL
SELECT draft.row_number, 'area_unknown', 'area',
       jsonb_build_object('value', COALESCE({area}, {township}))
FROM import_draft draft
JOIN import_named named
    ON named.area_key = COALESCE({area}, '') AND named.township_key = COALESCE({township}, '')
WHERE named.id IS NULL AND named.is_code
UNION ALL
SELECT draft.row_number, 'outside_named_area', 'area',
       jsonb_build_object('name', outline.name, 'kilometres', round((gap.metres / 1000)::numeric, 1))
FROM import_draft draft
JOIN import_named named
    ON named.area_key = COALESCE({area}, '') AND named.township_key = COALESCE({township}, '')
JOIN import_outline outline ON outline.id = named.outline_id
CROSS JOIN LATERAL (
    SELECT ST_Length(ST_ShortestLine(outline.boundary, draft.shape)::geography) AS metres
    WHERE NOT ST_Intersects(outline.boundary, draft.shape)
) gap
WHERE gap.metres > %(tolerance_m)s
  AND EXISTS (SELECT 1 FROM import_district d WHERE ST_Covers(d.wide_reach, draft.shape))
UNION ALL
SELECT draft.row_number,
       CASE WHEN ST_Covers(district.reach, ST_FlipCoordinates(draft.shape))
            THEN 'outside_district_swapped' ELSE 'outside_district' END,
       '',
       jsonb_build_object(
           'name', left(district.name, 60),
           'kilometres', round(
               (ST_Length(ST_ShortestLine(district.boundary, draft.shape)::geography) / 1000)::numeric, 1),
           'x', round(ST_X(ST_PointOnSurface(draft.shape))::numeric, 5),
           'y', round(ST_Y(ST_PointOnSurface(draft.shape))::numeric, 5))
FROM import_draft draft CROSS JOIN import_district district
WHERE district.reach IS NOT NULL AND NOT ST_Covers(district.reach, draft.shape)
  AND NOT (ST_Dimension(draft.shape) = 1 AND ST_Intersects(district.boundary, draft.shape)
           AND ST_Covers(district.wide_reach, draft.shape))
UNION ALL
SELECT draft.row_number, 'area_not_found', 'area', '{{}}'
FROM import_draft draft JOIN import_placed placed USING (row_number)
CROSS JOIN import_district district
LEFT JOIN import_named named
    ON named.area_key = COALESCE({area}, '') AND named.township_key = COALESCE({township}, '')
WHERE placed.area_id IS NULL AND NOT COALESCE(named.is_code, false)
  AND (district.reach IS NULL OR ST_Covers(district.reach, draft.shape))
UNION ALL
SELECT draft.row_number, 'outside_scope', 'area', jsonb_build_object('value', placed.area_code)
FROM import_draft draft JOIN import_placed placed USING (row_number)
JOIN import_matched matched USING (row_number)
LEFT JOIN sites_projectsite site ON site.id = matched.site_id
WHERE NOT %(everything)s AND placed.area_code IS NOT NULL AND NOT (
    EXISTS (SELECT 1 FROM unnest(%(scope)s::text[]) own WHERE starts_with(placed.area_code, own))
    AND (site.id IS NULL OR EXISTS (
        SELECT 1 FROM unnest(%(scope)s::text[]) own WHERE starts_with(site.area_code, own)))
);
