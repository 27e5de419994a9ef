-- The five tables that every consumer of Plateflow reads, and the statistics over them.

CREATE TABLE locations (
    id        integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name      text        NOT NULL CHECK (name <> ''),
    type      text        NOT NULL CHECK (type IN ('Entry', 'Exit', 'Passage')),
    -- The check refuses names that Postgres does not know: a wrong one would fail every query later.
    timezone  text        NOT NULL DEFAULT 'UTC'
              CHECK ((timestamptz '2000-01-01 00:00:00+00' AT TIME ZONE timezone) IS NOT NULL),
    timestamp timestamptz NOT NULL DEFAULT now(),
    UNIQUE (name, type)
);
COMMENT ON TABLE  locations           IS 'Named places that cameras watch.';
COMMENT ON COLUMN locations.name      IS 'As the cameras name it, e.g. Gate 1.';
COMMENT ON COLUMN locations.type      IS 'Entry, Exit or Passage (vehicles only pass by).';
COMMENT ON COLUMN locations.timezone  IS 'IANA name; days and hours of the statistics are counted in it.';
COMMENT ON COLUMN locations.timestamp IS 'When the place was first recorded.';

CREATE TABLE detection_sessions (
    id                     bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    pass_key               text             NOT NULL UNIQUE CHECK (pass_key <> ''),
    detection_id           text             GENERATED ALWAYS AS (pass_key) STORED,
    camera_id              text             NOT NULL,
    location_id            integer          NOT NULL REFERENCES locations (id),
    gate                   text             NOT NULL CHECK (gate IN ('entry', 'exit', 'passage')),
    timestamp              timestamptz      NOT NULL,
    first_seen             timestamptz      NOT NULL,
    last_seen              timestamptz      NOT NULL,
    frames                 integer          NOT NULL CHECK (frames >= 0),
    image_resolution       text             NOT NULL,
    processing_time        double precision NOT NULL CHECK (processing_time >= 0),
    original_image_path    text,
    stored_original_path   text,
    vehicle_annotated_path text,
    plate_annotated_path   text,
    detection_type         text             NOT NULL CHECK (detection_type IN
        ('vehicle_with_plate', 'vehicle_without_plate', 'plate_without_vehicle')),
    pairing_method         text             CHECK (pairing_method IN ('containment', 'overlap')),
    pairing_confidence     double precision CHECK (pairing_confidence BETWEEN 0 AND 1),
    pairing_ambiguous      boolean          NOT NULL DEFAULT false,
    CHECK (first_seen <= last_seen)
);
CREATE INDEX detection_sessions_by_location ON detection_sessions (location_id, timestamp);
CREATE INDEX detection_sessions_by_time     ON detection_sessions (timestamp, id);
CREATE INDEX detection_sessions_by_camera   ON detection_sessions (camera_id, timestamp);
COMMENT ON TABLE  detection_sessions                        IS 'One row for each pass of a vehicle (or of a plate whose vehicle was not seen) before one camera.';
COMMENT ON COLUMN detection_sessions.pass_key               IS 'Derived from camera and time: the same pass has the same key however often its recording is processed.';
COMMENT ON COLUMN detection_sessions.detection_id           IS 'The same as pass_key.';
COMMENT ON COLUMN detection_sessions.gate                   IS 'What the camera watches: entry, exit or passage.';
COMMENT ON COLUMN detection_sessions.timestamp              IS 'Capture time of the frame that gave the winning read; of the best frame where nothing was read.';
COMMENT ON COLUMN detection_sessions.first_seen             IS 'Capture time of the first frame.';
COMMENT ON COLUMN detection_sessions.last_seen              IS 'Capture time of the last frame.';
COMMENT ON COLUMN detection_sessions.frames                 IS 'Frames in which it was seen.';
COMMENT ON COLUMN detection_sessions.image_resolution       IS 'Width x height in pixels, e.g. 1920x1080.';
COMMENT ON COLUMN detection_sessions.processing_time        IS 'Seconds of detection and reading spent on the winning frame.';
COMMENT ON COLUMN detection_sessions.original_image_path    IS 'The picture as uploaded; null for cameras.';
COMMENT ON COLUMN detection_sessions.stored_original_path   IS 'The stored winning frame.';
COMMENT ON COLUMN detection_sessions.vehicle_annotated_path IS 'The frame with vehicle boxes drawn in, where one was made.';
COMMENT ON COLUMN detection_sessions.plate_annotated_path   IS 'The frame with plate boxes drawn in, where one was made.';
COMMENT ON COLUMN detection_sessions.detection_type         IS 'vehicle_with_plate, vehicle_without_plate or plate_without_vehicle.';
COMMENT ON COLUMN detection_sessions.pairing_method         IS 'How the plate was given to the vehicle: containment or overlap; null where there is no pair.';
COMMENT ON COLUMN detection_sessions.pairing_confidence     IS '0 to 1.';
COMMENT ON COLUMN detection_sessions.pairing_ambiguous      IS 'Whether another assignment was nearly as good.';

