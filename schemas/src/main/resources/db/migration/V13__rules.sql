-- Rules, sites, and alerts of rules, which need neither a pass nor a list.

CREATE TABLE rules (
    rule_id         text        PRIMARY KEY CHECK (rule_id <> ''),
    name            text        NOT NULL,
    enabled         boolean     NOT NULL,
    trigger         text        NOT NULL CHECK (trigger IN ('pass', 'overstay', 'occupancy', 'camera_down', 'disk_low')),
    lists           text[]      NOT NULL,
    not_on_lists    text[]      NOT NULL,
    pattern         text,
    vehicle_classes text[]      NOT NULL,
    plate_colors    text[]      NOT NULL,
    plate_types     text[]      NOT NULL,
    cameras         text[]      NOT NULL,
    sites           text[]      NOT NULL,
    gates           text[]      NOT NULL,
    directions      text[]      NOT NULL,
    hours           text,
    times           integer     CHECK (times > 1),
    within          text,
    longer_than     text,
    fill            double precision CHECK (fill > 0 AND fill <= 1),
    max_per_hour    integer     NOT NULL CHECK (max_per_hour > 0),
    match_all       boolean     NOT NULL,
    removed         boolean     NOT NULL,
    version         bigint      NOT NULL,
    changed_at      timestamptz NOT NULL,
    changed_by      text,
    timestamp       timestamptz NOT NULL DEFAULT now(),
    CHECK ((times IS NULL) = (within IS NULL))
);
COMMENT ON TABLE  rules              IS 'What raises alerts, as the topic plateflow.rules says; removed ones stay, so that older versions do not come back.';
COMMENT ON COLUMN rules.not_on_lists IS 'The plate is on none of these; {*}: on no list at all.';
COMMENT ON COLUMN rules.times        IS 'The n-th pass of a plate within the span, and those after it.';
COMMENT ON COLUMN rules.max_per_hour IS 'Alerts of an hour of capture time; those above are left out.';
COMMENT ON COLUMN rules.timestamp    IS 'When the row was written.';

CREATE TABLE sites (
    site_id    text        PRIMARY KEY CHECK (site_id <> ''),
    name       text,
    capacity   integer     CHECK (capacity > 0),
    stay_limit interval    CHECK (stay_limit > interval '0'),
    grace      interval    CHECK (grace > interval '0'),
    removed    boolean     NOT NULL,
    version    bigint      NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text,
    timestamp  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE  sites            IS 'What is known of sites, as the topic plateflow.sites says.';
COMMENT ON COLUMN sites.site_id    IS 'The name by which cameras know it.';
COMMENT ON COLUMN sites.stay_limit IS 'How long a vehicle may stay; null: for ever.';
COMMENT ON COLUMN sites.grace      IS 'How much longer nobody minds.';
COMMENT ON COLUMN sites.timestamp  IS 'When the row was written.';

ALTER TABLE alerts
    ALTER COLUMN pass_key DROP NOT NULL,
    ALTER COLUMN listed_plate DROP NOT NULL,
    ALTER COLUMN status DROP NOT NULL,
    ALTER COLUMN match_distance DROP NOT NULL,
    ADD COLUMN rule_name text,
    ADD COLUMN detail text;
CREATE INDEX alerts_by_rule ON alerts (rule_id, captured_at) WHERE rule_id IS NOT NULL;
COMMENT ON COLUMN alerts.pass_key     IS 'The pass in detection_sessions, once it is written; null for an alert of a rule that is about none.';
COMMENT ON COLUMN alerts.listed_plate IS 'The entry that decides; null where a rule raised it and the plate is on no list.';
COMMENT ON COLUMN alerts.status       IS 'whitelist or blacklist; null alike.';
COMMENT ON COLUMN alerts.rule_name    IS 'The name of the rule when it raised it.';
COMMENT ON COLUMN alerts.detail       IS 'What happened, where it is about no pass.';
COMMENT ON COLUMN alerts.camera_id    IS 'Empty where a rule raised it that is about no camera.';
