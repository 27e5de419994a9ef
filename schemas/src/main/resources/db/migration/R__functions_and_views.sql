-- What writes the tables, and what reads them for people. Run again whenever this file changes.

-- Writers of the statistics of one location take turns, from here to the end of their transaction:
-- a bucket is counted from the base rows, so whoever counts must see all rows of those before.
-- Everybody takes the locks in the same order, so nobody waits in a circle.
CREATE OR REPLACE FUNCTION lock_pass_statistics(location_ids integer[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    one integer;
BEGIN
    FOR one IN SELECT DISTINCT l FROM unnest(location_ids) AS l ORDER BY l LOOP
        PERFORM pg_advisory_xact_lock(hashtext('pass_statistics'), one);
    END LOOP;
END $$;
COMMENT ON FUNCTION lock_pass_statistics IS 'Takes the right to write the statistics of these locations until the transaction ends.';

-- By what the statistics tell passes apart.
CREATE OR REPLACE VIEW pass_groups AS
SELECT s.id AS session_id,
       s.location_id,
       s.timestamp,
       coalesce(v.vehicle_class, 'none') AS vehicle_class,
       CASE WHEN p.id IS NULL THEN 'none' ELSE coalesce(p.plate_type, 'unknown') END AS plate_type,
       CASE WHEN p.id IS NULL THEN 'none' ELSE coalesce(p.plate_region_code, 'unknown') END AS region_code,
       coalesce(p.plate_status, 'unclassified') AS status,
       v.id AS vehicle_id,
       p.id AS plate_id,
       p.plate_text
  FROM detection_sessions s
  LEFT JOIN vehicles v ON v.session_id = s.id AND v.vehicle_idx = 1
  LEFT JOIN plates p   ON p.session_id = s.id AND p.plate_idx = 1;
COMMENT ON VIEW pass_groups IS 'The group of the statistics that each pass counts for.';

-- Counts one hour of one location anew, with the passes that have been deleted for their age; its
-- statistics are locked.
-- The settings: a session keeps the plans of its first calls, and those may have been made when the
-- tables were empty and reading them whole was best.
CREATE OR REPLACE FUNCTION refresh_pass_statistics_hour(place integer, zone text, hour timestamptz)
RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_sort = off AS $$
BEGIN
    WITH counted AS (
        SELECT g.vehicle_class, g.plate_type, g.region_code, g.status,
               count(*)            AS passes,
               count(g.vehicle_id) AS with_vehicle,
               count(g.plate_id)   AS with_plate,
               count(g.plate_text) AS with_text
          FROM pass_groups g
         WHERE g.location_id = place
           AND g.timestamp >= hour
           AND g.timestamp < hour + interval '1 hour'
           -- Where clocks change by half an hour, an hour on the clock can be shorter.
           AND date_trunc('hour', g.timestamp, zone) = hour
         GROUP BY 1, 2, 3, 4
        UNION ALL
        SELECT e.vehicle_class, e.plate_type, e.region_code, e.status,
               e.passes, e.with_vehicle, e.with_plate, e.with_text
          FROM expired_pass_counts e
         WHERE e.location_id = place
           AND e.slot >= hour
           AND e.slot < hour + interval '1 hour'
           AND date_trunc('hour', e.slot, zone) = hour
    ), truth AS (
        SELECT c.vehicle_class, c.plate_type, c.region_code, c.status,
               sum(c.passes)::bigint AS passes, sum(c.with_vehicle)::bigint AS with_vehicle,
               sum(c.with_plate)::bigint AS with_plate, sum(c.with_text)::bigint AS with_text
          FROM counted c
         GROUP BY 1, 2, 3, 4
    ), vanished AS (
        DELETE FROM pass_statistics_hourly a
         WHERE a.location_id = place
           AND a.bucket_start = hour
           AND NOT EXISTS (
               SELECT FROM truth t
                WHERE (t.vehicle_class, t.plate_type, t.region_code, t.status)
                    = (a.vehicle_class, a.plate_type, a.region_code, a.status))
    )
    INSERT INTO pass_statistics_hourly
    SELECT place, hour, hour AT TIME ZONE zone,
           t.vehicle_class, t.plate_type, t.region_code, t.status,
           t.passes, t.with_vehicle, t.with_plate, t.with_text
      FROM truth t
     -- Groups that are right already are left alone, not locked and written again.
     WHERE NOT EXISTS (
           SELECT FROM pass_statistics_hourly old
            WHERE old.location_id = place
              AND old.bucket_start = hour
              AND (old.vehicle_class, old.plate_type, old.region_code, old.status)
                = (t.vehicle_class, t.plate_type, t.region_code, t.status)
              AND (old.passes, old.with_vehicle, old.with_plate, old.with_text)
                = (t.passes, t.with_vehicle, t.with_plate, t.with_text))
    ON CONFLICT (location_id, bucket_start, vehicle_class, plate_type, region_code, status) DO UPDATE
       SET passes = excluded.passes, with_vehicle = excluded.with_vehicle,
           with_plate = excluded.with_plate, with_text = excluded.with_text;
END $$;
COMMENT ON FUNCTION refresh_pass_statistics_hour IS 'A step of refresh_pass_statistics.';

-- Adds the hours of one day of one location up anew. Days are made of hours on the same clock, so a
-- day costs at most 25 hours' groups.
CREATE OR REPLACE FUNCTION refresh_pass_statistics_day(place integer, zone text, one_day date)
RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_sort = off AS $$
DECLARE
    midnight timestamptz := one_day::timestamp AT TIME ZONE zone;
BEGIN
    WITH truth AS (
        SELECT a.vehicle_class, a.plate_type, a.region_code, a.status,
               sum(a.passes) AS passes, sum(a.with_vehicle) AS with_vehicle,
               sum(a.with_plate) AS with_plate, sum(a.with_text) AS with_text
          FROM pass_statistics_hourly a
         WHERE a.location_id = place
           AND a.bucket_start >= midnight - interval '2 hours'
           AND a.bucket_start < midnight + interval '27 hours'
           AND a.local_start::date = one_day
         GROUP BY 1, 2, 3, 4
    ), vanished AS (
        DELETE FROM pass_statistics_daily a
         WHERE a.location_id = place
           AND a.day = one_day
           AND NOT EXISTS (
               SELECT FROM truth t
                WHERE (t.vehicle_class, t.plate_type, t.region_code, t.status)
                    = (a.vehicle_class, a.plate_type, a.region_code, a.status))
    )
    INSERT INTO pass_statistics_daily
    SELECT place, one_day, t.vehicle_class, t.plate_type, t.region_code, t.status,
           t.passes, t.with_vehicle, t.with_plate, t.with_text
      FROM truth t
     WHERE NOT EXISTS (
           SELECT FROM pass_statistics_daily old
            WHERE old.location_id = place
              AND old.day = one_day
              AND (old.vehicle_class, old.plate_type, old.region_code, old.status)
                = (t.vehicle_class, t.plate_type, t.region_code, t.status)
              AND (old.passes, old.with_vehicle, old.with_plate, old.with_text)
                = (t.passes, t.with_vehicle, t.with_plate, t.with_text))
    ON CONFLICT (location_id, day, vehicle_class, plate_type, region_code, status) DO UPDATE
       SET passes = excluded.passes, with_vehicle = excluded.with_vehicle,
           with_plate = excluded.with_plate, with_text = excluded.with_text;
END $$;
COMMENT ON FUNCTION refresh_pass_statistics_day IS 'A step of refresh_pass_statistics.';

-- Counts the hours and days that hold the given instants anew. One after the other, so that each
-- reads its own range of an index, however long the history.
CREATE OR REPLACE FUNCTION refresh_pass_statistics(place integer, instants timestamptz[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    zone    text;
    hour    timestamptz;
    one_day date;
BEGIN
    PERFORM lock_pass_statistics(ARRAY[place]);
    SELECT timezone INTO STRICT zone FROM locations WHERE id = place;
    FOR hour IN SELECT DISTINCT date_trunc('hour', i, zone) FROM unnest(instants) AS i LOOP
        PERFORM refresh_pass_statistics_hour(place, zone, hour);
    END LOOP;
    FOR one_day IN SELECT DISTINCT (date_trunc('hour', i, zone) AT TIME ZONE zone)::date
                     FROM unnest(instants) AS i LOOP
        PERFORM refresh_pass_statistics_day(place, zone, one_day);
    END LOOP;
END $$;
COMMENT ON FUNCTION refresh_pass_statistics IS 'Counts the hours and days of a location that hold these instants anew. Call it in the transaction that changed their rows.';

-- Another timezone cuts other hours and days.
CREATE OR REPLACE FUNCTION recut_pass_statistics() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM lock_pass_statistics(ARRAY[NEW.id]);
    DELETE FROM pass_statistics_hourly WHERE location_id = NEW.id;
    DELETE FROM pass_statistics_daily WHERE location_id = NEW.id;
    PERFORM refresh_pass_statistics(NEW.id, ARRAY(
        SELECT date_trunc('hour', timestamp, NEW.timezone)
          FROM detection_sessions WHERE location_id = NEW.id
        UNION
        SELECT date_trunc('hour', slot, NEW.timezone)
          FROM expired_pass_counts WHERE location_id = NEW.id));
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER recut_pass_statistics
    AFTER UPDATE OF timezone ON locations
    FOR EACH ROW WHEN (OLD.timezone <> NEW.timezone)
    EXECUTE FUNCTION recut_pass_statistics();

-- Writes a batch of passes (a JSON array, at most one element for each pass_key) and the statistics
-- they touch. A pass that is there already keeps its ids and takes the new values.
CREATE OR REPLACE FUNCTION record_passes(batch jsonb) RETURNS void
LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
    one        integer;
    old_places integer[];
    old_times  timestamptz[];
    touched    record;
BEGIN
    -- Two writers of one camera (one of them a leftover of a lost task) take turns, so that the
    -- buckets a pass leaves are known for certain.
    FOR one IN SELECT DISTINCT hashtext(r.camera_id) AS k
                 FROM jsonb_to_recordset(batch) AS r (camera_id text) ORDER BY k LOOP
        PERFORM pg_advisory_xact_lock(hashtext('pass_camera'), one);
    END LOOP;

    batch := without_removed_evidence(without_expired_passes(batch));

    -- Asked first, so that a known place does not use up an id with every batch.
    INSERT INTO locations (name, type, timezone)
    SELECT DISTINCT ON (r.location, r.location_type) r.location, r.location_type, r.timezone
      FROM jsonb_to_recordset(batch) AS r (location text, location_type text, timezone text)
     WHERE NOT EXISTS (
           SELECT FROM locations l WHERE l.name = r.location AND l.type = r.location_type)
     ORDER BY r.location, r.location_type
    ON CONFLICT (name, type) DO NOTHING;

    SELECT array_agg(s.location_id), array_agg(s.timestamp) INTO old_places, old_times
      FROM detection_sessions s
     WHERE s.pass_key IN (SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text));

    PERFORM lock_pass_statistics(ARRAY(
        SELECT l.id FROM locations l
          JOIN jsonb_to_recordset(batch) AS r (location text, location_type text)
            ON l.name = r.location AND l.type = r.location_type
        UNION SELECT unnest(old_places)));

    WITH input AS (
        SELECT r.*, l.id AS location_id
          FROM jsonb_to_recordset(batch) AS r (
               pass_key text, camera_id text, location text, location_type text, gate text,
               timestamp timestamptz, first_seen timestamptz, last_seen timestamptz, frames integer, direction text,
               image_resolution text, processing_time double precision, stored_original_path text,
               detection_type text, pairing_method text, pairing_confidence double precision,
               pairing_ambiguous boolean, vehicle jsonb, plate jsonb, site text,
               original_image_path text, upload_id text, session_id bigint, revision integer,
               as_read jsonb, corrected_at timestamptz, corrected_by text)
          JOIN locations l ON l.name = r.location AND l.type = r.location_type
    ), reserved AS (
        -- Only what reserve_session_id gave out: an id that the sequence is yet to reach would be in
        -- the way of another pass.
        SELECT DISTINCT ON (i.session_id) i.pass_key, i.session_id
          FROM input i
         CROSS JOIN detection_sessions_id_seq q
         WHERE i.session_id BETWEEN 1 AND q.last_value AND q.is_called
           AND NOT EXISTS (SELECT FROM detection_sessions d WHERE d.id = i.session_id)
         ORDER BY i.session_id, i.timestamp, i.pass_key
    ), session AS (
        INSERT INTO detection_sessions (
            id, original_image_path, upload_id, pass_key, camera_id, location_id, gate, timestamp, first_seen, last_seen, frames, direction,
            image_resolution, processing_time, stored_original_path, detection_type,
            pairing_method, pairing_confidence, pairing_ambiguous, site, revision, as_read,
            corrected_at, corrected_by)
        SELECT coalesce(r.session_id, reserve_session_id()), i.original_image_path, i.upload_id,
               i.pass_key, i.camera_id, i.location_id, i.gate, i.timestamp, i.first_seen, i.last_seen,
               i.frames, i.direction, i.image_resolution, i.processing_time, i.stored_original_path,
               i.detection_type, i.pairing_method, i.pairing_confidence, i.pairing_ambiguous,
               i.site, coalesce(i.revision, 0), i.as_read, i.corrected_at, i.corrected_by
          FROM input i
          LEFT JOIN reserved r USING (pass_key)
         ORDER BY i.timestamp, i.pass_key
        ON CONFLICT (pass_key) DO UPDATE SET
            camera_id = excluded.camera_id, location_id = excluded.location_id, gate = excluded.gate,
            timestamp = excluded.timestamp, first_seen = excluded.first_seen,
            last_seen = excluded.last_seen, frames = excluded.frames,
            direction = excluded.direction,
            image_resolution = excluded.image_resolution, processing_time = excluded.processing_time,
            stored_original_path = excluded.stored_original_path,
            detection_type = excluded.detection_type, pairing_method = excluded.pairing_method,
            pairing_confidence = excluded.pairing_confidence,
            pairing_ambiguous = excluded.pairing_ambiguous, site = excluded.site,
            original_image_path = excluded.original_image_path, upload_id = excluded.upload_id,
            revision = excluded.revision, as_read = excluded.as_read,
            corrected_at = excluded.corrected_at, corrected_by = excluded.corrected_by
        RETURNING id, pass_key, timestamp
    ), vehicle AS (
        INSERT INTO vehicles (
            session_id, timestamp, vehicle_image_path, vehicle_class, vehicle_bounding_box,
            vehicle_confidence_score)
        SELECT s.id, s.timestamp, v.vehicle_image_path, v.vehicle_class, v.vehicle_bounding_box,
               v.vehicle_confidence_score
          FROM input i
          JOIN session s USING (pass_key)
         CROSS JOIN jsonb_to_record(i.vehicle) AS v (
               vehicle_image_path text, vehicle_class text, vehicle_bounding_box jsonb,
               vehicle_confidence_score double precision)
         WHERE i.vehicle IS NOT NULL
         ORDER BY s.id
        ON CONFLICT (session_id, vehicle_idx) DO UPDATE SET
            timestamp = excluded.timestamp, vehicle_image_path = excluded.vehicle_image_path,
            vehicle_class = excluded.vehicle_class,
            vehicle_bounding_box = excluded.vehicle_bounding_box,
            vehicle_confidence_score = excluded.vehicle_confidence_score
        RETURNING id, session_id
    ), plate AS (
        INSERT INTO plates (
            session_id, vehicle_id, timestamp, plate_image_path, plate_bounding_box,
            plate_confidence_score, plate_text, plate_number, ocr_confidence, reads, agreeing_reads,
            reader, plate_type, plate_date, plate_background_color, plate_text_color,
            plate_region_code, plate_region_name, plate_country, plate_icon, plate_icon_color,
            plate_blue_strip, plate_status, listed_plate, match_distance, match_tolerance,
            rung_reads, read_decision, list_matches, read_text)
        SELECT s.id, v.id, s.timestamp, p.plate_image_path, p.plate_bounding_box,
               p.plate_confidence_score, p.plate_text, p.plate_number, p.ocr_confidence, p.reads,
               p.agreeing_reads, p.reader, p.plate_type, p.plate_date, p.plate_background_color,
               p.plate_text_color, p.plate_region_code, p.plate_region_name, p.plate_country,
               p.plate_icon, p.plate_icon_color, coalesce(p.plate_blue_strip, 0), p.plate_status,
               p.listed_plate, p.match_distance, p.match_tolerance,
               coalesce(p.rung_reads, '[]'), p.read_decision, coalesce(p.list_matches, '[]'),
               p.read_text
          FROM input i
          JOIN session s USING (pass_key)
          LEFT JOIN vehicle v ON v.session_id = s.id
         CROSS JOIN jsonb_to_record(i.plate) AS p (
               plate_image_path text, plate_bounding_box jsonb,
               plate_confidence_score double precision, plate_text text, plate_number text,
               ocr_confidence double precision, reads integer, agreeing_reads integer, reader text,
               plate_type text, plate_date text, plate_background_color text, plate_text_color text,
               plate_region_code text, plate_region_name text, plate_country text, plate_icon text,
               plate_icon_color text, plate_blue_strip smallint, plate_status text,
               listed_plate text, match_distance double precision, match_tolerance double precision,
               rung_reads jsonb, read_decision text, list_matches jsonb, read_text text)
         WHERE i.plate IS NOT NULL
         ORDER BY s.id
        ON CONFLICT (session_id, plate_idx) DO UPDATE SET
            vehicle_id = excluded.vehicle_id, timestamp = excluded.timestamp,
            plate_image_path = excluded.plate_image_path,
            plate_bounding_box = excluded.plate_bounding_box,
            plate_confidence_score = excluded.plate_confidence_score,
            plate_text = excluded.plate_text, plate_number = excluded.plate_number,
            ocr_confidence = excluded.ocr_confidence, reads = excluded.reads,
            agreeing_reads = excluded.agreeing_reads, reader = excluded.reader,
            plate_type = excluded.plate_type, plate_date = excluded.plate_date,
            plate_background_color = excluded.plate_background_color,
            plate_text_color = excluded.plate_text_color,
            plate_region_code = excluded.plate_region_code,
            plate_region_name = excluded.plate_region_name, plate_country = excluded.plate_country,
            plate_icon = excluded.plate_icon, plate_icon_color = excluded.plate_icon_color,
            plate_blue_strip = excluded.plate_blue_strip, plate_status = excluded.plate_status,
            listed_plate = excluded.listed_plate, match_distance = excluded.match_distance,
            match_tolerance = excluded.match_tolerance,
            rung_reads = excluded.rung_reads, read_decision = excluded.read_decision,
            list_matches = excluded.list_matches, read_text = excluded.read_text
    ), no_vehicle AS (
        DELETE FROM vehicles v USING session s, input i
         WHERE i.vehicle IS NULL AND s.pass_key = i.pass_key AND v.session_id = s.id
    )
    DELETE FROM plates p USING session s, input i
     WHERE i.plate IS NULL AND s.pass_key = i.pass_key AND p.session_id = s.id;

    FOR touched IN
        SELECT b.place, array_agg(b.at) AS instants
          FROM (SELECT unnest(old_places) AS place, unnest(old_times) AS at
                UNION
                SELECT s.location_id, s.timestamp
                  FROM detection_sessions s
                 WHERE s.pass_key IN (
                       SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text))) b
         GROUP BY b.place ORDER BY b.place
    LOOP
        PERFORM refresh_pass_statistics(touched.place, touched.instants);
    END LOOP;
    UPDATE corrections c SET applied_at = now()
      FROM detection_sessions s
     WHERE s.pass_key IN (
           SELECT r.pass_key FROM jsonb_to_recordset(batch) AS r (pass_key text, corrected_at timestamptz)
            WHERE r.corrected_at IS NOT NULL)
       AND c.pass_key = s.pass_key AND c.changed_at <= s.corrected_at AND c.applied_at IS NULL
       AND c.kind NOT IN ('delete', 'erase');
    PERFORM record_plate_reads(batch);
END $$;
COMMENT ON FUNCTION record_passes IS 'Writes a batch of passes with their vehicles, plates and statistics, all or nothing; again for a known pass_key changes its rows.';

-- Writes a batch of access-list entries; of each plate the highest version stays.
CREATE OR REPLACE FUNCTION record_plate_statuses(batch jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    -- Entries are few; one writer at a time keeps the comparison of versions simple.
    PERFORM pg_advisory_xact_lock(hashtext('plate_status'), 0);

    WITH newest AS (
        SELECT DISTINCT ON (r.plate_text) r.plate_text, r.type, r.version
          FROM jsonb_to_recordset(batch) AS r (plate_text text, type text, version bigint)
         ORDER BY r.plate_text, r.version DESC
    ), removed AS (
        SELECT n.plate_text, n.version FROM newest n WHERE n.type IS NULL
    ), remembered AS (
        INSERT INTO plate_status_removals AS old (plate_text, version)
        SELECT plate_text, version FROM removed
        ON CONFLICT (plate_text) DO UPDATE SET version = greatest(old.version, excluded.version)
    )
    DELETE FROM plate_status s USING removed r
     WHERE s.plate_text = r.plate_text AND s.version <= r.version;

    INSERT INTO plate_status AS old (plate_text, type, version, changed_at)
    SELECT DISTINCT ON (r.plate_text) r.plate_text, r.type, r.version, r.changed_at
      FROM jsonb_to_recordset(batch) AS r (
           plate_text text, type text, version bigint, changed_at timestamptz)
     WHERE r.type IS NOT NULL
       AND NOT EXISTS (
           SELECT FROM jsonb_to_recordset(batch) AS g (plate_text text, type text, version bigint)
            WHERE g.plate_text = r.plate_text AND g.type IS NULL AND g.version >= r.version)
       AND NOT EXISTS (
           SELECT FROM plate_status_removals g
            WHERE g.plate_text = r.plate_text AND g.version >= r.version)
     ORDER BY r.plate_text, r.version DESC
    ON CONFLICT (plate_text) DO UPDATE
       SET type = excluded.type, version = excluded.version, changed_at = excluded.changed_at,
           timestamp = now()
     WHERE old.version < excluded.version;
END $$;
COMMENT ON FUNCTION record_plate_statuses IS 'Writes a batch of access-list entries; a type of null takes the plate off the list; a lower version changes nothing.';

-- A time as people at the place write it: only with its offset does the hour that comes twice when
-- clocks go back tell which of the two it was.
CREATE OR REPLACE FUNCTION local_iso_time(instant timestamptz, zone text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT to_char(instant AT TIME ZONE zone, 'YYYY-MM-DD"T"HH24:MI:SS')
        || to_char(CASE WHEN east < interval '0' THEN -east ELSE east END,
                   CASE WHEN east < interval '0' THEN '"-"' ELSE '"+"' END || 'HH24:MI')
      FROM (SELECT (instant AT TIME ZONE zone) - (instant AT TIME ZONE 'UTC')) AS offsets (east)
$$;
COMMENT ON FUNCTION local_iso_time IS 'ISO 8601 by the clock of the timezone, with its offset then: 2026-10-25T02:30:00+01:00.';

DROP VIEW IF EXISTS passes_flat;
CREATE VIEW passes_flat AS
SELECT s.id AS session_id,
       s.pass_key,
       s.camera_id,
       l.name AS location,
       l.type AS location_type,
       s.timestamp,
       s.timestamp AT TIME ZONE l.timezone AS local_time,
       s.first_seen,
       s.last_seen,
       s.frames,
       s.detection_type,
       v.vehicle_class,
       v.vehicle_confidence_score,
       p.plate_text,
       p.plate_number,
       p.plate_confidence_score,
       p.ocr_confidence,
       p.reads,
       p.agreeing_reads,
       p.plate_type,
       p.plate_date,
       p.plate_region_code,
       p.plate_region,
       coalesce(p.plate_status, 'unclassified') AS plate_status,
       p.listed_plate,
       p.match_distance,
       s.stored_original_path,
       v.vehicle_image_path,
       p.plate_image_path,
       s.evidence_removed_at,
       s.evidence_removed_reason,
       local_iso_time(s.timestamp, l.timezone)  AS local_timestamp,
       local_iso_time(s.first_seen, l.timezone) AS local_first_seen,
       local_iso_time(s.last_seen, l.timezone)  AS local_last_seen,
       s.site,
       p.read_text,
       s.corrected_at,
       s.corrected_by
  FROM detection_sessions s
  JOIN locations l ON l.id = s.location_id
  LEFT JOIN vehicles v ON v.session_id = s.id AND v.vehicle_idx = 1
  LEFT JOIN plates p ON p.session_id = s.id AND p.plate_idx = 1;
COMMENT ON VIEW passes_flat IS 'One row for each pass with its place, vehicle and plate; local_time is the clock at the place, and the local_ columns at the end are ISO 8601 with its offset.';

-- Writes a batch of parking visits (a JSON array, at most one element for each visit_id). An element
-- with a state of null says that there is no such visit.
CREATE OR REPLACE FUNCTION record_parking_sessions(batch jsonb) RETURNS void
LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
    batch := with_anonymous_visits(batch);

    DELETE FROM parking_sessions p
     WHERE p.visit_id IN (
           SELECT r.visit_id FROM jsonb_to_recordset(batch) AS r (visit_id text, state text)
            WHERE r.state IS NULL);

    INSERT INTO parking_sessions AS old (
        visit_id, site, state, plate_text, exit_plate_text, match_distance, vehicle_class,
        entry_pass_key, entry_time, entry_location, entry_camera_id,
        exit_pass_key, exit_time, exit_location, exit_camera_id, ended_at, corrected,
        entry_local, entry_hour, entry_day, exit_local, exit_hour, exit_day)
    SELECT r.visit_id, r.site, r.state, r.plate_text, r.exit_plate_text, r.match_distance,
           r.vehicle_class,
           r.entry_pass_key, r.entry_time, r.entry_location, r.entry_camera_id,
           r.exit_pass_key, r.exit_time, r.exit_location, r.exit_camera_id, r.ended_at,
           r.corrected,
           r.entry_time AT TIME ZONE r.entry_timezone,
           date_trunc('hour', r.entry_time, r.entry_timezone),
           (r.entry_time AT TIME ZONE r.entry_timezone)::date,
           r.exit_time AT TIME ZONE r.exit_timezone,
           date_trunc('hour', r.exit_time, r.exit_timezone),
           (r.exit_time AT TIME ZONE r.exit_timezone)::date
      FROM jsonb_to_recordset(batch) AS r (
           visit_id text, site text, state text, plate_text text, exit_plate_text text,
           match_distance double precision, vehicle_class text,
           entry_pass_key text, entry_time timestamptz, entry_location text, entry_camera_id text,
           entry_timezone text, exit_pass_key text, exit_time timestamptz, exit_location text,
           exit_camera_id text, exit_timezone text, ended_at timestamptz, corrected text)
     WHERE r.state IS NOT NULL
     ORDER BY r.visit_id
    ON CONFLICT (visit_id) DO UPDATE SET
        site = excluded.site, state = excluded.state, plate_text = excluded.plate_text,
        exit_plate_text = excluded.exit_plate_text, match_distance = excluded.match_distance,
        vehicle_class = excluded.vehicle_class, entry_pass_key = excluded.entry_pass_key,
        entry_time = excluded.entry_time, entry_location = excluded.entry_location,
        entry_camera_id = excluded.entry_camera_id, exit_pass_key = excluded.exit_pass_key,
        exit_time = excluded.exit_time, exit_location = excluded.exit_location,
        exit_camera_id = excluded.exit_camera_id, ended_at = excluded.ended_at,
        corrected = excluded.corrected, entry_local = excluded.entry_local,
        entry_hour = excluded.entry_hour, entry_day = excluded.entry_day, exit_local = excluded.exit_local,
        exit_hour = excluded.exit_hour, exit_day = excluded.exit_day
     -- Visits are told again and again; those that are right already are not written.
     WHERE (old.site, old.state, old.plate_text, old.exit_plate_text, old.match_distance,
            old.vehicle_class, old.entry_pass_key, old.entry_time, old.entry_location,
            old.entry_camera_id, old.exit_pass_key, old.exit_time, old.exit_location,
            old.exit_camera_id, old.ended_at, old.corrected, old.entry_local, old.exit_local)
           IS DISTINCT FROM
           (excluded.site, excluded.state, excluded.plate_text, excluded.exit_plate_text,
            excluded.match_distance, excluded.vehicle_class, excluded.entry_pass_key,
            excluded.entry_time, excluded.entry_location, excluded.entry_camera_id,
            excluded.exit_pass_key, excluded.exit_time, excluded.exit_location,
            excluded.exit_camera_id, excluded.ended_at, excluded.corrected,
            excluded.entry_local, excluded.exit_local);
END $$;
COMMENT ON FUNCTION record_parking_sessions IS 'Writes a batch of parking visits; again for a known visit_id changes its row, a state of null removes it.';

DROP VIEW IF EXISTS parking_statistics_daily;
DROP VIEW IF EXISTS parking_statistics_hourly;
DROP VIEW IF EXISTS parking_moves;
DROP VIEW IF EXISTS parking_occupancy;

CREATE VIEW parking_occupancy AS
SELECT site, entry_location AS location, count(*) AS vehicles, min(entry_time) AS longest_since
  FROM parking_sessions
 WHERE state = 'open'
 GROUP BY site, entry_location;
COMMENT ON VIEW parking_occupancy IS 'Vehicles that are on site now, by the location where they came in.';

CREATE VIEW parking_moves AS
SELECT site, entry_hour AS bucket_start, date_trunc('hour', entry_local) AS local_start,
       entry_day AS day, true AS entry, state, NULL::interval AS dwell
  FROM parking_sessions
 WHERE state <> 'missed_entry'
UNION ALL
SELECT site, exit_hour, date_trunc('hour', exit_local), exit_day, false, state, duration
  FROM parking_sessions
 WHERE state IN ('closed', 'missed_entry');
COMMENT ON VIEW parking_moves IS 'A step of parking_statistics_hourly and parking_statistics_daily: entries and exits with their hour and day.';

-- The most vehicles at a time: those that were there when the hour began, then up and down with every
-- entry and exit in it. Who leaves in an instant makes room for who enters in it.
CREATE OR REPLACE FUNCTION parking_peak(at_site text, hour timestamptz) RETURNS bigint
LANGUAGE sql STABLE
SET enable_seqscan = off AS $$
    SELECT max(occupied)
      FROM (SELECT sum(change) OVER (ORDER BY at, change ROWS UNBOUNDED PRECEDING) AS occupied
              FROM (SELECT '-infinity'::timestamptz AS at, count(*) AS change
                      FROM parking_sessions
                     WHERE site = at_site AND stay @> hour
                    UNION ALL
                    SELECT entry_time, 1
                      FROM parking_sessions
                     WHERE site = at_site AND entry_hour = hour AND entry_time > hour
                       AND state IN ('open', 'closed')
                    UNION ALL
                    SELECT exit_time, -1
                      FROM parking_sessions
                     WHERE site = at_site AND exit_hour = hour AND exit_time > hour
                       AND state = 'closed') AS changes) AS levels;
$$;
COMMENT ON FUNCTION parking_peak IS 'The most vehicles that were on site at a time within this hour; missed entries and exits are left out, for nobody knows how long those were there.';

CREATE VIEW parking_statistics_hourly AS
SELECT m.site, m.bucket_start, m.local_start, m.day,
       count(*) FILTER (WHERE m.entry)                            AS entries,
       count(*) FILTER (WHERE NOT m.entry)                        AS exits,
       count(m.dwell)                                             AS visits,
       count(*) FILTER (WHERE m.state = 'missed_entry')           AS missed_entries,
       count(*) FILTER (WHERE m.entry AND m.state = 'missed_exit') AS missed_exits,
       avg(m.dwell)                                               AS mean_dwell,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY m.dwell)       AS median_dwell,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY m.dwell)       AS p90_dwell,
       parking_peak(m.site, m.bucket_start)                       AS max_occupancy
  FROM parking_moves m
 GROUP BY m.site, m.bucket_start, m.local_start, m.day;
COMMENT ON VIEW parking_statistics_hourly IS 'Entries, exits and dwell by site and hour on the clock there. A visit counts where it ended, a missed exit where it began. An hour without an entry or exit has no row: occupancy stayed as it was.';

CREATE VIEW parking_statistics_daily AS
SELECT m.site, m.day,
       count(*) FILTER (WHERE m.entry)                            AS entries,
       count(*) FILTER (WHERE NOT m.entry)                        AS exits,
       count(m.dwell)                                             AS visits,
       count(*) FILTER (WHERE m.state = 'missed_entry')           AS missed_entries,
       count(*) FILTER (WHERE m.entry AND m.state = 'missed_exit') AS missed_exits,
       avg(m.dwell)                                               AS mean_dwell,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY m.dwell)       AS median_dwell,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY m.dwell)       AS p90_dwell,
       (SELECT max(parking_peak(m.site, h.bucket_start))
          FROM (SELECT DISTINCT bucket_start FROM parking_moves
                 WHERE site = m.site AND day = m.day) AS h)       AS max_occupancy
  FROM parking_moves m
 GROUP BY m.site, m.day;
COMMENT ON VIEW parking_statistics_daily IS 'The same by calendar day at the site.';
