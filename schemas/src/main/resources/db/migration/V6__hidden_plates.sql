-- A plate may stand as a keyed hash: # and 16 hexadecimal digits, which no plate looks like.

ALTER TABLE plates
    DROP CONSTRAINT plates_plate_text_check,
    ADD CONSTRAINT plates_plate_text_check CHECK (plate_text ~ '^([A-Z0-9]{1,40}|#[0-9a-f]{16})$');
ALTER TABLE parking_sessions
    DROP CONSTRAINT parking_sessions_plate_text_check,
    ADD CONSTRAINT parking_sessions_plate_text_check
        CHECK (plate_text ~ '^([A-Z0-9]{1,40}|#[0-9a-f]{16})$'),
    DROP CONSTRAINT parking_sessions_exit_plate_text_check,
    ADD CONSTRAINT parking_sessions_exit_plate_text_check
        CHECK (exit_plate_text ~ '^([A-Z0-9]{1,40}|#[0-9a-f]{16})$');
COMMENT ON COLUMN plates.plate_text IS 'A-Z and 0-9 only, or # and 16 hexadecimal digits where plates on no list are kept as a hash; null where nothing could be read.';
COMMENT ON COLUMN plates.plate_number IS 'As printed, with spaces; null where plate_text is a hash.';
