-- The last place that pull_areas.sql has looked at, if it stopped before the horizon.
SELECT entry.xid, entry.seq
FROM field_feedentry entry
WHERE (entry.xid, entry.seq) > (%(xid)s, %(seq)s) AND entry.xid < %(horizon)s
ORDER BY entry.xid, entry.seq
OFFSET %(scanned)s - 1
LIMIT 1
