"""What is known of local accounts: who is invited, and which second factors somebody has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator

from medspiller.access.domain.accounts import LOCAL_ISSUER
from medspiller.access.domain.local import GoneReason, InvitationGone, ensure_open
from medspiller.access.models import Invitation, User
from medspiller.access.policies import ensure
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner sees it."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """What somebody can show beside a password. Recovery codes alone are none: they replace one that is lost."""

    totp_id: int | None = None
    totp_added_at: datetime | None = None
    passkeys: tuple[Passkey, ...] = ()
    recovery_codes_left: int | None = None

    @property
    def is_enough(self) -> bool:
        """Whether a session can be opened with them."""
        return self.totp_id is not None or bool(self.passkeys)

    @property
    def count(self) -> int:
        """How many there are, recovery codes not among them."""
        return len(self.passkeys) + (self.totp_id is not None)


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that can be used until `expires_at`, and whom it is for."""

    id: UUID
    user_id: UUID
    name: str
    account_name: str
    expires_at: datetime


def local_account(*, actor: Actor, user_id: UUID) -> User:
    """
    Return an open local account.

    :raises NotFound: if there is none, it is closed, or signs in elsewhere.
    """
    found = User.objects.filter(id=user_id, issuer=LOCAL_ISSUER, is_active=True).first()
    if found is None:
        raise NotFound(user_id)
    return found


def invitation(*, actor: Actor, token: str, now: datetime) -> OpenInvitation:
    """
    Return the invitation that a link opens.

    :raises InvitationGone: with the reason, if it opens none.
    """
    row = Invitation.objects.select_related("user").filter(token_hash=Invitation.hash_of(token)).first()
    if row is None or not row.user.is_active:
        raise InvitationGone(GoneReason.UNKNOWN)
    ensure_open(expires_at=row.expires_at, accepted_at=row.accepted_at, withdrawn_at=row.withdrawn_at, now=now)
    return _shown(row)


def open_invitations(*, actor: Actor, now: datetime) -> list[OpenInvitation]:
    """
    Return the invitations that wait to be accepted, the one that expires first at the top.

    :raises NotAllowed: if the actor may not administer accounts.
    """
    ensure(actor, "access.administer")
    rows = Invitation.objects.select_related("user").filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
    return [_shown(row) for row in rows.order_by("expires_at", "id")]


def second_factors(*, actor: Actor) -> SecondFactors:
    """Return the actor's own second factors, the oldest passkey first."""
    rows = list(Authenticator.objects.filter(user_id=actor.id).order_by("created_at", "id"))
    totp = next((row for row in rows if row.type == Authenticator.Type.TOTP), None)
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return SecondFactors(
        totp_id=totp and totp.pk,
        totp_added_at=totp and totp.created_at,
        passkeys=tuple(
            Passkey(id=row.pk, name=row.data["name"], added_at=row.created_at, used_at=row.last_used_at)
            for row in rows
            if row.type == Authenticator.Type.WEBAUTHN
        ),
        recovery_codes_left=len(codes.data["hashes"]) if codes else None,
    )


def has_administrator(*, actor: Actor) -> bool:
    """
    Say whether the tenant has an account that was ever given the role of an administrator and is open.

    :raises NotAllowed: if the actor may not administer accounts.
    """
    ensure(actor, "access.administer")
    return User.objects.filter(is_active=True, holdings__grants__role="administrator").exists()


def _shown(row: Invitation) -> OpenInvitation:
    return OpenInvitation(
        id=row.id,
        user_id=row.user_id,
        name=row.user.name,
        account_name=row.user.subject,
        expires_at=row.expires_at,
    )
