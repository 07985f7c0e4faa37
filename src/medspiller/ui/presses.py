"""
One press of a button, so that a form sent twice counts once.

A form carries a secret of its own in the field `press`, signed by us; whoever stores what was filled in keeps a keyed
hash of it, and knows the same form again.
"""

import secrets

from django.core import signing

_SECRET_BYTES = 16
# A page may lie open over night.
_SECONDS = 2 * 24 * 3600


def new_press(*, of: str) -> str:
    """Return a form's own secret, signed, so that nobody can choose one. `of` names the form."""
    return signing.dumps(secrets.token_urlsafe(_SECRET_BYTES), salt=f"{of}.press")


def read_press(value: str, *, of: str) -> str:
    """Return the secret of the form that was sent; empty if it is not one of ours, or the page has lain too long."""
    try:
        return str(signing.loads(value, salt=f"{of}.press", max_age=_SECONDS))
    except signing.BadSignature:
        return ""
