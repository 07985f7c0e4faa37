"""
`medspiller backup`: all that must survive, as a folder that says what it is.

That is the database alone: what people hand in (the paper a consent was signed on, plans, lists) stands in its rows.
The keys are apart, because a backup with its keys beside it protects nothing.
"""

import argparse
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg
from psycopg import sql

from medspiller import __version__
from medspiller.cli import backup_manifest, cluster, dumping
from medspiller.cli.backup_manifest import DUMP, Manifest
from medspiller.cli.errors import CommandError
from medspiller.cli.roles import conninfo
from medspiller.config import secrets
from medspiller.core import clock

TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
ORDER BY relname
"""
_OWNERS = """
SELECT rolname FROM pg_roles WHERE oid IN
(SELECT relowner FROM pg_class WHERE relnamespace = 'public'::regnamespace
 UNION SELECT proowner FROM pg_proc WHERE pronamespace = 'public'::regnamespace
 AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e'))
ORDER BY rolname
"""
# The id of the key stands before what was sealed with it: one byte of format, one of length, the id.
_KEY_IDS = "SELECT DISTINCT encode(substring({value} FROM 3 FOR get_byte({value}, 1)), 'escape') FROM {rows}"
# What allauth keeps of a second factor is sealed by us and written as base64 into its own JSON.
_SECOND_FACTORS = "(SELECT decode(coalesce(data->>'secret', data->>'seed'), 'base64') sealed FROM mfa_authenticator) f"


def add_to(commands: Any) -> None:
    parser = commands.add_parser("backup", help="write the whole database into a new folder")
    parser.add_argument("to", metavar="TO", type=Path, help="the folder to make; it must not be there")
    parser.add_argument(
        "--keys-to", metavar="FILE", type=Path, help="write the keys too, into a file to keep somewhere else"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """
    Make a backup. It has its name only when it is whole.

    :raises CommandError: if there is something of that name, or the database or the disk will not.
    """
    to, keys_to = arguments.to.absolute(), arguments.keys_to and arguments.keys_to.absolute()
    _refuse_places(to, keys_to)
    address = secrets.backup_database()
    with ExitStack() as held:
        if secrets.is_embedded():
            held.enter_context(cluster.standing())
        folder = held.enter_context(_unfinished(to))
        manifest = _dump_into(folder, address)
        backup_manifest.write(manifest, folder)
        _keep(folder, to)
    if keys_to:
        _write_keys(keys_to)
    return {
        "backup": str(to),
        "made_at": manifest.made_at,
        "demo": manifest.demo,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "bytes": manifest.bytes,
        "keys_needed": sorted(manifest.keys.encryption),
        "keys_in": str(keys_to) if keys_to else None,
    }


def counted(database: psycopg.Connection) -> dict[str, int]:
    """Return how many rows each table has, for whoever asks; only a role that sees every row hears the truth."""
    names = [name for (name,) in database.execute(TABLES).fetchall()]
    return {name: _one(database, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))) for name in names}


@contextmanager
def connected(address: secrets.DatabaseAddress, *, autocommit: bool = False) -> Iterator[psycopg.Connection]:
    """
    Open a connection, and close it.

    :raises CommandError: in one line, if the database does not answer or refuses.
    """
    try:
        with psycopg.connect(conninfo(address), autocommit=autocommit) as database:
            yield database
    except psycopg.Error as fault:
        said = (str(fault).strip().splitlines() or [type(fault).__name__])[0]
        raise CommandError(f"The database {'refused' if fault.sqlstate else 'does not answer'}: {said}") from None


# --- What is in it ------------------------------------------------------------------------


def _dump_into(folder: Path, address: secrets.DatabaseAddress) -> Manifest:
    """Dump and count in one snapshot, so that both tell of the same moment."""
    made_at = clock.now()
    with connected(address) as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        database.read_only = True
        _refuse_blind(database)
        server = database.info.server_version // 10_000
        dumper, dumped_by = dumping.program("pg_dump", at_least=server)
        snapshot = _one(database, sql.SQL("SELECT pg_export_snapshot()"))
        demo = _demo_mark(database)
        dumping.dump(dumper, address, snapshot=snapshot, to=folder / DUMP)
        (folder / DUMP).chmod(0o600)
        return Manifest(
            version=__version__,
            made_at=made_at.isoformat(timespec="seconds"),
            demo=demo,
            postgresql=server,
            dumped_by=dumped_by,
            roles=[name for (name,) in database.execute(_OWNERS).fetchall()],
            migrations=[list(row) for row in database.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")],
            tables=counted(database),
            keys=backup_manifest.needed_of(_key_ids(database), backup_manifest.keys_of(secrets.kept_keys())),
            bytes=(folder / DUMP).stat().st_size,
            database_bytes=_one(database, sql.SQL("SELECT pg_database_size(current_database())")),
            sha256=backup_manifest.digest_of(folder / DUMP),
        )


def _refuse_blind(database: psycopg.Connection) -> None:
    """A role that rows are hidden from would make a backup that looks whole."""
    sees = _one(database, sql.SQL("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
    if not sees:
        raise CommandError(
            f"The role {database.info.user} does not see every row: "
            "make one that bypasses row-level security (deploy/backup-role.sql) and give it in DATABASE_BACKUP_URL."
        )


def _demo_mark(database: psycopg.Connection) -> bool:
    try:
        found = database.execute("SELECT demo FROM core_installation").fetchone()
    except psycopg.errors.UndefinedTable:
        found = None
    if found is None:
        raise CommandError("There is nothing of Medspiller in the database: run `medspiller database up` first.")
    return bool(found[0])


def _key_ids(database: psycopg.Connection) -> set[str]:
    """Return the ids of all keys that something in the database is sealed with."""
    there = set(
        database.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
    )
    found = set()
    for table, column in sorted(_sealed_columns() & there):
        found |= _ids_in(database, rows=sql.Identifier(table), column=column)
    if ("mfa_authenticator", "data") in there:
        found |= _ids_in(database, rows=sql.SQL(_SECOND_FACTORS), column="sealed")
    return found


def _ids_in(database: psycopg.Connection, *, rows: sql.Composable, column: str) -> set[str]:
    value = sql.Identifier(column)
    asked = sql.SQL(_KEY_IDS + " WHERE octet_length({value}) > 2").format(value=value, rows=rows)
    return {key_id for (key_id,) in database.execute(asked).fetchall()}


def _sealed_columns() -> set[tuple[str, str]]:
    # Only now: whatever speaks against a backup is found out without waiting for it.
    django.setup()
    from django.apps import apps  # noqa: PLC0415 - only once Django is set up

    from medspiller.core.encryption import EncryptedText  # noqa: PLC0415

    return {
        (model._meta.db_table, str(field.column))
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedText)
    }


def _one(database: psycopg.Connection, question: sql.SQL | sql.Composed) -> Any:
    return database.execute(question).fetchall()[0][0]


# --- Where it lies ------------------------------------------------------------------------


def _refuse_places(to: Path, keys_to: Path | None) -> None:
    if to.exists():
        raise CommandError(f"{to} is there already: give the backup a name of its own.")
    if keys_to is None:
        return
    if keys_to.exists():
        raise CommandError(f"{keys_to} is there already: keys are never written over.")
    if keys_to.resolve().is_relative_to(to.resolve()):
        raise CommandError("The keys must not lie in the backup: give --keys-to a file somewhere else.")
    if len(secrets.kept_keys()) < 3:
        raise CommandError("There are no keys here to write: leave --keys-to out, or set them (docs/settings.md).")


@contextmanager
def _unfinished(to: Path) -> Iterator[Path]:
    """
    A folder beside the wanted one, thrown away if the backup does not become whole.

    What a killed backup has left is thrown away first; one that is still at work is left in peace.
    """
    folder = to.with_name(f"{to.name}.unfinished")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as fault:
        raise CommandError(f"Cannot write to {to.parent}: {fault.strerror}. Choose another folder.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise CommandError(f"Another backup to {to} is being made.") from None
    try:
        for leftover in folder.iterdir():
            leftover.unlink()
        yield folder
    except OSError as fault:
        raise CommandError(f"Cannot write to {folder}: {fault.strerror}. Free the disk, and try again.") from None
    finally:
        # A whole one has been given its name, and is not here any more.
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _keep(folder: Path, to: Path) -> None:
    """Give the whole backup its name, and see to it that it keeps it if the power goes now."""
    if to.exists():
        raise CommandError(f"{to} has come to be there meanwhile: give the backup another name.")
    folder.rename(to)
    for kept in (to, to.parent):
        opened = os.open(kept, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(opened)
        os.close(opened)


def _write_keys(file: Path) -> None:
    draft = file.with_name(f"{file.name}.unfinished")
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            json.dump(secrets.kept_keys(), opened, indent=2)
            opened.flush()
            os.fsync(opened.fileno())
        draft.rename(file)
    except OSError as fault:
        raise CommandError(f"The backup stands, but not its keys: cannot write {file}: {fault.strerror}.") from None
