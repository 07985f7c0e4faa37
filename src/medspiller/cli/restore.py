"""
`medspiller restore`: a database as it was when a backup was made, or nothing at all.

A damaged backup, one of a newer version and one without its keys are refused before anything is touched. The
embedded database is filled beside the one that stands, and takes its place only when every row has been counted
(`restoring`). Notices are held until somebody lets them go: the restored database does not know which have gone out.
"""

import argparse
import json
import os
import shutil
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, LiteralString

import django
import psycopg
from psycopg import sql

from medspiller.cli import backup_manifest, cluster, database, dumping, restoring, serve
from medspiller.cli.backup import TABLES, connected, counted
from medspiller.cli.backup_manifest import DUMP, Manifest
from medspiller.cli.errors import CommandError
from medspiller.cli.restoring import KEYS
from medspiller.config import secrets
from medspiller.config.secrets import DatabaseAddress
from medspiller.core import clock, holding

# So many tenants are named to whoever is asked whether to throw them away.
_NAMED = 5
# While a database is filled, what PostgreSQL needs to take it back again may lie beside it: `max_wal_size`.
_BESIDE_BYTES = 1 << 30


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
    if not arguments.check:
        restoring.settle()
    folder = arguments.source.absolute()
    manifest = backup_manifest.read(folder)
    keys = _keys(arguments.keys_from)
    backup_manifest.check_keys(manifest.keys, backup_manifest.keys_of(keys))
    backup_manifest.check_dump(manifest, folder)
    _refuse_newer(manifest, folder)
    told = _told(manifest, folder)
    if arguments.check:
        return told | {"restored": None}
    if secrets.is_embedded():
        done = _into_embedded(manifest, folder / DUMP, keys, arguments)
    else:
        done = _into_outside(manifest, folder / DUMP, replace=arguments.replace)
    return told | done | {"notices": "held until `medspiller messages release`"}


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


def _ask(arguments: argparse.Namespace, *, standing: str, manifest: Manifest) -> None:
    if arguments.yes:
        return
    if os.environ.get("CI") or not sys.stdin.isatty():
        raise CommandError("Nobody can be asked here: use --yes to throw the database that stands away.")
    comes = f"{_what(manifest.demo)} of {_minute(datetime.fromisoformat(manifest.made_at))}, {manifest.rows} rows"
    print(f"Under {secrets.DATA} stands {standing}.\nIn its place comes {comes}.", file=sys.stderr)
    if input("Throw away what stands? Write yes: ").strip().lower() != "yes":
        raise CommandError("Nothing was thrown away.")


def _refuse_no_room(manifest: Manifest) -> None:
    """Find out before an hour has gone by that both databases will not find room."""
    needed = manifest.database_bytes + min(manifest.database_bytes, _BESIDE_BYTES)
    there = shutil.disk_usage(cluster.find().data).free
    if there < needed:
        raise CommandError(
            f"There is no room for it beside what stands: {_size(there)} are free under {secrets.DATA} and about "
            f"{_size(needed)} are needed. Free the disk, and try again."
        )


def _size(count: int) -> str:
    return f"{count / 1_000_000_000:.1f} GB" if count >= 1_000_000_000 else f"{-(-count // 1_000_000)} MB"


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
    with restoring.alone():
        cluster.ensure_running()
        standing = _standing(manifest)
        if standing and not arguments.replace:
            raise CommandError(
                "The database is not empty: restore into an empty one, or throw this one away with --replace."
            )
        _refuse_no_room(manifest)
        if standing:
            _ask(arguments, standing=standing, manifest=manifest)
            # The question may have stood for an hour.
            _refuse_running()
        wanted = secrets.stored() | (keys if arguments.keys_from else {})
        owner, superuser = secrets.owner_database(), secrets.backup_database()
        with restoring.beside(wanted) as take_place:
            coming = owner._replace(name=restoring.COMING)
            _hold_and_load(manifest, dump, coming)
            with connected(superuser._replace(name=restoring.COMING)) as filled:
                _compare(manifest, counted(filled))
            _refuse_running()
            old_keys = take_place()
    return {"replaced": bool(standing), "counted": True, "old_keys": str(old_keys) if old_keys else None}


def _standing(manifest: Manifest) -> str | None:
    """Return what the embedded database holds, in words; None if it has no table."""
    with connected(secrets.backup_database(), autocommit=True) as standing:
        _refuse_server(standing, manifest)
        if standing.execute(TABLES).fetchone() is None:
            return None
        demo = _asked(standing, "SELECT demo FROM core_installation")
        tenants = [name for (name,) in _asked(standing, "SELECT name FROM organisations_tenant ORDER BY name")]
        last = _asked(standing, "SELECT max(at) FROM audit_accessentry")
    named = ", ".join(tenants[:_NAMED]) + (" …" if len(tenants) > _NAMED else "")
    whose = f"{len(tenants)} tenant{'' if len(tenants) == 1 else 's'}" + (f": {named}" if named else "")
    seen = f"last looked at or changed {_minute(last[0][0])}" if last and last[0][0] else "never looked at"
    return f"{_what(bool(demo and demo[0][0]))} ({whose}; {seen})"


def _asked(database: psycopg.Connection, question: LiteralString) -> list[tuple[Any, ...]]:
    """Ask a database of whatever version; nothing is known where it has no such table."""
    with suppress(psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
        return database.execute(question).fetchall()
    return []


def _what(demo: bool) -> str:
    return "a demo" if demo else "REAL DATA"


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(clock.OSLO):%Y-%m-%d %H:%M}"


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
    _hold_and_load(manifest, dump, address)
    seen_by = secrets.backup_database() if os.environ.get("DATABASE_BACKUP_URL") else None
    same = seen_by is not None and seen_by[:3] == address[:3]
    if seen_by is not None and same:
        with connected(seen_by) as filled:
            _compare(manifest, counted(filled))
    return {"replaced": False, "counted": same}


def _hold_and_load(manifest: Manifest, dump: Path, address: DatabaseAddress) -> None:
    with connected(address, autocommit=True) as target:
        try:
            _hold(target)
        except psycopg.errors.InsufficientPrivilege:
            raise CommandError("The role in DATABASE_URL does not own the database: run deploy/roles.sql.") from None
    try:
        _load(manifest, dump, address)
    except CommandError:
        with suppress(CommandError), connected(address, autocommit=True) as target:
            _comment(target, holding.released(_comment_of(target)))
        raise


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


def _hold(target: psycopg.Connection) -> None:
    """Hold notices, before there is one: whoever dies now leaves nothing that would go out."""
    _comment(target, holding.held(_comment_of(target), at=clock.now()))


def _comment_of(target: psycopg.Connection) -> str:
    return str(target.execute(holding.ASKED).fetchall()[0][0])


def _comment(target: psycopg.Connection, text: str) -> None:
    name = sql.Identifier(target.info.dbname)
    target.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(text or None)))


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
