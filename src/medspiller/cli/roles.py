"""The roles that the database needs: owner, web and search (see `core.schema`)."""

import os
import secrets as random

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from medspiller.cli.errors import CommandError
from medspiller.config import secrets


def make(server: psycopg.Connection, *, owner_password: str | None, web_password: str) -> None:
    """
    Create the roles that design gives the database, those that are missing.

    The owner is made only where we hold its password; outside, it is whoever connects.
    """
    known = {name for (name,) in server.execute("SELECT rolname FROM pg_roles").fetchall()}
    if "medspiller_search" not in known:
        server.execute("CREATE ROLE medspiller_search NOLOGIN NOBYPASSRLS")
    if secrets.WEB_USER not in known:
        server.execute(_create_role(secrets.WEB_USER, "LOGIN NOBYPASSRLS", web_password))
    owner: sql.Composable = sql.SQL("CURRENT_USER")
    if owner_password is not None:
        owner = sql.Identifier(secrets.OWNER_USER)
        if secrets.OWNER_USER not in known:
            server.execute(_create_role(secrets.OWNER_USER, "LOGIN CREATEDB NOBYPASSRLS", owner_password))
    server.execute(sql.SQL("GRANT medspiller_search TO {}").format(owner))


def _create_role(name: str, what: str, password: str) -> sql.Composed:
    return sql.SQL("CREATE ROLE {} {} PASSWORD {}").format(sql.Identifier(name), sql.SQL(what), sql.Literal(password))


def ensure_outside() -> None:
    """Make the web role in the database that `DATABASE_URL` names, unless `DATABASE_WEB_URL` brings one."""
    address = secrets.owner_database()
    password = secrets.stored().get("web_password_outside") or random.token_urlsafe(24)
    try:
        with psycopg.connect(conninfo(address), autocommit=True) as server:
            known = {name for (name,) in server.execute("SELECT rolname FROM pg_roles").fetchall()}
            if os.environ.get("DATABASE_WEB_URL") and {secrets.WEB_USER, "medspiller_search"} <= known:
                return
            make(server, owner_password=None, web_password=password)
            if "web_password_outside" not in secrets.stored():
                server.execute(
                    sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(secrets.WEB_USER), sql.Literal(password))
                )
    except psycopg.errors.InsufficientPrivilege:
        raise CommandError(
            "The role in DATABASE_URL may not create roles: "
            "run deploy/roles.sql as an administrator and set DATABASE_WEB_URL."
        ) from None
    except psycopg.OperationalError as fault:
        raise CommandError(
            f"The database in DATABASE_URL does not answer: {str(fault).strip().splitlines()[0]}"
        ) from None
    except psycopg.ProgrammingError as fault:
        raise CommandError(f"DATABASE_URL cannot be used: {str(fault).strip().splitlines()[0]}") from None
    secrets.store(web_password_outside=password, **secrets.missing_keys())


def conninfo(address: secrets.DatabaseAddress) -> str:
    """Return what libpq needs to connect to an address."""
    parts = {
        "host": address.host,
        "port": address.port,
        "user": address.user,
        "password": address.password,
        "dbname": address.name,
        "connect_timeout": "5",
        **address.options,
    }
    return make_conninfo(**{name: value for name, value in parts.items() if value})
