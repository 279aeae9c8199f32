-- {districts} districts of a province, each 0.8° by 0.6° with 6,000 roads of 20 to 200 vertices
-- and 20,000 populated places.
SET session_replication_role = replica;
SELECT setseed(0.5);
INSERT INTO sites_area (id, name, name_en, code, level, urban_rural_class, valid_from, source)
VALUES (gen_random_uuid(), '省', '', '97', 'province', '', '2000-01-01', '');
INSERT INTO sites_area (id, name, name_en, code, level, boundary, urban_rural_class, valid_from, source, parent_id)
SELECT gen_random_uuid(), '区' || number, '', (970100 + number)::text, 'district',
       ST_Multi(ST_MakeEnvelope(west, south, west + 0.8, south + 0.6, 4490)), '', '2000-01-01', '',
       (SELECT id FROM sites_area WHERE code = '97')
FROM generate_series(1, {districts}) AS number,
LATERAL (SELECT 113 + (number % 8) * 0.8 AS west, 28 + (number / 8) * 0.6 AS south) AS corner;
CREATE TEMPORARY TABLE county AS
SELECT id, code, ST_XMin(boundary) AS west, ST_YMin(boundary) AS south
FROM sites_area WHERE code LIKE '9701%' AND level = 'district';
CREATE TEMPORARY TABLE made AS
SELECT gen_random_uuid() AS id, county.id AS area_id, county.code, number,
       west + random() * 0.8 AS x, south + random() * 0.6 AS y,
       20 + (random() * 180)::int AS points, random() * 6.2832 AS way
FROM county, generate_series(1, 6000) AS number;
INSERT INTO assets_asset (id, code, name, name_en, kind, area_id, area_code, township_code, state, visibility, geometry, plate_code, built_on)
SELECT made.id, 'C-' || code || '-' || number, '路' || number, '', 'road', area_id, code, code || '100', 'in_service', 'office',
       ST_SetSRID((SELECT ST_MakeLine(ST_Point(
           x + step * 0.0002 * cos(way) + 0.0004 * sin(step / 4.0 + way),
           y + step * 0.0002 * sin(way) + 0.0004 * cos(step / 5.0)) ORDER BY step)
           FROM generate_series(1, points) AS step), 4490),
       substr(replace(made.id::text, '-', ''), 1, 12), '2015-01-01'
FROM made;
INSERT INTO assets_roadroute (id, name, name_en, route_no, county_code, road_class)
SELECT id, '路线', '', 'C' || lpad(number::text, 6, '0'), code, 'village' FROM made;
INSERT INTO assets_roadsection (asset_id, route_id, start_m, end_m, technical_class, pavement, opened_on)
SELECT id, id, 0, 1000, 'class_4', (ARRAY['cement', 'asphalt', 'gravel'])[1 + number % 3], '2015-01-01' FROM made;
INSERT INTO maps_populationset (id, name, source, year, kind, people, cells, area_id, area_code)
SELECT gen_random_uuid(), '人口', '', 2023, 'points', 0, 1, id, code FROM sites_area WHERE code = '97';
INSERT INTO maps_populationcell (population_id, place, people, township_code, urban_rural_class)
SELECT (SELECT id FROM maps_populationset WHERE area_code = '97'),
       ST_SetSRID(ST_Point(west + random() * 0.8, south + random() * 0.6), 4490),
       1 + (random() * 300)::int, code || (100 + number % 20), '220'
FROM county, generate_series(1, 20000) AS number;
SET session_replication_role = DEFAULT;
