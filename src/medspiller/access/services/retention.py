"""Throwing away what signing in leaves behind. Doing it twice does no more than once."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from medspiller.access.domain import retention
from medspiller.access.models import Invitation, KnownDevice, SessionRecord, SignInAttempt
from medspiller.access.policies import ensure
from medspiller.access.services.throttling import forget_old_tries
from medspiller.core.actors import Actor

_FORGET = "access.forget_old"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows of each kind were thrown away."""

    tries: int
    attempts: int
    sessions: int
    devices: int
    invitations: int

    @property
    def counts(self) -> dict[str, int]:
        """Each kind with its number, for a log line."""
        return asdict(self)


@transaction.atomic
def forget_old_sign_ins(*, actor: Actor, now: datetime) -> Forgotten:
    """
    Delete in one tenant what `domain.retention` keeps no longer, and the counts of tries that decide nothing.

    :raises NotAllowed: for everybody but the system.
    """
    ensure(actor, _FORGET)
    sessions = retention.kept_since(now, retention.SESSIONS_KEPT)
    invitations = retention.kept_since(now, retention.INVITATIONS_KEPT)
    over = Q(accepted_at__lt=invitations) | Q(withdrawn_at__lt=invitations) | Q(expires_at__lt=invitations)
    return Forgotten(
        tries=forget_old_tries(actor=actor, now=now),
        attempts=_deleted(
            SignInAttempt.objects.filter(created_at__lt=retention.kept_since(now, retention.ATTEMPTS_KEPT))
        ),
        # One that ran out without anybody noticing has no end of its own.
        sessions=_deleted(SessionRecord.objects.filter(Q(ended_at__lt=sessions) | Q(expires_at__lt=sessions))),
        devices=_deleted(
            KnownDevice.objects.filter(last_seen_at__lt=retention.kept_since(now, retention.DEVICES_KEPT))
        ),
        invitations=_deleted(Invitation.objects.filter(over)),
    )


def clear_browser_sessions(*, actor: Actor, now: datetime) -> int:
    """
    Delete what browsers' sessions kept that nobody can come back to, and return how many. They belong to no tenant.

    :raises NotAllowed: for everybody but the system.
    """
    ensure(actor, _FORGET)
    return _deleted(Session.objects.filter(expire_date__lt=now))


def _deleted(rows: QuerySet[Any]) -> int:
    return rows.delete()[0]
