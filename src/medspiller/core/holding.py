"""
Whether what leaves this installation is held back: it is once a backup has been restored, until somebody lets it go.

What has gone out since the backup was made is not known to the restored database, and would go out again. The mark is
a line in the database's own comment: it can be set before there is a table, whatever version made the backup, goes with
the database when it is renamed, and is in no backup.
"""

import re
from datetime import UTC, datetime

ASKED = "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = current_database()"
_LINE = "Medspiller: restored {at}; notices are held until `medspiller messages release`"
# Since when, where the mark does not say it so that it can be read: it holds all the same.
UNREADABLE = datetime(1970, 1, 1, tzinfo=UTC)
_PATTERN = re.compile(r"^Medspiller: restored (\S+); notices are held .*$", re.MULTILINE)


def since(comment: str) -> datetime | None:
    """
    Return since when a database's comment says that things are held back; None if they are not.

    It is `UNREADABLE` where there is a mark without a moment that can be read: better held than sent twice.
    """
    found = _PATTERN.search(comment)
    if found is None:
        return None
    try:
        return datetime.fromisoformat(found[1])
    except ValueError:
        return UNREADABLE


def held(comment: str, *, at: datetime) -> str:
    """Return the comment with the mark in it, and what others have written there."""
    return "\n".join(filter(None, [released(comment), _LINE.format(at=at.isoformat(timespec="seconds"))]))


def released(comment: str) -> str:
    """Return the comment without the mark."""
    return "\n".join(line for line in comment.splitlines() if not _PATTERN.match(line))
