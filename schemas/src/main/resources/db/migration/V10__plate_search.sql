-- What finding a plate needs: every look at it, and all texts a pass can be found by.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
        RAISE EXCEPTION 'Postgres lacks the extension pg_trgm, which finding plates needs: install the contributed modules (postgresql-contrib) on the server of database %, then start again', current_database();
    END IF;
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'Database % lacks the extension pg_trgm, which finding plates needs, and % may not create it: have its owner run CREATE EXTENSION pg_trgm there, then start again', current_database(), current_user;
END
$$;

ALTER TABLE detection_sessions ADD COLUMN site text CHECK (site <> '');
COMMENT ON COLUMN detection_sessions.site IS 'The car park or the like that the camera belongs to; null for passes from before it was kept.';

-- The groups of io.plateflow.schemas.plate.ConfusionDistance; a test compares the two. An index holds
-- what this returns, so other groups need a migration that builds it anew.
CREATE FUNCTION fold_plate(plate text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT translate(plate, 'ODQILZSGBV', '000112568U')
$$;
COMMENT ON FUNCTION fold_plate IS 'The plate with each character replaced by the first of its look-alikes: equal for plates that differ by look-alikes only.';

-- Written out, for it is made for every new plate.
CREATE FUNCTION plate_places(plate text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_remove(ARRAY[
           nullif(substr(plate, 1, 1), '') || '1', nullif(substr(plate, 2, 1), '') || '2',
           nullif(substr(plate, 3, 1), '') || '3', nullif(substr(plate, 4, 1), '') || '4',
           nullif(substr(plate, 5, 1), '') || '5', nullif(substr(plate, 6, 1), '') || '6',
           nullif(substr(plate, 7, 1), '') || '7', nullif(substr(plate, 8, 1), '') || '8',
           nullif(substr(plate, 9, 1), '') || '9', nullif(substr(plate, 10, 1), '') || '10',
           nullif(substr(reverse(plate), 1, 1), '') || '-1', nullif(substr(reverse(plate), 2, 1), '') || '-2',
           nullif(substr(reverse(plate), 3, 1), '') || '-3', nullif(substr(reverse(plate), 4, 1), '') || '-4',
           nullif(substr(reverse(plate), 5, 1), '') || '-5', nullif(substr(reverse(plate), 6, 1), '') || '-6',
           nullif(substr(reverse(plate), 7, 1), '') || '-7', nullif(substr(reverse(plate), 8, 1), '') || '-8',
           nullif(substr(reverse(plate), 9, 1), '') || '-9', nullif(substr(reverse(plate), 10, 1), '') || '-10'], NULL)
$$;
COMMENT ON FUNCTION plate_places IS 'The first ten characters of the plate with their places, counted from the front (1, 2, ...), and the last ten, counted from the back (-1, -2, ...): {A1,B2,B-1,A-2} for AB.';

CREATE TABLE plate_reads (
    session_id       bigint      NOT NULL REFERENCES detection_sessions (id) ON DELETE CASCADE,
    number           smallint    NOT NULL CHECK (number > 0),
    captured_at      timestamptz,
    reader           text        NOT NULL CHECK (reader <> ''),
    text             text        COLLATE "C" NOT NULL CHECK (text ~ '^[A-Z0-9]{1,40}$'),
    score            real        NOT NULL CHECK (score BETWEEN 0 AND 1),
    character_scores real[]      NOT NULL DEFAULT '{}',
    agrees           boolean     NOT NULL,
    PRIMARY KEY (session_id, number)
);
COMMENT ON TABLE  plate_reads                  IS 'Every look at the plate of a pass that had a vote, and what other readers made of it; gone with the pass, and never kept of plates that stand as a hash.';
COMMENT ON COLUMN plate_reads.number           IS 'Within the pass, from 1: looks in the order of their capture, then other readers.';
COMMENT ON COLUMN plate_reads.captured_at      IS 'Capture time of the frame; null for a reader that was asked about the whole pass.';
COMMENT ON COLUMN plate_reads.reader           IS 'local, tesseract or gemini.';
COMMENT ON COLUMN plate_reads.text             IS 'A-Z and 0-9 only.';
COMMENT ON COLUMN plate_reads.score            IS 'Of the whole text, 0 to 1, in the measure of its reader.';
COMMENT ON COLUMN plate_reads.character_scores IS 'One for each character of text, 0 to 1; empty where they are not known.';
COMMENT ON COLUMN plate_reads.agrees           IS 'Whether it says what all reads agreed on.';

CREATE TABLE search_texts (
    session_id    bigint      NOT NULL REFERENCES detection_sessions (id) ON DELETE CASCADE,
    text          text        COLLATE "C" NOT NULL,
    origin        text        NOT NULL CHECK (origin IN ('plate', 'read')),
    timestamp     timestamptz NOT NULL,
    location_id   integer     NOT NULL,
    camera_id     text        NOT NULL,
    site          text,
    vehicle_class text,
    plate_type    text,
    plate_status  text        NOT NULL
);
COMMENT ON TABLE  search_texts        IS 'The texts that a pass is found by, with what searches filter by; derived from the other tables by refresh_search_texts.';
COMMENT ON COLUMN search_texts.origin IS 'plate: plate_text of the pass; read: only some look or reader says so.';

CREATE TABLE search_plates (
    text      text        COLLATE "C" NOT NULL,
    folded    text        COLLATE "C" NOT NULL GENERATED ALWAYS AS (fold_plate(text)) STORED,
    passes    bigint      NOT NULL,
    last_seen timestamptz NOT NULL
-- Room for the counts to change in place.
) WITH (fillfactor = 80);
COMMENT ON TABLE  search_plates           IS 'The distinct texts of search_texts: always what that table says.';
COMMENT ON COLUMN search_plates.folded    IS 'The text with its look-alikes made equal.';
COMMENT ON COLUMN search_plates.passes    IS 'Passes with this text, be it their plate or a read.';
COMMENT ON COLUMN search_plates.last_seen IS 'timestamp of the latest of them.';

-- What there was before.
INSERT INTO plate_reads (session_id, number, reader, text, score, agrees)
SELECT p.session_id, row_number() OVER (PARTITION BY p.session_id ORDER BY r.n),
       r.read ->> 'reader', r.read ->> 'text', (r.read ->> 'score')::real,
       r.read ->> 'text' = p.plate_text
  FROM plates p
 CROSS JOIN jsonb_array_elements(p.rung_reads) WITH ORDINALITY AS r (read, n)
 WHERE p.plate_idx = 1 AND p.plate_text NOT LIKE '#%' AND r.read ->> 'text' <> '';

INSERT INTO search_texts
SELECT DISTINCT ON (s.id, t.text)
       s.id, t.text, t.origin, s.timestamp, s.location_id, s.camera_id, s.site, v.vehicle_class,
       p.plate_type, p.plate_status
  FROM plates p
  JOIN detection_sessions s ON s.id = p.session_id
  LEFT JOIN vehicles v ON v.session_id = s.id AND v.vehicle_idx = 1
 CROSS JOIN LATERAL (
       SELECT p.plate_text, 'plate'
       UNION ALL
       SELECT r.text, 'read' FROM plate_reads r WHERE r.session_id = s.id AND p.plate_idx = 1
       ) AS t (text, origin)
 WHERE t.text IS NOT NULL
 ORDER BY s.id, t.text, t.origin, p.plate_idx;

INSERT INTO search_plates (text, passes, last_seen)
SELECT text, count(*), max(timestamp) FROM search_texts GROUP BY text;

ALTER TABLE search_texts ADD PRIMARY KEY (session_id, text);
ALTER TABLE search_plates ADD PRIMARY KEY (text);
CREATE INDEX search_texts_by_time     ON search_texts (timestamp, session_id);
-- These hold what a search asks of a row: the passes of one plate, or camera, lie far apart in the
-- table, and fetching each from there takes most of the time.
CREATE INDEX search_texts_by_text     ON search_texts (text, timestamp, session_id)
    INCLUDE (origin, camera_id, location_id, site, vehicle_class, plate_type, plate_status);
CREATE INDEX search_texts_by_camera   ON search_texts (camera_id, timestamp, session_id)
    INCLUDE (text, origin);
CREATE INDEX search_texts_by_location ON search_texts (location_id, timestamp, session_id)
    INCLUDE (text, origin);
CREATE INDEX search_texts_by_status   ON search_texts (plate_status, timestamp, session_id)
    INCLUDE (text, origin) WHERE plate_status <> 'unclassified';
CREATE INDEX search_plates_by_look    ON search_plates (folded);
-- Searches read the list of what is not indexed yet from end to end: it stays short.
CREATE INDEX search_plates_by_trigram ON search_plates USING gin (text gin_trgm_ops)
    WITH (gin_pending_list_limit = 256);
-- For patterns that have too few characters in a row for trigrams.
CREATE INDEX search_plates_by_place   ON search_plates USING gin (plate_places(text))
    WITH (gin_pending_list_limit = 256);
