-- What writes lists, alerts and decisions at gates. Run again whenever this file changes.

-- Of each list the highest version stays, of equal ones the last; those of the program itself never change.
CREATE OR REPLACE FUNCTION record_access_lists(batch jsonb) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO access_lists AS old (
        list_id, name, meaning, color, tolerance, min_reads, min_score, removed, version,
        changed_at, changed_by)
    SELECT DISTINCT ON (r.list_id)
           r.list_id, r.name, r.meaning, r.color, r.tolerance, r.min_reads, r.min_score, r.removed,
           r.version, r.changed_at, r.changed_by
      FROM jsonb_to_recordset(batch) AS r (
           list_id text, name text, meaning text, color text, tolerance double precision,
           min_reads integer, min_score double precision, removed boolean, version bigint,
           changed_at timestamptz, changed_by text)
     ORDER BY r.list_id, r.version DESC
    ON CONFLICT (list_id) DO UPDATE SET
        name = excluded.name, meaning = excluded.meaning, color = excluded.color,
        tolerance = excluded.tolerance, min_reads = excluded.min_reads,
        min_score = excluded.min_score, removed = excluded.removed, version = excluded.version,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by, timestamp = now()
     WHERE old.version <= excluded.version AND NOT old.built_in
$$;
COMMENT ON FUNCTION record_access_lists IS 'Writes a batch of named lists; a lower version changes nothing.';

CREATE OR REPLACE FUNCTION record_list_entries(batch jsonb) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO access_list_entries AS old (
        entry_id, list_id, pattern, match_all, holder, note, sites, cameras, hours, valid_from,
        valid_until, removed, version, changed_at, changed_by)
    SELECT DISTINCT ON (r.entry_id)
           r.entry_id, r.list_id, r.pattern, r.match_all, r.holder, r.note, r.sites, r.cameras,
           r.hours, r.valid_from, r.valid_until, r.removed, r.version, r.changed_at, r.changed_by
      FROM jsonb_to_recordset(batch) AS r (
           entry_id text, list_id text, pattern text, match_all boolean, holder text, note text,
           sites text[], cameras text[], hours text, valid_from timestamptz,
           valid_until timestamptz, removed boolean, version bigint, changed_at timestamptz,
           changed_by text)
     ORDER BY r.entry_id, r.version DESC
    ON CONFLICT (entry_id) DO UPDATE SET
        list_id = excluded.list_id, pattern = excluded.pattern, match_all = excluded.match_all,
        holder = excluded.holder, note = excluded.note, sites = excluded.sites,
        cameras = excluded.cameras, hours = excluded.hours, valid_from = excluded.valid_from,
        valid_until = excluded.valid_until, removed = excluded.removed,
        version = excluded.version, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by, timestamp = now()
     WHERE old.version <= excluded.version
$$;
COMMENT ON FUNCTION record_list_entries IS 'Writes a batch of entries of named lists; a lower version changes nothing.';

DROP VIEW IF EXISTS list_entries_now;
CREATE VIEW list_entries_now AS
SELECT e.entry_id, e.list_id, l.name AS list_name, l.meaning, l.color, e.pattern, e.holder, e.note,
       e.sites, e.cameras, e.hours, e.valid_from, e.valid_until,
       CASE WHEN l.list_id IS NULL OR l.removed THEN 'no_list'
            WHEN e.valid_from > now() THEN 'not_yet'
            WHEN e.valid_until <= now() THEN 'expired'
            ELSE 'valid' END AS state,
       -- Before a catalogue has been noted, and where a job ends with its films, nobody knows.
       ARRAY(SELECT c FROM unnest(e.cameras) AS c
              WHERE EXISTS (SELECT FROM camera_retention)
                AND NOT EXISTS (SELECT FROM camera_retention r WHERE r.camera_id = c)
                AND NOT EXISTS (SELECT FROM detection_sessions s WHERE s.camera_id = c)
             ) AS unknown_cameras,
       e.version, e.changed_at, e.changed_by
  FROM access_list_entries e
  LEFT JOIN access_lists l ON l.list_id = e.list_id
 WHERE NOT e.removed
UNION ALL
SELECT s.plate_text, l.list_id, l.name, l.meaning, l.color, s.plate_text, NULL, NULL, '{}', '{}',
       NULL, NULL, NULL, 'valid', '{}', s.version, s.changed_at, NULL
  FROM plate_status s
  JOIN access_lists l ON l.list_id = s.type AND l.built_in;
COMMENT ON VIEW list_entries_now IS 'Every entry of every list, those of the simple access list among them, with its state at this moment: valid, not_yet, expired or no_list, and with cameras that neither a catalogue has named nor a pass.';

