-- Takes away rows of the feed that say nothing any more: older than a day, and a later row that
-- everybody can read names the same record. The last row of a record always stays. Looked at are
-- the rows that reached that age in the last days, and those of records that changed in them: no
-- run reads the whole feed.
WITH readable AS MATERIALIZED (
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon
), repeated AS (
    SELECT entry.seq
    FROM field_feedentry entry, readable
    WHERE entry.at >= %(before)s - %(looked_back)s AND entry.at < %(before)s
    AND EXISTS (
        SELECT FROM field_feedentry later
        WHERE later.entity = entry.entity AND later.entity_id = entry.entity_id
        AND (later.xid, later.seq) > (entry.xid, entry.seq) AND later.xid < readable.horizon
    )
    UNION
    SELECT entry.seq
    FROM readable, field_feedentry later
    JOIN field_feedentry entry ON entry.entity = later.entity
        AND entry.entity_id = later.entity_id AND (entry.xid, entry.seq) < (later.xid, later.seq)
    WHERE later.at >= %(now)s - %(looked_back)s AND later.xid < readable.horizon
    AND entry.at < %(before)s
    LIMIT %(most)s
)
DELETE FROM field_feedentry gone USING repeated WHERE gone.seq = repeated.seq
