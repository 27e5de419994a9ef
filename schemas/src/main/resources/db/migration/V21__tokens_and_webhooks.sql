-- More of who may use the HTTP service.

ALTER TABLE api_users ADD COLUMN disabled boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN api_users.disabled IS 'Neither the password nor the tokens of such a user open anything.';

ALTER TABLE api_tokens ADD COLUMN rate integer CHECK (rate BETWEEN 1 AND 100000);
COMMENT ON COLUMN api_tokens.rate IS 'Pictures a second, on average; null for http.rate.';
