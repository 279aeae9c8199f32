-- Takes away what feed.sql made: its functions, and with them their triggers.
DROP FUNCTION field_note_rows() CASCADE;
DROP FUNCTION field_note_logs() CASCADE;
DROP FUNCTION field_note_defects() CASCADE;
