"""
Restores an embedded database again and again, each time killed at another step, and says what the next command made
of it: `python -m tests.faults.broken_off` prints step → what stands then.

Only the filling is made up, by one table with one row; server, swap, keys and the killing are real.
"""

import argparse
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from medspiller.cli import cluster, restore, restoring
from medspiller.cli.backup import connected
from medspiller.cli.backup_manifest import Keys, Manifest
from medspiller.cli.errors import CommandError
from medspiller.config import secrets

OLD, NEW = {name: f"old {name}" for name in restoring.KEYS}, {name: f"new {name}" for name in restoring.KEYS}
MANIFEST = Manifest(
    version="0", made_at="2026-11-22T00:00:00+00:00", demo=True, postgresql=15, dumped_by=15, roles=[], migrations=[],
    tables={"which": 1}, keys=Keys(encryption={}, lookup=None), bytes=0, sha256="",
)  # fmt: skip


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def then_die(do: Callable[..., Any], *, if_: Callable[[], bool] = lambda: True) -> Callable[..., Any]:
    def done(*arguments: Any, **further: Any) -> Any:
        answer = do(*arguments, **further)
        if if_():
            die()
        return answer

    return done


def between_the_names() -> None:
    execute = psycopg.Connection.execute

    def until(self: Any, query: Any, *further: Any, **more: Any) -> Any:
        if str(query).startswith(f"ALTER DATABASE {restoring.COMING}"):
            die()
        return execute(self, query, *further, **more)

    psycopg.Connection.execute = until  # type: ignore[method-assign]


def step(place: object, name: str, kill: Any) -> Callable[[], None]:
    return lambda: setattr(place, name, kill)


def has_number() -> bool:
    return "database" in json.loads(secrets.RESTORING.read_text())


# Each with what must stand afterwards.
STEPS: dict[str, tuple[Callable[[], None], str]] = {
    "the file begun": (step(restoring, "_write", then_die(restoring._write)), "old"),
    "an empty database made": (step(restore, "_hold", die), "old"),
    "filled": (step(restore, "_compare", die), "old"),
    "about to be named": (step(restoring, "_write", then_die(restoring._write, if_=has_number)), "old"),
    "one of two named": (between_the_names, "old"),
    "both named": (step(restoring, "_settle", die), "new"),
    "the old one thrown away": (step(restoring, "_free_name", die), "new"),
    "the old keys kept": (step(os, "link", then_die(os.link)), "new"),
    "the new keys in place": (
        step(secrets, "sync", then_die(secrets.sync, if_=lambda: not secrets.RESTORING.exists())),
        "new",
    ),
    "none": (lambda: None, "new"),
    # Not killed: what came back is not what was counted.
    "counted otherwise": (step(restore, "counted", lambda _: {"which": 2}), "old"),
}


def fill(_: Manifest, __: Path, address: secrets.DatabaseAddress) -> None:
    with connected(address) as coming:
        coming.execute("CREATE TABLE which AS SELECT 'new' AS stands")


def begin_anew() -> None:
    for copy in secrets.DATA.glob("secrets.json.20*"):
        copy.unlink()
    secrets.store(**OLD)
    with connected(secrets.backup_database()) as standing:
        standing.execute("DROP TABLE IF EXISTS which")
        standing.execute("CREATE TABLE which AS SELECT 'old' AS stands")
        standing.execute("COMMENT ON DATABASE medspiller IS NULL")


def restored(prepare: Callable[[], None]) -> None:
    """Restore in a process of its own, which may be killed."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    prepare()
    arguments = argparse.Namespace(keys_from=Path("keys.json"), replace=True, yes=True)
    with contextlib.suppress(CommandError):
        restore._into_embedded(MANIFEST, Path("dump"), NEW, arguments)
    os._exit(0)


def what_stands() -> dict[str, Any]:
    refused = ""
    try:
        secrets.stored()
    except secrets.BadSettings as fault:
        refused = str(fault)
    with contextlib.redirect_stderr(sys.stdout):
        restoring.settle()
    copies = [*secrets.DATA.glob("secrets.json.20*")]
    with connected(secrets.backup_database()) as server:
        stands = server.execute("SELECT stands FROM which").fetchall()[0][0]
        names = server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'medspiller%'").fetchall()
        held = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'medspiller'"
        )
        is_held = held.fetchall()[0][0] is not None
    return {
        "refused": refused,
        "rows": stands,
        "keys": {secrets.stored()[name].split()[0] for name in restoring.KEYS},
        "databases": [name for (name,) in names],
        "held": is_held,
        "left": secrets.RESTORING.exists(),
        "kept": [
            (json.loads(copy.read_text())["lookup_key"].split()[0], oct(copy.stat().st_mode)[-3:]) for copy in copies
        ],
    }


def main() -> None:
    cluster.ensure_running()
    restore._load = fill  # type: ignore[assignment]
    answer = {}
    for name, (prepare, _) in STEPS.items():
        begin_anew()
        restored(prepare)
        with contextlib.redirect_stdout(sys.stderr):
            answer[name] = what_stands()
    json.dump(answer, sys.stdout, default=sorted)


if __name__ == "__main__":
    main()
