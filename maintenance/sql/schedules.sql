-- Schedules of upkeep: every asset in service has one for each standard of its kind.
--
-- The first check falls within the first period, on a day that follows from the asset's
-- identifier: a hundred thousand assets that are entered together are not all due on one day.

CREATE FUNCTION maintenance_make_schedules(assets uuid[], day date) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE made integer;
BEGIN
    INSERT INTO maintenance_upkeepschedule
        (id, version, created_at, updated_at, asset_id, standard_id, frequency_days, next_due_on,
         is_active)
    SELECT gen_random_uuid(), 1, now(), now(), asset.id, standard.id, standard.frequency_days,
           day + 1 + mod(hashtext(asset.id::text)::bigint + 2147483648,
                         standard.frequency_days)::integer,
           true
    FROM assets_asset asset
    JOIN maintenance_upkeepstandard standard
      ON standard.asset_kind = asset.kind AND standard.is_active
    WHERE asset.removed_at IS NULL
      AND asset.state IN ('in_service', 'restricted')
      AND (assets IS NULL OR asset.id = ANY (assets))
      AND (standard.works_kind = '' OR EXISTS (
          SELECT 1 FROM assets_waterworks works
          WHERE works.asset_id = asset.id AND works.works_kind = standard.works_kind))
    ON CONFLICT ON CONSTRAINT upkeep_schedule_once DO NOTHING;
    GET DIAGNOSTICS made = ROW_COUNT;
    RETURN made;
END $$;

CREATE FUNCTION maintenance_schedule_new_assets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM maintenance_make_schedules(
        ARRAY(SELECT id FROM added), (now() AT TIME ZONE 'Asia/Shanghai')::date);
    RETURN NULL;
END $$;

CREATE FUNCTION maintenance_schedule_new_works() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM maintenance_make_schedules(
        ARRAY(SELECT asset_id FROM added), (now() AT TIME ZONE 'Asia/Shanghai')::date);
    RETURN NULL;
END $$;

-- An asset that goes out of service, or out of the register, is not due for anything; one that
-- comes into service is due for everything again.
CREATE FUNCTION maintenance_schedule_changed_assets() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE entered uuid[]; left_service uuid[];
BEGIN
    SELECT COALESCE(array_agg(present.id) FILTER (WHERE is_due.now), '{}'),
           COALESCE(array_agg(present.id) FILTER (WHERE NOT is_due.now), '{}')
    INTO entered, left_service
    FROM present JOIN past USING (id),
    LATERAL (SELECT present.removed_at IS NULL
                    AND present.state IN ('in_service', 'restricted') AS now,
                    past.removed_at IS NULL
                    AND past.state IN ('in_service', 'restricted') AS before) is_due
    WHERE is_due.now <> is_due.before;
    IF cardinality(left_service) > 0 THEN
        UPDATE maintenance_upkeepschedule SET is_active = false
        WHERE asset_id = ANY (left_service) AND is_active;
    END IF;
    IF cardinality(entered) > 0 THEN
        UPDATE maintenance_upkeepschedule schedule SET is_active = true
        FROM maintenance_upkeepstandard standard
        WHERE standard.id = schedule.standard_id AND standard.is_active
          AND schedule.asset_id = ANY (entered) AND NOT schedule.is_active;
        PERFORM maintenance_make_schedules(entered, (now() AT TIME ZONE 'Asia/Shanghai')::date);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER upkeep_schedules_of_new_assets AFTER INSERT ON assets_asset
REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION maintenance_schedule_new_assets();

CREATE TRIGGER upkeep_schedules_of_changed_assets AFTER UPDATE ON assets_asset
REFERENCING NEW TABLE AS present OLD TABLE AS past
FOR EACH STATEMENT EXECUTE FUNCTION maintenance_schedule_changed_assets();

CREATE TRIGGER upkeep_schedules_of_new_works AFTER INSERT ON assets_waterworks
REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION maintenance_schedule_new_works();
