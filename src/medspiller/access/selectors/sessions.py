"""Which session a request belongs to, and which sessions a person has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, Subquery

from medspiller.access.domain.sessions import LIMITS
from medspiller.access.models import SessionRecord
from medspiller.core.actors import Actor
from medspiller.organisations import selectors as organisations


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A live session as its owner sees it. `device` is empty where the browser said nothing known."""

    id: UUID
    device: str
    started_at: datetime
    seen_at: datetime
    is_this_one: bool


def session_by_key(*, actor: Actor, key: str) -> SessionRecord | None:
    """
    Return the record behind a browser's session, with its account and what the tenant is called; None if there is none.

    It may have ended or run out: that is for `domain.sessions.state_at` to say.
    """
    named = SessionRecord.objects.annotate(
        organisation=Subquery(organisations.tenant_names(actor=actor).values("name")[:1])
    )
    return named.select_related("user").filter(key_hash=SessionRecord.hash_of(key)).first()


def my_sessions(*, actor: Actor, this_one: UUID | None, now: datetime) -> list[OwnSession]:
    """Return the actor's live sessions, this one first, then the one used last."""
    live = Q()
    for kind, limits in LIMITS.items():
        live |= Q(kind=kind, seen_at__gt=now - limits.inactivity)
    records = SessionRecord.objects.filter(live, user_id=actor.id, ended_at=None, expires_at__gt=now)
    shown = [
        OwnSession(
            id=record.id,
            device=record.device,
            started_at=record.started_at,
            seen_at=record.seen_at,
            is_this_one=record.id == this_one,
        )
        for record in records.order_by("-seen_at", "-id")
    ]
    return sorted(shown, key=lambda each: not each.is_this_one)
