-- The records that drafts name: programme, category and organisations.
CREATE TEMPORARY TABLE import_linked ON COMMIT DROP AS
SELECT draft.row_number,
       COALESCE(programme.id, CASE WHEN {programme} IS NULL THEN %(programme)s::uuid END)
           AS programme_id,
       COALESCE(programme.year, (SELECT year FROM sites_programme WHERE id = %(programme)s::uuid))
           AS programme_year,
       category.id AS category_id, owner.id AS owner_id,
       contractor.id AS contractor_id, supervisor.id AS supervisor_id
FROM import_draft draft
LEFT JOIN sites_programme programme ON programme.code = {programme}
LEFT JOIN sites_sitecategory category
    ON category.kind = draft.kind AND {category} IN (category.code, category.name)
LEFT JOIN (SELECT name, min(id::text)::uuid AS id FROM sites_organisation GROUP BY name) owner
    ON owner.name = {owner}
LEFT JOIN (SELECT name, min(id::text)::uuid AS id FROM sites_organisation GROUP BY name) contractor
    ON contractor.name = {contractor}
LEFT JOIN (SELECT name, min(id::text)::uuid AS id FROM sites_organisation GROUP BY name) supervisor
    ON supervisor.name = {supervisor};
INSERT INTO import_problem (row_number, code, field, details)
SELECT draft.row_number, missing.code, missing.field, jsonb_build_object('value', missing.value)
FROM import_draft draft JOIN import_linked linked USING (row_number)
CROSS JOIN LATERAL (VALUES
    ('programme_unknown', 'programme', COALESCE({programme}, ''), linked.programme_id IS NULL, true),
    ('category_unknown', 'category', {category}, linked.category_id IS NULL, {category} IS NOT NULL),
    ('organisation_unknown', 'owner', {owner}, linked.owner_id IS NULL, {owner} IS NOT NULL),
    ('organisation_unknown', 'contractor', {contractor}, linked.contractor_id IS NULL,
     {contractor} IS NOT NULL),
    ('organisation_unknown', 'supervisor', {supervisor}, linked.supervisor_id IS NULL,
     {supervisor} IS NOT NULL)
) missing (code, field, value, is_missing, is_wanted)
WHERE missing.is_wanted AND missing.is_missing;
