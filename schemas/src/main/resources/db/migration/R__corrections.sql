-- What people change about passes. Run again whenever this file changes.

-- Takes a pass that a person deleted, or erased for privacy, out of all tables. Held ones stay.
-- Statistics fall by a deleted pass and keep the count of an erased one.
CREATE OR REPLACE FUNCTION remove_corrected_pass(pass text, erased boolean) RETURNS boolean
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    one record;
BEGIN
    SELECT id, camera_id, location_id, timestamp INTO one FROM detection_sessions WHERE pass_key = pass;
    IF FOUND THEN
        -- The same turns as record_passes takes.
        PERFORM pg_advisory_xact_lock(hashtext('pass_camera'), hashtext(one.camera_id));
        IF is_held(pass) THEN
            RETURN false;
        END IF;
        SELECT id, camera_id, location_id, timestamp INTO one FROM detection_sessions WHERE pass_key = pass;
        PERFORM lock_pass_statistics(ARRAY[one.location_id]);
        IF erased THEN
            INSERT INTO expired_pass_counts AS kept
            SELECT g.location_id, date_bin('15 minutes', g.timestamp, timestamptz '2000-01-01 00:00:00+00'),
                   g.vehicle_class, g.plate_type, g.region_code, g.status,
                   1, count(g.vehicle_id), count(g.plate_id), count(g.plate_text)
              FROM pass_groups g
             WHERE g.session_id = one.id
             GROUP BY 1, 2, 3, 4, 5, 6
            ON CONFLICT (location_id, slot, vehicle_class, plate_type, region_code, status) DO UPDATE
               SET passes = kept.passes + excluded.passes,
                   with_vehicle = kept.with_vehicle + excluded.with_vehicle,
                   with_plate = kept.with_plate + excluded.with_plate,
                   with_text = kept.with_text + excluded.with_text;
        END IF;
        INSERT INTO expired_evidence (path)
        SELECT DISTINCT p.path FROM evidence_pictures p WHERE p.session_id = one.id
        ON CONFLICT (path) DO NOTHING;
    END IF;

    -- For good: no replay may bring it back, however late. It may also come only after this.
    INSERT INTO expired_passes (pass_key, expired_at) VALUES (pass, 'infinity')
    ON CONFLICT (pass_key) DO UPDATE SET expired_at = 'infinity';
    DELETE FROM alerts WHERE pass_key = pass;
    DELETE FROM access_events WHERE pass_key = pass;
    IF erased THEN
        PERFORM anonymize_visits(pass);
    END IF;
    IF one.id IS NOT NULL THEN
        DELETE FROM search_texts WHERE session_id = one.id;
        DELETE FROM detection_sessions WHERE id = one.id;
        IF NOT erased THEN
            PERFORM refresh_pass_statistics(one.location_id, ARRAY[one.timestamp]);
        END IF;
    END IF;
    RETURN true;
END $$;
COMMENT ON FUNCTION remove_corrected_pass IS 'A step of record_corrections; returns whether the pass is gone.';

-- Of each correction the latest form stays. Of an erased pass no correction tells anything any more.
CREATE OR REPLACE FUNCTION record_corrections(batch jsonb) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    one  integer;
    gone record;
BEGIN
    -- The turns of record_passes, all of them before anything else: so nobody waits in a circle, and
    -- of a correction and its pass one sees the other.
    FOR one IN SELECT DISTINCT hashtext(s.camera_id) AS k
                 FROM detection_sessions s
                WHERE s.pass_key IN (
                      SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text))
                ORDER BY k LOOP
        PERFORM pg_advisory_xact_lock(hashtext('pass_camera'), one);
    END LOOP;
    PERFORM lock_pass_statistics(ARRAY(
        SELECT s.location_id FROM detection_sessions s
         WHERE s.pass_key IN (
               SELECT r.pass_key
                 FROM jsonb_to_recordset(batch) AS r (pass_key text, kind text)
                WHERE r.kind IN ('delete', 'erase'))));

    INSERT INTO corrections AS old (
        correction_id, kind, pass_key, from_value, to_value, gate, site, entry_pass_key, ended_at,
        reason, changed_at, changed_by, removed)
    SELECT DISTINCT ON (r.correction_id)
           r.correction_id, r.kind, r.pass_key, r.from_value, r.to_value, r.gate, r.site,
           r.entry_pass_key, r.ended_at, r.reason, r.changed_at, r.changed_by, r.removed
      FROM jsonb_to_recordset(batch) AS r (
           correction_id text, kind text, pass_key text, from_value text, to_value text, gate text,
           site text, entry_pass_key text, ended_at timestamptz, reason text, changed_at timestamptz,
           changed_by text, removed boolean)
     ORDER BY r.correction_id, r.changed_at DESC, r.to_value LIKE '#%'
    ON CONFLICT (correction_id) DO UPDATE SET
        kind = excluded.kind, from_value = excluded.from_value, to_value = excluded.to_value,
        gate = excluded.gate, site = excluded.site, entry_pass_key = excluded.entry_pass_key,
        ended_at = excluded.ended_at, reason = excluded.reason, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by, removed = excluded.removed, timestamp = now()
     WHERE old.pass_key = excluded.pass_key
       -- The same may come twice: who has the pass knows that the plate is listed and need not be hidden.
       AND (old.changed_at < excluded.changed_at
            OR old.changed_at = excluded.changed_at
               AND old.to_value LIKE '#%' AND excluded.to_value NOT LIKE '#%');

    -- The pass may have followed it before it got here.
    UPDATE corrections c SET applied_at = now()
     WHERE c.correction_id IN (
           SELECT r.correction_id FROM jsonb_to_recordset(batch) AS r (correction_id text))
       AND c.applied_at IS NULL
       AND EXISTS (SELECT FROM detection_sessions s
                    WHERE s.pass_key = c.pass_key
                      AND (s.corrected_at >= c.changed_at OR c.kind LIKE 'visit%'));

    FOR gone IN
        SELECT c.pass_key, bool_or(c.kind = 'erase') AS erased
          FROM corrections c
         WHERE c.kind IN ('delete', 'erase') AND c.applied_at IS NULL
           AND c.pass_key IN (SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text))
         GROUP BY c.pass_key ORDER BY c.pass_key
    LOOP
        IF remove_corrected_pass(gone.pass_key, gone.erased) THEN
            UPDATE corrections SET applied_at = now()
             WHERE pass_key = gone.pass_key AND kind IN ('delete', 'erase');
        END IF;
    END LOOP;

    UPDATE corrections c SET
           from_value = NULL, to_value = NULL, reason = NULL,
           removed = c.removed OR c.kind NOT IN ('delete', 'erase')
     WHERE c.pass_key IN (SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text))
       AND EXISTS (SELECT FROM corrections e WHERE e.pass_key = c.pass_key AND e.kind = 'erase');
    -- Visits that were joined with one of its entries know the entry's plate.
    UPDATE corrections c SET from_value = NULL, to_value = NULL
      FROM corrections e
     WHERE e.kind = 'erase' AND e.pass_key = c.entry_pass_key
       AND (c.pass_key IN (SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text))
            OR e.pass_key IN (SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text)));
