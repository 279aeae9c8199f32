-- Assets and their upkeep for measurements, one asset for each site of the scratch register and
-- {logs} logs. Triggers are off, so the codes and the status that they keep are written here;
-- that takes a superuser. Only sizes and spread matter.
SELECT setseed(0.42);
SET session_replication_role = replica;

INSERT INTO sites_organisation (id, name, name_en, kind, credit_code, contact)
SELECT gen_random_uuid(), kind || number, '', kind, '', ''
FROM unnest(ARRAY['company', 'association', 'cooperative', 'township']) AS kind, generate_series(1, 120) AS number;
CREATE TEMPORARY TABLE body AS
SELECT id, kind, row_number() OVER (PARTITION BY kind ORDER BY name) - 1 AS number FROM sites_organisation;

CREATE TEMPORARY TABLE made AS
SELECT gen_random_uuid() AS id, site.id AS site_id, site.kind, site.area_id, site.area_code, left(site.area_code, 9) AS township_code,
       site.planned_geometry AS shape, row_number() OVER (ORDER BY site.code) AS number,
       round(ST_Length(site.planned_geometry::geography)::numeric, 1) AS long, random() AS chance,
       abs(hashtext(left(site.area_code, 9))) % 120 AS pact
FROM sites_projectsite AS site;
CREATE INDEX ON made (id);

INSERT INTO assets_asset (id, code, name, name_en, kind, area_id, area_code, township_code, state, visibility, geometry, plate_code, owner_id, upkeep_party_id, built_on)
SELECT made.id, 'A-' || made.number, '资产' || made.number, '', made.kind, area_id, area_code, township_code,
       (ARRAY['in_service', 'in_service', 'in_service', 'in_service', 'in_service', 'in_service', 'restricted', 'out_of_service'])[1 + made.number % 8],
       CASE WHEN made.kind = 'housing' THEN 'restricted' WHEN made.number % 3 = 0 THEN 'public' ELSE 'office' END,
       shape, 'P' || lpad(made.number::text, 9, '0'), owner.id, keeper.id, '2023-10-01'
FROM made JOIN body AS owner ON owner.kind = 'cooperative' AND owner.number = made.pact
JOIN body AS keeper ON keeper.kind = 'company' AND keeper.number = made.pact;
INSERT INTO assets_assetsource (asset_id, site_id) SELECT id, site_id FROM made;
INSERT INTO assets_roadroute (id, name, name_en, route_no, county_code, road_class)
SELECT id, '路线' || number, '', 'C' || lpad((number % 1000000)::text, 6, '0'), left(area_code, 6),
       (ARRAY['county', 'township', 'township', 'village', 'village', 'village', 'village', 'village'])[1 + number % 8]
FROM made WHERE kind = 'road';
INSERT INTO assets_roadsection (asset_id, route_id, start_m, end_m, technical_class, pavement)
SELECT id, id, 0, greatest(long, 1), 'class_4', 'cement' FROM made WHERE kind = 'road';
INSERT INTO assets_waterworks (asset_id) SELECT id FROM made WHERE kind = 'water_works';
INSERT INTO assets_villagecentre (asset_id) SELECT id FROM made WHERE kind = 'village_centre';
INSERT INTO assets_house (asset_id, households) SELECT id, 1 FROM made WHERE kind = 'housing';
INSERT INTO assets_facility (asset_id) SELECT id FROM made WHERE kind = 'facility';
INSERT INTO assets_structure (id, name, name_en, kind, chainage_m, point, asset_id)
SELECT gen_random_uuid(), '桥' || number, '', (ARRAY['bridge', 'culvert', 'safety'])[1 + number % 3], round(long / 2, 1),
       ST_LineInterpolatePoint(shape, 0.5), id FROM made WHERE kind = 'road';
INSERT INTO assets_roadclosure (id, kind, start_m, end_m, from_date, until_date, reason, asset_id)
SELECT gen_random_uuid(), 'planned', 0, greatest(long / 2, 1), current_date - 3, current_date + 30, '施工', id
FROM made WHERE kind = 'road' AND number % 100 = 0;

CREATE TEMPORARY TABLE pact AS
SELECT gen_random_uuid() AS id, body.number, min(made.area_code) AS area_code, (array_agg(made.area_id))[1] AS area_id
FROM body JOIN made ON made.pact = body.number WHERE body.kind = 'company' GROUP BY body.number;
INSERT INTO maintenance_agreement (id, number, name, model, area_id, area_code, township_code, state, starts_on, ends_on, price_basis, unit_price, payment_cycle)
SELECT id, 'GH-' || number, '协议' || number, 'three_party', area_id, area_code, left(area_code, 9), 'signed',
       current_date - 180, current_date + 180, 'per_km_year', 3000, 'quarter' FROM pact;
