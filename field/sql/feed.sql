-- Notes for those who follow changes: one for each record that a statement wrote.
-- Statement triggers with transition tables, so that a load of 100,000 rows costs one insert.

CREATE FUNCTION field_note_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO field_feedentry (entity, entity_id, agreement_id, area_code)
    SELECT TG_ARGV[0], changed.id, changed.agreement_id, changed.area_code
    FROM changed ORDER BY changed.id;
    RETURN NULL;
END $$;

CREATE FUNCTION field_note_logs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO field_feedentry (entity, entity_id, agreement_id, area_code)
    SELECT 'log', log.id, log.agreement_id, log.area_code
    FROM maintenance_maintenancelog log
    WHERE log.id IN (SELECT changed.log_id FROM changed) ORDER BY log.id;
    RETURN NULL;
END $$;

CREATE FUNCTION field_note_defects() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO field_feedentry (entity, entity_id, agreement_id, area_code)
    SELECT 'defect', defect.id, defect.agreement_id, defect.area_code
    FROM maintenance_defect defect
    WHERE defect.id IN (SELECT changed.defect_id FROM changed) ORDER BY defect.id;
    RETURN NULL;
END $$;

CREATE TRIGGER field_note_new AFTER INSERT ON maintenance_maintenancelog
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_rows('log');
CREATE TRIGGER field_note_new AFTER INSERT ON maintenance_logreview
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_logs();
CREATE TRIGGER field_note_new AFTER INSERT ON maintenance_logphoto
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_logs();
CREATE TRIGGER field_note_new AFTER INSERT ON maintenance_inspection
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_rows('inspection');
CREATE TRIGGER field_note_new AFTER INSERT ON maintenance_patrol
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_rows('patrol');
CREATE TRIGGER field_note_new AFTER INSERT ON maintenance_defect
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_rows('defect');
CREATE TRIGGER field_note_changed AFTER UPDATE ON maintenance_defect
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_rows('defect');
CREATE TRIGGER field_note_new AFTER INSERT ON maintenance_defectphoto
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_defects();
CREATE TRIGGER field_note_new AFTER INSERT ON maintenance_workorder
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_rows('order');
CREATE TRIGGER field_note_changed AFTER UPDATE ON maintenance_workorder
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION field_note_rows('order');
