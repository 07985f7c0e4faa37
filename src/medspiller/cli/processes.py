"""Asking the system about processes that are not our children."""

import os
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Say whether a process runs. One that has ended and only waits to be noticed does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return not Path("/proc/self").exists()
    return state != "Z"


def working_in(folder: Path) -> list[int]:
    """Return the processes whose working directory is `folder`, as every PostgreSQL process has its data."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                inside = (entry / "cwd").resolve(strict=True) == folder
            except OSError:
                continue
            if inside and is_alive(int(entry.name)):
                found.append(int(entry.name))
    return found
