"""Starting and ending processes with all that they start, and asking the system about those of others."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

# A process that cannot stop by itself within this is killed.
STOP_SECONDS = 10

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class HeardOrNot:
    """A stream that whoever writes to never stops for: see `note`."""

    def __init__(self, stream: TextIO):
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what can be written."""
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Let it be read, if it can be."""
        with suppress(OSError):
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def note(text: str) -> None:
    """
    Tell whoever runs us, if they can hear it.

    Nobody stops working because the disk under the log is full or the reader of a pipe has gone.
    """
    with suppress(OSError):
        print(f"medspiller: {text}", file=sys.stderr, flush=True)


def start(command: list[str], *, folder: Path) -> subprocess.Popen[bytes]:
    """
    Start a program in a group of its own, so that `end` finds what it has started itself.

    It is asked to stop when we die, however suddenly.
    """
    # We have no threads, so that a function between fork and exec is safe.
    return subprocess.Popen(command, cwd=folder, process_group=0, preexec_fn=stop_with_parent)  # noqa: PLW1509


def end(process: subprocess.Popen[bytes]) -> None:
    """Let a program stop, and kill what is left of it and its group after `STOP_SECONDS`."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    end_remains(process)
    process.wait()


def end_remains(process: subprocess.Popen[bytes]) -> None:
    """Kill a program, or what it has started and left behind: web workers would keep its port."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def stop_with_parent() -> None:
    """Ask the system to stop this process when its parent dies; for the moment between fork and exec."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


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
