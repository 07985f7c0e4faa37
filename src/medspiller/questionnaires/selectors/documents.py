"""Documents that somebody has asked for: their own, for as long as they are kept."""

import base64
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.definition.documents import DOCUMENT_KEPT, LOST_AFTER
from medspiller.questionnaires.models import Document
from medspiller.questionnaires.selectors.answers import ReadResponse, response
from medspiller.ui.documents import Problem, SeenDocument


def document(*, actor: Actor, response_id: UUID) -> SeenDocument | None:
    """
    Return how far the document has come that the actor has asked for; None if they have not, or it is gone.

    It tells nothing of the answers and is not logged: fetching it is, and asks anew who the actor is.

    :raises NotAllowed: for whoever may not read answers anywhere.
    """
    policies.ensure(actor, policies.ANSWER_OWN if actor.kind is ActorKind.CITIZEN else policies.READ)
    row = _own(actor, response_id)
    if row is None:
        return None
    return SeenDocument(
        is_ready=row.made_at is not None,
        problem=Problem(row.problem) if row.problem else None,
        kept_until=(row.made_at or row.asked_at) + DOCUMENT_KEPT,
    )


def document_file(*, actor: Actor, response_id: UUID) -> tuple[ReadResponse, bytes]:
    """
    Return the answers and the document that the actor has asked for. The read is in the log as any of the answers.

    :raises NotFound: if there is none, it is gone, or the answers have been marked as wrong since; or if there are no
        such answers that the actor may know of.
    :raises NotAllowed: if it is the actor's own file, or nobody at their unit follows the person up.
    """
    found = response(actor=actor, response_id=response_id)
    row = _own(actor, response_id)
    wrong_at = found.row.wrong_at
    if row is None or row.pdf is None or (wrong_at is not None and wrong_at > row.asked_at):
        raise NotFound(f"document of {response_id}")
    return found, base64.b64decode(row.pdf)


def _own(actor: Actor, response_id: UUID) -> Document | None:
    row = Document.objects.filter(response_id=response_id, asked_by=actor.id).first()
    if row is None or (row.made_at or row.asked_at) + DOCUMENT_KEPT <= clock.now():
        return None
    is_lost = row.made_at is None and not row.problem and row.asked_at + LOST_AFTER <= clock.now()
    return None if is_lost else row
