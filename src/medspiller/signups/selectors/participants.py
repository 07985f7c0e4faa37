"""What the organiser sees: who comes, who waits, who must be called. That it was read is in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information
from medspiller.audit.domain.entries import Shown
from medspiller.core import clock
from medspiller.people import selectors as people
from medspiller.signups import policies
from medspiller.signups.domain.catalogue_rows import Session
from medspiller.signups.domain.evaluation import Question, answers_taken, shown, takes_answers
from medspiller.signups.domain.meetings import free_seats
from medspiller.signups.domain.places import LIVE, State
from medspiller.signups.models import Attendance, OpinionCount, SignUp
from medspiller.signups.selectors._rows import anchor_of, can_be_called, meeting_of, together_with
from medspiller.signups.selectors.evaluation import evaluation
from medspiller.signups.selectors.rows import organised


@dataclass(frozen=True, slots=True)
class Participant:
    """
    One sign-up in the organiser's list. `name` is who comes, empty for the anonymous; `by` who signed them up.

    `came` is None where it is not noted. `to_call` where there is something to tell them that no notice has told.
    """

    id: UUID
    number: int
    state: State
    name: str
    by: str
    contact: str
    needs: str
    came: bool | None
    to_call: bool
    offer_ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Participants:
    """
    A meeting with those who come, wait and do not come any more; `free` is None without limit.

    `opinions` is empty until nobody can answer any more. `answers_until` is there while they can.
    """

    entry: Any
    session: Session
    together: tuple[Session, ...]
    seated: tuple[Participant, ...]
    waiting: tuple[Participant, ...]
    gone: tuple[Participant, ...]
    free: int | None
    is_over: bool
    has_begun: bool
    is_cancelled: bool
    opinions: tuple[tuple[Question, tuple[int, ...] | None], ...]
    answers_until: datetime | None

    @property
    def title(self) -> dict[str, str]:
        live = self.entry.live
        titles: dict[str, str] = live.body["title"] if live is not None else {"nb": self.entry.slug}
        return titles


def participants(*, actor: Actor, entry_id: UUID, session_id: UUID) -> Participants:
    """
    Return who comes to a meeting. Each who is in the register is in the log as shown.

    :raises NotFound: if there is no such meeting of an entry that the actor may see.
    :raises NotAllowed: if the actor may not edit the entry.
    """
    session = organised(actor=actor, entry_id=entry_id, session_id=session_id)
    now = clock.now()
    together = together_with(session)
    rows = list(SignUp.objects.filter(session_id=anchor_of(together).id).select_related("owner").order_by("number"))
    _record(actor, rows, session_id)
    came = dict(Attendance.objects.filter(session_id=session.id).values_list("sign_up_id", "came"))
    found, meetings = meeting_of(session), [meeting_of(each) for each in together]
    asked, taken = evaluation(actor=actor), answers_taken(meetings)
    lines = [_participant(row, came.get(row.id)) for row in rows]
    return Participants(
        entry=session.entry,
        session=session,
        together=tuple(together),
        seated=tuple(each for each in lines if each.state in (State.HELD, State.OFFERED)),
        waiting=tuple(each for each in lines if each.state is State.WAITING),
        gone=tuple(each for each in lines if each.state not in LIVE),
        free=free_seats(meetings),
        is_over=session.ends_at <= now,
        has_begun=session.starts_at <= now,
        is_cancelled=found.is_cancelled,
        opinions=_opinions(asked, anchor_of(together).id) if taken is not None and taken[1] <= now else (),
        answers_until=taken[1] if taken is not None and asked and takes_answers(meetings, now=now) else None,
    )


def _participant(row: SignUp, came: bool | None) -> Participant:
    state = State(row.state)
    own_name = str(row.name or "") or (row.owner.name if row.owner is not None else "")
    for_name, contact = str(row.for_name or ""), str(row.contact or "")
    return Participant(
        id=row.id,
        number=row.number,
        state=state,
        name=for_name or own_name,
        by=own_name if for_name else "",
        contact=contact,
        needs=str(row.needs or ""),
        came=came,
        to_call=state in LIVE and row.news_at is not None and row.told_at is None and can_be_called(row),
        offer_ends_at=row.offer_ends_at,
    )


def _record(actor: Actor, rows: Sequence[SignUp], session_id: UUID) -> None:
    about = [Shown(person_id=None, subject_type="catalogue.Session", subject_id=session_id)]
    owners = {row.owner_id for row in rows if row.owner_id is not None}
    persons = people.accounts_registered_as(actor=actor, user_ids=owners)
    about += [
        Shown(person_id=persons[row.owner_id], subject_type="signups.SignUp", subject_id=row.id)
        for row in rows
        if row.owner_id in persons
    ]
    audit.record_list(
        actor=actor,
        action=policies.SEE_PARTICIPANTS,
        information=(Information.COURSES, Information.CONTACT_DETAILS),
        shown=about,
        basis=BasisCode.ADMINISTRATION,
    )


def _opinions(asked: Sequence[Question], anchor_id: UUID) -> tuple[tuple[Question, tuple[int, ...] | None], ...]:
    counts = {
        (question, answer): count
        for question, answer, count in OpinionCount.objects.filter(session_id=anchor_id).values_list(
            "question", "answer", "count"
        )
    }
    if not counts:
        return ()
    return tuple((each, shown([counts.get((each.id, code), 0) for code, _text in each.answers])) for each in asked)
