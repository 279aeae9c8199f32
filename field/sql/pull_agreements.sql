-- Changes for the bodies of agreements: the rows of each agreement by its index, and the defects of
-- assets that the agreements cover today, whatever agreement they were reported under. No more is
-- read than belongs to the scope, however long the feed is.
WITH of_agreements AS (
    SELECT found.xid, found.seq, found.entity, found.entity_id
    FROM unnest(%(agreements)s::uuid[]) AS agreement (id)
    CROSS JOIN LATERAL (
        SELECT entry.xid, entry.seq, entry.entity, entry.entity_id
        FROM field_feedentry entry
        WHERE entry.agreement_id = agreement.id
        AND (entry.xid, entry.seq) > (%(xid)s, %(seq)s) AND entry.xid < %(horizon)s
        AND NOT EXISTS (
            SELECT FROM field_feedentry later
            WHERE later.entity = entry.entity AND later.entity_id = entry.entity_id
            AND (later.xid, later.seq) > (entry.xid, entry.seq) AND later.xid < %(horizon)s
        )
        ORDER BY entry.xid, entry.seq
        LIMIT %(limit)s
    ) found
), of_places AS (
    SELECT entry.xid, entry.seq, entry.entity, entry.entity_id
    FROM field_feedentry entry
    WHERE entry.entity = 'defect'
    AND (entry.xid, entry.seq) > (%(xid)s, %(seq)s) AND entry.xid < %(horizon)s
    -- "IS TRUE" keeps this a look-up for each row in the order of the index; as a join it would
    -- read the defects of the whole feed for a phone that asks for the last few.
    AND (entry.entity_id IN (
        SELECT defect.id FROM maintenance_defect defect
        WHERE defect.asset_id IN (
            SELECT scope.asset_id FROM maintenance_agreementscope scope
            WHERE scope.agreement_id = ANY (%(agreements)s::uuid[]) AND scope.is_binding
            AND %(day)s BETWEEN scope.valid_from AND scope.valid_to
        )
    )) IS TRUE
    AND NOT EXISTS (
        SELECT FROM field_feedentry later
        WHERE later.entity = entry.entity AND later.entity_id = entry.entity_id
        AND (later.xid, later.seq) > (entry.xid, entry.seq) AND later.xid < %(horizon)s
    )
    ORDER BY entry.xid, entry.seq
    LIMIT %(limit)s
)
SELECT xid, seq, entity, entity_id FROM of_agreements
UNION
SELECT xid, seq, entity, entity_id FROM of_places
ORDER BY xid, seq
LIMIT %(limit)s
