"""Closing accounts and opening them again: what an administrator does when somebody has left, or should not be in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from medspiller.access.domain.administration import (
    REASON_LENGTH,
    AccountState,
    ensure_not_own,
)
from medspiller.access.domain.sessions import EndReason
from medspiller.access.models import Invitation, RoleGrant, User
from medspiller.access.policies import administered_accounts, ensure_administers, ensure_not_second
from medspiller.access.services.accounts import ensure_administered
from medspiller.access.services.sessions import end_all_sessions
from medspiller.audit import services as audit
from medspiller.core.actors import Actor
from medspiller.core.errors import InvalidInput, NotFound

_ADMINISTER = "access.administer"


@transaction.atomic
def close_account(*, actor: Actor, user_id: UUID, reason: str, now: datetime) -> User:
    """
    Let an account of staff open nothing any more. All its sessions end the same second, and no link leads into it.

    Posts and roles stay as they are: they give nothing while it is closed, and run out on
    their days. Why it was closed is kept with its history.

    :raises NotAllowed: if the actor does not administer all that the account opens.
    :raises OwnAccount: if it is the actor's own.
    :raises NotFound: if there is no such account.
    :raises AccountState: if it is closed already.
    :raises InvalidInput: at `reason`, without one.
    :raises LastAdministrator: if nobody would be left to give roles somewhere.
    """
    user = _locked(actor, user_id)
    text = _reason(reason)
    if not user.is_active:
        raise AccountState
    grants = RoleGrant.objects.filter(holding__user_id=user_id).values_list("id", flat=True)
    ensure_administered(actor=actor, ending=list(grants), at=now)

    user.is_active, user.state_reason = False, text
    user.save(update_fields=["is_active", "state_reason"])
    Invitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    end_all_sessions(actor=actor, user_id=user_id, now=now, reason=EndReason.ACCOUNT)
    audit.record(actor=actor, action="access.close_account", subject_type="access.User", subject_id=user_id)
    return user


@transaction.atomic
def reopen_account(*, actor: Actor, user_id: UUID, reason: str) -> User:
    """
    Let a closed account be signed in to again, with the posts and roles that have not run out meanwhile.

    :raises NotAllowed: if the actor does not administer all that the account opens.
    :raises OwnAccount: if it is the actor's own.
    :raises SecondAccount: if it may be one more of the actor's own.
    :raises NotFound: if there is no such account.
    :raises AccountState: if it is open already.
    :raises InvalidInput: at `reason`, without one.
    """
    user = _locked(actor, user_id)
    text = _reason(reason)
    if user.is_active:
        raise AccountState
    ensure_not_second(actor, name=user.name, email=user.email, user_id=user_id)

    user.is_active, user.state_reason = True, text
    user.save(update_fields=["is_active", "state_reason"])
    audit.record(actor=actor, action="access.reopen_account", subject_type="access.User", subject_id=user_id)
    return user


def _locked(actor: Actor, user_id: UUID) -> User:
    ensure_administers(actor, user_id)
    ensure_not_own(action=_ADMINISTER, actor_id=actor.id, user_id=user_id)
    user = User.objects.select_for_update().filter(administered_accounts(actor), id=user_id).first()
    if user is None:
        raise NotFound(user_id)
    return user


def _reason(typed: str) -> str:
    text = " ".join(typed.split())
    if not text:
        raise InvalidInput({"reason": _("Write why, so that it can be understood later.")})
    if len(text) > REASON_LENGTH:
        raise InvalidInput({"reason": _("Use at most %(limit)s characters.") % {"limit": REASON_LENGTH}})
    return text
