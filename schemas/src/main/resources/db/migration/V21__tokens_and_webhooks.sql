-- More of who may use the HTTP service.

ALTER TABLE api_users ADD COLUMN disabled boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN api_users.disabled IS 'Neither the password nor the tokens of such a user open anything.';

ALTER TABLE api_tokens ADD COLUMN rate integer CHECK (rate BETWEEN 1 AND 100000);
COMMENT ON COLUMN api_tokens.rate IS 'Pictures a second, on average; null for http.rate.';

-- Where the service tells of what it sees, and what it still has to tell.

CREATE TABLE webhooks (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target        text NOT NULL,
    image         boolean NOT NULL,
    events        text[] NOT NULL,
    secret        text NOT NULL,
    authorization_value text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    failures      integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    last_error    text,
    next_at       timestamptz NOT NULL DEFAULT now(),
    leased_until  timestamptz
);
COMMENT ON TABLE webhooks IS 'Targets of webhooks. None is ever disabled: one that fails is asked less often.';
COMMENT ON COLUMN webhooks.secret IS 'Key of the HMAC-SHA256 of each body.';
COMMENT ON COLUMN webhooks.authorization_value IS 'Sent as the header Authorization; null for none.';
COMMENT ON COLUMN webhooks.failures IS 'In a row.';
COMMENT ON COLUMN webhooks.leased_until IS 'Until then one instance sends to it, so that its order is kept.';

CREATE TABLE webhook_deliveries (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    webhook_id   bigint NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    event        text NOT NULL,
    content_type text NOT NULL,
    body         bytea NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    attempts     integer NOT NULL DEFAULT 0,
    last_error   text,
    dead_at      timestamptz
);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, id) WHERE dead_at IS NULL;
CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (dead_at) WHERE dead_at IS NOT NULL;
COMMENT ON TABLE webhook_deliveries IS 'What is still to be told; rows go once a target has taken them.';
COMMENT ON COLUMN webhook_deliveries.body IS 'The same bytes on every try.';
COMMENT ON COLUMN webhook_deliveries.dead_at IS 'When it was given up; such rows are kept for a week.';
