"""What a carer lacks, and where they said so."""

from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.followup import policies
from medspiller.followup.selectors._lacking import SeenNeed, needs_in_file


def needs_of(*, actor: Actor, file_id: UUID) -> list[SeenNeed]:
    """
    Return what a carer lacks, what was said last first. The read is in the carer's log.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    opened = policies.opened_file(actor, file_id, own_action=policies.READ_OWN_FILE)
    found = needs_in_file(opened)
    audit.record(
        actor=opened.actor,
        action=policies.READ_FILE,
        kind=Kind.READ,
        information=(Information.NEEDS,),
        subject_type="followup.CarerFile",
        subject_id=file_id,
        person_id=opened.file.carer_id,
        basis=opened.subject.basis,
    )
    return found