END $$;
COMMENT ON FUNCTION record_corrections IS 'Writes a batch of corrections and carries deletions out; all others reach the tables with their passes.';

-- A pass as record_passes takes it, as it was recorded; null where there is none.
CREATE OR REPLACE FUNCTION recorded_pass(pass text) RETURNS jsonb
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT to_jsonb(s) - 'id' - 'location_id' - 'as_read'
           || jsonb_build_object(
               'location', l.name, 'location_type', l.type, 'timezone', l.timezone,
               'session_id', CASE WHEN s.upload_id IS NULL THEN NULL ELSE s.id END,
               'site', coalesce(s.site, 'default'),
               'permit_only', coalesce((
                   SELECT e.permit_only FROM access_events e WHERE e.access_id = s.pass_key), false),
               'vehicle', to_jsonb(v),
               'plate', to_jsonb(p) || jsonb_build_object('plate_reads', (
                   SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.number), '[]')
                     FROM plate_reads r WHERE r.session_id = s.id)))
           || coalesce(s.as_read, '{}')
      FROM detection_sessions s
      JOIN locations l ON l.id = s.location_id
      LEFT JOIN vehicles v ON v.session_id = s.id AND v.vehicle_idx = 1
      LEFT JOIN plates p ON p.session_id = s.id AND p.plate_idx = 1
     WHERE s.pass_key = pass
$$;
COMMENT ON FUNCTION recorded_pass IS 'A pass in the form of record_passes, as it was before people corrected it.';

-- Passes at the gates of these sites whose plate has one of these looks, and the exits that people
-- joined to them or to this pass, from which visits are derived.
CREATE OR REPLACE FUNCTION passes_at_gates(looks text[], at_sites text[], pass text) RETURNS TABLE (
    pass_key text, camera_id text, location text, timezone text, gate text, site text,
    plate_text text, at timestamptz, vehicle_class text, listed boolean)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    WITH alike AS (
        SELECT t.session_id
          FROM search_plates k
          JOIN search_texts t ON t.text = k.text AND t.origin = 'plate' AND t.site = ANY (at_sites)
         WHERE k.folded = ANY (looks)
    ), joined AS (
        SELECT c.pass_key
          FROM corrections c
         WHERE c.kind = 'visit_join'
           AND c.entry_pass_key IN (
               SELECT pass
               UNION ALL
               SELECT s.pass_key FROM alike a JOIN detection_sessions s ON s.id = a.session_id)
    ), around AS (
        SELECT session_id FROM alike
        UNION
        SELECT s.id FROM joined j JOIN detection_sessions s ON s.pass_key = j.pass_key
    )
    SELECT s.pass_key, s.camera_id, l.name, l.timezone, s.gate, s.site, p.plate_text, s.timestamp,
           v.vehicle_class,
           p.plate_status <> 'unclassified' OR p.list_matches @@ '$[*].meaning == "inform"'
      FROM around a
      JOIN detection_sessions s ON s.id = a.session_id AND s.gate <> 'passage' AND s.site IS NOT NULL
      JOIN locations l ON l.id = s.location_id
      JOIN plates p ON p.session_id = s.id AND p.plate_idx = 1 AND p.plate_text NOT LIKE '#%'
      LEFT JOIN vehicles v ON v.session_id = s.id AND v.vehicle_idx = 1
     -- The partner of an erased pass begins or ends no visit of its own.
     WHERE NOT in_anonymous_visit(s.pass_key, s.site, s.camera_id, s.timestamp, l.timezone)
     ORDER BY s.timestamp, s.pass_key
$$;
COMMENT ON FUNCTION passes_at_gates IS 'Entries and exits of the plates that look like these, and exits that belong to an entry by hand.';
