-- Visits of passes that were erased for privacy stay as counts: when, where and how they ended, but
-- not whose they were. Run again whenever this file changes.

-- Whether the pass is the entry or the exit of such a visit. It is not to begin or end another one.
CREATE OR REPLACE FUNCTION in_anonymous_visit(
    pass text, at_site text, camera text, at timestamptz, zone text)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM parking_sessions v WHERE v.visit_id = 'erased-' || pass)
        OR EXISTS (SELECT FROM parking_sessions v
                    WHERE v.site = at_site AND v.exit_hour = date_trunc('hour', at, zone)
                      AND v.exit_time = at AND v.exit_camera_id = camera
                      AND v.visit_id LIKE 'erased-%')
$$;
COMMENT ON FUNCTION in_anonymous_visit IS 'Whether a pass is part of a visit of which nobody is to know whose it was.';

-- The batch of record_parking_sessions without what tells whose the visits of erased passes were.
-- Whatever is told of such a visit later, it stays as it was left: its passes are in the tables no more.
CREATE OR REPLACE FUNCTION with_anonymous_visits(batch jsonb) RETURNS jsonb
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    -- Shared by all writers of visits. An erasure takes it alone: neither sees what the other is
    -- about to write.
    PERFORM pg_advisory_xact_lock_shared(hashtext('anonymous_visits'), 0);
    RETURN (
        WITH told AS (
            SELECT e.element, r.visit_id, r.state, r.exit_pass_key, r.entry_pass_key, r.site,
                   r.exit_camera_id, r.exit_time, r.exit_timezone,
                   coalesce(r.entry_pass_key, r.exit_pass_key,
                            substr(r.visit_id, strpos(r.visit_id, '-') + 1)) AS first
              FROM jsonb_array_elements(batch) AS e (element)
             CROSS JOIN LATERAL jsonb_to_record(e.element) AS r (
                   visit_id text, state text, entry_pass_key text, exit_pass_key text, site text,
                   exit_camera_id text, exit_time timestamptz, exit_timezone text)
        ), judged AS (
            SELECT t.element, t.visit_id, t.state, t.exit_pass_key, 'erased-' || t.first AS anonymous,
                   CASE WHEN t.state IS NULL THEN
                            -- A pass that was taken back may count elsewhere: under the plate that it
                            -- was corrected to. That is told by another writer, before or after.
                            CASE WHEN EXISTS (
                                     SELECT FROM corrections c
                                      WHERE c.pass_key = t.first AND c.kind IN ('plate', 'location'))
                                 THEN 'plain' ELSE 'none' END
                        WHEN EXISTS (
                                 SELECT FROM corrections c
                                  WHERE c.pass_key IN (t.entry_pass_key, t.exit_pass_key)
                                    AND c.kind = 'erase' AND NOT is_held(c.pass_key)) THEN 'erased'
                        WHEN in_anonymous_visit(t.first, t.site,
                                 CASE WHEN t.entry_pass_key IS NULL THEN t.exit_camera_id END,
                                 t.exit_time, t.exit_timezone) THEN 'known'
                        ELSE 'plain' END AS verdict
              FROM told t
        ), rows AS (
            SELECT j.visit_id, j.state IS NULL AS gone, j.element FROM judged j WHERE j.verdict = 'plain'
            UNION ALL
            SELECT j.visit_id, true, jsonb_build_object('visit_id', j.visit_id)
              FROM judged j WHERE j.verdict <> 'plain'
            UNION ALL
            SELECT j.anonymous, true, jsonb_build_object('visit_id', j.anonymous)
              FROM judged j WHERE j.verdict = 'none'
            UNION ALL
            SELECT j.anonymous, false,
                   j.element - 'entry_pass_key' - 'exit_pass_key' - 'vehicle_class'
                             - 'match_distance' - 'corrected'
                   || jsonb_build_object(
                          'visit_id', j.anonymous, 'plate_text', '#0000000000000000',
                          'exit_plate_text', CASE WHEN j.exit_pass_key IS NOT NULL
                                                  THEN '#0000000000000000' END)
              FROM judged j WHERE j.verdict = 'erased'
        )
        SELECT coalesce(jsonb_agg(one.element), '[]')
          FROM (SELECT DISTINCT ON (r.visit_id) r.element
                  FROM rows r ORDER BY r.visit_id, r.gone, r.element) AS one);
END $$;
COMMENT ON FUNCTION with_anonymous_visits IS 'A step of record_parking_sessions.';

CREATE OR REPLACE FUNCTION anonymize_visits(pass text) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('anonymous_visits'), 0);
    -- Of a visit that has an anonymous row already, or that two plates tell for a moment, one stays.
    DELETE FROM parking_sessions p
     WHERE (p.entry_pass_key = pass OR p.exit_pass_key = pass)
       AND EXISTS (
           SELECT FROM parking_sessions o
            WHERE o.visit_id = 'erased-' || coalesce(p.entry_pass_key, p.exit_pass_key)
               OR (o.visit_id > p.visit_id
                   AND (o.entry_pass_key = pass OR o.exit_pass_key = pass)
                   AND coalesce(o.entry_pass_key, o.exit_pass_key)
                     = coalesce(p.entry_pass_key, p.exit_pass_key)));
    UPDATE parking_sessions p SET
           visit_id = 'erased-' || coalesce(p.entry_pass_key, p.exit_pass_key),
           plate_text = '#0000000000000000',
           exit_plate_text = CASE WHEN p.exit_pass_key IS NOT NULL THEN '#0000000000000000' END,
           entry_pass_key = NULL, exit_pass_key = NULL, vehicle_class = NULL,
           match_distance = NULL, corrected = NULL
     WHERE p.entry_pass_key = pass OR p.exit_pass_key = pass;
END $$;
COMMENT ON FUNCTION anonymize_visits IS 'Takes out of the visits of an erased pass whose they were; when and where stays.';
