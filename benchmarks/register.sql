-- A register of {sites} sites in one city for measurements: winding roads of 20 to 60 points,
-- houses, works, village centres. Only sizes and spread matter here, not beauty.
SELECT setseed(0.42);

INSERT INTO sites_area (id, code, name, name_en, level, parent_id, boundary, urban_rural_class, valid_from, source)
SELECT gen_random_uuid(), '3499' || lpad((cell / 12 + 1)::text, 2, '0') || CASE WHEN part = 0 THEN '' ELSE lpad((100 + cell % 12)::text, 3, '0') END
       || CASE WHEN part > 1 THEN lpad((200 + part - 1)::text, 3, '0') ELSE '' END,
       'name ' || cell || '/' || part, '', CASE part WHEN 1 THEN 'township' ELSE 'village' END, NULL,
       ST_Multi(ST_MakeEnvelope(116.5 + (cell % 12) * 0.1, 31 + cell / 12 * 0.1, 116.6 + (cell % 12) * 0.1, 31.1 + cell / 12 * 0.1, 4490)),
       '', '2020-01-01', ''
FROM generate_series(0, 119) AS cell, generate_series(1, 9) AS part;

INSERT INTO sites_programme (id, code, name, name_en, level, kind, year, measure, unit)
SELECT gen_random_uuid(), 'B' || year, 'Programme ' || year, '', 'city', 'engineering', year, '', 'km'
FROM generate_series(2019, 2026) AS year;

CREATE TEMPORARY TABLE drawn AS
SELECT number,
       gen_random_uuid() AS id,
       CASE WHEN number % 100 < 50 THEN 'road' WHEN number % 100 < 90 THEN 'housing'
            WHEN number % 100 < 96 THEN 'water_works' WHEN number % 100 < 99 THEN 'village_centre' ELSE 'facility' END AS kind,
       2019 + number % 8 AS year,
       116.5 + random() * 1.2 AS lon, 31 + random() * 1.0 AS lat,
       random() * 2 * pi() AS bearing, 20 + (random() * 40)::int AS points, random() AS chance
FROM generate_series(1, {sites}) AS number;

CREATE TEMPORARY TABLE walked AS
WITH steps AS (
    SELECT drawn.id, step, lon, lat,
           bearing + sum((random() - 0.5) * 0.9) OVER (PARTITION BY drawn.id ORDER BY step) AS course
    FROM drawn, generate_series(1, points) AS step WHERE kind = 'road'
), places AS (
    SELECT id, step, lon + sum(cos(course) * 0.0007) OVER (PARTITION BY id ORDER BY step) AS x,
           lat + sum(sin(course) * 0.0006) OVER (PARTITION BY id ORDER BY step) AS y FROM steps
)
SELECT id, ST_SetSRID(ST_MakeLine(ST_MakePoint(x, y) ORDER BY step), 4490) AS line FROM places GROUP BY id;

INSERT INTO sites_projectsite (id, code, name, name_en, kind, programme_id, year, area_id, state, visibility,
    planned_geometry, declared_length_m, planned_start, planned_finish, progress_percent, source, source_id)
SELECT drawn.id, 'BENCH-' || number, '项目点' || number, '', drawn.kind, programme.id, drawn.year, area.id,
       (ARRAY['proposed', 'approved', 'under_construction', 'under_construction', 'completed', 'accepted', 'handed_over', 'suspended'])[1 + number % 8],
       CASE WHEN drawn.kind <> 'housing' AND number % 3 = 0 THEN 'public' ELSE 'office' END,
       CASE drawn.kind WHEN 'road' THEN walked.line
            WHEN 'village_centre' THEN ST_Buffer(ST_SetSRID(ST_MakePoint(lon, lat), 4490), 0.002, 6)
            ELSE ST_SetSRID(ST_MakePoint(lon, lat), 4490) END,
       CASE WHEN drawn.kind = 'road' THEN points * 65 END,
       make_date(drawn.year, 3, 1), make_date(drawn.year, 10, 1 + number % 28), number % 101, 'benchmark', number::text
FROM drawn
LEFT JOIN walked ON walked.id = drawn.id
JOIN sites_programme AS programme ON programme.code = 'B' || drawn.year
JOIN sites_area AS area ON area.code = '3499' || lpad((least(floor((lat - 31) * 10), 9) + 1)::text, 2, '0')
    || lpad((100 + least(floor((lon - 116.5) * 10), 11))::text, 3, '0') || lpad((201 + number % 8)::text, 3, '0');

INSERT INTO sites_roaddetail (site_id, route_code, road_class, technical_class, pavement, pavement_width_m)
SELECT id, 'C' || lpad(number::text, 8, '0'),
       (ARRAY['county', 'township', 'township', 'village', 'village', 'village', 'village', 'village'])[1 + number % 8],
       'class_4', 'cement', 4.5 FROM drawn WHERE kind = 'road';
INSERT INTO sites_housingdetail (site_id, danger_grade, method, household_group)
SELECT id, 'D', 'rebuild', '1' FROM drawn WHERE kind = 'housing';
INSERT INTO sites_waterworksdetail (site_id, works_kind, capacity_m3_per_day)
SELECT id, 'pond', 120 FROM drawn WHERE kind = 'water_works';
INSERT INTO sites_villagecentredetail (site_id, households) SELECT id, 120 FROM drawn WHERE kind = 'village_centre';
INSERT INTO sites_facilitydetail (site_id, facility_kind) SELECT id, 'school' FROM drawn WHERE kind = 'facility';
