-- What may still be asked of Gemini, shared by all jobs that use a key.

CREATE TABLE gemini_budgets (
    id         text   PRIMARY KEY,
    state      bytea,
    expires_at bigint
);
COMMENT ON TABLE  gemini_budgets            IS 'Token buckets of the limits on Gemini; read and written by Bucket4j alone.';
COMMENT ON COLUMN gemini_budgets.id         IS 'Hash of the API key, the limit, and the Pacific date where the limit is one of a day.';
COMMENT ON COLUMN gemini_budgets.state      IS 'Level and limits, in the form of Bucket4j.';
COMMENT ON COLUMN gemini_budgets.expires_at IS 'Milliseconds since 1970 from which on the row may be deleted.';
