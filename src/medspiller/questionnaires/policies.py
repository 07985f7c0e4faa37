"""
Who may see and give whose answers.

Answers to a questionnaire about carers belong to the carer: they are open to staff whose unit
follows the carer up for the carer's own sake, and to nobody because they have to do with whom the
carer cares for. All others belong to the person they are about. What is in progress is its author's.
"""

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Information
from medspiller.audit.domain.visibility import Withheld, WithheldReason
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed
from medspiller.people.selectors import Subject as Opened
from medspiller.questionnaires.domain.definition.audience import Subject, Tag
from medspiller.questionnaires.domain.states import Status

ANSWER = "questionnaires.answer"
READ = "questionnaires.read"
ANSWER_OWN = "questionnaires.answer_own"
MOVE = "questionnaires.move_answers"
EDIT_FORMS = "questionnaires.edit_forms"
READ_TOOLS = "questionnaires.read_tools"
LOOK_AFTER = "questionnaires.look_after"
NOT_FOLLOWED_UP = "not_followed_up"
NO_ROLE = "role"


def ensure_may_answer(found: Opened) -> Opened:
    """
    Let pass who may write answers of an opened person: who follows them up for their own sake, and the person.

    :raises NotAllowed: to a unit that only has their telephone number, and to emergency access.
    """
    if not found.own_subject:
        raise _refused(found, ANSWER)
    return found


def ensure_may_read(found: Opened, *, belongs_to: Subject, is_concern: bool) -> Opened:
    """
    Let pass who may read answers of an opened person.

    A patient's are open to emergency access too; a carer's, and a concern for a child, are not.

    :raises NotAllowed: to anybody else.
    """
    if not may_read(found, belongs_to=belongs_to, is_concern=is_concern):
        raise _refused(found, READ)
    return found


def may_read(found: Opened, *, belongs_to: Subject, is_concern: bool) -> bool:
    """Say whether `ensure_may_read` lets pass."""
    if found.actor.kind is ActorKind.CITIZEN:
        return not is_concern
    if belongs_to is Subject.CARER or is_concern:
        return found.own_subject
    return found.as_patient


def readable(found: Opened) -> Q:
    """Return the filter of an opened person's finished answers that the actor may read: the same as `may_read`."""
    finished = ~Q(status=Status.IN_PROGRESS.value)
    concern = Q(tags__contains=[Tag.CONCERN_FOR_CHILD.value])
    if found.actor.kind is ActorKind.CITIZEN:
        return finished & ~concern
    if found.own_subject:
        return finished
    if found.as_patient:
        return finished & Q(belongs_to=Subject.PERSON.value) & ~concern
    return Q(pk__in=[])


def may_be_shared() -> Q:
    """Return the filter of a carer's answers that may stand on another's page while the carer lets them."""
    return Q(status=Status.COMPLETED.value, belongs_to=Subject.CARER.value) & ~Q(
        tags__contains=[Tag.CONCERN_FOR_CHILD.value]
    )


def information_of(tags: frozenset[str]) -> tuple[Information, ...]:
    """Return what the log calls answers: of a concern for a child only that, so that the entry is held back."""
    if Tag.CONCERN_FOR_CHILD.value in tags:
        return (Information.CONCERN_FOR_CHILD,)
    if Tag.AGREEMENT.value in tags:
        return (Information.ANSWERS, Information.AGREEMENT)
    return (Information.ANSWERS,)


def withheld_of(tags: frozenset[str]) -> tuple[Withheld, WithheldReason]:
    """Return from whom the log keeps that a child's answers were read: from those who represent the child."""
    if tags & {Tag.CHILD_8_12.value, Tag.CHILD_13_15.value, Tag.CHILD_16_18.value}:
        return Withheld.REPRESENTATIVES, WithheldReason.SAFETY
    return Withheld.NONE, WithheldReason.NOT_WITHHELD


def ensure(actor: Actor, action: str) -> None:
    """
    Let an actor pass who may do `action` anywhere.

    :raises NotAllowed: if not.
    """
    if not actor.may(action):
        raise NotAllowed(action=action, reason=NO_ROLE)


def _refused(found: Opened, action: str) -> NotAllowed:
    person_id = found.person_id
    return NotAllowed(action=action, reason=NOT_FOLLOWED_UP, subject_id=person_id, person_id=person_id)
