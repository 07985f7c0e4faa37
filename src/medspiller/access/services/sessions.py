"""Beginning, keeping and ending sessions. Whether one is live is read from its record at every request."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from medspiller.access.domain.events import NewDeviceSignedIn
from medspiller.access.domain.sessions import EndReason, SessionState, expiry, state_at, worth_touching
from medspiller.access.models import KnownDevice, SessionRecord, User
from medspiller.access.policies import administered_accounts, ensure
from medspiller.audit import services as audit
from medspiller.core import events
from medspiller.core.actors import Actor, ActorKind
from medspiller.core.encryption import keyed_hash
from medspiller.core.errors import NotFound

_DEVICE = "access.device"


@transaction.atomic
def start_session(
    *,
    actor: Actor,
    user: User,
    key: str,
    issuer: str,
    now: datetime,
    auth_time: datetime,
    sid: str = "",
    acr: str = "",
    amr: str = "",
    device: str = "",
) -> SessionRecord:
    """
    Record that somebody has shown who they are, and until when that counts at most.

    `actor` is that person; `key` the secret that the browser's session keeps, of which only
    a keyed hash is stored. Being called is the proof: only doors that have checked it call this.
    """
    record = SessionRecord.objects.create(
        user=user,
        key_hash=SessionRecord.hash_of(key),
        kind=user.kind,
        issuer=issuer,
        sid=sid,
        acr=acr,
        amr=amr,
        # A provider's clock may be ahead of ours; nobody has shown who they are in the future.
        auth_time=min(auth_time, now),
        started_at=now,
        seen_at=now,
        expires_at=expiry(kind=ActorKind(user.kind), started_at=now),
        device=device,
    )
    audit.record(actor=actor, action="access.start_session", subject_type="access.SessionRecord", subject_id=record.id)
    return record


@transaction.atomic
def recognise_device(*, actor: Actor, user: User, token: str, device: str, now: datetime) -> bool:
    """
    Say whether the account has been signed in to from this browser before, and remember it from now on.

    `token` is the browser's own, from a cookie. It is hashed together with the account, so
    that rows do not tell which accounts share a browser. A new one is announced.
    """
    token_hash = keyed_hash(f"{user.id}:{token}", purpose=_DEVICE)
    known, made = KnownDevice.objects.get_or_create(
        user=user, token_hash=token_hash, defaults={"name": device, "first_seen_at": now, "last_seen_at": now}
    )
    if not made:
        known.name, known.last_seen_at = device, now
        known.save(update_fields=["name", "last_seen_at"])
        return True
    events.publish(NewDeviceSignedIn(user_id=user.id, device=device, at=now))
    return False


def touch(*, actor: Actor, session_id: UUID, seen_at: datetime, now: datetime) -> datetime:
    """
    Note that the session was used just now, and return when it was last seen as far as is written.

    At most one write a minute, and none while another request of the same session holds
    the row: that one writes the same.
    """
    if not worth_touching(seen_at=seen_at, now=now):
        return seen_at
    free = SessionRecord.objects.select_for_update(skip_locked=True).filter(
        id=session_id, user_id=actor.id, ended_at=None, seen_at__lt=now
    )
    written = SessionRecord.objects.filter(id__in=free.values("id")).update(seen_at=now)
    return now if written else seen_at


@transaction.atomic
def renew_proof(
    *, actor: Actor, session_id: UUID, auth_time: datetime, now: datetime, acr: str = "", amr: str = ""
) -> SessionRecord:
    """
    Note that the person behind a live session has shown who they are once more. The absolute limit stays.

    :raises NotFound: if the session is not the actor's, or not live any more.
    """
    record = SessionRecord.objects.select_for_update().filter(id=session_id, user_id=actor.id).first()
    if record is None or state_at(record.times, now=now) is not SessionState.LIVE:
        raise NotFound(session_id)
    record.auth_time, record.seen_at = min(auth_time, now), now
    record.acr, record.amr = acr or record.acr, amr or record.amr
    record.save(update_fields=["auth_time", "seen_at", "acr", "amr"])
    audit.record(
        actor=actor, action="access.confirm_identity", subject_type="access.SessionRecord", subject_id=record.id
    )
    return record


@transaction.atomic
def end_session(
    *, actor: Actor, session_id: UUID, now: datetime, reason: EndReason = EndReason.ELSEWHERE
) -> SessionRecord:
    """
    End one session: one's own, or that of an account the actor administers. It lets nobody in from this moment.

    Ending one that has ended changes nothing.

    :raises NotFound: if there is none that the actor may end.
    """
    record = _may_end(actor).select_for_update().filter(id=session_id).first()
    if record is None:
        raise NotFound(session_id)
    if record.ended_at is None:
        record.ended_at, record.end_reason = now, reason
        record.save(update_fields=["ended_at", "end_reason"])
        audit.record(
            actor=actor, action="access.end_session", subject_type="access.SessionRecord", subject_id=record.id
        )
    return record


@transaction.atomic
def end_all_sessions(
    *,
    actor: Actor,
    user_id: UUID,
    now: datetime,
    but: UUID | None = None,
    reason: EndReason = EndReason.ELSEWHERE,
) -> int:
    """
    End all sessions of an account, except the one named `but`, and return how many were ended.

    :raises NotAllowed: if they are somebody else's and the actor may not administer accounts.
    :raises NotFound: if the account is not one that the actor administers.
    """
    if user_id != actor.id:
        ensure(actor, "access.administer", subject_id=user_id)
        if not _administered(actor).filter(id=user_id).exists():
            raise NotFound(user_id)
    live = SessionRecord.objects.filter(user_id=user_id, ended_at=None)
    if but is not None:
        live = live.exclude(id=but)
    ended = live.update(ended_at=now, end_reason=reason)
    if ended:
        audit.record(actor=actor, action="access.end_all_sessions", subject_type="access.User", subject_id=user_id)
    return ended


@transaction.atomic
def end_sessions_by_sid(*, actor: Actor, issuer: str, sid: str, now: datetime) -> int:
    """
    End the sessions that a provider knows by `sid`, as it asks from its own side, and return how many.

    Knowing the provider's name for a session is what lets one end it (OpenID Connect
    Front-Channel Logout § 3), so nothing is asked of the actor. An empty name ends none:
    sessions without a provider have no other.
    """
    if not sid or not issuer:
        return 0
    named = SessionRecord.objects.filter(issuer=issuer, sid=sid, ended_at=None)
    ended = list(named.select_for_update().values_list("id", flat=True))
    SessionRecord.objects.filter(id__in=ended).update(ended_at=now, end_reason=EndReason.PROVIDER)
    for session_id in ended:
        audit.record(
            actor=actor, action="access.end_session", subject_type="access.SessionRecord", subject_id=session_id
        )
    return len(ended)


def _may_end(actor: Actor) -> QuerySet[SessionRecord]:
    own = Q(user_id=actor.id)
    if not actor.may("access.administer"):
        return SessionRecord.objects.filter(own)
    return SessionRecord.objects.filter(own | Q(user_id__in=_administered(actor).values("id")))


def _administered(actor: Actor) -> QuerySet[User]:
    return User.objects.filter(administered_accounts(actor))
