-- A province whose sites are all of one year and finished, each with one payment: the most that a
-- yearly report can have to sum. Triggers are off: the ledger's accounts are not measured here.
SET session_replication_role = replica;

UPDATE sites_programme SET year = 2025;
UPDATE sites_projectsite SET year = 2025, state = 'accepted', actual_finish = make_date(2025, 10, 1);

INSERT INTO funding_ledgerentry (id, programme_id, site_id, source_id, stage, kind, amount,
    booked_on, area_id, area_code, document_number, override_reason, note)
SELECT gen_random_uuid(), site.programme_id, site.id, source.id, 'paid', 'entry',
    100 + random()::numeric(8, 2), make_date(2025, 11, 1), site.area_id, site.area_code, '', '', ''
FROM sites_projectsite AS site
JOIN LATERAL (
    SELECT id FROM funding_fundingsource WHERE code IN ('central', 'province', 'city', 'district')
    ORDER BY md5(code || site.id::text) LIMIT 1
) AS source ON true;

SET session_replication_role = DEFAULT;
