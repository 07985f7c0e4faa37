"""Noting who came, and counting what they thought of it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind
from medspiller.core.errors import NotFound
from medspiller.signups import policies, selectors
from medspiller.signups.domain.evaluation import ensure_may_answer, known_answers
from medspiller.signups.domain.places import State
from medspiller.signups.models import Attendance, OpinionCount, SignUp
from medspiller.signups.selectors._rows import anchor_of, meeting_of, together_with
from medspiller.signups.selectors.evaluation import evaluation


@transaction.atomic
def note_attendance(*, actor: Actor, entry_id: UUID, session_id: UUID, came: Mapping[UUID, bool], now: datetime) -> int:
    """
    Note who was at a meeting, and return for how many it was noted. What is noted again replaces what was.

    `came` is by sign-up; whoever has no place there is passed over.

    :raises NotFound: if there is no such meeting of an entry that the actor may see.
    :raises NotAllowed: if the actor may not edit the entry.
    """
    session = selectors.organised(actor=actor, entry_id=entry_id, session_id=session_id)
    rows = SignUp.objects.filter(
        session_id=anchor_of(together_with(session)).id, state=State.HELD.value, id__in=list(came)
    )
    for row in rows.order_by("id"):
        Attendance.objects.update_or_create(
            sign_up=row,
            session_id=session_id,
            defaults={"came": came[row.id], "noted_at": now, "noted_by_id": actor.id},
        )
    if rows:
        audit.record(
            actor=actor,
            action=policies.SEE_PARTICIPANTS,
            kind=Kind.WRITE,
            information=(Information.COURSES,),
            subject_type="catalogue.Session",
            subject_id=session_id,
            basis=BasisCode.ADMINISTRATION,
        )
    return len(rows)


@transaction.atomic
def give_opinion(*, actor: Actor, sign_up_id: UUID, answers: Mapping[str, str], now: datetime) -> None:
    """
    Count what a citizen thought of meetings, once, and remember only that they have been asked.

    :raises NotFound: if there is no such sign-up of theirs.
    :raises NothingAsked: if answers are not taken now, or nothing of what is asked was answered.
    :raises NotAllowed: for anybody but a citizen.
    """
    _count(actor, selectors.own_row(actor=actor, sign_up_id=sign_up_id), answers, now)


@transaction.atomic
def give_opinion_by_link(*, actor: Actor, secret: str, answers: Mapping[str, str], now: datetime) -> None:
    """
    Do what `give_opinion` does, for whoever has the private link.

    :raises NotFound: if nothing is behind it.
    :raises NothingAsked: if answers are not taken now, or nothing of what is asked was answered.
    """
    _count(actor, selectors.row_by_link(actor=actor, secret=secret), answers, now)


def _count(actor: Actor, found: SignUp, answers: Mapping[str, str], now: datetime) -> None:
    row = SignUp.objects.select_for_update(of=("self",)).select_related("session").filter(id=found.id).first()
    if row is None:
        raise NotFound("sign-up")
    given = known_answers(evaluation(actor=actor), answers)
    meetings = [meeting_of(each) for each in together_with(row.session)]
    ensure_may_answer(held=row.state == State.HELD, meetings=meetings, now=now, given=given)
    if row.evaluated_at is not None:
        return
    for question, answer in given.items():
        counted, _new = OpinionCount.objects.get_or_create(session_id=row.session_id, question=question, answer=answer)
        OpinionCount.objects.filter(pk=counted.pk).update(count=F("count") + 1)
    row.evaluated_at = now
    row.save(update_fields=["evaluated_at"])
