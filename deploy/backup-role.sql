-- The role that backups are made as. Run once per server, as an administrator, connected to Medspiller's database:
--
--     psql -v ON_ERROR_STOP=1 -d medspiller -f deploy/backup-role.sql
--
-- Row-level security hides rows from the owner too, so that the owner's dump would lack them: `pg_dump` refuses. This
-- role sees every row of every tenant and may change none. Whoever has its password has everything: keep it on
-- the machine that makes backups and nowhere else, and give it with \password medspiller_backup.

\set ON_ERROR_STOP on

BEGIN;

SELECT 'CREATE ROLE medspiller_backup LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'medspiller_backup')
\gexec

GRANT pg_read_all_data TO medspiller_backup;

SELECT format('GRANT CONNECT ON DATABASE %I TO medspiller_backup', current_database())
\gexec

COMMIT;

-- What came of it. It bypasses row-level security, and is no superuser.
SELECT rolname, rolsuper AS superuser, rolbypassrls AS bypasses_row_security
FROM pg_roles WHERE rolname = 'medspiller_backup';
