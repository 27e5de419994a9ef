-- Tables of the HTTP service: who may use it, what was sent to it. The job neither reads nor writes them.

CREATE TABLE api_users (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name            text NOT NULL UNIQUE,
    password_hash   text NOT NULL,
    role            text NOT NULL CHECK (role IN ('operator', 'admin', 'super_admin')),
    failed_attempts integer NOT NULL DEFAULT 0,
    locked_until    timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE api_users IS 'People who use the HTTP service.';
COMMENT ON COLUMN api_users.password_hash IS 'Argon2id, with its parameters and salt.';
COMMENT ON COLUMN api_users.failed_attempts IS 'Wrong passwords since the last right one.';

CREATE TABLE api_tokens (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text NOT NULL,
    hash          bytea NOT NULL UNIQUE,
    last_four     text NOT NULL,
    owner_id      bigint REFERENCES api_users ON DELETE CASCADE,
    rights        text[] NOT NULL,
    monthly_quota integer CHECK (monthly_quota >= 0),
    created_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE api_tokens IS 'Keys of programs that use the HTTP service; they go with their owner.';
COMMENT ON COLUMN api_tokens.hash IS 'SHA-256 of the token, which is 160 random bits.';
COMMENT ON COLUMN api_tokens.rights IS 'recognize, read, write, admin.';
COMMENT ON COLUMN api_tokens.monthly_quota IS 'Recognitions a month (UTC); null for any number.';

CREATE TABLE api_usage (
    client  text NOT NULL,
    month   date NOT NULL,
    calls   bigint NOT NULL DEFAULT 0,
    credits bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (client, month)
);
COMMENT ON TABLE api_usage IS 'Recognitions by client and month; the client is token:ID, user:ID, or open.';

CREATE TABLE uploads (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL DEFAULT now(),
    surface       text NOT NULL,
    client        text NOT NULL,
    camera_id     text,
    filename      text NOT NULL,
    sha256        bytea NOT NULL,
    width         integer NOT NULL,
    height        integer NOT NULL,
    stored_path   text,
    processing_ms double precision NOT NULL,
    session_ids   bigint[] NOT NULL,
    accepted_at   timestamptz
);
CREATE INDEX uploads_by_time ON uploads (at);
COMMENT ON TABLE uploads IS 'Pictures that were sent to the HTTP service; detection_sessions.upload_id is their id.';
COMMENT ON COLUMN uploads.stored_path IS 'Null where no pictures are kept.';
COMMENT ON COLUMN uploads.session_ids IS 'One for each vehicle or lone plate, in the order of the answer.';
COMMENT ON COLUMN uploads.accepted_at IS 'When its reads were acknowledged; null for one that was interrupted before.';
