-- Keeps plate_reads and what plates are found by. Run again whenever this file changes.

-- The texts that these passes are found by. Whatever else a pass shall be found by comes in here, with
-- an origin of its own.
CREATE OR REPLACE FUNCTION searchable_texts(sessions bigint[]) RETURNS SETOF search_texts
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT DISTINCT ON (s.id, t.text)
           s.id, t.text, t.origin, s.timestamp, s.location_id, s.camera_id, s.site, v.vehicle_class,
           p.plate_type, p.plate_status
      FROM detection_sessions s
      JOIN plates p ON p.session_id = s.id
      LEFT JOIN vehicles v ON v.session_id = s.id AND v.vehicle_idx = 1
     CROSS JOIN LATERAL (
           SELECT p.plate_text, 'plate'
           UNION ALL
           SELECT p.read_text, 'read'
           UNION ALL
           SELECT r.text, 'read' FROM plate_reads r WHERE r.session_id = s.id AND p.plate_idx = 1
           ) AS t (text, origin)
     WHERE s.id = ANY (sessions) AND t.text IS NOT NULL
     ORDER BY s.id, t.text, t.origin, p.plate_idx
$$;
COMMENT ON FUNCTION searchable_texts IS 'What search_texts has to say of these passes.';

-- Brings search_texts and search_plates in line with these passes. Call it in the transaction that
-- changed them, last: rows of search_plates are shared by all cameras and locked until it ends. They
-- are locked in the order of their text, so nobody waits in a circle.
CREATE OR REPLACE FUNCTION refresh_search_texts(sessions bigint[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    truth search_texts[] := ARRAY(
        SELECT t FROM searchable_texts(sessions) AS t ORDER BY t.session_id, t.text);
    known search_texts[] := ARRAY(
        SELECT o FROM search_texts o WHERE o.session_id = ANY (sessions)
         ORDER BY o.session_id, o.text);
BEGIN
    IF truth = known THEN
        RETURN;
    END IF;

    -- Rows that will go are locked here and counted off by the trigger below.
    INSERT INTO search_plates AS plate (text, passes, last_seen)
    SELECT coalesce(n.text, o.text) AS text,
           count(*) FILTER (WHERE o.text IS NULL),
           max(coalesce(n.timestamp, o.timestamp))
      FROM unnest(truth) AS n
      FULL JOIN unnest(known) AS o ON o.session_id = n.session_id AND o.text = n.text
     WHERE n.timestamp IS DISTINCT FROM o.timestamp
     GROUP BY 1
     ORDER BY 1
    ON CONFLICT (text) DO UPDATE
       SET passes = plate.passes + excluded.passes,
           last_seen = greatest(plate.last_seen, excluded.last_seen);

    INSERT INTO search_texts AS old
    SELECT n.* FROM unnest(truth) AS n
    ON CONFLICT (session_id, text) DO UPDATE SET
        origin = excluded.origin, timestamp = excluded.timestamp,
        location_id = excluded.location_id, camera_id = excluded.camera_id, site = excluded.site,
        vehicle_class = excluded.vehicle_class, plate_type = excluded.plate_type,
        plate_status = excluded.plate_status
     WHERE old IS DISTINCT FROM excluded;

    -- After the insertion: whose last pass goes is seen last by one that came.
    DELETE FROM search_texts s
     USING unnest(known) AS o
     WHERE s.session_id = o.session_id AND s.text = o.text
       AND NOT EXISTS (
           SELECT FROM unnest(truth) AS n WHERE n.session_id = o.session_id AND n.text = o.text);

    -- A pass that went back in time may have been the latest of its plate.
    UPDATE search_plates p
       SET last_seen = (SELECT max(s.timestamp) FROM search_texts s WHERE s.text = p.text)
     WHERE p.text IN (
           SELECT n.text FROM unnest(truth) AS n
             JOIN unnest(known) AS o ON o.session_id = n.session_id AND o.text = n.text
            WHERE n.timestamp < o.timestamp);
END $$;
COMMENT ON FUNCTION refresh_search_texts IS 'Makes these passes findable by what their tables say now. Call it last in the transaction that changed them.';

-- Whoever deletes passes, of search_plates nothing stays. Who deletes many at a time deletes their
-- search_texts first, in one statement.
CREATE OR REPLACE FUNCTION count_off_search_plates() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    texts text[] := ARRAY(SELECT DISTINCT g.text FROM gone g);
BEGIN
    IF texts = '{}' THEN
        RETURN NULL;
    END IF;
    PERFORM FROM search_plates p WHERE p.text = ANY (texts) ORDER BY p.text FOR UPDATE;
    UPDATE search_plates p
       SET passes = p.passes - g.passes,
           last_seen = CASE WHEN g.latest < p.last_seen THEN p.last_seen
                            ELSE coalesce((SELECT max(s.timestamp) FROM search_texts s
                                            WHERE s.text = p.text), p.last_seen) END
      FROM (SELECT o.text, count(*) AS passes, max(o.timestamp) AS latest
              FROM gone o GROUP BY o.text) AS g
     WHERE p.text = g.text;
    DELETE FROM search_plates p WHERE p.text = ANY (texts) AND p.passes = 0;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER count_off_search_plates
    AFTER DELETE ON search_texts
    REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION count_off_search_plates();

-- Writes what was read of the plates of a batch of record_passes, and makes its passes findable.
CREATE OR REPLACE FUNCTION record_plate_reads(batch jsonb) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    sessions bigint[] := ARRAY(
        SELECT s.id FROM detection_sessions s
         WHERE s.pass_key IN (SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text)));
BEGIN
    WITH input AS (
        SELECT s.id AS session_id, l.*
          FROM jsonb_to_recordset(batch) AS r (pass_key text, plate jsonb)
          JOIN detection_sessions s ON s.pass_key = r.pass_key
         CROSS JOIN ROWS FROM (
               jsonb_to_recordset(coalesce(r.plate -> 'plate_reads', '[]')) AS (
                   captured_at timestamptz, reader text, text text, score real,
                   character_scores real[], agrees boolean)
               ) WITH ORDINALITY AS l (
                   captured_at, reader, text, score, character_scores, agrees, number)
    ), surplus AS (
        DELETE FROM plate_reads p
         WHERE p.session_id = ANY (sessions)
           AND NOT EXISTS (
               SELECT FROM input i WHERE i.session_id = p.session_id AND i.number = p.number)
    )
    INSERT INTO plate_reads AS old (
        session_id, number, captured_at, reader, text, score, character_scores, agrees)
    SELECT i.session_id, i.number, i.captured_at, i.reader, i.text, i.score,
           coalesce(i.character_scores, '{}'), i.agrees
      FROM input i
     ORDER BY i.session_id, i.number
    ON CONFLICT (session_id, number) DO UPDATE SET
        captured_at = excluded.captured_at, reader = excluded.reader, text = excluded.text,
        score = excluded.score, character_scores = excluded.character_scores,
        agrees = excluded.agrees
     WHERE old IS DISTINCT FROM excluded;

    PERFORM refresh_search_texts(sessions);
END $$;
COMMENT ON FUNCTION record_plate_reads IS 'A step of record_passes, the last one.';
