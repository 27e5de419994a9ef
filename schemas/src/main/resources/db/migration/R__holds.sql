-- Holds on passes. Run again whenever this file changes.

CREATE OR REPLACE FUNCTION is_held(pass text, at timestamptz DEFAULT now()) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM holds h WHERE h.pass_key = pass AND (h.until IS NULL OR h.until > at))
$$;
COMMENT ON FUNCTION is_held IS 'Whether anybody holds this pass.';

CREATE OR REPLACE FUNCTION hold_pass(pass text, why text, who text, ends timestamptz DEFAULT NULL)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    camera text;
BEGIN
    SELECT camera_id INTO camera FROM detection_sessions WHERE pass_key = pass;
    -- The turn of whoever writes or deletes passes of the camera: a pass is held or gone, never both.
    PERFORM pg_advisory_xact_lock(hashtext('pass_camera'), hashtext(camera));
    IF NOT EXISTS (SELECT FROM detection_sessions WHERE pass_key = pass) THEN
        RAISE EXCEPTION 'Hold: found no pass %, expected a pass_key of detection_sessions', pass
              USING ERRCODE = 'no_data_found';
    END IF;
    INSERT INTO holds AS old (pass_key, held_by, reason, until) VALUES (pass, who, why, ends)
    ON CONFLICT (pass_key, held_by) DO UPDATE
       SET reason = excluded.reason, held_at = excluded.held_at, until = excluded.until;
END $$;
COMMENT ON FUNCTION hold_pass IS 'Keeps a pass and its pictures from retention and keep-free, for good or until the given time; again by the same person changes reason and end.';

CREATE OR REPLACE FUNCTION release_pass(pass text, who text) RETURNS boolean
LANGUAGE sql AS $$
    WITH released AS (
        DELETE FROM holds WHERE pass_key = pass AND held_by = who RETURNING pass_key
    )
    SELECT EXISTS (SELECT FROM released)
$$;
COMMENT ON FUNCTION release_pass IS 'Ends the hold of one person; returns whether there was one.';
