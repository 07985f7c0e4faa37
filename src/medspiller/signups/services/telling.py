"""Letting people know, as far as they want to be told: an offer, a change, tomorrow."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, events
from medspiller.core.actors import ActorKind
from medspiller.messages import services as messages
from medspiller.messages.domain.notices import State as Sent
from medspiller.messages.domain.texts import NoticeKind
from medspiller.people import selectors as people
from medspiller.signups import policies, selectors
from medspiller.signups.domain.events import SignUpsChanged
from medspiller.signups.domain.places import LIVE, State
from medspiller.signups.models import SignUp
from medspiller.signups.selectors._rows import together_with
from medspiller.signups.services._calls import keep_list
from medspiller.signups.services._seats import lock

CANCELLED = "cancelled"
SOON = "meeting_soon"
_ON_ITS_WAY = (Sent.WAITING, Sent.HANDING_OVER, Sent.HANDED_OVER)


@dataclass(frozen=True, slots=True)
class News:
    """
    What there is to tell, in a code. `own` names the event for one sign-up, `shared` for all that gave one contact.

    `kind` and `on`, the day it is about, are what a contact is told; a page tells its owner more than a message may.
    """

    kind: NoticeKind
    own: str
    shared: str
    on: date | None = None


@transaction.atomic
def tell_of_offer(*, actor: Actor, sign_up_id: UUID, now: datetime) -> bool:
    """
    Let somebody know that a place is kept for them, and say whether they were told. Safe to run twice.

    Whoever can be sent neither a notice to their page nor a message to their contact is told by the organiser.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = _row(sign_up_id)
    if row is None or row.state != State.OFFERED or row.offered_at is None:
        return False
    event_key = f"place_offered:{row.id}:{row.offered_at:%Y%m%d%H%M%S}"
    told = _tell(actor, row, News(NoticeKind.PLACE_KEPT, own=event_key, shared=event_key), now=now)
    keep_list(actor, row.session, now=now)
    return told


@transaction.atomic
def tell_of_change(*, actor: Actor, session_id: UUID, what: str, now: datetime) -> int:
    """
    Let those who come know that a meeting is cancelled or was moved, and return how many were told.

    `what` names the change in a code, as `cancelled`; the same change is told of once. Whom no notice tells, stands in
    the organiser's list as to be called.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    anchor = lock(actor, session_id).anchor
    live = SignUp.objects.filter(session_id=anchor.id, state__in=[each.value for each in LIVE])
    rows = live.select_for_update(of=("self",))
    told = 0
    for row in rows.select_related("session__entry").order_by("id"):
        row.news_at, row.told_at = now, None
        row.save(update_fields=["news_at", "told_at"])
        told += _tell(actor, row, _changed(row, session_id, what), now=now)
    keep_list(actor, anchor, now=now)
    return told


@transaction.atomic
def remind(*, actor: Actor, sign_up_id: UUID, session_id: UUID) -> bool:
    """
    Remind somebody of a meeting, once, and say whether they want to be told. The notice says nothing of what it is.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = _row(sign_up_id)
    if row is None or row.state != State.HELD:
        return False
    news = News(
        NoticeKind.APPOINTMENT_SOON,
        own=f"{SOON}:{row.id}:{session_id}",
        shared=f"{SOON}:{session_id}",
        on=_day_of(row, session_id),
    )
    return _notice(actor, row, news)


