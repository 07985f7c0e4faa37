"""
`medspiller restore`: a database as it was when a backup was made, or nothing at all.

A damaged backup, one of a newer version and one without its keys are refused before anything is touched. The
embedded database is filled beside the one that stands, and takes its place only when every row has been counted.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg
from psycopg import sql

from medspiller.cli import backup_manifest, cluster, database, dumping, serve
from medspiller.cli.backup import TABLES, connected, counted
from medspiller.cli.backup_manifest import DUMP, Manifest
from medspiller.cli.errors import CommandError
from medspiller.config import secrets
from medspiller.config.secrets import DatabaseAddress

KEYS = ("secret_key", "encryption_keys", "lookup_key")
# Beside the embedded database while it is filled, and what it takes the place of.
_COMING, _GOING = "medspiller_coming", "medspiller_going"


def add_to(commands: Any) -> None:
    parser = commands.add_parser("restore", help="fill an empty database from a backup")
    parser.add_argument("source", metavar="FROM", type=Path, help="the folder that `medspiller backup` made")
    parser.add_argument(
        "--keys-from", metavar="FILE", type=Path, help="the keys, as --keys-to of the backup wrote them"
    )
    parser.add_argument("--check", action="store_true", help="look whether it could be restored, and change nothing")
    parser.add_argument("--replace", action="store_true", help="throw the embedded database that stands away for it")
    parser.add_argument("--yes", action="store_true", help="do not ask before throwing away")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """
    Restore a backup.

    :raises CommandError: if it is damaged, of a newer version, without its keys, or there is no room for it; the
        database is then as it was.
    """
    folder = arguments.source.absolute()
    manifest = backup_manifest.read(folder)
    keys = _keys(arguments.keys_from)
    backup_manifest.check_keys(manifest.keys, backup_manifest.keys_of(keys))
    backup_manifest.check_dump(manifest, folder)
    _refuse_newer(manifest, folder)
    told = _told(manifest, folder)
    if arguments.check:
        return told | {"restored": None}
    if not secrets.is_embedded():
        return told | _into_outside(manifest, folder / DUMP, replace=arguments.replace)
    return told | _into_embedded(manifest, folder / DUMP, keys, arguments)


# --- What speaks against it ---------------------------------------------------------------


def _keys(file: Path | None) -> dict[str, str]:
    """Return the keys the restored database will be read with."""
    if file is None:
        return secrets.kept_keys()
    given = os.environ.get("MEDSPILLER_ENCRYPTION_KEYS") or os.environ.get("MEDSPILLER_LOOKUP_KEY")
    if given or not secrets.is_embedded():
        raise CommandError("The keys come from the environment here: set them there and leave --keys-from out.")
    try:
        read = json.loads(file.read_bytes())
    except OSError as fault:
        raise CommandError(f"{file} cannot be read: {fault.strerror}.") from None
    except ValueError:
        read = None
    if not isinstance(read, dict) or not all(isinstance(read.get(name), str) for name in KEYS):
        raise CommandError(f"{file} is no file of keys as `medspiller backup --keys-to` writes it.")
    return {name: read[name] for name in KEYS}


def _refuse_newer(manifest: Manifest, folder: Path) -> None:
    django.setup()
    unknown = database.unknown_here((app, name) for app, name in manifest.migrations)
    if unknown:
        raise CommandError(f"{folder} was made by a newer Medspiller (it has {unknown[-1]}): use that version.")


def _refuse_running() -> None:
    running = serve.running_pid()
    if running:
        raise CommandError(f"Medspiller runs here (process {running}): stop it with `make stop` first.")


def _ask(arguments: argparse.Namespace) -> None:
    if arguments.yes:
        return
    if os.environ.get("CI") or not sys.stdin.isatty():
        raise CommandError("Nobody can be asked here: use --yes to throw the database that stands away.")
    if input(f"Throw away the database under {secrets.DATA}? Write yes: ").strip().lower() != "yes":
        raise CommandError("Nothing was thrown away.")


def _refuse_server(server: psycopg.Connection, manifest: Manifest) -> None:
    """Refuse a server that is older than the one the dump is of, or lacks a role that something in it belongs to."""
    major = server.info.server_version // 10_000
    if major < manifest.postgresql:
        raise CommandError(f"The backup is of PostgreSQL {manifest.postgresql} and this is {major}: use a newer one.")
    known = {name for (name,) in server.execute("SELECT rolname FROM pg_roles").fetchall()}
    missing = [name for name in manifest.roles if name not in known]
    if missing:
        raise CommandError(f"The database has no role {missing[0]}: run deploy/roles.sql as an administrator first.")


# --- The embedded database ----------------------------------------------------------------


def _into_embedded(
    manifest: Manifest, dump: Path, keys: dict[str, str], arguments: argparse.Namespace
) -> dict[str, Any]:
    _refuse_running()
    cluster.ensure_running()
    standing = _has_tables(manifest)
    if standing and not arguments.replace:
        raise CommandError(
            "The database is not empty: restore into an empty one, or throw this one away with --replace."
        )
    if standing:
        _ask(arguments)
    with _beside() as coming:
        _load(manifest, dump, coming)
        with connected(_superuser(coming.name)) as filled:
            _compare(manifest, counted(filled))
        _swap()
        if arguments.keys_from:
            secrets.store(**keys)
    return {"replaced": standing, "counted": True}


@contextmanager
def _beside() -> Iterator[DatabaseAddress]:
    """An empty database beside the one that stands; thrown away if it does not come to take its place."""
    with connected(_superuser("postgres"), autocommit=True) as server:
        _drop(server, _COMING, _GOING)
        server.execute(f"CREATE DATABASE {_COMING} OWNER {secrets.OWNER_USER}")
        try:
            yield secrets.owner_database()._replace(name=_COMING)
        finally:
            _drop(server, _COMING, _GOING)


def _has_tables(manifest: Manifest) -> bool:
    with connected(_superuser("medspiller")) as standing:
        _refuse_server(standing, manifest)
        return standing.execute(TABLES).fetchone() is not None


def _swap() -> None:
    """Give the new database its name, in one transaction: there is always one of that name."""
    with connected(_superuser("postgres")) as server:
        server.execute(f"ALTER DATABASE medspiller RENAME TO {_GOING}")
        server.execute(f"ALTER DATABASE {_COMING} RENAME TO medspiller")


def _drop(server: psycopg.Connection, *names: str) -> None:
    for name in names:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _superuser(name: str) -> DatabaseAddress:
    return secrets.backup_database()._replace(name=name)


# --- A database of somebody's own ---------------------------------------------------------


def _into_outside(manifest: Manifest, dump: Path, *, replace: bool) -> dict[str, Any]:
    if replace:
        raise CommandError("A database outside .data/ is never thrown away by this command: give it an empty one.")
    if not os.environ.get("DATABASE_URL"):
        raise CommandError("DATABASE_URL is not set: a restore writes as the owner of the empty database.")
    address = secrets.owner_database()
    with connected(address) as target:
        if target.execute(TABLES).fetchone():
            raise CommandError("The database in DATABASE_URL is not empty: restore into an empty one.")
        _refuse_server(target, manifest)
    _load(manifest, dump, address)
    seen_by = secrets.backup_database() if os.environ.get("DATABASE_BACKUP_URL") else None
    same = seen_by is not None and seen_by[:3] == address[:3]
    if seen_by is not None and same:
        with connected(seen_by) as filled:
            _compare(manifest, counted(filled))
    return {"replaced": False, "counted": same}


# --- Both ---------------------------------------------------------------------------------


def _load(manifest: Manifest, dump: Path, address: DatabaseAddress) -> None:
    restorer, _ = dumping.program("pg_restore", at_least=manifest.dumped_by)
    with connected(address) as target:
        # The dump gives the search functions away before it says that their owner may have any here.
        target.execute("GRANT CREATE ON SCHEMA public TO medspiller_search")
    dumping.restore(restorer, address, dump=dump)
    with connected(address, autocommit=True) as target:
        # Else the first who search wait until PostgreSQL has found out by itself what is there.
        target.execute("ANALYZE")


def _compare(manifest: Manifest, found: dict[str, int]) -> None:
    other = [name for name in sorted({*manifest.tables, *found}) if manifest.tables.get(name) != found.get(name)]
    if other:
        raise CommandError(
            f"The table {other[0]} came back with {found.get(other[0])} rows and had {manifest.tables.get(other[0])}: "
            "do not use this database."
        )


def _told(manifest: Manifest, folder: Path) -> dict[str, Any]:
    return {
        "restored": str(folder),
        "made_at": manifest.made_at,
        "version": manifest.version,
        "demo": manifest.demo,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "keys_needed": sorted(manifest.keys.encryption),
    }
