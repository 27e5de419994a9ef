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

-- Deletes passes of one camera that has some that are too old; again until it returns 0. One camera
-- at a time, so that it never holds a camera while it waits for another one's writer.
CREATE OR REPLACE FUNCTION delete_expired_passes(
    keep_by_default interval, most integer, at timestamptz DEFAULT now())
RETURNS integer LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    old  record;
    gone bigint[];
BEGIN
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
                  AND s.timestamp < at - coalesce(r.keep, keep_by_default))
         LIMIT 1
    LOOP
        -- The same turns as record_passes takes.
        PERFORM pg_advisory_xact_lock(hashtext('pass_camera'), hashtext(old.camera_id));
        gone := ARRAY(
            SELECT s.id FROM detection_sessions s
             WHERE s.camera_id = old.camera_id AND s.timestamp < old.before
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
        SELECT DISTINCT picture
          FROM (SELECT unnest(ARRAY[s.original_image_path, s.stored_original_path,
                                    s.vehicle_annotated_path, s.plate_annotated_path])
                  FROM detection_sessions s WHERE s.id = ANY (gone)
                UNION
                SELECT v.vehicle_image_path FROM vehicles v WHERE v.session_id = ANY (gone)
                UNION
                SELECT p.plate_image_path FROM plates p WHERE p.session_id = ANY (gone)
               ) AS pictures (picture)
         WHERE picture IS NOT NULL
        ON CONFLICT (path) DO NOTHING;

        DELETE FROM search_texts WHERE session_id = ANY (gone);
        DELETE FROM detection_sessions WHERE id = ANY (gone);
        RETURN cardinality(gone);
    END LOOP;
    DELETE FROM expired_passes WHERE expired_at < at - interval '30 days';
    RETURN 0;
END $$;
COMMENT ON FUNCTION delete_expired_passes IS 'Deletes passes (at most so many) with their vehicles and plates when they are older than their camera keeps them; the statistics stay. Returns how many; call it until it returns 0.';

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
