-- Rows of the feed that say nothing any more: older than the day, and a later row that everybody
-- can read names the same record. The last row of a record always stays.
WITH repeated AS (
    SELECT entry.seq
    FROM field_feedentry entry
    WHERE entry.at < %(before)s
    AND EXISTS (
        SELECT FROM field_feedentry later
        WHERE later.entity = entry.entity AND later.entity_id = entry.entity_id
        AND (later.xid, later.seq) > (entry.xid, entry.seq)
        AND later.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    )
    ORDER BY entry.at
    LIMIT %(most)s
)
DELETE FROM field_feedentry gone USING repeated WHERE gone.seq = repeated.seq
