-- The areas that rows name, by code or by name, each with the nearest outline around it.
CREATE TEMPORARY TABLE import_named ON COMMIT DROP AS
WITH given AS (
    SELECT DISTINCT {area} AS area, {township} AS township FROM import_draft draft
    WHERE {area} IS NOT NULL OR {township} IS NOT NULL
), in_force AS (
    SELECT id, code, name, level FROM sites_area
    WHERE valid_from <= %(today)s AND (valid_to IS NULL OR valid_to > %(today)s)
)
SELECT COALESCE(given.area, '') AS area_key, COALESCE(given.township, '') AS township_key,
       found.id, found.code, outline.id AS outline_id,
       COALESCE(given.area ~ '^[0-9]+$', given.township ~ '^[0-9]+$', false) AS is_code
FROM given
LEFT JOIN LATERAL (
    SELECT candidate.id, candidate.code FROM (
        SELECT a.id, a.code, 1 AS preference FROM in_force a
        WHERE a.code IN (given.area, left(given.area, 12), left(given.area, 9), given.township)
          AND length(a.code) >= 6
        UNION ALL
        SELECT (array_agg(a.id))[1], min(a.code), 2 FROM in_force a
        WHERE a.name = given.area AND length(a.code) >= 9
          AND (given.township IS NULL OR a.level = 'township' OR EXISTS (
              SELECT 1 FROM in_force t WHERE t.code = left(a.code, 9)
                AND given.township IN (t.code, t.name)))
        HAVING count(*) = 1
        UNION ALL
        SELECT (array_agg(a.id))[1], min(a.code), 3 FROM in_force a
        WHERE a.name = given.township AND a.level = 'township'
        HAVING count(*) = 1
    ) candidate
    WHERE candidate.id IS NOT NULL
    ORDER BY length(candidate.code) DESC, candidate.preference LIMIT 1
) found ON true
LEFT JOIN LATERAL (
    SELECT a.id FROM import_outline a
    WHERE a.code IN (found.code, left(found.code, 12), left(found.code, 9), left(found.code, 6))
    ORDER BY length(a.code) DESC LIMIT 1
) outline ON true;
