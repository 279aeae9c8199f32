-- Sites that the import would move into a state: their row, the state before, and whether the
-- built shape will be known then.
SELECT plan.row_number, plan.site_id, plan.from_state,
       site.actual_geometry IS NOT NULL OR (plan.moves AND plan.is_actual)
FROM import_plan plan JOIN sites_projectsite site ON site.id = plan.site_id
WHERE NOT plan.is_new AND plan.to_state = %(state)s AND plan.from_state <> plan.to_state
ORDER BY plan.row_number;
