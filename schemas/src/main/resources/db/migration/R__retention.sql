-- Deletes what is older than its camera's retention. Run again whenever this file changes.

-- Takes what the catalogue says of its cameras (a JSON array of camera_id and keep_seconds, null for
-- the default).
CREATE OR REPLACE FUNCTION record_camera_retention(cameras jsonb) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO camera_retention AS old (camera_id, keep)
    SELECT r.camera_id, make_interval(secs => r.keep_seconds)
      FROM jsonb_to_recordset(cameras) AS r (camera_id text, keep_seconds double precision)
    ON CONFLICT (camera_id) DO UPDATE SET keep = excluded.keep
     WHERE old.keep IS DISTINCT FROM excluded.keep
$$;
COMMENT ON FUNCTION record_camera_retention IS 'Notes for how long the passes of these cameras are kept.';

CREATE OR REPLACE VIEW evidence_pictures AS
SELECT s.id AS session_id, picture.path
  FROM detection_sessions s
 CROSS JOIN unnest(ARRAY[s.original_image_path, s.stored_original_path,
                         s.vehicle_annotated_path, s.plate_annotated_path]) AS picture (path)
 WHERE picture.path IS NOT NULL
UNION ALL
SELECT session_id, vehicle_image_path FROM vehicles WHERE vehicle_image_path IS NOT NULL
UNION ALL
SELECT session_id, plate_image_path FROM plates WHERE plate_image_path IS NOT NULL
UNION ALL
-- What a correction took out of the tables may be taken back.
SELECT s.id, picture.path
  FROM detection_sessions s
 CROSS JOIN unnest(ARRAY[s.as_read #>> '{vehicle,vehicle_image_path}',
                         s.as_read #>> '{plate,plate_image_path}']) AS picture (path)
 WHERE s.as_read IS NOT NULL AND picture.path IS NOT NULL;
COMMENT ON VIEW evidence_pictures IS 'The pictures of each pass.';

-- Deletes passes of one camera that has some that are too old; again until it returns 0. One camera
-- at a time, so that it never holds a camera while it waits for another one's writer.
CREATE OR REPLACE FUNCTION delete_expired_passes(
    keep_by_default interval, most integer, at timestamptz DEFAULT now())
RETURNS integer LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    old  record;
    gone bigint[];
BEGIN
    PERFORM lock_as_writer(alone => false);
    FOR old IN
        -- Hops from camera to camera along the index, whatever the number of passes.
        WITH RECURSIVE cameras AS (
            (SELECT camera_id FROM detection_sessions ORDER BY camera_id LIMIT 1)
            UNION ALL
            SELECT (SELECT s.camera_id FROM detection_sessions s
                     WHERE s.camera_id > c.camera_id ORDER BY s.camera_id LIMIT 1)
              FROM cameras c
             WHERE c.camera_id IS NOT NULL
        )
        SELECT c.camera_id, at - coalesce(r.keep, keep_by_default) AS before
          FROM cameras c
          LEFT JOIN camera_retention r ON r.camera_id = c.camera_id
         WHERE c.camera_id IS NOT NULL
           AND coalesce(r.keep, keep_by_default) > interval '0'
           AND EXISTS (
               SELECT FROM detection_sessions s
                WHERE s.camera_id = c.camera_id
                  AND s.timestamp < at - coalesce(r.keep, keep_by_default)
                  AND NOT is_held(s.pass_key, at))
         LIMIT 1
    LOOP
        -- The same turns as record_passes takes.
        PERFORM pg_advisory_xact_lock(hashtext('pass_camera'), hashtext(old.camera_id));
        gone := ARRAY(
            SELECT s.id FROM detection_sessions s
             WHERE s.camera_id = old.camera_id AND s.timestamp < old.before
               AND NOT is_held(s.pass_key, at)
             ORDER BY s.timestamp LIMIT most);
        PERFORM lock_pass_statistics(ARRAY(
            SELECT s.location_id FROM detection_sessions s WHERE s.id = ANY (gone)));

        INSERT INTO expired_pass_counts AS kept
        SELECT g.location_id, date_bin('15 minutes', g.timestamp, timestamptz '2000-01-01 00:00:00+00'),
               g.vehicle_class, g.plate_type, g.region_code, g.status,
               count(*), count(g.vehicle_id), count(g.plate_id), count(g.plate_text)
          FROM pass_groups g
         WHERE g.session_id = ANY (gone)
         GROUP BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (location_id, slot, vehicle_class, plate_type, region_code, status) DO UPDATE
           SET passes = kept.passes + excluded.passes,
               with_vehicle = kept.with_vehicle + excluded.with_vehicle,
               with_plate = kept.with_plate + excluded.with_plate,
               with_text = kept.with_text + excluded.with_text;

        INSERT INTO expired_passes (pass_key)
        SELECT s.pass_key FROM detection_sessions s WHERE s.id = ANY (gone)
        ON CONFLICT (pass_key) DO NOTHING;

        INSERT INTO expired_evidence (path)
        SELECT DISTINCT p.path FROM evidence_pictures p WHERE p.session_id = ANY (gone)
        ON CONFLICT (path) DO NOTHING;

        DELETE FROM search_texts WHERE session_id = ANY (gone);
        DELETE FROM detection_sessions WHERE id = ANY (gone);
        RETURN cardinality(gone);
    END LOOP;
    PERFORM delete_expired_told(keep_by_default, at);
    DELETE FROM expired_passes WHERE expired_at < at - interval '30 days';
    RETURN 0;
END $$;
COMMENT ON FUNCTION delete_expired_passes IS 'Deletes passes (at most so many) with their vehicles and plates when they are older than their camera keeps them and nobody holds them; the statistics stay. Returns how many; call it until it returns 0.';

-- The batch of record_passes without the passes that were deleted for their age. Their pictures, which
-- a replay has stored again, go where they went before.
CREATE OR REPLACE FUNCTION without_expired_passes(batch jsonb) RETURNS jsonb
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    expired text[] := ARRAY(
        SELECT e.pass_key FROM expired_passes e
         WHERE e.pass_key IN (SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text)));
BEGIN
    IF expired = '{}' THEN
        RETURN batch;
    END IF;
    INSERT INTO expired_evidence (path)
    SELECT DISTINCT picture
      FROM jsonb_to_recordset(batch) AS r (
           pass_key text, stored_original_path text, vehicle jsonb, plate jsonb)
     CROSS JOIN unnest(ARRAY[r.stored_original_path, r.vehicle ->> 'vehicle_image_path',
                             r.plate ->> 'plate_image_path']) AS picture
     WHERE r.pass_key = ANY (expired) AND picture IS NOT NULL
    ON CONFLICT (path) DO NOTHING;
    RETURN (SELECT coalesce(jsonb_agg(pass), '[]') FROM jsonb_array_elements(batch) AS pass
             WHERE pass ->> 'pass_key' <> ALL (expired));
END $$;
COMMENT ON FUNCTION without_expired_passes IS 'A step of record_passes.';

-- Takes the pictures under a folder from the oldest passes behind a given place in time: their rows
-- say so, and the files are queued for removal. Looks at so many passes at most and says how far it
-- came, so that the next call goes on there; looked_at of 0 is the end.
CREATE OR REPLACE FUNCTION remove_oldest_evidence(
    folder text, after_time timestamptz, after_id bigint, most integer,
    OUT looked_at integer, OUT removed integer, OUT last_time timestamptz, OUT last_id bigint)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    old  bigint[];
    gone bigint[];
    one  integer;
BEGIN
    PERFORM lock_as_writer(alone => false);
    SELECT coalesce(array_agg(s.id ORDER BY s.timestamp, s.id), '{}') INTO old
      FROM (SELECT id, timestamp FROM detection_sessions
             WHERE (timestamp, id) > (after_time, after_id) AND evidence_removed_at IS NULL
             ORDER BY timestamp, id LIMIT most) s;
    looked_at := cardinality(old);
    SELECT timestamp, id INTO last_time, last_id
      FROM detection_sessions WHERE id = old[looked_at];

    -- The same turns as record_passes takes, in the same order.
    FOR one IN SELECT DISTINCT hashtext(camera_id) AS k
                 FROM detection_sessions WHERE id = ANY (old) ORDER BY k LOOP
        PERFORM pg_advisory_xact_lock(hashtext('pass_camera'), one);
    END LOOP;

    gone := ARRAY(
        SELECT s.id FROM detection_sessions s
         WHERE s.id = ANY (old) AND s.evidence_removed_at IS NULL AND NOT is_held(s.pass_key)
           AND EXISTS (SELECT FROM evidence_pictures p
                        WHERE p.session_id = s.id AND starts_with(p.path, folder)));
    removed := cardinality(gone);

    INSERT INTO expired_evidence (path)
    SELECT DISTINCT p.path FROM evidence_pictures p
     WHERE p.session_id = ANY (gone) AND starts_with(p.path, folder)
    ON CONFLICT (path) DO NOTHING;

    UPDATE detection_sessions SET
           evidence_removed_at = now(), evidence_removed_reason = 'keep-free',
           original_image_path    = outside(original_image_path, folder),
           stored_original_path   = outside(stored_original_path, folder),
           vehicle_annotated_path = outside(vehicle_annotated_path, folder),
           plate_annotated_path   = outside(plate_annotated_path, folder)
     WHERE id = ANY (gone);
    UPDATE vehicles SET vehicle_image_path = outside(vehicle_image_path, folder)
     WHERE session_id = ANY (gone);
    UPDATE plates SET plate_image_path = outside(plate_image_path, folder)
     WHERE session_id = ANY (gone);
END $$;
COMMENT ON FUNCTION remove_oldest_evidence IS 'Takes the pictures in a folder from the oldest passes that nobody holds; the rows stay and say so.';

CREATE OR REPLACE FUNCTION outside(path text, folder text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN starts_with(path, folder) THEN NULL ELSE path END
$$;
COMMENT ON FUNCTION outside IS 'A step of remove_oldest_evidence.';

-- The batch of record_passes without the pictures of passes whose evidence was removed: a replay or a
-- late correction has stored or named them again. They go where they went before.
CREATE OR REPLACE FUNCTION without_removed_evidence(batch jsonb) RETURNS jsonb
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    removed text[] := ARRAY(
        SELECT s.pass_key FROM detection_sessions s
         WHERE s.pass_key IN (SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text))
           AND s.evidence_removed_at IS NOT NULL);
BEGIN
    IF removed = '{}' THEN
        RETURN batch;
    END IF;
    INSERT INTO expired_evidence (path)
    SELECT DISTINCT picture
      FROM jsonb_to_recordset(batch) AS r (
           pass_key text, stored_original_path text, vehicle jsonb, plate jsonb)
     CROSS JOIN unnest(ARRAY[r.stored_original_path, r.vehicle ->> 'vehicle_image_path',
                             r.plate ->> 'plate_image_path']) AS picture
     WHERE r.pass_key = ANY (removed) AND picture IS NOT NULL
    ON CONFLICT (path) DO NOTHING;
    RETURN (SELECT jsonb_agg(CASE WHEN pass ->> 'pass_key' = ANY (removed)
                                  THEN pass #- '{stored_original_path}'
                                            #- '{vehicle,vehicle_image_path}'
                                            #- '{plate,plate_image_path}'
                                  ELSE pass END)
              FROM jsonb_array_elements(batch) AS pass);
END $$;
COMMENT ON FUNCTION without_removed_evidence IS 'A step of record_passes.';

-- Of these files (a JSON array of pass_key and name, the end of a path) those that no row has.
CREATE OR REPLACE FUNCTION orphaned_pictures(files jsonb) RETURNS TABLE (pass_key text, name text)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT f.pass_key, f.name
      FROM jsonb_to_recordset(files) AS f (pass_key text, name text)
     WHERE NOT EXISTS (
           SELECT FROM detection_sessions s
             JOIN evidence_pictures p ON p.session_id = s.id
            WHERE s.pass_key = f.pass_key AND right(p.path, length(f.name)) = f.name)
$$;
COMMENT ON FUNCTION orphaned_pictures IS 'Which of these pictures belong to no row.';
