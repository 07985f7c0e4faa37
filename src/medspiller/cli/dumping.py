"""Running `pg_dump` and `pg_restore`: the right version, a password that nobody sees, and one line when they fail."""

import os
import subprocess
from pathlib import Path

from medspiller.cli import postgres_binaries, processes
from medspiller.cli.errors import CommandError
from medspiller.cli.roles import conninfo
from medspiller.config.secrets import DatabaseAddress

# A backup that waits behind a migration would make everybody else wait behind it.
_LOCK_WAIT_MILLISECONDS = 60_000
# A part of what was to be written finds room before the system says that there is none.
_FULL_DISK = ("No space left on device", "could not extend file", "File too large")


def program(name: str, *, at_least: int) -> tuple[Path, int]:
    """
    Return `pg_dump` or `pg_restore` of that version or newer, and its version.

    :raises CommandError: if there is none on this machine.
    """
    found = postgres_binaries.client(name, at_least=at_least)
    if found is None:
        raise CommandError(f"No {name} of PostgreSQL {at_least} or newer was found: install postgresql-client.")
    return found


def dump(dumper: Path, address: DatabaseAddress, *, snapshot: str, to: Path) -> None:
    """
    Write what a snapshot of the database shows into a file in PostgreSQL's custom format.

    :raises CommandError: with what `pg_dump` said.
    """
    _run(
        [
            dumper, "--format=custom", f"--snapshot={snapshot}", f"--lock-wait-timeout={_LOCK_WAIT_MILLISECONDS}",
            "--no-password", f"--file={to}", f"--dbname={_without_password(address)}",
        ],
        address,
        failed="The backup could not be made",
    )  # fmt: skip


def restore(restorer: Path, address: DatabaseAddress, *, dump: Path) -> None:
    """
    Fill an empty database from a file that `dump` wrote, in one transaction.

    :raises CommandError: with what `pg_restore` said; the database is then as empty as before.
    """
    _run(
        [
            restorer, "--single-transaction", "--exit-on-error", "--no-password",
            f"--dbname={_without_password(address)}", dump,
        ],
        address,
        failed="Nothing was restored",
    )  # fmt: skip


def _run(command: list[str | Path], address: DatabaseAddress, *, failed: str) -> None:
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LC_ALL": "C.UTF-8",
        "PGPASSWORD": address.password,
    }
    # Stopped with us, however suddenly: nobody would throw away what it went on to write.
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        preexec_fn=processes.stop_with_parent,
    )  # fmt: skip
    if done.returncode != 0:
        reason = _reason(done.stderr) or f"it ended with status {done.returncode}"
        full = any(sign in reason for sign in _FULL_DISK)
        raise CommandError(f"{failed}: {reason}." + (" Free the disk, and try again." if full else ""))


def _reason(said: str) -> str:
    """The first error of PostgreSQL's programs; what follows it are its consequences."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if ": error: " in line]
    chosen = errors[0] if errors else "".join(lines[-1:])
    return chosen.split(": error: ", 1)[-1].rstrip(".")


def _without_password(address: DatabaseAddress) -> str:
    return conninfo(address._replace(password=""))
