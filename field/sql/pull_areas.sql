-- Changes for those who see by area: the feed is looked through in its order, so many rows and no
-- more, until enough are found. A record that a later row below the horizon repeats comes there.
SELECT looked.xid, looked.seq, looked.entity, looked.entity_id
FROM (
    SELECT entry.xid, entry.seq, entry.entity, entry.entity_id, entry.agreement_id, entry.area_code
    FROM field_feedentry entry
    WHERE (entry.xid, entry.seq) > (%(xid)s, %(seq)s) AND entry.xid < %(horizon)s
    ORDER BY entry.xid, entry.seq
    LIMIT %(scanned)s
) looked
WHERE (
    %(everything)s
    OR looked.area_code ^@ ANY (%(areas)s::text[])
    OR looked.agreement_id = ANY (%(agreements)s::uuid[])
    OR (looked.entity = 'defect' AND cardinality(%(agreements)s::uuid[]) > 0)
)
AND NOT EXISTS (
    SELECT FROM field_feedentry later
    WHERE later.entity = looked.entity AND later.entity_id = looked.entity_id
    AND (later.xid, later.seq) > (looked.xid, looked.seq) AND later.xid < %(horizon)s
)
ORDER BY looked.xid, looked.seq
LIMIT %(limit)s
