"""Where somebody may be sent after signing in: only to a place on this site."""

import re

LENGTH = 500
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")


def local_path(wanted: str, *, default: str) -> str:
    """
    Return `wanted` if it is a path on this site, else `default`.

    Whatever a browser could read as another site is refused: two slashes, a backslash,
    control characters and blanks, which browsers drop or turn.
    """
    is_local = wanted.startswith("/") and not wanted.startswith("//") and not _CONTROL.search(wanted)
    return wanted if is_local and len(wanted) <= LENGTH else default
