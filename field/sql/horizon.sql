-- How far the feed can be read: every transaction below has ended. Beside it the time of the first
-- change that is written already and lies behind a transaction that still runs, if there is one.
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, (
    SELECT waiting.at FROM field_feedentry waiting
    WHERE waiting.xid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY waiting.xid, waiting.seq
    LIMIT 1
)
