-- Sites that differ from the file in the fields that the mapping names.
UPDATE sites_projectsite site SET
    state = plan.to_state,
    programme_id = plan.programme_id,
    area_id = plan.area_id,
    planned_geometry = CASE WHEN plan.moves AND NOT plan.is_actual THEN draft.shape
                            ELSE site.planned_geometry END,
    actual_geometry = CASE WHEN plan.moves AND plan.is_actual THEN draft.shape
                           ELSE site.actual_geometry END,
    updated_by_id = %(actor)s
    {assignments}
FROM import_plan plan JOIN import_draft draft USING (row_number)
WHERE site.id = plan.site_id AND NOT plan.is_new AND cardinality(plan.changed) > 0;
