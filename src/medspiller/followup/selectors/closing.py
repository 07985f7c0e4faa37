"""What is lost sight of when a carer's file is closed: answers that nobody has read, and the agreement."""

from dataclasses import dataclass
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.models import Suggestion
from medspiller.followup.selectors.agreements import SeenAgreement, _agreement_in_file
from medspiller.followup.selectors.suggestions import SUGGESTION, SeenSuggestion, suggestions_of
from medspiller.worklist import selectors as worklist
from medspiller.worklist.domain import kinds


@dataclass(frozen=True, slots=True)
class BeforeClosing:
    """
    What to see to before a file is closed.

    `unread` are the carer's own answers that nobody has read: the file is not closed before somebody has. `agreement`
    is the one that ends with the file, None if there is none.
    """

    unread: tuple[SeenSuggestion, ...]
    agreement: SeenAgreement | None


def before_closing(*, actor: Actor, file_id: UUID) -> BeforeClosing:
    """
    Return what closing a file would put an end to. The read is in the carer's log.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE)
    found = suggestions_of(actor=actor, file_id=file_id)
    unread = _unread_answers(actor, file_id)
    return BeforeClosing(tuple(each for each in found if each.id in unread), _agreement_in_file(opened.file))


def waits_for_a_reader(*, actor: Actor, suggestion_id: UUID) -> bool:
    """
    Say whether what a carer answered to a suggestion still waits for somebody to read it. Nothing is logged by this.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    file_id = Suggestion.objects.filter(id=suggestion_id).values_list("file_id", flat=True).first()
    if file_id is None:
        raise NotFound(f"suggestion {suggestion_id}")
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE)
    return suggestion_id in _unread_answers(actor, opened.file.id)


def _unread_answers(actor: Actor, file_id: UUID) -> frozenset[UUID]:
    """Return which answers of the carer's own in a file that was opened still wait for a reader."""
    own = Suggestion.objects.filter(file_id=file_id, by_carer=True).values_list("id", flat=True)
    return worklist.open_subjects(
        actor=actors.system(actor.tenant_id),
        kind=kinds.FOLLOWUP_ANSWERED.code,
        subject_type=SUGGESTION,
        subject_ids=list(own),
    )
