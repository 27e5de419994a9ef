-- What people change about passes and visits, and what was recorded before they did.

CREATE TABLE corrections (
    correction_id  text        PRIMARY KEY CHECK (correction_id ~ '^[A-Za-z0-9._-]{1,100}$'),
    kind           text        NOT NULL CHECK (kind IN (
        'plate', 'not_a_plate', 'vehicle_class', 'plate_type', 'region', 'pairing', 'location',
        'delete', 'erase', 'visit_join', 'visit_split', 'visit_close')),
    -- No reference: a correction may come before its pass, and outlives it.
    pass_key       text        NOT NULL CHECK (pass_key <> ''),
    from_value     text,
    to_value       text,
    gate           text        CHECK (gate IN ('entry', 'exit', 'passage')),
    site           text,
    entry_pass_key text,
    ended_at       timestamptz,
    reason         text,
    changed_at     timestamptz NOT NULL,
    changed_by     text,
    removed        boolean     NOT NULL DEFAULT false,
    applied_at     timestamptz,
    timestamp      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX corrections_by_pass  ON corrections (pass_key);
CREATE INDEX corrections_by_entry ON corrections (entry_pass_key) WHERE entry_pass_key IS NOT NULL;
CREATE INDEX corrections_by_time  ON corrections (changed_at);
COMMENT ON TABLE  corrections                IS 'What people changed, as the topic plateflow.corrections had it; kept when the topic no longer has it. Change it there, not here.';
COMMENT ON COLUMN corrections.kind           IS 'What is changed: plate, not_a_plate, vehicle_class, plate_type, region, pairing, location, delete, erase, visit_join, visit_split or visit_close.';
COMMENT ON COLUMN corrections.pass_key       IS 'The pass; of a visit that is joined or split its exit, of one that is closed by hand its entry.';
COMMENT ON COLUMN corrections.from_value     IS 'What it was before, as the person saw it.';
COMMENT ON COLUMN corrections.to_value       IS 'What it is to be; a plate may stand as a hash.';
COMMENT ON COLUMN corrections.entry_pass_key IS 'The entry of a visit that is joined or split.';
COMMENT ON COLUMN corrections.ended_at       IS 'When a visit that is closed by hand ended.';
COMMENT ON COLUMN corrections.changed_at     IS 'When it was made, as its author says: of several that change the same thing the latest holds.';
COMMENT ON COLUMN corrections.removed        IS 'It was taken back.';
COMMENT ON COLUMN corrections.applied_at     IS 'When the rows of the pass first followed it; null as long as the pass is not known.';
COMMENT ON COLUMN corrections.timestamp      IS 'When this row was last written.';

ALTER TABLE detection_sessions
    ADD COLUMN revision     integer     NOT NULL DEFAULT 0 CHECK (revision >= 0),
    ADD COLUMN as_read      jsonb       CHECK (jsonb_typeof(as_read) = 'object'),
    ADD COLUMN corrected_at timestamptz,
    ADD COLUMN corrected_by text;
COMMENT ON COLUMN detection_sessions.revision     IS '0 as this machine read it, one more for every correction.';
COMMENT ON COLUMN detection_sessions.as_read      IS 'What was recorded before people corrected it: revision, place, pairing, vehicle and plate; null where nobody did.';
COMMENT ON COLUMN detection_sessions.corrected_at IS 'When a person last changed something about the pass; null where nobody did.';
COMMENT ON COLUMN detection_sessions.corrected_by IS 'Who did.';

ALTER TABLE plates
    ADD COLUMN read_text text CHECK (read_text ~ '^([A-Z0-9]{1,40}|#[0-9a-f]{16})$');
COMMENT ON COLUMN plates.read_text IS 'What was read, where a person changed plate_text; null where nobody did or nothing was read.';

ALTER TABLE parking_sessions
    ADD COLUMN corrected text;
COMMENT ON COLUMN parking_sessions.corrected IS 'How people shaped the visit: join, split, close, several with commas between them; null where nobody did.';
-- Of an erased pass the visits are found.
CREATE INDEX parking_sessions_by_entry_pass ON parking_sessions (entry_pass_key) WHERE entry_pass_key IS NOT NULL;
CREATE INDEX parking_sessions_by_exit_pass  ON parking_sessions (exit_pass_key) WHERE exit_pass_key IS NOT NULL;
