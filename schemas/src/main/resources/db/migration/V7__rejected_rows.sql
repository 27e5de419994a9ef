-- Rows that the tables refused for their own content, until they have been sent to the topic of
-- rejected records, and for a while after.

CREATE TABLE rejected_rows (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text        NOT NULL,
    source      text        NOT NULL,
    reason      text        NOT NULL,
    rejected_at timestamptz NOT NULL DEFAULT now(),
    relayed_at  timestamptz,
    -- Reasons can be longer than an entry of an index.
    digest      text        NOT NULL GENERATED ALWAYS AS (
        md5(kind || ' ' || source || ' ' || reason)) STORED UNIQUE
);
CREATE INDEX rejected_rows_to_relay ON rejected_rows (id) WHERE relayed_at IS NULL;
CREATE INDEX rejected_rows_relayed  ON rejected_rows (relayed_at);
COMMENT ON TABLE  rejected_rows            IS 'What could not be written, once for each record and reason, however often it is replayed.';
COMMENT ON COLUMN rejected_rows.kind       IS 'pass, plate-status or parking-visit.';
COMMENT ON COLUMN rejected_rows.source     IS 'Where it came from: a camera, a plate.';
COMMENT ON COLUMN rejected_rows.reason     IS 'Which record it was, and why it was refused.';
COMMENT ON COLUMN rejected_rows.relayed_at IS 'When it was known to be on the topic of rejected records; null before.';
