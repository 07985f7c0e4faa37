"""
Counting tries, so that guessing takes too long to be worth it.

Within a request a try is only noted, and written when the request's transaction is over,
in one of its own: whether that transaction was kept, or rolled back because the try was
refused, the try stays counted. `UnitOfWork` sees to it. Elsewhere it is written at once.

A request that is refused because of too many tries is noted in the same way, and is written
to the access log afterwards unless one was for the same count within its window: the row of
the count remembers when, so whoever goes on trying adds nothing.
"""

from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from medspiller.access.domain import throttling
from medspiller.access.domain.throttling import TooManyTries, Tries
from medspiller.access.models import Throttle
from medspiller.access.policies import ensure
from medspiller.audit import services as audit
from medspiller.core import tenancy
from medspiller.core.actors import Actor
from medspiller.core.encryption import keyed_hash
from medspiller.core.errors import NotAllowed

__all__ = ["TooManyTries", "TriesOfRequest", "check_throttle", "clear_tries", "count_try", "forget_old_tries"]


@dataclass(frozen=True, slots=True)
class _Try:
    actor: Actor
    what: str
    who_hash: bytes
    now: datetime


@dataclass(frozen=True, slots=True)
class _Refused(_Try):
    """Somebody who had to wait; `subject_id` is the account that was tried, where it is known."""

    subject_id: UUID | None


@dataclass(frozen=True, slots=True)
class _Noted:
    tries: list[_Try] = field(default_factory=list)
    refused: list[_Refused] = field(default_factory=list)


_noted: ContextVar[_Noted | None] = ContextVar("medspiller_tries", default=None)


class TriesOfRequest:
    """Notes the tries counted and refused within the block; `write` stores them when its transaction is over."""

    def __enter__(self) -> "TriesOfRequest":
        self._kept = _Noted()
        self._token: Token[_Noted | None] = _noted.set(self._kept)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        _noted.reset(self._token)

    def write(self) -> None:
        """Store what was noted, each try and each refusal in a transaction of its own."""
        for each in self._kept.tries:
            _count_alone(each)
        for refused in self._kept.refused:
            _log_once(refused)


def check_throttle(*, actor: Actor, what: str, who: str, now: datetime, subject_id: UUID | None = None) -> None:
    """
    Let a try pass unless there were too many before it. Asked before anything is compared.

    `what` is one of `domain.throttling.What`; `who` is what was typed as the name of an
    account, or an address from `domain.throttling.address_name`. It need not exist: the
    answer is the same. `subject_id` is the account it is about, for the access log.

    :raises TooManyTries: with the moment from which one may try again.
    :raises UnknownThrottle: if there is no rule for `what`.
    """
    rule, who_hash = throttling.rule(what), _hash(what, who)
    if rule.one_at_a_time and not _alone(actor, who_hash):
        raise TooManyTries(now + throttling.A_MOMENT)
    row = Throttle.objects.filter(what=what, who_hash=who_hash).first()
    try:
        throttling.ensure_not_locked(_tries(row), now=now)
    except TooManyTries:
        noted = _noted.get()
        if noted is not None:
            noted.refused.append(_Refused(actor, what, who_hash, now, subject_id))
        raise


def count_try(*, actor: Actor, what: str, who: str, now: datetime) -> datetime | None:
    """
    Count a try that failed, and return until when the next must wait; None if it need not.

    It stays counted even if the open transaction is rolled back.

    :raises UnknownThrottle: if there is no rule for `what`.
    """
    rule, who_hash = throttling.rule(what), _hash(what, who)
    noted = _noted.get()
    if noted is None:
        return _count(what, who_hash, now)
    noted.tries.append(_Try(actor=actor, what=what, who_hash=who_hash, now=now))
    row = Throttle.objects.filter(what=what, who_hash=who_hash).first()
    return throttling.one_more(_tries(row), rule=rule, now=now).locked_until


def clear_tries(*, actor: Actor, what: str, who: str) -> None:
    """
    Forget the failed tries of an account whose owner has now signed in.

    Not for addresses that guesses are counted for: whoever has one account of their own
    could wash away the count of all their guesses at others.
    """
    throttling.rule(what)
    who_hash, noted = _hash(what, who), _noted.get()
    if noted is not None:
        noted.tries[:] = [each for each in noted.tries if (each.what, each.who_hash) != (what, who_hash)]
    Throttle.objects.filter(what=what, who_hash=who_hash).delete()


def forget_old_tries(*, actor: Actor, now: datetime) -> int:
    """
    Delete the counts that decide nothing any more, and return how many.

    :raises NotAllowed: for everybody but the system.
    """
    ensure(actor, "access.forget_old")
    deleted = 0
    for what, rule in throttling.RULES.items():
        before = throttling.forgotten_before(rule=rule, now=now)
        old = Throttle.objects.filter(what=what, window_from__lte=before).exclude(locked_until__gt=before)
        deleted += old.delete()[0]
    return deleted


def _hash(what: str, who: str) -> bytes:
    return keyed_hash(f"{what}\x00{who.strip().casefold()}", purpose="access.throttle")


def _alone(actor: Actor, who_hash: bytes) -> bool:
    """Whether no other transaction is looking at a try of the same; this one is, until it ends."""
    name = keyed_hash(f"{actor.tenant_id}\x00{who_hash.hex()}", purpose="access.throttle.lock")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [int.from_bytes(name[:8], "big", signed=True)])
        return bool(cursor.fetchone()[0])


def _tries(row: Throttle | None) -> Tries | None:
    if row is None:
        return None
    return Tries(window_from=row.window_from, count=row.count, locked_until=row.locked_until)


@transaction.atomic
def _count(what: str, who_hash: bytes, now: datetime) -> datetime | None:
    # Made first, then locked: two first tries at the same moment count as two.
    Throttle.objects.bulk_create([Throttle(what=what, who_hash=who_hash, window_from=now)], ignore_conflicts=True)
    row = Throttle.objects.select_for_update().get(what=what, who_hash=who_hash)
    tries = throttling.one_more(_tries(row), rule=throttling.rule(what), now=now)
    row.window_from, row.count, row.locked_until = tries.window_from, tries.count, tries.locked_until
    row.save(update_fields=["window_from", "count", "locked_until"])
    return tries.locked_until


def _count_alone(each: _Try) -> None:
    if each.actor.tenant_id is None:
        return
    with tenancy.tenant_transaction(tenant_id=each.actor.tenant_id, actor_id=each.actor.id):
        _count(each.what, each.who_hash, each.now)


def _log_once(each: _Refused) -> None:
    if each.actor.tenant_id is None:
        return
    rule = throttling.rule(each.what)
    before = throttling.logged_before(rule=rule, now=each.now)
    due = Throttle.objects.filter(Q(logged_at=None) | Q(logged_at__lte=before), what=each.what, who_hash=each.who_hash)
    # Of many refused at the same moment the row's lock lets one through.
    with tenancy.tenant_transaction(tenant_id=each.actor.tenant_id, actor_id=each.actor.id):
        is_first = bool(due.update(logged_at=each.now))
    if is_first:
        refusal = NotAllowed(action=rule.action, reason=throttling.REFUSED_BECAUSE, subject_id=each.subject_id)
        audit.record_refusal(actor=each.actor, refusal=refusal)
