"""Files by which commands that run at once wait for each other. A lock ends with its process, however suddenly."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from medspiller.cli.errors import CommandError


@contextmanager
def after_others(file: Path) -> Iterator[None]:
    """
    Wait until nobody else is within a block of the same file, and keep others out meanwhile.

    :raises CommandError: if the file cannot be made.
    """
    with _opened(file) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def alone(file: Path, *, else_say: str) -> Iterator[None]:
    """
    Keep others out.

    :raises CommandError: with `else_say` if somebody is within already; if the file cannot be made.
    """
    with _opened(file) as lock:
        if not _is_taken_whole(lock):
            raise CommandError(else_say)
        yield


@contextmanager
def shared(file: Path) -> Iterator[IO[str]]:
    """
    Be one of those who use what the file stands for.

    :raises CommandError: if the file cannot be made.
    """
    with _opened(file) as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield lock


def is_last(lock: IO[str]) -> bool:
    """Say whether none but us uses what a shared lock stands for. Whoever is not the last is no user any more."""
    return _is_taken_whole(lock)


def _is_taken_whole(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _opened(file: Path) -> IO[str]:
    try:
        return file.open("w")
    except OSError as fault:
        raise CommandError(
            f"Cannot write under {file.parent}: {fault.strerror}. "
            "Free the disk or set MEDSPILLER_DATA to another folder."
        ) from None
