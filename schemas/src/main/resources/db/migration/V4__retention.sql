-- What is kept for how long, and what is left of passes whose time is up: their counts, their keys
-- for a while, and the names of pictures that are still to be removed.

CREATE TABLE camera_retention (
    camera_id text     PRIMARY KEY,
    keep      interval CHECK (keep >= interval '0')
);
COMMENT ON TABLE  camera_retention      IS 'As the camera catalogue last said; a camera that is gone from it keeps its line.';
COMMENT ON COLUMN camera_retention.keep IS 'Age at which passes and their pictures are deleted; 0 keeps them for ever, null leaves it to the default of the job.';

CREATE TABLE expired_passes (
    pass_key   text        PRIMARY KEY,
    expired_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX expired_passes_by_time ON expired_passes (expired_at);
COMMENT ON TABLE expired_passes IS 'Passes that were deleted for their age in the last 30 days, so that a replay neither brings them back nor counts them twice.';

CREATE TABLE expired_pass_counts (
    location_id    integer     NOT NULL REFERENCES locations (id) ON DELETE CASCADE,
    slot           timestamptz NOT NULL,
    vehicle_class  text        NOT NULL,
    plate_type     text        NOT NULL,
    region_code    text        NOT NULL,
    status         text        NOT NULL,
    passes         bigint      NOT NULL,
    with_vehicle   bigint      NOT NULL,
    with_plate     bigint      NOT NULL,
    with_text      bigint      NOT NULL,
    PRIMARY KEY (location_id, slot, vehicle_class, plate_type, region_code, status)
);
COMMENT ON TABLE  expired_pass_counts      IS 'What deleted passes counted for in the statistics.';
COMMENT ON COLUMN expired_pass_counts.slot IS 'Start of the quarter of an hour, which is a whole part of an hour in every timezone.';

CREATE TABLE expired_evidence (
    path     text        PRIMARY KEY,
    tried_at timestamptz
);
CREATE INDEX expired_evidence_by_trial ON expired_evidence (tried_at NULLS FIRST);
COMMENT ON TABLE  expired_evidence          IS 'Pictures of deleted passes that are still to be removed from the evidence store.';
COMMENT ON COLUMN expired_evidence.tried_at IS 'When removing it last failed; null before the first attempt.';

COMMENT ON TABLE pass_statistics_hourly IS 'Passes by location, hour, vehicle class, plate type, region and status: always what the base tables and expired_pass_counts say.';
