"""Planning meetings, changing them and cancelling them. Who comes is kept by another app."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.domain.events import SessionCancelled, SessionChanged, SessionPlanned
from medspiller.catalogue.domain.reader import LANGUAGES
from medspiller.catalogue.domain.refusals import FewerSeatsThanTaken, NotAhead, NotSeries, SessionOver
from medspiller.catalogue.domain.sessions import (
    MOST_MEETINGS,
    REASON_LENGTH,
    SessionPlan,
    SessionStatus,
    differing,
    ensure_possible,
)
from medspiller.catalogue.domain.writing import write_place
from medspiller.catalogue.models import Entry, Session, SessionAddress
from medspiller.catalogue.services._rows import SESSION, entry_for_update, record, session_for_update
from medspiller.core import clock, events, ids
from medspiller.core.errors import InvalidInput


def plan_session(*, actor: Actor, entry_id: UUID, plan: SessionPlan) -> Session:
    """
    Plan a meeting of an offer.

    :raises NotFound: if there is no such entry of the actor's.
    :raises NotAllowed: if the actor may not keep it.
    :raises NotAhead: if it would begin in the past.
    :raises InvalidInput: naming what is wrong with the plan.
    """
    (session,) = plan_sessions(actor=actor, entry_id=entry_id, plans=[plan], is_series=False)
    return session


@transaction.atomic
def plan_sessions(*, actor: Actor, entry_id: UUID, plans: Sequence[SessionPlan], is_series: bool) -> list[Session]:
    """
    Plan several meetings at once; with `is_series` they belong together, and one signs up for all of them.

    A meeting of the offer that is the same in everything is the same press of a button.

    :raises NotFound: if there is no such entry of the actor's.
    :raises NotAllowed: if the actor may not keep it.
    :raises NotSeries: if there is none, or too many at once.
    :raises NotAhead: if one would begin in the past.
    :raises InvalidInput: naming what is wrong with a plan.
    """
    entry = entry_for_update(actor, entry_id, on=clock.today())
    policies.ensure_may_keep(actor, entry)
    if not 0 < len(plans) <= MOST_MEETINGS:
        raise NotSeries(str(len(plans)))
    for plan in plans:
        ensure_possible(plan)
        if plan.starts_at <= clock.now():
            raise NotAhead(plan.starts_at.isoformat())
    series = ids.new_id() if is_series and len(plans) > 1 else None
    planned = []
    for plan in plans:
        columns = _columns(plan)
        same = _pressed_before(entry, columns, plan.online_address)
        if same is not None:
            planned.append(same)
            continue
        session = Session.objects.create(entry=entry, series=series, **columns)
        _keep_address(session, plan.online_address)
        record(actor, policies.EDIT_ENTRY, SESSION, session.id)
        events.publish(SessionPlanned(session.id))
        planned.append(session)
    return planned


@transaction.atomic
def change_session(*, actor: Actor, session_id: UUID, plan: SessionPlan) -> Session:
    """
    Move a meeting, or change its seats or its place. Whoever has a seat keeps it.

    :raises NotFound: if there is none of an entry of the actor's.
    :raises NotAllowed: if the actor may not keep it.
    :raises SessionOver: if it is cancelled or has begun.
    :raises FewerSeatsThanTaken: if more have a seat than there would be.
    :raises NotAhead: if it would begin in the past.
    :raises InvalidInput: naming what is wrong with the plan.
    """
    session = _to_come(actor, session_id)
    ensure_possible(plan)
    if plan.starts_at <= clock.now():
        raise NotAhead(plan.starts_at.isoformat())
    if plan.capacity is not None and plan.capacity < session.taken:
        raise FewerSeatsThanTaken(session.taken)
    columns = _columns(plan)
    what = differing({name: getattr(session, name) for name in columns}, columns)
    moved = ["online_address"] if plan.online_address != session.online_address else []
    if what or moved:
        for name in what:
            setattr(session, name, columns[name])
        session.save(update_fields=what)
        _keep_address(session, plan.online_address)
        record(actor, policies.EDIT_ENTRY, SESSION, session.id)
        events.publish(SessionChanged(session.id, (*what, *moved)))
    return session


@transaction.atomic
def cancel_session(*, actor: Actor, session_id: UUID, reason: Mapping[str, str]) -> Session:
    """
    Say that a meeting does not take place, with a reason by language for all; it may be empty.

    What is cancelled already stays so.

    :raises NotFound: if there is none of an entry of the actor's.
    :raises NotAllowed: if the actor may not keep it.
    :raises SessionOver: if it has begun.
    :raises InvalidInput: if the reason is too long.
    """
    words = {language: reason[language].strip() for language in LANGUAGES if reason.get(language, "").strip()}
    if any(len(each) > REASON_LENGTH or "\0" in each for each in words.values()):
        raise InvalidInput({"reason": "too_long"})
    session = session_for_update(actor, session_id, on=clock.today())
    policies.ensure_may_keep(actor, session.entry)
    if session.status == SessionStatus.CANCELLED.value:
        return session
    _ensure_to_come(session)
    session.status, session.reason = SessionStatus.CANCELLED.value, words
    session.save(update_fields=["status", "reason"])
    record(actor, policies.EDIT_ENTRY, SESSION, session.id)
    events.publish(SessionCancelled(session.id))
    return session


def _to_come(actor: Actor, session_id: UUID) -> Session:
    session = session_for_update(actor, session_id, on=clock.today())
    policies.ensure_may_keep(actor, session.entry)
    _ensure_to_come(session)
    return session


def _ensure_to_come(session: Session) -> None:
    if session.status != SessionStatus.PLANNED.value or session.starts_at <= clock.now():
        raise SessionOver(str(session))


def _keep_address(session: Session, address: str) -> None:
    if address:
        SessionAddress.objects.update_or_create(session=session, defaults={"address": address})
    else:
        SessionAddress.objects.filter(session=session).delete()


def _pressed_before(entry: Entry, columns: Mapping[str, Any], address: str) -> Session | None:
    rows = Session.objects.filter(entry=entry, status=SessionStatus.PLANNED.value, starts_at=columns["starts_at"])
    # What is null in a column of JSON is not found by comparing with nothing.
    return next(
        (
            row
            for row in rows
            if row.online_address == address and not differing({name: getattr(row, name) for name in columns}, columns)
        ),
        None,
    )


def _columns(plan: SessionPlan) -> dict[str, Any]:
    return {
        "title": dict(plan.title),
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "place": write_place(plan.place) if plan.place else None,
        "is_digital": bool(plan.online_address),
        "capacity": plan.capacity,
        "deadline": plan.deadline,
        "has_waiting_list": plan.has_waiting_list,
        "allows_anonymous": plan.allows_anonymous,
    }