INSERT INTO maintenance_agreementparty (id, role, agreement_id, organisation_id, signatory, signed_on)
SELECT gen_random_uuid(), (ARRAY['executor', 'supervisor', 'participant', 'client'])[array_position(ARRAY['company', 'association', 'cooperative', 'township'], body.kind::text)],
       pact.id, body.id, '代表', current_date - 200
FROM pact JOIN body ON body.number = pact.number;
INSERT INTO maintenance_agreementscope (id, task, start_m, end_m, length_m, keeper_name, valid_from, valid_to, is_binding, agreement_id, asset_id)
SELECT gen_random_uuid(), 'routine', CASE WHEN kind = 'road' THEN 0 END, CASE WHEN kind = 'road' THEN greatest(long, 1) END,
       CASE WHEN kind = 'road' THEN greatest(long, 1) END, '王五', current_date - 180, current_date + 180, true, pact.id, made.id
FROM made JOIN pact ON pact.number = made.pact WHERE kind <> 'housing' AND chance < 0.8;
INSERT INTO maintenance_upkeepstatus (asset_id, agreement_id, covered_days, kept_days, funded_days, last_inspected_on, next_due_on, open_defects, open_orders)
SELECT made.id, scope.agreement_id, days, CASE WHEN chance < 0.72 THEN days ELSE '{}' END, CASE WHEN chance < 0.7 THEN days ELSE '{}' END,
       current_date - 20, current_date + (chance * 40)::int - 4, (number % 20 = 0)::int, (number % 20 = 0)::int
FROM made LEFT JOIN maintenance_agreementscope AS scope ON scope.asset_id = made.id
CROSS JOIN LATERAL (SELECT CASE WHEN scope.id IS NULL THEN '{}'::datemultirange
    ELSE datemultirange(daterange(current_date - 180, current_date + 181)) END AS days) AS covered;

CREATE TEMPORARY TABLE covered AS
SELECT made.*, scope.agreement_id, ST_PointOnSurface(shape) AS place, row_number() OVER () AS nth
FROM made JOIN maintenance_agreementscope AS scope ON scope.asset_id = made.id;
CREATE INDEX ON covered (nth);
INSERT INTO maintenance_workorder (id, area_code, township_code, kind, priority, state, title, point, issued_at, due_at, agreement_id, asset_id, executor_id, inspector_id, confirmer_id)
SELECT gen_random_uuid(), area_code, township_code, 'minor_repair', (ARRAY['normal', 'normal', 'high', 'urgent'])[1 + turn % 4],
       CASE WHEN turn % 10 = 0 THEN (ARRAY['issued', 'accepted', 'doing', 'submitted'])[1 + nth % 4] ELSE 'closed' END, '修补' || nth, place,
       now() - (turn * 30 || ' days')::interval, now() - (turn * 30 - 5 || ' days')::interval, agreement_id, covered.id, company.id, association.id, cooperative.id
FROM covered CROSS JOIN generate_series(0, 2) AS turn
JOIN body AS company ON company.kind = 'company' AND company.number = covered.pact
JOIN body AS association ON association.kind = 'association' AND association.number = covered.pact
JOIN body AS cooperative ON cooperative.kind = 'cooperative' AND cooperative.number = covered.pact;
INSERT INTO maintenance_defect (id, area_code, township_code, kind, severity, source, state, chainage_m, point, found_at, agreement_id, asset_id)
SELECT gen_random_uuid(), area_code, township_code, 'pothole', (ARRAY['minor', 'moderate', 'serious'])[1 + nth % 3], 'patrol',
       CASE WHEN turn = 0 AND nth % 5 = 0 THEN (ARRAY['reported', 'verified'])[1 + nth % 2] ELSE 'closed' END, CASE WHEN kind = 'road' THEN round(long / 2, 1) END, place,
       now() - (turn * 30 + 1 || ' days')::interval, agreement_id, covered.id
FROM covered CROSS JOIN generate_series(0, 2) AS turn;
INSERT INTO maintenance_maintenancelog (id, area_code, township_code, task, device_time, received_at, position, agreement_id, asset_id, organisation_id, content_hash, quantity, unit, labour_days)
SELECT gen_random_uuid(), area_code, township_code, 'routine', now() - (log || ' minutes')::interval / 2, now() - (log || ' minutes')::interval / 2, place, agreement_id, covered.id, body.id, '', 3, 'place', 0.5
FROM generate_series(1, {logs}) AS log
JOIN covered ON covered.nth = 1 + log % (SELECT count(*) FROM covered)
JOIN body ON body.kind = 'company' AND body.number = covered.pact;
SET session_replication_role = DEFAULT;
