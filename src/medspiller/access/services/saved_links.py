"""
Keeping something behind a private link, without sign-in.

An app saves a text for a purpose of its own and gets the secret that its address ends with. Pages of such
addresses show nothing until a button is pressed, so that programs which look at links learn nothing.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from medspiller.access.domain import saved_links
from medspiller.access.domain.saved_links import SavedLinkGone, SavedTooMuch
from medspiller.access.domain.throttling import What
from medspiller.access.models import SavedLink
from medspiller.access.policies import ensure
from medspiller.access.services.throttling import check_throttle, count_try
from medspiller.core import encryption
from medspiller.core.actors import Actor

__all__ = [
    "SavedLinkGone",
    "SavedTooMuch",
    "forget_old_saved_links",
    "forget_saved_link",
    "save_link",
    "take_saved_link",
]


@sensitive_variables("text", "secret")
@transaction.atomic
def save_link(*, actor: Actor, purpose: str, text: str, address: str, now: datetime) -> tuple[str, datetime]:
    """
    Keep a text that names nobody for 30 days, and return the link's secret and when it is gone.

    `address` is where the request comes from; it is counted, and not kept with the text.

    :raises SavedTooMuch: if the text is too long.
    :raises TooManyTries: if too many were saved from the same address.
    """
    saved_links.ensure_purpose(purpose)
    saved_links.ensure_short_enough(text)
    check_throttle(actor=actor, what=What.SAVED_LINK_MADE, who=address, now=now)
    count_try(actor=actor, what=What.SAVED_LINK_MADE, who=address, now=now)
    secret = secrets.token_urlsafe(saved_links.SECRET_BYTES)
    row = SavedLink.objects.create(
        purpose=purpose,
        secret_hash=SavedLink.hash_of(secret),
        sealed=encryption.seal_with(secret, text, place=_place(purpose)),
        expires_at=saved_links.kept_until(now),
    )
    return secret, row.expires_at


@sensitive_variables("text", "secret")
def take_saved_link(*, actor: Actor, purpose: str, secret: str, address: str, now: datetime) -> tuple[str, datetime]:
    """
    Return what is kept behind a link, and when it will be gone. A try that finds nothing is counted.

    :raises SavedLinkGone: if nothing is.
    :raises TooManyTries: if too many links were tried from the same address.
    """
    check_throttle(actor=actor, what=What.SAVED_LINK_OPENED, who=address, now=now)
    try:
        row = _live(purpose, secret, now)
    except SavedLinkGone:
        count_try(actor=actor, what=What.SAVED_LINK_OPENED, who=address, now=now)
        raise
    return encryption.open_with(secret, bytes(row.sealed), place=_place(purpose)), row.expires_at


@sensitive_variables("secret")
def forget_saved_link(*, actor: Actor, purpose: str, secret: str, address: str, now: datetime) -> None:
    """
    Delete what is kept behind a link. A try that finds nothing is counted.

    :raises SavedLinkGone: if nothing is.
    :raises TooManyTries: if too many links were tried from the same address.
    """
    check_throttle(actor=actor, what=What.SAVED_LINK_OPENED, who=address, now=now)
    try:
        _live(purpose, secret, now).delete()
    except SavedLinkGone:
        count_try(actor=actor, what=What.SAVED_LINK_OPENED, who=address, now=now)
        raise


def forget_old_saved_links(*, actor: Actor, now: datetime) -> int:
    """
    Delete what has been kept long enough, and return how many there were.

    :raises NotAllowed: for everybody but the system.
    """
    ensure(actor, "access.forget_old")
    return SavedLink.objects.filter(expires_at__lte=now).delete()[0]


def _live(purpose: str, secret: str, now: datetime) -> SavedLink:
    saved_links.ensure_purpose(purpose)
    saved_links.ensure_secret(secret)
    row = SavedLink.objects.filter(
        purpose=purpose, secret_hash=SavedLink.hash_of(secret), expires_at__gt=now
    ).first()  # fmt: skip
    if row is None:
        raise SavedLinkGone(purpose)
    return row


def _place(purpose: str) -> str:
    return f"access_savedlink.sealed.{purpose}"
