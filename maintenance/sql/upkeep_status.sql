-- The upkeep status of assets: one row an asset, computed anew by whatever it rests on.
--
-- Every function takes a set of assets and works on all of them at once, so that a statement that
-- writes a hundred thousand rows costs one computation and not a hundred thousand. Before it
-- computes, a function locks the rows it is about to write, in one order: the statement after the
-- lock sees what others committed meanwhile, so two officers at once never lose each other's work.
-- A row is written only where it differs. Times become days in the district's time zone.
-- A change of this file needs a new migration that runs it again.

-- Lock the rows of assets until the end of the transaction.
CREATE OR REPLACE FUNCTION maintenance_hold_upkeep(ids uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $body$
BEGIN
    PERFORM 1 FROM maintenance_upkeepstatus status
    WHERE status.asset_id = ANY (ids) ORDER BY status.asset_id FOR NO KEY UPDATE;
END
$body$;

-- On which days binding agreements cover assets wholly, with a person in charge, with money.
--
-- Routine upkeep counts, and for other things than roads their operation too. A stretch without
-- chainage is the whole asset; a section is covered when the stretches of the day hold all of its
-- metres. Between two days on which a stretch begins or ends nothing changes, so it is enough to
-- look at those slices of time.
CREATE OR REPLACE FUNCTION maintenance_covered_days(ids uuid[])
RETURNS TABLE (asset_id uuid, agreement_id uuid,
               covered datemultirange, kept datemultirange, funded datemultirange)
LANGUAGE sql STABLE AS $body$
WITH stretch AS MATERIALIZED (
    SELECT scope.asset_id, scope.agreement_id, scope.valid_to,
           numrange(scope.start_m, scope.end_m) AS metres,
           numrange(section.start_m, section.end_m) AS whole,
           daterange(scope.valid_from, scope.valid_to, '[]') AS days,
           scope.keeper_name <> '' AS has_keeper,
           (agreement.price_basis = 'per_order' OR agreement.unit_price > 0)
           AND EXISTS (SELECT 1 FROM maintenance_fundingshare share
                       WHERE share.agreement_id = agreement.id) AS has_money
    FROM maintenance_agreementscope scope
    JOIN maintenance_agreement agreement ON agreement.id = scope.agreement_id
    JOIN assets_asset asset ON asset.id = scope.asset_id
    LEFT JOIN assets_roadsection section ON section.asset_id = scope.asset_id
    WHERE scope.is_binding AND scope.asset_id = ANY (ids)
      AND (scope.task = 'routine' OR (scope.task = 'operation' AND asset.kind <> 'road'))
), edge AS (
    SELECT DISTINCT stretch.asset_id, border.day
    FROM stretch, LATERAL (VALUES (lower(stretch.days)), (upper(stretch.days))) border (day)
), slice AS (
    SELECT edge.asset_id, edge.day,
           lead(edge.day) OVER (PARTITION BY edge.asset_id ORDER BY edge.day) AS until
    FROM edge
), held AS (
    SELECT slice.asset_id, daterange(slice.day, slice.until) AS days,
           range_agg(stretch.metres) @> stretch.whole AS covered,
           range_agg(stretch.metres) FILTER (WHERE stretch.has_keeper) @> stretch.whole AS kept,
           range_agg(stretch.metres) FILTER (WHERE stretch.has_money) @> stretch.whole AS funded
    FROM slice
    JOIN stretch ON stretch.asset_id = slice.asset_id AND stretch.days @> slice.day
    WHERE slice.until IS NOT NULL
    GROUP BY slice.asset_id, slice.day, slice.until, stretch.whole
), latest AS (
    SELECT DISTINCT ON (stretch.asset_id) stretch.asset_id, stretch.agreement_id
    FROM stretch ORDER BY stretch.asset_id, stretch.valid_to DESC, stretch.agreement_id
)
SELECT held.asset_id, latest.agreement_id,
       coalesce(range_agg(held.days) FILTER (WHERE held.covered), '{}'),
       coalesce(range_agg(held.days) FILTER (WHERE held.kept), '{}'),
       coalesce(range_agg(held.days) FILTER (WHERE held.funded), '{}')
FROM held JOIN latest USING (asset_id)
GROUP BY held.asset_id, latest.agreement_id
$body$;

CREATE OR REPLACE FUNCTION maintenance_refresh_cover(ids uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $body$
BEGIN
    PERFORM maintenance_hold_upkeep(ids);
    WITH now_so AS MATERIALIZED (
        SELECT status.asset_id, found.agreement_id,
               coalesce(found.covered, '{}') AS covered,
               coalesce(found.kept, '{}') AS kept,
               coalesce(found.funded, '{}') AS funded
        FROM maintenance_upkeepstatus status
        LEFT JOIN maintenance_covered_days(ids) found USING (asset_id)
        WHERE status.asset_id = ANY (ids)
    )
    UPDATE maintenance_upkeepstatus status
    SET agreement_id = now_so.agreement_id, covered_days = now_so.covered,
        kept_days = now_so.kept, funded_days = now_so.funded
    FROM now_so
    WHERE now_so.asset_id = status.asset_id
      AND (status.agreement_id, status.covered_days, status.kept_days, status.funded_days)
          IS DISTINCT FROM (now_so.agreement_id, now_so.covered, now_so.kept, now_so.funded);
END
$body$;

-- When assets were last inspected (corrected inspections do not count) and are next due.
CREATE OR REPLACE FUNCTION maintenance_refresh_duties(ids uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $body$
BEGIN
    PERFORM maintenance_hold_upkeep(ids);
    WITH now_so AS MATERIALIZED (
        SELECT status.asset_id,
               (SELECT (inspection.inspected_at AT TIME ZONE 'Asia/Shanghai')::date
                FROM maintenance_inspection inspection
                WHERE inspection.asset_id = status.asset_id
                  AND NOT EXISTS (SELECT 1 FROM maintenance_inspection correction
                                  WHERE correction.corrects_id = inspection.id)
                ORDER BY inspection.inspected_at DESC LIMIT 1) AS last_inspected_on,
               (SELECT min(schedule.next_due_on) FROM maintenance_upkeepschedule schedule
                WHERE schedule.asset_id = status.asset_id AND schedule.is_active) AS next_due_on
        FROM maintenance_upkeepstatus status WHERE status.asset_id = ANY (ids)
    )
    UPDATE maintenance_upkeepstatus status
    SET last_inspected_on = now_so.last_inspected_on, next_due_on = now_so.next_due_on
    FROM now_so
    WHERE now_so.asset_id = status.asset_id
      AND (status.last_inspected_on, status.next_due_on)
          IS DISTINCT FROM (now_so.last_inspected_on, now_so.next_due_on);
END
$body$;

-- How many defects and work orders of assets are open.
CREATE OR REPLACE FUNCTION maintenance_refresh_work(ids uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $body$
BEGIN
    PERFORM maintenance_hold_upkeep(ids);
    WITH now_so AS MATERIALIZED (
        SELECT status.asset_id,
               (SELECT count(*) FROM maintenance_defect defect
                WHERE defect.asset_id = status.asset_id
                  AND defect.state IN ('reported', 'verified', 'ordered', 'repaired')) AS defects,
               (SELECT count(*) FROM maintenance_workorder workorder
                WHERE workorder.asset_id = status.asset_id
                  AND workorder.state NOT IN ('closed', 'cancelled')) AS orders
        FROM maintenance_upkeepstatus status WHERE status.asset_id = ANY (ids)
    )
    UPDATE maintenance_upkeepstatus status
    SET open_defects = now_so.defects, open_orders = now_so.orders
    FROM now_so
    WHERE now_so.asset_id = status.asset_id
      AND (status.open_defects, status.open_orders)
          IS DISTINCT FROM (now_so.defects, now_so.orders);
END
$body$;

-- The whole row of assets; called for all of them by whoever rebuilds the table.
CREATE OR REPLACE FUNCTION maintenance_refresh_upkeep(ids uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $body$
BEGIN
    INSERT INTO maintenance_upkeepstatus (asset_id)
    SELECT asset.id FROM assets_asset asset WHERE asset.id = ANY (ids)
    ON CONFLICT DO NOTHING;
    PERFORM maintenance_refresh_cover(ids);
    PERFORM maintenance_refresh_duties(ids);
    PERFORM maintenance_refresh_work(ids);
END
$body$;

-- New assets have no upkeep yet: nothing can refer to them before they are there.
CREATE OR REPLACE FUNCTION maintenance_on_new_assets() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO maintenance_upkeepstatus (asset_id) SELECT id FROM new_rows
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$body$;

-- The parts of the row to compute are the trigger's argument: cover, duties or work. Another
-- trigger on new assets may write rows here before the asset has its status.
CREATE OR REPLACE FUNCTION maintenance_on_new_rows() RETURNS trigger
LANGUAGE plpgsql AS $body$
DECLARE
    ids uuid[] := ARRAY(SELECT DISTINCT asset_id FROM new_rows);
BEGIN
    IF cardinality(ids) > 0 THEN
        INSERT INTO maintenance_upkeepstatus (asset_id) SELECT unnest(ids)
        ON CONFLICT DO NOTHING;
        EXECUTE format('SELECT maintenance_refresh_%s($1)', TG_ARGV[0]) USING ids;
    END IF;
    RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION maintenance_on_old_rows() RETURNS trigger
LANGUAGE plpgsql AS $body$
DECLARE
    ids uuid[] := ARRAY(SELECT DISTINCT asset_id FROM old_rows);
BEGIN
    IF cardinality(ids) > 0 THEN
        EXECUTE format('SELECT maintenance_refresh_%s($1)', TG_ARGV[0]) USING ids;
    END IF;
    RETURN NULL;
END
$body$;

CREATE OR REPLACE FUNCTION maintenance_on_changed_rows() RETURNS trigger
LANGUAGE plpgsql AS $body$
DECLARE
    ids uuid[] := ARRAY(SELECT asset_id FROM old_rows UNION SELECT asset_id FROM new_rows);
BEGIN
    IF cardinality(ids) > 0 THEN
        EXECUTE format('SELECT maintenance_refresh_%s($1)', TG_ARGV[0]) USING ids;
    END IF;
    RETURN NULL;
END
$body$;

-- A price decides whether there is money; states and days of an agreement reach its scopes, whose
-- own trigger follows.
CREATE OR REPLACE FUNCTION maintenance_on_changed_prices() RETURNS trigger
LANGUAGE plpgsql AS $body$
DECLARE
    ids uuid[] := ARRAY(
        SELECT DISTINCT scope.asset_id
        FROM old_rows JOIN new_rows USING (id)
        JOIN maintenance_agreementscope scope ON scope.agreement_id = new_rows.id
        WHERE scope.is_binding
          AND (old_rows.unit_price, old_rows.price_basis)
              IS DISTINCT FROM (new_rows.unit_price, new_rows.price_basis));
BEGIN
    IF cardinality(ids) > 0 THEN
        PERFORM maintenance_refresh_cover(ids);
    END IF;
    RETURN NULL;
END
$body$;

CREATE OR REPLACE TRIGGER upkeep_status_new AFTER INSERT ON assets_asset
REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION maintenance_on_new_assets();

CREATE OR REPLACE TRIGGER upkeep_status_price AFTER UPDATE ON maintenance_agreement
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION maintenance_on_changed_prices();

DO $body$
DECLARE
    source record;
BEGIN
    FOR source IN VALUES
        ('assets_roadsection', 'cover'),
        ('maintenance_agreementscope', 'cover'),
        ('maintenance_upkeepschedule', 'duties'),
        ('maintenance_inspection', 'duties'),
        ('maintenance_defect', 'work'),
        ('maintenance_workorder', 'work')
    LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER upkeep_status_new AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows '
            'FOR EACH STATEMENT EXECUTE FUNCTION maintenance_on_new_rows(%L)',
            source.column1, source.column2);
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER upkeep_status_old AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows '
            'FOR EACH STATEMENT EXECUTE FUNCTION maintenance_on_old_rows(%L)',
            source.column1, source.column2);
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER upkeep_status_changed AFTER UPDATE ON %I '
            'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows '
            'FOR EACH STATEMENT EXECUTE FUNCTION maintenance_on_changed_rows(%L)',
            source.column1, source.column2);
    END LOOP;
END
$body$;

-- Assets that were there before this table knew them.
SELECT maintenance_refresh_upkeep(ARRAY(SELECT id FROM assets_asset));
