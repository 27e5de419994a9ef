-- Named lists of plates and their entries as their topics have them; alerts, and what gates were told.

CREATE TABLE access_lists (
    list_id    text             PRIMARY KEY CHECK (list_id ~ '^[A-Za-z0-9._-]{1,100}$'),
    name       text             NOT NULL CHECK (name <> ''),
    meaning    text             NOT NULL CHECK (meaning IN ('deny', 'alert', 'allow', 'inform', 'ignore')),
    color      text             CHECK (color ~ '^#[0-9a-fA-F]{6}$'),
    tolerance  double precision CHECK (tolerance BETWEEN 0 AND 3),
    min_reads  integer          CHECK (min_reads BETWEEN 1 AND 100),
    min_score  double precision CHECK (min_score BETWEEN 0 AND 1),
    built_in   boolean          NOT NULL DEFAULT false,
    removed    boolean          NOT NULL DEFAULT false,
    version    bigint           NOT NULL,
    changed_at timestamptz      NOT NULL,
    changed_by text,
    timestamp  timestamptz      NOT NULL DEFAULT now()
);
INSERT INTO access_lists (list_id, name, meaning, color, built_in, version, changed_at) VALUES
    ('blacklist', 'Blacklist', 'deny',  '#d92d20', true, 0, 'epoch'),
    ('whitelist', 'Whitelist', 'allow', '#12805c', true, 0, 'epoch');
COMMENT ON TABLE  access_lists            IS 'The lists as the topic plateflow.lists has them; change them there, not here. Two stand for plateflow.plate-status.';
COMMENT ON COLUMN access_lists.meaning    IS 'deny, alert, allow, inform or ignore: of several the first in this order decides.';
COMMENT ON COLUMN access_lists.tolerance  IS 'Largest confusion-weighted distance that counts; null takes that of the job.';
COMMENT ON COLUMN access_lists.min_reads  IS 'Agreeing reads that open a gate; null takes that of the job.';
COMMENT ON COLUMN access_lists.min_score  IS 'Lowest score of the reads that open a gate; null takes that of the job.';
COMMENT ON COLUMN access_lists.built_in   IS 'Whether it stands for plateflow.plate-status, whose entries are in plate_status.';
COMMENT ON COLUMN access_lists.removed    IS 'It is gone; kept for its version.';
COMMENT ON COLUMN access_lists.version    IS 'A lower one never replaces a higher one.';
COMMENT ON COLUMN access_lists.changed_at IS 'When it was changed, as its author says.';
COMMENT ON COLUMN access_lists.timestamp  IS 'When this row was last written.';

CREATE TABLE access_list_entries (
    entry_id    text        PRIMARY KEY CHECK (entry_id ~ '^[A-Za-z0-9._-]{1,100}$'),
    -- No reference: an entry may arrive before its list.
    list_id     text        NOT NULL,
    pattern     text        NOT NULL CHECK (pattern ~ '^[A-Z0-9?*]{1,40}$'),
    match_all   boolean     NOT NULL DEFAULT false,
    holder      text,
    note        text,
    sites       text[]      NOT NULL DEFAULT '{}',
    cameras     text[]      NOT NULL DEFAULT '{}',
    hours       text,
    valid_from  timestamptz,
    valid_until timestamptz,
    removed     boolean     NOT NULL DEFAULT false,
    version     bigint      NOT NULL,
    changed_at  timestamptz NOT NULL,
    changed_by  text,
    timestamp   timestamptz NOT NULL DEFAULT now(),
    CHECK (valid_from < valid_until)
);
CREATE INDEX access_list_entries_by_list    ON access_list_entries (list_id, entry_id) WHERE NOT removed;
CREATE INDEX access_list_entries_by_pattern ON access_list_entries (pattern text_pattern_ops) WHERE NOT removed;
COMMENT ON TABLE  access_list_entries             IS 'The entries as the topic plateflow.list-entries has them; change them there, not here.';
COMMENT ON COLUMN access_list_entries.pattern     IS 'A plate, or a pattern: ? is one character, * any number of them.';
COMMENT ON COLUMN access_list_entries.match_all   IS 'Whether a pattern without a character is meant.';
COMMENT ON COLUMN access_list_entries.holder      IS 'Whose vehicle it is.';
COMMENT ON COLUMN access_list_entries.sites       IS 'Where it counts; empty: everywhere.';
COMMENT ON COLUMN access_list_entries.cameras     IS 'Cameras where it counts; empty: all of its sites.';
COMMENT ON COLUMN access_list_entries.hours       IS 'When it counts by the clock of the place, such as Mo-Fr 07:00-18:00; null: always.';
COMMENT ON COLUMN access_list_entries.valid_from  IS 'Inclusive.';
COMMENT ON COLUMN access_list_entries.valid_until IS 'Exclusive.';
COMMENT ON COLUMN access_list_entries.removed     IS 'It is gone; kept for its version.';
COMMENT ON COLUMN access_list_entries.version     IS 'A lower one never replaces a higher one.';