@transaction.atomic
def call_instead(*, actor: Actor, sign_up_id: UUID, event_key: str, now: datetime) -> int:
    """
    Let whoever a message did not reach be called, and whoever gave the same contact; return how many they are.

    A reminder that did not arrive is let be: there is nothing new to tell. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = _row(sign_up_id)
    if row is None or event_key.startswith(f"{SOON}:"):
        return 0
    anchor = lock(actor, row.session_id).anchor
    told = SignUp.objects.filter(session_id=anchor.id, state__in=[each.value for each in LIVE], told_at__isnull=False)
    rows = told.filter(news_at__isnull=False, may_message=True)
    same = [each.id for each in rows.select_for_update() if each.contact and each.contact == row.contact]
    SignUp.objects.filter(id__in=same).update(told_at=None)
    keep_list(actor, anchor, now=now)
    return len(same)


@transaction.atomic
def note_told(*, actor: Actor, entry_id: UUID, sign_up_id: UUID, now: datetime) -> SignUp:
    """
    Write down that the organiser has called somebody.

    :raises NotFound: if there is no such one at a meeting of an entry that the actor may see.
    :raises NotAllowed: if the actor may not edit the entry.
    """
    row = selectors.row_of(actor=actor, entry_id=entry_id, sign_up_id=sign_up_id)
    row.told_at = now
    row.save(update_fields=["told_at"])
    events.publish(SignUpsChanged(row.session_id))
    return row


@transaction.atomic
def keep_calls(*, actor: Actor, session_id: UUID, now: datetime, from_unit_id: UUID | None = None) -> None:
    """
    Let the list of the unit that keeps an offer say whether somebody must be called about a meeting. Safe to run twice.

    `from_unit_id` is a unit that keeps it no more.

    :raises NotFound: if there is no such meeting.
    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    keep_list(actor, lock(actor, session_id).anchor, now=now, from_unit_id=from_unit_id)


def _row(sign_up_id: UUID) -> SignUp | None:
    rows = SignUp.objects.select_for_update(of=("self",)).select_related("session__entry")
    return rows.filter(id=sign_up_id).first()


def _changed(row: SignUp, session_id: UUID, what: str) -> News:
    is_cancelled = what == CANCELLED
    return News(
        NoticeKind.APPOINTMENT_CANCELLED if is_cancelled else NoticeKind.APPOINTMENT_CHANGED,
        own=f"meeting_{what}:{row.id}:{session_id}",
        shared=f"meeting_{what}:{session_id}",
        on=_day_of(row, session_id) if is_cancelled else None,
    )


def _day_of(row: SignUp, session_id: UUID) -> date:
    (session,) = [each for each in together_with(row.session) if each.id == session_id]
    return clock.day_of(session.starts_at)


def _tell(actor: Actor, row: SignUp, news: News, *, now: datetime) -> bool:
    if not _notice(actor, row, news):
        return False
    row.told_at = now
    row.save(update_fields=["told_at"])
    return True


def _notice(actor: Actor, row: SignUp, news: News) -> bool:
    """Tell somebody on their own page, if they want that, or at the contact they gave; say whether they were told."""
    return _on_page(actor, row, news) or _at_contact(actor, row, news)


def _on_page(actor: Actor, row: SignUp, news: News) -> bool:
    """
    Send the notice that there is something new on their page, to whoever is in the register and wants it.

    One that was stopped, since there is no safe address, stands on their page only: it tells nobody.
    """
    if row.owner_id is None:
        return False
    citizen = Actor(id=row.owner_id, kind=ActorKind.CITIZEN, tenant_id=actor.tenant_id)
    person_id = people.registered_as(actor=citizen).person_id
    if person_id is None:
        return False
    unit_id = row.session.entry.unit_id
    notice = messages.tell_of_news(actor=actor, person_id=person_id, unit_id=unit_id, event_key=news.own)
    return notice is not None and notice.channel != ""


def _at_contact(actor: Actor, row: SignUp, news: News) -> bool:
    """Send it to the contact, where whoever gave it said that this is safe. Several with one contact are told once."""
    if not row.may_message or not row.contact:
        return False
    notice = messages.tell_contact(
        actor=actor,
        contact=str(row.contact),
        about_id=row.id,
        kind=news.kind,
        event_key=news.shared,
        unit_id=row.session.entry.unit_id,
        language=row.language,
        about_day=news.on,
    )
    return notice is not None and notice.state in _ON_ITS_WAY
