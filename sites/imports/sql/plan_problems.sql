-- Changes of good drafts that would break a rule of the register together with what it holds.
INSERT INTO import_problem (row_number, code, field, details)
SELECT plan.row_number, 'state_not_allowed', 'state',
       jsonb_build_object('from', COALESCE(plan.from_state, ''), 'to', plan.to_state)
FROM import_plan plan
WHERE NOT %(moves_any_state)s
  AND plan.to_state <> COALESCE(plan.from_state, 'proposed')
  AND NOT (COALESCE(plan.from_state, 'proposed') || '>' || plan.to_state = ANY(%(moves)s))
UNION ALL
SELECT plan.row_number, 'dates_out_of_order', 'dates',
       jsonb_build_object('start', span.start_on, 'finish', span.finish_on)
FROM import_plan plan JOIN import_draft draft USING (row_number)
JOIN sites_projectsite site ON site.id = plan.site_id
CROSS JOIN LATERAL (VALUES
    (COALESCE({planned_start}, site.planned_start), COALESCE({planned_finish}, site.planned_finish)),
    (COALESCE({actual_start}, site.actual_start), COALESCE({actual_finish}, site.actual_finish))
) span (start_on, finish_on)
WHERE span.finish_on < span.start_on;
