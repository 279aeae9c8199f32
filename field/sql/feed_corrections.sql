-- An entry that another one corrects stands differently from then on: whoever follows it is told.

CREATE FUNCTION field_note_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM changed WHERE changed.corrects_id IS NOT NULL) THEN
        INSERT INTO field_feedentry (entity, entity_id, agreement_id, area_code)
        SELECT 'log', log.id, log.agreement_id, log.area_code
        FROM maintenance_maintenancelog log
        WHERE log.id IN (SELECT changed.corrects_id FROM changed) ORDER BY log.id;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER field_note_corrected AFTER INSERT ON maintenance_maintenancelog
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_corrected();
