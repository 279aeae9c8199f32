-- The last guard of decision 15: a site in the register is not closed by anybody, whatever the
-- way, without an asset, its as-built geometry, and owner, upkeep party and end of warranty on
-- each asset. Rows inserted as closed are history taken over from elsewhere.
CREATE FUNCTION assets_refuse_early_closing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    assets integer;
    whole integer;
BEGIN
    -- The share lock keeps an owner from being taken away while the site closes.
    PERFORM 1 FROM assets_asset asset
    JOIN assets_assetsource source ON source.asset_id = asset.id
    WHERE source.site_id = NEW.id ORDER BY asset.id FOR SHARE OF asset;
    SELECT count(*), count(*) FILTER (WHERE asset.owner_id IS NOT NULL
        AND asset.upkeep_party_id IS NOT NULL AND asset.warranty_until IS NOT NULL)
    INTO assets, whole
    FROM assets_asset asset
    JOIN assets_assetsource source ON source.asset_id = asset.id
    WHERE source.site_id = NEW.id AND asset.removed_at IS NULL;
    IF NEW.actual_geometry IS NULL OR assets = 0 OR whole < assets THEN
        RAISE EXCEPTION 'site % closes without asset, as-built geometry, owner, upkeep or warranty',
            NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'project_site_closes_with_its_asset';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER assets_closing_gate BEFORE UPDATE OF state ON sites_projectsite
FOR EACH ROW WHEN (NEW.state = 'closed' AND OLD.state IS DISTINCT FROM 'closed')
EXECUTE FUNCTION assets_refuse_early_closing();
