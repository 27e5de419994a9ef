-- What goes when the disk gets full, what must not go, and how full it is.

ALTER TABLE detection_sessions
    ADD COLUMN evidence_removed_at     timestamptz,
    ADD COLUMN evidence_removed_reason text,
    ADD CONSTRAINT evidence_removed_for_a_reason
        CHECK ((evidence_removed_at IS NULL) = (evidence_removed_reason IS NULL));
-- The oldest pictures are at its beginning, however many have gone.
CREATE INDEX detection_sessions_with_evidence ON detection_sessions (timestamp, id)
    WHERE evidence_removed_at IS NULL;
COMMENT ON COLUMN detection_sessions.evidence_removed_at     IS 'When its pictures were removed while the row stayed; their paths are null then. Null where that did not happen.';
COMMENT ON COLUMN detection_sessions.evidence_removed_reason IS 'keep-free: the disk was getting full.';

CREATE TABLE holds (
    pass_key text        NOT NULL CHECK (pass_key <> ''),
    held_by  text        NOT NULL CHECK (held_by <> ''),
    reason   text        NOT NULL CHECK (reason <> ''),
    held_at  timestamptz NOT NULL DEFAULT now(),
    until    timestamptz,
    PRIMARY KEY (pass_key, held_by),
    CHECK (until > held_at)
);
COMMENT ON TABLE  holds          IS 'Passes that neither age nor lack of space may delete, with their pictures; see hold_pass and release_pass.';
COMMENT ON COLUMN holds.pass_key IS 'As in detection_sessions.';
COMMENT ON COLUMN holds.held_by  IS 'Who holds it; a pass goes when nobody does any more.';
COMMENT ON COLUMN holds.reason   IS 'Why, for people.';
COMMENT ON COLUMN holds.until    IS 'When the hold ends by itself; null holds until it is released.';

CREATE TABLE storage_state (
    path        text        PRIMARY KEY,
    free_bytes  bigint      CHECK (free_bytes >= 0),
    total_bytes bigint      CHECK (total_bytes >= 0),
    level       text        CHECK (level IN ('ok', 'low', 'critical')),
    at          timestamptz,
    swept_at    timestamptz
);
COMMENT ON TABLE  storage_state             IS 'How full the disk of the evidence store is.';
COMMENT ON COLUMN storage_state.path        IS 'The evidence store.';
COMMENT ON COLUMN storage_state.free_bytes  IS 'What may still be written; null, as the columns beside it, where the store cannot tell.';
COMMENT ON COLUMN storage_state.total_bytes IS 'Size of the disk.';
COMMENT ON COLUMN storage_state.level       IS 'ok, low (a warning is logged) or critical (nearly full).';
COMMENT ON COLUMN storage_state.at          IS 'When it was measured.';
COMMENT ON COLUMN storage_state.swept_at    IS 'When it was last searched for pictures that belong to no row.';
