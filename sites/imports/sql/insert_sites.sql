-- New sites; the register's own triggers and constraints have the last word.
INSERT INTO sites_projectsite (
    id, code, kind, name, name_en, year, state, programme_id, area_id, category_id,
    owner_organisation_id, contractor_id, supervisor_id, source, source_id,
    planned_geometry, actual_geometry, created_by_id, updated_by_id {columns}
)
SELECT plan.site_id, plan.new_code, draft.kind,
       COALESCE({name}, {fallback_name}), COALESCE({name_en}, ''),
       COALESCE({year}, plan.programme_year), plan.to_state, plan.programme_id, plan.area_id,
       plan.category_id, plan.owner_id, plan.contractor_id, plan.supervisor_id,
       draft.source, draft.source_id,
       CASE WHEN NOT plan.is_actual THEN draft.shape END,
       CASE WHEN plan.is_actual THEN draft.shape END,
       %(actor)s, %(actor)s {values}
FROM import_plan plan JOIN import_draft draft USING (row_number)
WHERE plan.is_new
ORDER BY plan.row_number;
