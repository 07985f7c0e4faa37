"""
Passkeys of local accounts (WebAuthn level 2), stored in allauth's table and form.

A passkey here always checks who is holding it (user verification), so it is two factors in
one: it may stand beside the password, or alone. It is bound to the host name it was made
for; another site cannot ask for it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.db.models import QuerySet
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from medspiller.access import selectors
from medspiller.access.domain.local import Site, WrongPasskey
from medspiller.access.domain.throttling import What
from medspiller.access.models import User
from medspiller.access.services.throttling import check_throttle, clear_tries, count_try
from medspiller.audit import services as audit
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound

Type = Authenticator.Type
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser is asked, and what must be kept until it answers, both plain JSON values."""

    options: dict[str, Any]
    state: dict[str, Any]


def ask_for_new_passkey(*, actor: Actor, site: Site) -> Question:
    """
    Return what to ask the browser for to make a passkey for the actor's own account.

    :raises NotFound: if the actor has no local account.
    """
    user = selectors.local_account(actor=actor, user_id=actor.id)
    options, state = _server(site).register_begin(
        user=PublicKeyCredentialUserEntity(id=user.id.bytes, name=user.subject, display_name=user.name),
        credentials=[_credential(row) for row in _passkeys(user.id)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Question(options=_plain(options), state=state)


@transaction.atomic
def add_passkey(
    *, actor: Actor, site: Site, state: dict[str, Any], answer: dict[str, Any], name: str, now: datetime
) -> None:
    """
    Make a passkey one of the actor's second factors.

    :raises WrongPasskey: if the answer is not to what was asked, or from another site.
    """
    with _nonsense_refused():
        made = _server(site).register_complete(state, answer)
        row = WebAuthn.add(
            selectors.local_account(actor=actor, user_id=actor.id), " ".join(name.split())[:NAME_LENGTH], answer
        ).instance
    row.created_at = now
    row.data["uses"] = made.counter
    row.save(update_fields=["created_at", "data"])
    audit.record(actor=actor, action="access.add_passkey", subject_type="access.User", subject_id=actor.id)


def ask_for_passkey(*, actor: Actor, site: Site, of: UUID | None) -> Question:
    """
    Return what to ask the browser for to show a passkey: of one account, or of whichever the person chooses.

    Where no account is named the answer is the same for everybody, and tells of none.
    """
    options, state = _server(site).authenticate_begin(
        credentials=[_credential(row) for row in _passkeys(of)] if of else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return Question(options=_plain(options), state=state)


def show_passkey(
    *, actor: Actor, site: Site, state: dict[str, Any], answer: dict[str, Any], of: UUID | None, address: str,
    now: datetime,
) -> User:  # fmt: skip
    """
    Return the local account whose passkey was shown: that of `of`, or of whichever it is.

    :raises WrongPasskey: if none of them was.
    :raises TooManyTries: with the moment from which one may try again.
    """
    what, who = (What.SECOND_FACTOR, str(of)) if of else (What.SIGN_IN_ADDRESS, address)
    check_throttle(actor=actor, what=what, who=who, now=now, subject_id=of)
    try:
        user = _accept(actor, site, state, answer, of=of, now=now)
    except WrongPasskey:
        count_try(actor=actor, what=what, who=who, now=now)
        raise
    if of:
        clear_tries(actor=actor, what=what, who=who)
    return user


@transaction.atomic
def _accept(
    actor: Actor, site: Site, state: dict[str, Any], answer: dict[str, Any], *, of: UUID | None, now: datetime
) -> User:
    with _nonsense_refused():
        shown = AuthenticationResponse.from_dict(answer)
        handle = shown.response.user_handle
        user_id = of or UUID(bytes=bytes(handle or b""))
        rows = list(_passkeys(user_id).select_for_update())
        known = {row.pk: _credential(row) for row in rows}
        used = _server(site).authenticate_complete(state, list(known.values()), answer)
    row = next(each for each in rows if known[each.pk].credential_id == used.credential_id)
    _ensure_not_copied(row, shown.response.authenticator_data.counter)
    row.last_used_at = now
    row.save(update_fields=["last_used_at", "data"])
    try:
        return selectors.local_account(actor=actor, user_id=user_id)
    except NotFound:
        raise WrongPasskey from None


def _ensure_not_copied(row: Authenticator, uses: int) -> None:
    """
    Note how often a key says it was used. One that counts must have counted on (WebAuthn § 6.1.1).

    Passkeys that live on several devices do not count: they always say 0.
    """
    before = row.data.get("uses", 0)
    if (uses or before) and uses <= before:
        raise WrongPasskey
    row.data["uses"] = uses


def _passkeys(user_id: UUID) -> QuerySet[Authenticator]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=user_id, type=Type.WEBAUTHN)
    return found.order_by("id")


def _credential(row: Authenticator) -> AttestedCredentialData:
    credential: AttestedCredentialData = row.wrap().authenticator_data.credential_data
    return credential


def _server(site: Site) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=site.host, name=site.name))


def _plain(options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(options)))
    return plain


@contextmanager
def _nonsense_refused() -> Iterator[None]:
    """Whatever a browser sends is either a valid answer or none: the library stumbles over nonsense in many ways."""
    try:
        yield
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, ArithmeticError):
        raise WrongPasskey from None
