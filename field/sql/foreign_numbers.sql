-- Rows that are seen and bear the number of a transaction that has not begun here were written in
-- another cluster, from which they were restored.
UPDATE field_feedentry SET xid = pg_current_xact_id()::text::bigint
WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
AND xid <> coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0)
