-- Lets the members of plateflow_analyst read everything but credentials, and change nothing. Run again whenever this
-- file changes. Who is a member, and with which password, is the business of whoever runs the server:
--   CREATE ROLE anna LOGIN PASSWORD '...' IN ROLE plateflow_analyst;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'plateflow_analyst') THEN
        BEGIN
            CREATE ROLE plateflow_analyst NOLOGIN;
        EXCEPTION
            -- Roles belong to the server: another database's migration made it in the meantime.
            WHEN duplicate_object OR unique_violation THEN NULL;
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'No role plateflow_analyst: % may not create roles. See SECURITY.md.', current_user;
                RETURN;
        END;
    END IF;
    GRANT USAGE ON SCHEMA public TO plateflow_analyst;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO plateflow_analyst;
    -- And on what later migrations add.
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO plateflow_analyst;
    REVOKE ALL ON api_users, api_tokens, webhooks, webhook_deliveries FROM plateflow_analyst;
END
$$;
