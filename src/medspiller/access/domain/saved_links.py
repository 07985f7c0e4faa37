"""
Something kept behind a private link, without sign-in: what may be kept, how much, and for how long.

Whoever has the link has the content; nobody else has, not even those who run the database: the content
is encrypted with a key made of the link's secret, and of the secret only a hash is stored. So nothing
that says who somebody is may be kept in it: no names, no numbers, years instead of dates of birth.
"""

import re
from datetime import datetime, timedelta

from medspiller.core.errors import MedspillerError

KEPT = timedelta(days=30)
# As it is stored, in bytes.
MOST_BYTES = 16 * 1024
SECRET_BYTES = 16
# A secret of so many bytes, as it stands in an address.
_SECRET = re.compile(r"[A-Za-z0-9_-]{22}")
_PURPOSE = re.compile(r"[a-z_]{1,30}")


class SavedLinkGone(MedspillerError):
    """Nothing is kept behind this link: it was deleted, its time is over, or it never was one."""


class SavedTooMuch(MedspillerError):
    """It is longer than `MOST_BYTES`."""


def kept_until(now: datetime) -> datetime:
    """Return the moment from which what is saved now is gone."""
    return now + KEPT


def ensure_short_enough(text: str) -> None:
    """
    Let pass what may be kept.

    :raises SavedTooMuch: if it is too long.
    """
    if len(text.encode()) > MOST_BYTES:
        raise SavedTooMuch(f"more than {MOST_BYTES} bytes")


def ensure_secret(secret: str) -> None:
    """
    Let pass what can be a secret; anything else is not looked for.

    :raises SavedLinkGone: if it cannot be one.
    """
    if not _SECRET.fullmatch(secret):
        raise SavedLinkGone("no secret")


def ensure_purpose(purpose: str) -> None:
    """
    Let pass the name of what a link is for.

    :raises ValueError: if it is no such name: a slip in the code.
    """
    if not _PURPOSE.fullmatch(purpose):
        raise ValueError(purpose)
