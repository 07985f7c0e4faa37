"""Local accounts: opening, inviting to them, passwords. Nobody signs up by themselves."""

import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from medspiller.access import selectors
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import LOCAL_ISSUER
from medspiller.access.domain.administration import ensure_not_own
from medspiller.access.domain.local import INVITATION_LASTS, GoneReason, InvitationGone, WrongCredentials, account_name
from medspiller.access.domain.passwords import LONGEST, SHORTEST, mostly_our_words
from medspiller.access.domain.sessions import EndReason
from medspiller.access.domain.throttling import What
from medspiller.access.models import Invitation, User
from medspiller.access.policies import ensure, ensure_administers, ensure_not_second
from medspiller.access.services.sessions import end_all_sessions
from medspiller.access.services.throttling import check_throttle, clear_tries, count_try
from medspiller.audit import services as audit
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.errors import InvalidInput, NotFound


@transaction.atomic
def open_local_account(*, actor: Actor, email: str, name: str) -> User:
    """
    Return a new local account for a member of staff, known by its e-mail address. It opens nothing until invited to.

    :raises NotAllowed: if the actor may not administer accounts.
    :raises SecondAccount: if it may be one more of the actor's own.
    :raises InvalidInput: if the address or the name cannot be, or the account is there already.
    """
    ensure(actor, "access.administer")
    name, subject = " ".join(name.split()), account_name(email)
    problems = {} if name else {"name": _("Write a name.")}
    try:
        validate_email(subject)
    except ValidationError:
        problems["email"] = _("Write a whole e-mail address, such as name@example.org.")
    if User.objects.filter(issuer=LOCAL_ISSUER, subject=subject).exists():
        problems["email"] = _("There is already an account with this e-mail address.")
    if problems:
        raise InvalidInput(problems)
    ensure_not_second(actor, name=name, email=subject)
    user = User.objects.create(
        issuer=LOCAL_ISSUER, subject=subject, kind=ActorKind.STAFF, name=name, email=subject, password=""
    )
    audit.record(actor=actor, action="access.open_local_account", subject_type="access.User", subject_id=user.id)
    return user


@transaction.atomic
def invite(*, actor: Actor, user_id: UUID, now: datetime) -> str:
    """
    Return the secret part of a link by which the owner of a local account chooses a password, once.

    It is shown now and never again. An earlier link to the same account stops working. Also
    for whoever has forgotten the password: second factors stay as they are.

    Nobody makes one for themselves: a password is changed where the old one is asked for
    (ASVS 5.0 V6.2.3).

    :raises NotAllowed: if the actor does not administer all that the account opens.
    :raises OwnAccount: if it is their own.
    :raises NotFound: if there is no such open local account.
    """
    ensure_administers(actor, user_id)
    ensure_not_own(action="access.administer", actor_id=actor.id, user_id=user_id)
    # The account's row is locked first: of two invitations at the same moment one replaces the other.
    user = User.objects.select_for_update().filter(id=user_id, issuer=LOCAL_ISSUER, is_active=True).first()
    if user is None:
        raise NotFound(user_id)
    _open_ones(user_id).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_hash=Invitation.hash_of(token),
        user=user,
        invited_by=actor.id,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    audit.record(actor=actor, action="access.invite", subject_type="access.Invitation", subject_id=invitation.id)
    return token


@transaction.atomic
def withdraw_invitation(*, actor: Actor, user_id: UUID, now: datetime) -> None:
    """
    Let the link that an account was invited with open nothing any more.

    :raises NotAllowed: if the actor does not administer all that the account opens.
    :raises NotFound: if no invitation of the account is open.
    """
    ensure_administers(actor, user_id)
    if not _open_ones(user_id).update(withdrawn_at=now):
        raise NotFound(user_id)
    audit.record(actor=actor, action="access.withdraw_invitation", subject_type="access.User", subject_id=user_id)


