-- A row for each state that the import changes, written before the change itself.
INSERT INTO sites_statechange
    (id, site_id, from_state, to_state, actor_id, role, effective_on, reason, evidence)
SELECT gen_random_uuid(), plan.site_id, plan.from_state, plan.to_state, %(actor)s, %(role)s,
       %(today)s, %(reason)s, ''
FROM import_plan plan
WHERE NOT plan.is_new AND plan.to_state <> plan.from_state;