CREATE TABLE vehicles (
    id                       bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id               bigint           NOT NULL REFERENCES detection_sessions (id) ON DELETE CASCADE,
    vehicle_idx              integer          NOT NULL DEFAULT 1,
    vehicle_image_path       text,
    vehicle_class            text             NOT NULL CHECK (vehicle_class <> ''),
    vehicle_bounding_box     jsonb            NOT NULL CHECK (jsonb_array_length(vehicle_bounding_box) = 4),
    vehicle_confidence_score double precision NOT NULL CHECK (vehicle_confidence_score BETWEEN 0 AND 1),
    timestamp                timestamptz      NOT NULL,
    UNIQUE (session_id, vehicle_idx)
);
CREATE INDEX vehicles_by_class ON vehicles (vehicle_class, timestamp);
COMMENT ON TABLE  vehicles                          IS 'The vehicles of the sessions.';
COMMENT ON COLUMN vehicles.vehicle_idx              IS 'Number within the session, from 1.';
COMMENT ON COLUMN vehicles.vehicle_image_path       IS 'The stored crop.';
COMMENT ON COLUMN vehicles.vehicle_class            IS 'As the detector names it: car, motorcycle, bus, truck, ...';
COMMENT ON COLUMN vehicles.vehicle_bounding_box     IS '[x1, y1, x2, y2] in pixels of the winning frame.';
COMMENT ON COLUMN vehicles.vehicle_confidence_score IS 'Of the detector, 0 to 1.';
COMMENT ON COLUMN vehicles.timestamp                IS 'That of the session.';

