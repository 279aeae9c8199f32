-- How far the feed can be read: every transaction of this database below has ended. Those that run
-- in another database of the cluster write nothing here; one that cannot be told apart counts as
-- ours. Beside it the number behind the last transaction that ended anywhere, and the time of the
-- first change that is written already and lies behind a transaction that still runs. Numbers belong
-- to one history of one cluster: a copy that was restored elsewhere counts anew.
WITH taken AS MATERIALIZED (
    SELECT pg_current_snapshot() AS snapshot
), horizon AS MATERIALIZED (
    SELECT
        pg_snapshot_xmax(taken.snapshot)::text::bigint AS newest,
        coalesce(
            (
                SELECT min(running.xip::text::bigint)
                FROM pg_snapshot_xip(taken.snapshot) AS running (xip)
                WHERE NOT EXISTS (
                    SELECT FROM pg_stat_activity elsewhere
                    WHERE elsewhere.backend_xid = running.xip::xid
                    AND elsewhere.datname <> current_database()
                )
            ),
            pg_snapshot_xmax(taken.snapshot)::text::bigint
        ) AS xid
    FROM taken
)
SELECT horizon.xid, horizon.newest, (
    SELECT waiting.at FROM field_feedentry waiting
    WHERE waiting.xid >= horizon.xid
    ORDER BY waiting.xid, waiting.seq
    LIMIT 1
), (
    SELECT control.system_identifier || '-' || latest.timeline_id
    FROM pg_control_system() control, pg_control_checkpoint() latest
)
FROM horizon
