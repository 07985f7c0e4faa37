"""Whether a first talk can be taken back as a whole, and what is in the way."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.domain.taking_back import InTheWay, Problem
from medspiller.people.models import FirstTalk, Person
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._built import built_upon, ensure_recorded_by, new_of, problem_of, rows_of


@dataclass(frozen=True, slots=True)
class ToTakeBack:
    """
    A talk as whoever stored it sees it before taking it back.

    `persons` are those whom it alone has registered, `rows` how many other things it wrote down. With a `problem` it
    stays; `in_the_way` and `others`, which is in words, say what was built upon it.
    """

    talk_id: UUID
    patient_id: UUID
    patient_name: str
    recorded_at: datetime
    persons: int
    rows: int
    problem: Problem | None = None
    in_the_way: tuple[InTheWay, ...] = ()
    others: tuple[str, ...] = ()


def talk_to_take_back(*, actor: Actor, talk_id: UUID) -> ToTakeBack:
    """
    Return a talk that the actor stored, and whether it can be taken back. The read is in the log.

    :raises NotFound: if there is no such talk, or somebody else stored it; `Closed`, if the actor has no need to know
        the patient any more.
    :raises NotAllowed: if it is the actor's own file.
    """
    row = FirstTalk.objects.filter(id=talk_id).select_related("patient").first()
    if row is None:
        raise NotFound(f"first talk {talk_id}")
    answer = policies.ensure_open(actor, row.patient, action=policies.REGISTER_PERSON, at=clock.now())
    ensure_recorded_by(actor, row)
    audit.record(
        actor=actor,
        action=policies.REGISTER_PERSON,
        kind=Kind.READ,
        information=(Information.REGISTRATION, Information.NAME_AND_BIRTH),
        subject_type="people.FirstTalk",
        subject_id=row.id,
        person_id=row.patient_id,
        basis=policies.basis_of(answer),
    )
    written = rows_of(row)
    made = new_of(written, Person)
    problem = problem_of(row)
    in_the_way, others = ((), ()) if problem else built_upon(row, actor=actor)
    return ToTakeBack(
        talk_id=row.id,
        patient_id=row.patient_id,
        patient_name=row.patient.name,
        recorded_at=row.recorded_at,
        persons=len(made),
        rows=len(written) - len(made),
        problem=problem or (Problem.BUILT_UPON if in_the_way or others else None),
        in_the_way=in_the_way,
        others=others,
    )


def registration_was_taken_back(*, actor: Actor, person_id: UUID, patient_id: UUID | None = None) -> bool:
    """
    Say to a job whether a person was registered by mistake, or, with `patient_id`, as that patient's carer.

    For anybody but a job nothing is said, and False looks like it.
    """
    if actor.kind is not ActorKind.SYSTEM:
        return False
    taken_back = FirstTalk.objects.filter(taken_back_at__isnull=False)
    if taken_back.filter(not_registered__contains=[person_id]).exists():
        return True
    if patient_id is None or not taken_back.filter(patient_id=patient_id).exists():
        return False
    return not owned.have_to_do_with(person_id, patient_id)
