"""What finished answers ask of the units that follow somebody up. No word of an answer leaves them by this."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.people import selectors as people
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.states import Source, Status
from medspiller.questionnaires.models import Response
from medspiller.questionnaires.selectors import _blanks
from medspiller.worklist import services as worklist
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import WithdrawnWhy

RESPONSE = "questionnaires.Response"


def follow_up(*, actor: Actor, response_id: UUID) -> None:
    """
    Put on the lists of units what finished answers ask of them: somebody says they are not safe, a day is agreed.

    An answer about safety is put there when the person gave it without staff beside them. Safe
    to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.MOVE)
    row = Response.objects.filter(id=response_id, status=Status.COMPLETED.value).first()
    if row is None:
        return
    blank = _blanks.of_response(actor, row)
    asked = _blanks.engine_of(blank).enabled(row.answers) if row.source == Source.SELF else {}
    if blank.says_unsafe(asked):
        _put(actor, row, kinds.SAFETY_ANSWER, _following(actor, row), due_on=clock.today())
    review_on = blank.review_on(row.answers)
    if review_on is not None:
        if row.amends_id is not None:
            _withdraw(actor, row.amends_id, kinds.REVIEW_ANSWERS, why=WithdrawnWhy.RENEWED)
        units = {row.unit_id} if row.unit_id else _following(actor, row)
        _put(actor, row, kinds.REVIEW_ANSWERS, units, due_on=review_on)


def stop_following_up(*, actor: Actor, response_id: UUID) -> None:
    """
    Take off every list what rested on answers that turned out to be wrong. Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.MOVE)
    for kind in (kinds.SAFETY_ANSWER, kinds.REVIEW_ANSWERS):
        _withdraw(actor, response_id, kind, why=WithdrawnWhy.ENDED)


def _following(actor: Actor, row: Response) -> set[UUID]:
    """The units that follow the person up for their own sake now; to have their telephone number is not that."""
    found = people.involvements_to_come(actor=actor).filter(person_id=row.subject_id, starts_at__lte=clock.now())
    only_called = InvolvementBasis.EMERGENCY_CONTACT.value
    return set(found.exclude(basis=only_called).values_list("unit_id", flat=True))


def _put(actor: Actor, row: Response, kind: kinds.Kind, units: Collection[UUID], *, due_on: date) -> None:
    for unit_id in sorted(units):
        worklist.put(
            actor=actor,
            kind=kind.code,
            subject_type=RESPONSE,
            subject_id=row.id,
            person_id=row.subject_id,
            unit_id=unit_id,
            due_on=due_on,
        )


def _withdraw(actor: Actor, response_id: UUID, kind: kinds.Kind, *, why: WithdrawnWhy) -> None:
    worklist.withdraw(actor=actor, kind=kind.code, subject_type=RESPONSE, subject_id=response_id, why=why)
