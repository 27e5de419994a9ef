-- Writes a batch and refuses single rows of it. Run again whenever this file changes.

-- Writers lock in an order that all keep to; those that go row by row cannot, and have the tables to
-- themselves. The shared lock goes with the block that failed, so nobody waits for himself.
CREATE OR REPLACE FUNCTION lock_as_writer(alone boolean) RETURNS void
LANGUAGE sql AS $$
    SELECT CASE WHEN alone THEN pg_advisory_xact_lock(hashtext('write_rows'), 0)
                ELSE pg_advisory_xact_lock_shared(hashtext('write_rows'), 0) END
$$;
COMMENT ON FUNCTION lock_as_writer IS 'First of all in every transaction that writes passes or deletes them, and once in it.';

-- Hands the rows (one JSON object each, as text) to a function that writes a JSON array of them, all
-- or nothing. If it cannot take them because of what they say, they are handed over one by one, and
-- those that are to blame go to rejected_rows. Each row becomes JSON in its own block: one that is
-- none, or that jsonb cannot hold, must not take the others with it.
CREATE OR REPLACE FUNCTION write_rows(
    writer text, kind text, keys text[], sources text[], elements text[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    command text := format('SELECT %I($1)', writer);
BEGIN
    BEGIN
        PERFORM lock_as_writer(alone => false);
        EXECUTE command
          USING (SELECT jsonb_agg(e.element::jsonb ORDER BY e.n)
                   FROM unnest(elements) WITH ORDINALITY AS e (element, n));
        RETURN;
    EXCEPTION
        WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
            NULL;
    END;

    PERFORM lock_as_writer(alone => true);
    FOR i IN 1 .. cardinality(elements) LOOP
        BEGIN
            EXECUTE command USING jsonb_build_array(elements[i]::jsonb);
        EXCEPTION
            WHEN data_exception OR integrity_constraint_violation OR program_limit_exceeded THEN
                INSERT INTO rejected_rows (kind, source, reason)
                VALUES (kind, sources[i], format('Postgres refused %s: %s', keys[i], SQLERRM))
                ON CONFLICT (digest) DO NOTHING;
        END;
    END LOOP;
END $$;
COMMENT ON FUNCTION write_rows IS 'Writes rows through one of the record_ functions; rows that are refused for their content go to rejected_rows, the others are written.';