CREATE TABLE plates (
    id                     bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session_id             bigint           NOT NULL REFERENCES detection_sessions (id) ON DELETE CASCADE,
    vehicle_id             bigint           REFERENCES vehicles (id) ON DELETE SET NULL,
    plate_idx              integer          NOT NULL DEFAULT 1,
    plate_image_path       text,
    plate_bounding_box     jsonb            NOT NULL CHECK (jsonb_array_length(plate_bounding_box) = 4),
    plate_confidence_score double precision NOT NULL CHECK (plate_confidence_score BETWEEN 0 AND 1),
    plate_text             text             CHECK (plate_text ~ '^[A-Z0-9]{1,40}$'),
    plate_number           text,
    ocr_confidence         double precision NOT NULL CHECK (ocr_confidence BETWEEN 0 AND 1),
    reads                  integer          NOT NULL DEFAULT 0 CHECK (reads >= 0),
    agreeing_reads         integer          NOT NULL DEFAULT 0 CHECK (agreeing_reads >= 0),
    reader                 text,
    timestamp              timestamptz      NOT NULL,
    plate_type             text,
    plate_date             text,
    plate_background_color text,
    plate_text_color       text,
    plate_region_code      text,
    plate_region_name      text,
    plate_region           text             GENERATED ALWAYS AS (
        CASE WHEN plate_region_code IS NULL THEN plate_region_name
             WHEN plate_region_name IS NULL THEN plate_region_code
             ELSE plate_region_code || ' (' || plate_region_name || ')' END) STORED,
    plate_country          text,
    plate_icon             text,
    plate_icon_color       text,
    plate_blue_strip       smallint         NOT NULL DEFAULT 0 CHECK (plate_blue_strip IN (0, 1)),
    plate_status           text             NOT NULL DEFAULT 'unclassified'
        CHECK (plate_status IN ('whitelist', 'blacklist', 'unclassified')),
    listed_plate           text,
    match_distance         double precision,
    match_tolerance        double precision,
    UNIQUE (session_id, plate_idx)
);
CREATE INDEX plates_by_vehicle ON plates (vehicle_id);
CREATE INDEX plates_by_text    ON plates (plate_text text_pattern_ops, timestamp);
CREATE INDEX plates_by_status  ON plates (plate_status, timestamp) WHERE plate_status <> 'unclassified';
COMMENT ON TABLE  plates                        IS 'The plates of the sessions, as their reads agreed on them.';
COMMENT ON COLUMN plates.vehicle_id             IS 'Null for a plate whose vehicle was not seen.';
COMMENT ON COLUMN plates.plate_idx              IS 'Number within the vehicle, from 1.';
COMMENT ON COLUMN plates.plate_image_path       IS 'The stored crop.';
COMMENT ON COLUMN plates.plate_bounding_box     IS '[x1, y1, x2, y2] in pixels of the winning frame.';
COMMENT ON COLUMN plates.plate_confidence_score IS 'Of the detector, 0 to 1.';
COMMENT ON COLUMN plates.plate_text             IS 'A-Z and 0-9 only; null where nothing could be read.';
COMMENT ON COLUMN plates.plate_number           IS 'As printed, with spaces.';
COMMENT ON COLUMN plates.ocr_confidence         IS 'Of the vote over all reads, 0 to 1.';
COMMENT ON COLUMN plates.reads                  IS 'Pictures of the plate that were read.';
COMMENT ON COLUMN plates.agreeing_reads         IS 'How many of them say plate_text.';
COMMENT ON COLUMN plates.reader                 IS 'Which reader gave the winning read.';
COMMENT ON COLUMN plates.timestamp              IS 'That of the session.';
COMMENT ON COLUMN plates.plate_type             IS 'private, public, government, police, military, diplomatic, free_trade; null where unknown.';
COMMENT ON COLUMN plates.plate_date             IS 'MM.YY of the small line, where the plate has one.';
COMMENT ON COLUMN plates.plate_region           IS 'Code and name for display, e.g. B (Jakarta).';
COMMENT ON COLUMN plates.plate_country          IS 'ISO 3166, lower case; null where the format does not tell.';
COMMENT ON COLUMN plates.plate_blue_strip       IS '1 for the strip of electric vehicles, else 0.';
COMMENT ON COLUMN plates.plate_status           IS 'What the access list said of the plate when it passed: whitelist, blacklist or unclassified.';
COMMENT ON COLUMN plates.listed_plate           IS 'The entry that it matched; differs from plate_text when match_distance is above 0.';
COMMENT ON COLUMN plates.match_distance         IS 'Confusion-weighted edit distance to listed_plate; 0 is exact.';
COMMENT ON COLUMN plates.match_tolerance        IS 'The largest distance that counted at that time.';

