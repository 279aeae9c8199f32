-- The detail rows of one kind: new ones for new sites, changed ones where the file differs.
INSERT INTO {table} (site_id {columns})
SELECT plan.site_id {values}
FROM import_plan plan JOIN import_draft draft USING (row_number)
WHERE draft.kind = %(kind)s AND (plan.is_new OR cardinality(plan.changed) > 0) {condition}
ON CONFLICT (site_id) {action};
