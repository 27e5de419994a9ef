-- Where more than one rung of the reading ladder was asked about a plate, what each made of it; and
-- which way a vehicle went and how long it stayed.

ALTER TABLE plates
    ADD COLUMN rung_reads    jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(rung_reads) = 'array'),
    ADD COLUMN read_decision text;
ALTER TABLE detection_sessions
    ADD COLUMN direction     text CHECK (direction IN ('towards', 'away', 'left', 'right', 'standing')),
    ADD COLUMN dwell_seconds double precision
        GENERATED ALWAYS AS (extract(epoch FROM last_seen - first_seen)) STORED;
COMMENT ON COLUMN detection_sessions.direction     IS 'Which way the vehicle went, as the camera sees it.';
COMMENT ON COLUMN detection_sessions.dwell_seconds IS 'How long it was before the camera.';
COMMENT ON COLUMN plates.rung_reads    IS 'Array of {reader, text, score}, the local rung first; empty where it alone was asked.';
COMMENT ON COLUMN plates.read_decision IS 'Why plate_text holds among the rung_reads; null where only one rung was asked.';