@transaction.atomic
def accept_invitation(*, actor: Actor, token: str, password: str, now: datetime) -> User:
    """
    Give the invited account its password, and return it. The link is used up, and all its sessions end.

    Knowing the link is the proof, so nothing is asked of the actor. It opens no session: the
    second factor comes first.

    :raises InvitationGone: with the reason, if the link opens nothing.
    :raises InvalidInput: if the password will not do; the link can be used again.
    """
    row = Invitation.objects.select_for_update().filter(token_hash=Invitation.hash_of(token)).first()
    if row is None:
        raise InvitationGone(GoneReason.UNKNOWN)
    opened = selectors.invitation(actor=actor, token=token, now=now)
    user = User.objects.get(id=opened.user_id)
    _store_password(user, password)
    row.accepted_at = now
    row.save(update_fields=["accepted_at"])
    end_all_sessions(actor=_owner(user), user_id=user.id, now=now, reason=EndReason.ACCOUNT)
    audit.record(
        actor=_owner(user),
        action="access.accept_invitation",
        subject_type="access.Invitation",
        subject_id=row.id,
    )
    return user


def show_password(*, actor: Actor, name: str, password: str, address: str, now: datetime) -> User:
    """
    Return the local account whose password this is. It opens no session: the second factor comes next.

    An account that does not exist is counted, answered and made to wait for like one that does.

    :raises WrongCredentials: if they do not fit.
    :raises TooManyTries: with the moment from which one may try again.
    """
    subject = account_name(name)
    check_throttle(actor=actor, what=What.SIGN_IN_ADDRESS, who=address, now=now)
    # Asked for a name that nobody has too: the answer takes as long for one as for the other.
    tried = User.objects.filter(issuer=LOCAL_ISSUER, subject=subject).values_list("id", flat=True).first()
    check_throttle(actor=actor, what=What.SIGN_IN_ACCOUNT, who=subject, now=now, subject_id=tried)
    user = authenticate(account_name=subject, password=password)
    if not isinstance(user, User):
        # Not in a transaction of this function's own: with that, the counts would be undone.
        count_try(actor=actor, what=What.SIGN_IN_ADDRESS, who=address, now=now)
        count_try(actor=actor, what=What.SIGN_IN_ACCOUNT, who=subject, now=now)
        raise WrongCredentials(user_id=tried)
    clear_tries(actor=actor, what=What.SIGN_IN_ACCOUNT, who=subject)
    return user


def change_password(*, actor: Actor, old: str, new: str, session_id: UUID | None, now: datetime) -> User:
    """
    Give the actor's own account another password, and end all its sessions but the one named.

    :raises NotFound: if the actor has no local account.
    :raises WrongCredentials: if `old` is not the password.
    :raises TooManyTries: with the moment from which one may try again.
    :raises InvalidInput: if the new password will not do.
    """
    check_throttle(actor=actor, what=What.STEP_UP, who=str(actor.id), now=now, subject_id=actor.id)
    user = selectors.local_account(actor=actor, user_id=actor.id)
    if not user.check_password(old):
        count_try(actor=actor, what=What.STEP_UP, who=str(actor.id), now=now)
        raise WrongCredentials(user_id=user.id)
    with transaction.atomic():
        _store_password(user, new)
        _open_ones(user.id).update(withdrawn_at=now)
        end_all_sessions(actor=actor, user_id=user.id, but=session_id, now=now, reason=EndReason.ACCOUNT)
        audit.record(actor=actor, action="access.change_password", subject_type="access.User", subject_id=user.id)
    clear_tries(actor=actor, what=What.STEP_UP, who=str(actor.id))
    return user


def _store_password(user: User, password: str) -> None:
    problem = _problem_of(password, user)
    if problem:
        raise InvalidInput({"password": problem})
    user.set_password(password)
    user.save(update_fields=["password"])


def _problem_of(password: str, user: User) -> str:
    """What is wrong with a password, in one sentence; empty if it will do."""
    if len(password) > LONGEST:
        return _("Use at most %(limit)s characters.") % {"limit": LONGEST}
    if mostly_our_words(password):
        return _("Somebody who knows where you work could guess this. Choose other words.")
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        codes = {each.code for each in refusal.error_list}
    else:
        return ""
    if "password_too_short" in codes:
        return _("Use at least %(limit)s characters. A few words that do not belong together are easy to remember.") % {
            "limit": SHORTEST
        }
    if "password_too_similar" in codes:
        return _("This is too much like your name or your e-mail address.")
    return _("Many people use this password, so it is easily guessed. Choose another.")


def _open_ones(user_id: UUID) -> QuerySet[Invitation]:
    return Invitation.objects.filter(user_id=user_id, accepted_at=None, withdrawn_at=None)


def _owner(user: User) -> Actor:
    return actors.Actor(id=user.id, kind=ActorKind(user.kind), tenant_id=user.tenant_id, name=user.name)
