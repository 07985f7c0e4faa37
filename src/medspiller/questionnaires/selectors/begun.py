"""Answers in progress: the author's own, and nobody else's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Shown
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.people import selectors as people
from medspiller.people.selectors import Subject as Opened
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.answering.blanks import Blank
from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.states import AlreadyCompleted, Status
from medspiller.questionnaires.models import Response
from medspiller.questionnaires.selectors import _blanks

MOST_BEGUN = 100


@dataclass(frozen=True, slots=True)
class Begun:
    """Answers in progress in a list. `name` is whose they are; empty where the author may not open them any more."""

    id: UUID
    title: str
    person_id: UUID
    name: str
    saved_at: datetime
    amends: bool


@dataclass(frozen=True, slots=True)
class Filling:
    """Answers in progress with all that is needed to go on with them. `found` is whose they are."""

    row: Response
    blank: Blank
    engine: Engine
    found: Opened


def begun(*, actor: Actor, language: str) -> list[Begun]:
    """
    Return what the actor has begun and not completed, last saved first. Whose names are shown is in the log.

    :raises NotAllowed: for whoever may not answer.
    """
    policies.ensure(actor, policies.ANSWER_OWN if actor.kind is ActorKind.CITIZEN else policies.ANSWER)
    rows = list(_of(actor).defer("answers", "tabs", "unreadable").order_by("-saved_at", "-id")[:MOST_BEGUN])
    if not rows:
        return []
    names = _names(actor, {row.subject_id for row in rows})
    return [_seen(actor, row, language, name=names.get(row.subject_id, "")) for row in rows]


def begun_for(*, actor: Actor, person_id: UUID, language: str) -> list[Begun]:
    """Return what the actor has begun about one person whom they have opened, last saved first. Nothing is logged."""
    rows = _of(actor).filter(subject_id=person_id).defer("answers", "tabs", "unreadable").order_by("-saved_at", "-id")
    return [_seen(actor, row, language, name="") for row in rows[:MOST_BEGUN]]


def filling(*, actor: Actor, response_id: UUID) -> Filling:
    """
    Return answers that the actor has begun, to go on with.

    :raises NotFound: if there are none of theirs; `Closed`, if they have no need to know the person any more.
    :raises NotAllowed: if nobody at the unit follows the person up any more, or the role does not reach it.
    :raises AlreadyCompleted: if they are finished.
    """
    return _filling(actor, response_id, lock=False)


def filling_for_update(*, actor: Actor, response_id: UUID) -> Filling:
    """
    Return the same, locked until the end of the transaction, for a service.

    :raises NotFound: as `filling` does.
    :raises NotAllowed: as `filling` does.
    :raises AlreadyCompleted: as `filling` does.
    """
    return _filling(actor, response_id, lock=True)


def _filling(actor: Actor, response_id: UUID, *, lock: bool) -> Filling:
    rows = Response.objects.select_for_update(of=("self",)) if lock else Response.objects.all()
    row = rows.filter(id=response_id, author=actor.id).first()
    if row is None:
        raise NotFound(f"response {response_id}")
    found = people.subject(
        actor=actor, person_id=row.subject_id, action=policies.ANSWER, own_action=policies.ANSWER_OWN
    )
    policies.ensure_may_answer(found)
    if row.status != Status.IN_PROGRESS:
        raise AlreadyCompleted(row.completed_at)
    blank = _blanks.of_response(actor, row)
    return Filling(row=row, blank=blank, engine=_blanks.engine_of(blank, response_id=row.id), found=found)


def _of(actor: Actor) -> QuerySet[Response]:
    return Response.objects.filter(author=actor.id, status=Status.IN_PROGRESS.value)


def _seen(actor: Actor, row: Response, language: str, *, name: str) -> Begun:
    return Begun(
        id=row.id,
        title=_blanks.of_response(actor, row).title(language),
        person_id=row.subject_id,
        name=name,
        saved_at=row.saved_at,
        amends=row.amends_id is not None,
    )


def _names(actor: Actor, person_ids: set[UUID]) -> dict[UUID, str]:
    """Whose they are, by name, for staff. A citizen's are their own."""
    if actor.kind is ActorKind.CITIZEN:
        return {}
    known = people.mentioned(actor=actor, person_ids=person_ids, within=people.reach(actor=actor))
    shown = [
        Shown(person_id=each.id, subject_type="people.Person", subject_id=each.id, basis=each.basis)
        for each in known.values()
    ]
    audit.record_list(actor=actor, action=policies.READ, information=Information.NAME_AND_BIRTH, shown=shown)
    return {each.id: each.name for each in known.values()}
