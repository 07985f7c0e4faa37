"""Where browsers' sessions are kept: Django's table, asked only for keys that it could have given out."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """
    Django's sessions, with what no key can be counted as no session.

    A cookie may hold any byte; one that the database does not take in a text would
    otherwise bring every page down for that browser.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key) and key.isascii() and key.isalnum() and bool(super()._validate_session_key(key))  # type: ignore[union-attr, misc]
