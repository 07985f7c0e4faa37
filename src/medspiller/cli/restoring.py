"""
What keeps a restore of the embedded database whole, however suddenly it ends: one at a time, and a file that tells.

Rows lie in a database and keys in a file, and no transaction spans both. `secrets.RESTORING` is the file of keys as it
will be. It stands from before the first change until the last one, and while it stands nobody reads keys. Whoever comes
next asks the database which of the two has the name: if it is the new one, its keys are put in place; if it is the
old one, all is as it was.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from medspiller.cli import cluster, locks, processes
from medspiller.cli.backup import connected
from medspiller.cli.errors import CommandError
from medspiller.config import secrets
from medspiller.config.secrets import DatabaseAddress
from medspiller.core import clock

NAME = "medspiller"
# Beside it while it is filled, and what it takes the place of.
COMING, GOING = "medspiller_coming", "medspiller_going"
KEYS = ("secret_key", "encryption_keys", "lookup_key")
# Which database these are the secrets of, as PostgreSQL numbers them; a name can be given to another.
_MADE_FOR = "database"


@contextmanager
def alone() -> Iterator[None]:
    """
    Be the only restore under `.data/`.

    :raises CommandError: if another is at work.
    """
    try:
        secrets.DATA.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _unwritable(fault) from None
    busy = f"Another restore under {secrets.DATA} is at work: wait until it is done."
    with locks.alone(secrets.DATA / "restore.lock", else_say=busy):
        yield


def settle() -> None:
    """
    Finish or undo what a restore that was broken off has begun; nothing where there was none.

    :raises CommandError: if it is still at work, or the database will not start.
    """
    if not secrets.is_embedded() or not secrets.RESTORING.exists():
        return
    with alone():
        # The other may have come to its end meanwhile.
        if not secrets.RESTORING.exists():
            return
        with cluster.standing(), _server(_superuser(_begun())) as server:
            finished, old = _settle(server)
    processes.note(
        f"a restore that was broken off is {'finished' if finished else 'undone: all is as it was'}"
        + (f"; the keys before it are in {old}" if old else "")
    )


@contextmanager
def beside(wanted: Mapping[str, str]) -> Iterator[Callable[[], Path | None]]:
    """
    Make an empty database beside the one that stands, and throw it away if it does not come to take its place.

    `wanted` are the secrets as they shall be with it. What is yielded lets it take its place, and returns where the
    keys before it are, if they were others.
    """
    wanted = {name: value for name, value in wanted.items() if name != _MADE_FOR}
    with _server(_superuser(wanted)) as server:
        _write(wanted)
        try:
            _drop(server, COMING, GOING)
            server.execute(f"CREATE DATABASE {COMING} OWNER {secrets.OWNER_USER}")
            yield lambda: _take_place(server, wanted)
        finally:
            # Else it is settled by whoever comes next, as the database will be by then.
            if secrets.RESTORING.exists():
                with suppress(psycopg.Error, OSError):
                    _settle(server)


def _take_place(server: psycopg.Connection, wanted: Mapping[str, str]) -> Path | None:
    """Give the new database its name, in one transaction: there is always one of that name."""
    _write({**wanted, _MADE_FOR: str(_number(server, COMING))})
    with server.transaction():
        server.execute(f"ALTER DATABASE {NAME} RENAME TO {GOING}")
        server.execute(f"ALTER DATABASE {COMING} RENAME TO {NAME}")
    return _settle(server)[1]


def _settle(server: psycopg.Connection) -> tuple[bool, Path | None]:
    """
    Put the keys of the new database in place if it has the name, and throw away what else there is of the restore.

    Said is whether it has, and where other keys before it are. It takes no room on the disk.
    """
    wanted = _begun()
    finished = _MADE_FOR in wanted and wanted[_MADE_FOR] == str(_number(server, NAME))
    _drop(server, COMING, GOING)
    old = None
    if finished:
        kept = json.loads(secrets.FILE.read_text())
        if any(kept.get(name) != wanted[name] for name in KEYS if name in wanted):
            old = _free_name()
            try:
                os.link(secrets.FILE, old)
            except OSError:  # a disk without hard links: a copy, which takes a little room
                secrets.write(old, kept)
            old.chmod(0o600)
        secrets.RESTORING.replace(secrets.FILE)
    else:
        secrets.RESTORING.unlink()
    secrets.sync(secrets.DATA)
    return finished, old


def _begun() -> dict[str, str]:
    read: dict[str, str] = json.loads(secrets.RESTORING.read_text())
    return read


def _free_name() -> Path:
    wanted = f"{secrets.FILE.name}.{clock.now():%Y-%m-%dT%H%M%SZ}"
    taken = sum(1 for _ in secrets.DATA.glob(f"{wanted}*"))
    return secrets.FILE.with_name(f"{wanted}-{taken + 1}" if taken else wanted)


def _write(wanted: Mapping[str, str]) -> None:
    try:
        secrets.write(secrets.RESTORING, wanted)
    except OSError as fault:
        raise _unwritable(fault) from None


def _unwritable(fault: OSError) -> CommandError:
    return CommandError(f"Cannot write to {secrets.DATA}: {fault.strerror}. Free the disk, and try again.")


@contextmanager
def _server(superuser: DatabaseAddress) -> Iterator[psycopg.Connection]:
    with connected(superuser._replace(name="postgres"), autocommit=True) as server:
        yield server


def _superuser(kept: Mapping[str, str]) -> DatabaseAddress:
    return DatabaseAddress(
        host=kept["socket_dir"],
        port=kept["port"],
        name=NAME,
        user=secrets.SUPERUSER,
        password=kept["superuser_password"],
        options={},
    )


def _number(server: psycopg.Connection, name: str) -> int | None:
    found = server.execute("SELECT oid FROM pg_database WHERE datname = %s", [name]).fetchone()
    return int(found[0]) if found else None


def _drop(server: psycopg.Connection, *names: str) -> None:
    for name in names:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
