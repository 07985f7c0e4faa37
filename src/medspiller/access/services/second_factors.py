"""
Second factors of local accounts, stored in allauth's table: codes from an app, and recovery codes.

Secrets are sealed (`web.adapters`), recovery codes hashed. Passkeys stand in `passkeys`.
"""

import base64
import secrets
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from medspiller.access import selectors
from medspiller.access.domain import recovery_codes
from medspiller.access.domain.administration import ensure_not_own
from medspiller.access.domain.local import (
    RECOVERY_CODES,
    STEPS_APART,
    STEPS_RECOGNISED,
    LastFactor,
    WrongCode,
    normal_code,
    steps_around,
)
from medspiller.access.domain.sessions import EndReason
from medspiller.access.domain.throttling import What
from medspiller.access.models import User
from medspiller.access.policies import ensure_administers
from medspiller.access.services.sessions import end_all_sessions
from medspiller.access.services.throttling import check_throttle, clear_tries, count_try
from medspiller.audit import services as audit
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound

Type = Authenticator.Type
_SECRET_BYTES = 20


def new_totp_secret(*, actor: Actor) -> str:
    """Return a new secret for an app that makes codes, in base32. Nothing is stored until a code of it is shown."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


@transaction.atomic
def add_totp(*, actor: Actor, secret: str, code: str, now: datetime) -> None:
    """
    Make an app one of the actor's second factors, now that a code of it was shown. It replaces an earlier app.

    :raises WrongCode: if the code is not the app's; told whether the clock is to blame.
    """
    step = _step_of(secret, code, now=now, apart=STEPS_APART)
    if step is None:
        raise WrongCode(clock_is_off=_step_of(secret, code, now=now, apart=STEPS_RECOGNISED) is not None)
    _lock(actor)
    Authenticator.objects.filter(user_id=actor.id, type=Type.TOTP).delete()
    Authenticator.objects.create(
        user_id=actor.id,
        type=Type.TOTP,
        data={"secret": encrypt(secret), "last_step": step},
        created_at=now,
        last_used_at=now,
    )
    _record(actor, "access.add_totp")


def show_code(*, actor: Actor, code: str, now: datetime) -> None:
    """
    Accept a code of the actor's app, or a recovery code; each is accepted once.

    :raises WrongCode: if it is neither, or has been used.
    :raises TooManyTries: with the moment from which one may try again.
    """
    check_throttle(actor=actor, what=What.SECOND_FACTOR, who=str(actor.id), now=now, subject_id=actor.id)
    typed = normal_code(code)
    if not (_accept_recovery_code(actor, typed, now) or _accept_totp(actor, typed, now)):
        # Not in a transaction of this function's own: with that, the count would be undone.
        count_try(actor=actor, what=What.SECOND_FACTOR, who=str(actor.id), now=now)
        raise WrongCode
    clear_tries(actor=actor, what=What.SECOND_FACTOR, who=str(actor.id))


@transaction.atomic
def renew_recovery_codes(*, actor: Actor, now: datetime) -> tuple[str, ...]:
    """
    Return ten new recovery codes, which are shown now and never again. The old ones stop working.

    :raises LastFactor: if the actor has no other second factor, which they could replace.
    """
    _lock(actor)
    if not selectors.second_factors(actor=actor).is_enough:
        raise LastFactor
    salt = secrets.token_bytes(recovery_codes.SALT_BYTES)
    codes = [recovery_codes.code_from(secrets.token_bytes(recovery_codes.LENGTH)) for _ in range(RECOVERY_CODES)]
    Authenticator.objects.filter(user_id=actor.id, type=Type.RECOVERY_CODES).delete()
    Authenticator.objects.create(
        user_id=actor.id,
        type=Type.RECOVERY_CODES,
        data={"salt": salt.hex(), "hashes": [recovery_codes.hashed(code, salt=salt) for code in codes]},
        created_at=now,
    )
    _record(actor, "access.renew_recovery_codes")
    return tuple(recovery_codes.shown(code) for code in codes)


@transaction.atomic
def remove_factor(*, actor: Actor, factor_id: int, now: datetime) -> None:
    """
    Take one of the actor's own second factors away.

    :raises NotFound: if it is not the actor's, or no app or passkey.
    :raises LastFactor: if it is the only one.
    """
    _lock(actor)
    removable = Authenticator.objects.filter(user_id=actor.id).exclude(type=Type.RECOVERY_CODES)
    row = removable.filter(id=factor_id).first()
    if row is None:
        raise NotFound(factor_id)
    if removable.count() == 1:
        raise LastFactor
    row.delete()
    _record(actor, "access.remove_factor")


@transaction.atomic
def forget_second_factors(*, actor: Actor, user_id: UUID, now: datetime) -> None:
    """
    Take all second factors of a local account away, for somebody who has lost phone and recovery codes alike.

    All its sessions end. At the next sign-in a new one must be set up. Whoever does this must
    have made sure who is asking (ASVS 5.0 V6.4.4).

    Nobody does it to their own: whoever is signed in at an unlocked desk could then set up a
    second step of their own choice.

    :raises NotAllowed: if the actor does not administer all that the account opens.
    :raises OwnAccount: if it is their own.
    :raises NotFound: if there is no such local account.
    """
    ensure_administers(actor, user_id)
    ensure_not_own(action="access.administer", actor_id=actor.id, user_id=user_id)
    user = selectors.local_account(actor=actor, user_id=user_id)
    Authenticator.objects.filter(user_id=user.id).delete()
    end_all_sessions(actor=actor, user_id=user.id, now=now, reason=EndReason.ACCOUNT)
    audit.record(actor=actor, action="access.forget_second_factors", subject_type="access.User", subject_id=user.id)


def _step_of(secret: str, code: str, *, now: datetime, apart: int) -> int | None:
    """The 30 seconds that a code of an app is for; None if it is for none of those around `now`."""
    typed = normal_code(code)
    found = [
        step for step in steps_around(now, apart=apart)
        if secrets.compare_digest(totp.format_hotp_value(totp.hotp_value(secret, step)).encode(), typed.encode())
    ]  # fmt: skip
    return found[0] if found else None


@transaction.atomic
def _accept_totp(actor: Actor, typed: str, now: datetime) -> bool:
    row = Authenticator.objects.select_for_update().filter(user_id=actor.id, type=Type.TOTP).first()
    if row is None:
        return False
    step = _step_of(decrypt(row.data["secret"]), typed, now=now, apart=STEPS_APART)
    # A code is for once (RFC 6238 § 5.2), and so is every earlier one.
    if step is None or step <= row.data["last_step"]:
        return False
    row.data["last_step"], row.last_used_at = step, now
    row.save(update_fields=["data", "last_used_at"])
    return True


@transaction.atomic
def _accept_recovery_code(actor: Actor, typed: str, now: datetime) -> bool:
    if not recovery_codes.looks_like_one(typed):
        return False
    row = Authenticator.objects.select_for_update().filter(user_id=actor.id, type=Type.RECOVERY_CODES).first()
    if row is None:
        return False
    used = recovery_codes.hashed(typed, salt=bytes.fromhex(row.data["salt"]))
    left = recovery_codes.without(used, row.data["hashes"])
    if left is None:
        return False
    row.data["hashes"], row.last_used_at = left, now
    row.save(update_fields=["data", "last_used_at"])
    _record(actor, "access.use_recovery_code")
    return True


def _lock(actor: Actor) -> None:
    """Let changes of one account's factors wait for each other: two must not both remove the last but one."""
    list(User.objects.select_for_update().filter(id=actor.id).values_list("id"))


def _record(actor: Actor, action: str) -> None:
    audit.record(actor=actor, action=action, subject_type="access.User", subject_id=actor.id)
