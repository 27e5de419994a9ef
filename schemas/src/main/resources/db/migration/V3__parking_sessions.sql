-- Parking visits: one row for each stay of a vehicle at a site.

CREATE TABLE parking_sessions (
    visit_id        text        PRIMARY KEY CHECK (visit_id <> ''),
    site            text        NOT NULL CHECK (site <> ''),
    state           text        NOT NULL CHECK (state IN ('open', 'closed', 'missed_entry', 'missed_exit')),
    plate_text      text        NOT NULL CHECK (plate_text ~ '^[A-Z0-9]{1,40}$'),
    exit_plate_text text        CHECK (exit_plate_text ~ '^[A-Z0-9]{1,40}$'),
    match_distance  double precision CHECK (match_distance >= 0),
    vehicle_class   text,
    entry_pass_key  text,
    entry_time      timestamptz,
    entry_location  text,
    entry_camera_id text,
    exit_pass_key   text,
    exit_time       timestamptz,
    exit_location   text,
    exit_camera_id  text,
    ended_at        timestamptz,
    duration        interval    GENERATED ALWAYS AS (exit_time - entry_time) STORED,
    -- Written with the row, not generated: what the clock at a gate shows depends on timezone tables,
    -- which Postgres does not take for constant.
    entry_local     timestamp,
    entry_hour      timestamptz,
    entry_day       date,
    exit_local      timestamp,
    exit_hour       timestamptz,
    exit_day        date,
    -- Null where nobody knows how long it was on site.
    stay            tstzrange   GENERATED ALWAYS AS (
        CASE WHEN state IN ('open', 'closed') THEN tstzrange(entry_time, exit_time) END) STORED,
    CHECK (entry_time <= exit_time),
    CHECK ((entry_time IS NULL) = (state = 'missed_entry')),
    CHECK ((exit_time IS NULL) = (state IN ('open', 'missed_exit'))),
    CHECK ((ended_at IS NULL) = (state = 'open'))
);
CREATE INDEX parking_sessions_by_plate      ON parking_sessions (plate_text text_pattern_ops, entry_time);
CREATE INDEX parking_sessions_by_exit_plate ON parking_sessions (exit_plate_text text_pattern_ops, exit_time)
    WHERE exit_plate_text <> plate_text;
CREATE INDEX parking_sessions_open          ON parking_sessions (site, entry_location) WHERE state = 'open';
CREATE INDEX parking_sessions_by_entry      ON parking_sessions (site, entry_hour);
CREATE INDEX parking_sessions_by_exit       ON parking_sessions (site, exit_hour);
CREATE INDEX parking_sessions_by_entry_day  ON parking_sessions (site, entry_day);
CREATE INDEX parking_sessions_by_exit_day   ON parking_sessions (site, exit_day);
CREATE INDEX parking_sessions_by_stay       ON parking_sessions USING gist (stay);
COMMENT ON TABLE  parking_sessions                 IS 'One row for each stay of a vehicle at a site, from entry to exit. A row changes, or goes, when a late or corrected pass shows that it was otherwise.';
COMMENT ON COLUMN parking_sessions.visit_id        IS 'Derived from the plate and the first pass of the visit: the same however often its recording is processed.';
COMMENT ON COLUMN parking_sessions.site            IS 'The car park, as the cameras name it; a visit never spans two.';
COMMENT ON COLUMN parking_sessions.state           IS 'open: on site; closed: left; missed_entry: seen to leave only; missed_exit: came in and must have left unseen.';
COMMENT ON COLUMN parking_sessions.plate_text      IS 'As read at the entry; at the exit where the entry was missed.';
COMMENT ON COLUMN parking_sessions.exit_plate_text IS 'As read at the exit.';
COMMENT ON COLUMN parking_sessions.match_distance  IS 'Confusion-weighted distance between the reads at entry and exit; null where there is only one.';
COMMENT ON COLUMN parking_sessions.vehicle_class   IS 'As seen at the entry, else at the exit.';
COMMENT ON COLUMN parking_sessions.entry_pass_key  IS 'pass_key of the pass in detection_sessions.';
COMMENT ON COLUMN parking_sessions.exit_pass_key   IS 'pass_key of the pass in detection_sessions.';
COMMENT ON COLUMN parking_sessions.ended_at        IS 'When it was over: the exit; for a missed exit the next entry of the plate, or the end of the longest stay.';
COMMENT ON COLUMN parking_sessions.duration        IS 'From entry to exit; null where one of them is missing.';
COMMENT ON COLUMN parking_sessions.entry_local     IS 'entry_time by the clock at the gate.';
COMMENT ON COLUMN parking_sessions.entry_hour      IS 'Start of the hour of the entry, as people at the gate count it.';
COMMENT ON COLUMN parking_sessions.entry_day       IS 'Its calendar day there.';
COMMENT ON COLUMN parking_sessions.exit_local      IS 'exit_time by the clock at the gate.';
COMMENT ON COLUMN parking_sessions.exit_hour       IS 'Start of the hour of the exit, as people at the gate count it.';
COMMENT ON COLUMN parking_sessions.exit_day        IS 'Its calendar day there.';
COMMENT ON COLUMN parking_sessions.stay            IS 'When it was on site; null for missed entries and exits.';
