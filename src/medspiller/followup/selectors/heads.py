"""Whose file it is, for a page that shows one part of it."""

from dataclasses import dataclass
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.followup import policies
from medspiller.followup.domain.files import FileKind, FileState
from medspiller.people.selectors import Subject


@dataclass(frozen=True, slots=True)
class FileHead:
    """Whose file it is and who follows them up. `contact` is empty where nobody is."""

    id: UUID
    carer: Subject
    kind: FileKind
    state: FileState
    unit_name: str
    contact: str
    may_keep: bool

    @property
    def is_child(self) -> bool:
        return self.kind is FileKind.CHILD

    @property
    def may_write(self) -> bool:
        """Whether the reader may write in it now: a closed file is opened again first."""
        return self.may_keep and self.state is FileState.OPEN


def head(*, actor: Actor, file_id: UUID) -> FileHead:
    """
    Return whose file it is. Nothing is logged by this: what a page shows of the file is read, and logged, beside it.

    :raises NotFound: if there is none; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own, or nobody at their units follows the carer up for the carer's sake.
    """
    opened = policies.opened_file(actor, file_id)
    row = opened.file
    return FileHead(
        id=row.id,
        carer=opened.subject,
        kind=FileKind(row.kind),
        state=FileState(row.state),
        unit_name=row.unit.name,
        contact=row.contact_name,
        may_keep=actor.may(policies.KEEP_FILE, unit_id=opened.subject.unit_id),
    )


def letter_head(*, actor: Actor, file_id: UUID) -> FileHead:
    """
    Return the same for a letter to the carer, which names the contact person and nothing else. The read is logged.

    :raises NotFound: as `head` does.
    :raises NotAllowed: as `head` does.
    """
    found = head(actor=actor, file_id=file_id)
    audit.record(
        actor=actor,
        action=policies.READ_FILE,
        kind=Kind.READ,
        information=(Information.CONTACT_PERSON,),
        subject_type="followup.CarerFile",
        subject_id=file_id,
        person_id=found.carer.person_id,
        basis=found.carer.basis,
    )
    return found


def concern_head(*, actor: Actor, child_file_id: UUID) -> FileHead:
    """
    Return the same for a page on which something is written of a child's safety: it is in the log, and held back there.

    :raises NotFound: as `head` does.
    :raises NotAllowed: as `head` does.
    """
    found = head(actor=actor, file_id=child_file_id)
    audit.record(
        actor=actor,
        action=policies.READ_FILE,
        kind=Kind.READ,
        information=(Information.CONCERN_FOR_CHILD,),
        subject_type="people.Person",
        subject_id=found.carer.person_id,
        person_id=found.carer.person_id,
        basis=found.carer.basis,
    )
    return found
