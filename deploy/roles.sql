-- The three roles that Medspiller gives its database. Run once per server, as an administrator,
-- connected to the empty database that Medspiller shall have:
--
--     createdb medspiller
--     psql -v ON_ERROR_STOP=1 -d medspiller -f deploy/roles.sql
--
-- Safe to run again. It sets no passwords: give them with \password medspiller_owner and
-- \password medspiller_web, so that they end in no file and no log.
--
-- What each role may do with tables is not here: migrations say it, table by table.

\set ON_ERROR_STOP on

BEGIN;

-- Owns every table and runs migrations. Row-level security is forced on it too.
SELECT 'CREATE ROLE medspiller_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'medspiller_owner')
\gexec

-- Owns nothing and serves every request and job. The name is fixed: migrations grant to it.
SELECT 'CREATE ROLE medspiller_web LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'medspiller_web')
\gexec

-- Owns the search functions and cannot log in. The name is fixed too.
SELECT 'CREATE ROLE medspiller_search NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'medspiller_search')
\gexec

-- Migrations hand the search functions over to the search role, which only a member of it may.
GRANT medspiller_search TO medspiller_owner;

-- The owner makes the extensions btree_gin, btree_gist, pg_trgm and unaccent itself: PostgreSQL trusts them
-- to whoever owns the database.
SELECT format('ALTER DATABASE %I OWNER TO medspiller_owner', current_database())
\gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database())
\gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO medspiller_web', current_database())
\gexec

COMMIT;

-- What came of it. No line may say that a role is superuser or bypasses row-level security.
SELECT rolname, rolcanlogin AS may_log_in, rolsuper AS superuser, rolbypassrls AS bypasses_row_security
FROM pg_roles
WHERE rolname LIKE 'medspiller\_%'
ORDER BY rolname;
