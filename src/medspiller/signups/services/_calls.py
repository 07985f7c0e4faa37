"""Whoever must be called stands on the list of the unit that keeps the offer, one item for each meeting."""

from datetime import date, datetime, timedelta
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.signups.domain.catalogue_rows import Session
from medspiller.signups.domain.meetings import all_ended, starts_at
from medspiller.signups.models import SignUp
from medspiller.signups.selectors._rows import can_be_called, meeting_of, together_with, untold
from medspiller.worklist import services as worklist
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import WithdrawnWhy

SUBJECT = "catalogue.Session"
# Whoever wants to come plans by it: the next day at the latest.
WITHIN = timedelta(days=1)


def keep_list(actor: Actor, anchor: Session, *, now: datetime, from_unit_id: UUID | None = None) -> None:
    """
    Let the unit's list say that somebody must be called about meetings, or no more. Safe to run twice.

    `from_unit_id` is a unit that keeps the offer no more.
    """
    system, unit_id = actors.system(actor.tenant_id), anchor.entry.unit_id
    since = _waits_since(anchor, now)
    if since is None or (from_unit_id is not None and from_unit_id != unit_id):
        worklist.withdraw(
            actor=system,
            kind=kinds.SIGNUPS_TO_CALL.code,
            subject_type=SUBJECT,
            subject_id=anchor.id,
            why=WithdrawnWhy.ANSWERED if since is None else WithdrawnWhy.ENDED,
            unit_id=None if since is None else from_unit_id,
        )
    if since is not None:
        worklist.put(
            actor=system,
            kind=kinds.SIGNUPS_TO_CALL.code,
            subject_type=SUBJECT,
            subject_id=anchor.id,
            unit_id=unit_id,
            due_on=_due_on(anchor, since),
        )


def _waits_since(anchor: Session, now: datetime) -> datetime | None:
    """Since when the first one waits to be called; None where nobody does, or it is over."""
    if all_ended([meeting_of(each) for each in together_with(anchor)], now=now):
        return None
    rows: list[SignUp] = [row for row in untold(anchor_id=anchor.id) if can_be_called(row)]
    return min((row.news_at for row in rows if row.news_at is not None), default=None)


def _due_on(anchor: Session, since: datetime) -> date:
    """The day after it became known, or that of the first meeting if that comes sooner."""
    first = starts_at([meeting_of(each) for each in together_with(anchor)])
    return clock.day_of(max(min((since + WITHIN), first), since))