CREATE TABLE alerts (
    alert_id       text             PRIMARY KEY CHECK (alert_id <> ''),
    revision       integer          NOT NULL CHECK (revision >= 0),
    state          text             NOT NULL CHECK (state IN ('provisional', 'confirmed', 'corrected', 'withdrawn')),
    -- No reference: an alert does not wait for its pass.
    pass_key       text             NOT NULL,
    plate_text     text,
    listed_plate   text             NOT NULL,
    status         text             NOT NULL,
    match_distance double precision NOT NULL,
    matches        jsonb            NOT NULL CHECK (jsonb_typeof(matches) = 'array'),
    rule_id        text,
    camera_id      text             NOT NULL,
    location       text             NOT NULL,
    site           text             NOT NULL,
    gate           text             NOT NULL,
    vehicle_class  text,
    score          double precision NOT NULL,
    reads          integer          NOT NULL,
    captured_at    timestamptz      NOT NULL,
    emitted_at     timestamptz      NOT NULL,
    raised_at      timestamptz      NOT NULL
);
CREATE INDEX alerts_by_time  ON alerts (captured_at, alert_id);
CREATE INDEX alerts_by_pass  ON alerts (pass_key);
CREATE INDEX alerts_by_plate ON alerts (plate_text text_pattern_ops, captured_at);
COMMENT ON TABLE  alerts             IS 'Alerts, each as its highest revision has it. Acknowledging and the like is kept elsewhere.';
COMMENT ON COLUMN alerts.pass_key    IS 'The pass in detection_sessions, once it is written.';
COMMENT ON COLUMN alerts.plate_text  IS 'As read; null where the pass has no plate any more.';
COMMENT ON COLUMN alerts.matches     IS 'All entries that the plate matched, the one that decides first.';
COMMENT ON COLUMN alerts.rule_id     IS 'The rule that raised it; null where a list did.';
COMMENT ON COLUMN alerts.captured_at IS 'Capture time of the frame that gave the winning read.';
COMMENT ON COLUMN alerts.emitted_at  IS 'When this revision left.';
COMMENT ON COLUMN alerts.raised_at   IS 'When the first revision that was written left.';

CREATE TABLE access_events (
    access_id     text             PRIMARY KEY CHECK (access_id <> ''),
    revision      integer          NOT NULL CHECK (revision >= 0),
    outcome       text             NOT NULL CHECK (outcome IN ('granted', 'denied', 'unknown', 'unread')),
    reason        text             NOT NULL,
    pass_key      text             NOT NULL,
    plate_text    text,
    matches       jsonb            NOT NULL CHECK (jsonb_typeof(matches) = 'array'),
    camera_id     text             NOT NULL,
    location      text             NOT NULL,
    site          text             NOT NULL,
    gate          text             NOT NULL,
    permit_only   boolean          NOT NULL,
    vehicle_class text,
    score         double precision NOT NULL,
    reads         integer          NOT NULL,
    first_seen    timestamptz      NOT NULL,
    captured_at   timestamptz      NOT NULL,
    emitted_at    timestamptz      NOT NULL,
    told_at       timestamptz      NOT NULL
);
CREATE INDEX access_events_by_time  ON access_events (captured_at, access_id);
CREATE INDEX access_events_by_pass  ON access_events (pass_key);
CREATE INDEX access_events_by_plate ON access_events (plate_text text_pattern_ops, captured_at);
COMMENT ON TABLE  access_events             IS 'What gates were told of the vehicles before them, each as its highest revision has it.';
COMMENT ON COLUMN access_events.outcome     IS 'granted, denied, unknown, or unread for a vehicle that stands there and cannot be read.';
COMMENT ON COLUMN access_events.reason      IS 'listed, deny_list, alert_list, not_listed, look_alike, few_reads, low_score, late, absorbed or unread.';
COMMENT ON COLUMN access_events.pass_key    IS 'The pass in detection_sessions, once it is written.';
COMMENT ON COLUMN access_events.permit_only IS 'Whether the gate is for listed vehicles only.';
COMMENT ON COLUMN access_events.captured_at IS 'Capture time of the frame that led to this revision.';
COMMENT ON COLUMN access_events.emitted_at  IS 'When this revision left.';
COMMENT ON COLUMN access_events.told_at     IS 'When the first revision that was written left.';

ALTER TABLE plates
    ADD COLUMN list_matches jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(list_matches) = 'array');
COMMENT ON COLUMN plates.list_matches IS 'All entries of lists that the plate matched when it passed, the one that decides first.';