-- Of each alert the highest revision stays. One of a pass that was deleted for its age, which a replay
-- raises again, stays away.
CREATE OR REPLACE FUNCTION record_alerts(batch jsonb) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO alerts AS old (
        alert_id, revision, state, pass_key, plate_text, listed_plate, status, match_distance,
        matches, rule_id, rule_name, detail, camera_id, location, site, gate, vehicle_class, score,
        reads, captured_at, emitted_at, raised_at)
    SELECT DISTINCT ON (r.alert_id)
           r.alert_id, r.revision, r.state, r.pass_key, r.plate_text, r.listed_plate, r.status,
           r.match_distance, r.matches, r.rule_id, r.rule_name, r.detail, r.camera_id, r.location,
           r.site, r.gate, r.vehicle_class, r.score, r.reads, r.captured_at, r.emitted_at,
           min(r.emitted_at) OVER (PARTITION BY r.alert_id)
      FROM jsonb_to_recordset(batch) AS r (
           alert_id text, revision integer, state text, pass_key text, plate_text text,
           listed_plate text, status text, match_distance double precision, matches jsonb,
           rule_id text, rule_name text, detail text, camera_id text, location text, site text,
           gate text, vehicle_class text, score double precision, reads integer,
           captured_at timestamptz, emitted_at timestamptz)
     WHERE NOT EXISTS (SELECT FROM expired_passes e WHERE e.pass_key = r.pass_key)
     ORDER BY r.alert_id, r.revision DESC
    ON CONFLICT (alert_id) DO UPDATE SET
        revision = excluded.revision, state = excluded.state, plate_text = excluded.plate_text,
        listed_plate = excluded.listed_plate, status = excluded.status,
        match_distance = excluded.match_distance, matches = excluded.matches,
        rule_id = excluded.rule_id, rule_name = excluded.rule_name,
        detail = excluded.detail, vehicle_class = excluded.vehicle_class,
        score = excluded.score, reads = excluded.reads, captured_at = excluded.captured_at,
        emitted_at = excluded.emitted_at
     WHERE old.revision < excluded.revision
$$;
COMMENT ON FUNCTION record_alerts IS 'Writes a batch of alerts; a lower revision changes nothing, nor does the same one again.';

CREATE OR REPLACE FUNCTION record_access_events(batch jsonb) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO access_events AS old (
        access_id, revision, outcome, reason, pass_key, plate_text, matches, camera_id, location,
        site, gate, permit_only, vehicle_class, score, reads, first_seen, captured_at, emitted_at,
        told_at)
    SELECT DISTINCT ON (r.access_id)
           r.access_id, r.revision, r.outcome, r.reason, r.pass_key, r.plate_text, r.matches,
           r.camera_id, r.location, r.site, r.gate, r.permit_only, r.vehicle_class, r.score,
           r.reads, r.first_seen, r.captured_at, r.emitted_at,
           min(r.emitted_at) OVER (PARTITION BY r.access_id)
      FROM jsonb_to_recordset(batch) AS r (
           access_id text, revision integer, outcome text, reason text, pass_key text,
           plate_text text, matches jsonb, camera_id text, location text, site text, gate text,
           permit_only boolean, vehicle_class text, score double precision, reads integer,
           first_seen timestamptz, captured_at timestamptz, emitted_at timestamptz)
     WHERE NOT EXISTS (SELECT FROM expired_passes e WHERE e.pass_key = r.pass_key)
     ORDER BY r.access_id, r.revision DESC
    ON CONFLICT (access_id) DO UPDATE SET
        revision = excluded.revision, outcome = excluded.outcome, reason = excluded.reason,
        plate_text = excluded.plate_text, matches = excluded.matches,
        vehicle_class = excluded.vehicle_class, score = excluded.score, reads = excluded.reads,
        captured_at = excluded.captured_at, emitted_at = excluded.emitted_at
     WHERE old.revision <= excluded.revision
$$;
COMMENT ON FUNCTION record_access_events IS 'Writes a batch of decisions at gates; a lower revision changes nothing.';

-- What was told of a pass goes with it.
CREATE OR REPLACE FUNCTION delete_told_of_passes() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM alerts a USING gone g WHERE a.pass_key = g.pass_key;
    DELETE FROM access_events a USING gone g WHERE a.pass_key = g.pass_key;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION delete_told_of_passes IS 'Deletes alerts and decisions of deleted passes.';
CREATE OR REPLACE TRIGGER delete_told_of_passes
    AFTER DELETE ON detection_sessions
    REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION delete_told_of_passes();

-- What was told of passes that were never written, because they turned out to be part of another one,
-- goes when a pass of their age would.
CREATE OR REPLACE FUNCTION delete_expired_told(keep_by_default interval, at timestamptz) RETURNS void
LANGUAGE sql SET enable_seqscan = off AS $$
    DELETE FROM alerts a
     WHERE coalesce((SELECT keep FROM camera_retention r WHERE r.camera_id = a.camera_id),
                    keep_by_default) > interval '0'
       AND a.captured_at < at - coalesce(
               (SELECT keep FROM camera_retention r WHERE r.camera_id = a.camera_id), keep_by_default)
       AND NOT EXISTS (SELECT FROM detection_sessions s WHERE s.pass_key = a.pass_key);
    DELETE FROM access_events a
     WHERE coalesce((SELECT keep FROM camera_retention r WHERE r.camera_id = a.camera_id),
                    keep_by_default) > interval '0'
       AND a.captured_at < at - coalesce(
               (SELECT keep FROM camera_retention r WHERE r.camera_id = a.camera_id), keep_by_default)
       AND NOT EXISTS (SELECT FROM detection_sessions s WHERE s.pass_key = a.pass_key);
$$;
COMMENT ON FUNCTION delete_expired_told IS 'Deletes old alerts and decisions whose pass is in no table.';
