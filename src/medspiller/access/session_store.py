"""Where browsers' sessions are kept: Django's table, asked only for keys that it could have given out."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError


class SessionStore(db.SessionStore):
    """
    Django's sessions, with what no key can be counted as no session.

    A cookie may hold any byte; one that the database does not take in a text would
    otherwise bring every page down for that browser.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key) and key.isascii() and key.isalnum() and bool(super()._validate_session_key(key))  # type: ignore[union-attr, misc]

    def save(self, must_create: bool = False) -> None:
        """
        Store the session.

        :raises UpdateError: if somebody has deleted it.
        :raises DatabaseError: if the database failed, which Django would call deleted too: the page would say that
            the request was wrong, where it is the database that is away.
        """
        try:
            super().save(must_create)
        except UpdateError as deleted:
            fault = deleted.__context__
            # Only what the database itself said has a cause.
            if isinstance(fault, DatabaseError) and fault.__cause__ is not None:
                raise fault from fault.__cause__
            raise