CREATE TABLE plate_status (
    id         integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plate_text text        NOT NULL UNIQUE CHECK (plate_text ~ '^[A-Z0-9]{1,40}$'),
    type       text        NOT NULL CHECK (type IN ('whitelist', 'blacklist')),
    version    bigint      NOT NULL,
    changed_at timestamptz NOT NULL,
    timestamp  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE  plate_status            IS 'The access list as the topic plateflow.plate-status has it; change it there, not here.';
COMMENT ON COLUMN plate_status.plate_text IS 'A-Z and 0-9 only.';
COMMENT ON COLUMN plate_status.version    IS 'Of the entry; a lower one never replaces a higher one.';
COMMENT ON COLUMN plate_status.changed_at IS 'When the entry was made, as its author says.';
COMMENT ON COLUMN plate_status.timestamp  IS 'When this row was last written.';

CREATE TABLE plate_status_removals (
    plate_text text   PRIMARY KEY,
    version    bigint NOT NULL
);
COMMENT ON TABLE plate_status_removals IS 'Versions of the entries that were taken off the access list, so that an older entry that arrives late does not bring them back.';

CREATE TABLE pass_statistics_hourly (
    location_id    integer     NOT NULL REFERENCES locations (id) ON DELETE CASCADE,
    bucket_start   timestamptz NOT NULL,
    local_start    timestamp   NOT NULL,
    vehicle_class  text        NOT NULL,
    plate_type     text        NOT NULL,
    region_code    text        NOT NULL,
    status         text        NOT NULL,
    passes         bigint      NOT NULL,
    with_vehicle   bigint      NOT NULL,
    with_plate     bigint      NOT NULL,
    with_text      bigint      NOT NULL,
    PRIMARY KEY (location_id, bucket_start, vehicle_class, plate_type, region_code, status)
);
CREATE INDEX pass_statistics_hourly_by_time ON pass_statistics_hourly (bucket_start);
COMMENT ON TABLE  pass_statistics_hourly               IS 'Passes by location, hour, vehicle class, plate type, region and status: always what the base tables say.';
COMMENT ON COLUMN pass_statistics_hourly.bucket_start  IS 'Start of the hour, as people at the location count it.';
COMMENT ON COLUMN pass_statistics_hourly.local_start   IS 'The same by the clock at the location.';
COMMENT ON COLUMN pass_statistics_hourly.vehicle_class IS 'none where no vehicle was seen.';
COMMENT ON COLUMN pass_statistics_hourly.plate_type    IS 'none where no plate was seen, unknown where its type is not known.';
COMMENT ON COLUMN pass_statistics_hourly.region_code   IS 'none where no plate was seen, unknown where its region is not known.';
COMMENT ON COLUMN pass_statistics_hourly.status        IS 'whitelist, blacklist or unclassified.';
COMMENT ON COLUMN pass_statistics_hourly.passes        IS 'All passes of the group.';
COMMENT ON COLUMN pass_statistics_hourly.with_vehicle  IS 'Those whose vehicle was seen.';
COMMENT ON COLUMN pass_statistics_hourly.with_plate    IS 'Those whose plate was seen.';
COMMENT ON COLUMN pass_statistics_hourly.with_text     IS 'Those whose plate was read.';

CREATE TABLE pass_statistics_daily (
    location_id    integer     NOT NULL REFERENCES locations (id) ON DELETE CASCADE,
    day            date        NOT NULL,
    vehicle_class  text        NOT NULL,
    plate_type     text        NOT NULL,
    region_code    text        NOT NULL,
    status         text        NOT NULL,
    passes         bigint      NOT NULL,
    with_vehicle   bigint      NOT NULL,
    with_plate     bigint      NOT NULL,
    with_text      bigint      NOT NULL,
    PRIMARY KEY (location_id, day, vehicle_class, plate_type, region_code, status)
);
CREATE INDEX pass_statistics_daily_by_day ON pass_statistics_daily (day);
COMMENT ON TABLE  pass_statistics_daily     IS 'The hours of pass_statistics_hourly added up to days.';
COMMENT ON COLUMN pass_statistics_daily.day IS 'Calendar day in the timezone of the location.';
