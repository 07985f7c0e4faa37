"""
Children and young siblings as next of kin: how far it has come with a patient (helsepersonelloven §§ 10 a and 10 b).

Ask, register, assess, and then the child's own plan, which begins with the talk with the parents. What stands where is
computed from what is written down, and never ticked.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from medspiller.core.errors import MedspillerError
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.sentences import Sentence

GROWN_AT = 18


class Stage(StrEnum):
    """
    How far it has come, with a patient or with one child.

    `NOT_A_MATTER`: no reason to ask is recorded. `ASK`: there is, and nobody has asked. `REGISTER`: there are children,
    and none is registered. `ASSESS`: what the child needs is to be found out. `UNDER_WAY`: the child's own plan runs.
    """

    NOT_A_MATTER = "not_a_matter"
    ASK = "ask"
    NO_CHILDREN = "no_children"
    REGISTER = "register"
    ASSESS = "assess"
    UNDER_WAY = "under_way"
    CLOSED = "closed"


OWN = frozenset({RelationKind.CHILD, RelationKind.STEP_CHILD, RelationKind.FOSTER_CHILD})
_SIBLINGS = (RelationKind.SIBLING, RelationKind.STEP_SIBLING, RelationKind.FOSTER_SIBLING)
# § 10 a holds for step-, foster- and adopted children as for others.
PATHWAYS: Mapping[RelationKind, str] = MappingProxyType(
    dict.fromkeys(OWN, "child-of-parent") | dict.fromkeys(_SIBLINGS, "sibling")
)
BEREAVED = "bereaved-child"

BECOMES_ADULT = (
    Sentence(
        "Mappa blir en voksen pårørendes mappe. Den unge ser og svarer selv, og foreldrene får vite det den unge vil.",
        "Mappa blir mappa til ein vaksen pårørande. Den unge ser og svarer sjølv, og foreldra får vite det den unge "
        "vil.",
        "The file becomes an adult carer's. The young person reads and answers, and the parents are told what they "
        "wish.",
    ),
    Sentence(
        "Planen for barn som pårørende går ikke videre av seg selv. Avslutt den sammen, eller start en plan for "
        "voksne.",
        "Planen for barn som pårørande går ikkje vidare av seg sjølv. Avslutt han saman, eller start ein plan for "
        "vaksne.",
        "The plan for children as next of kin does not go on by itself. Close it together, or start one for adults.",
    ),
    Sentence(
        "Den unge kan selv søke kommunen om støtte som pårørende.",
        "Den unge kan sjølv søkje kommunen om støtte som pårørande.",
        "The young person can apply to the municipality for support as a carer.",
    ),
)


class ChildRefused(MedspillerError):
    """
    A child's file cannot be opened so, or not become an adult's; `problem` says why.

    `not_a_child`: they are not a minor. `not_related`: they are no child or sibling of the patient.
    `not_grown`: they are not eighteen. `adult`: it is an adult's already.
    """

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


def stage_of_patient(*, has_reason: bool, died: bool, unanswered: bool, said_yes: bool, registered: int) -> Stage:
    """Return how far it has come with a patient: `registered` is how many minor children and siblings are."""
    if unanswered:
        return Stage.ASK if has_reason or died else Stage.NOT_A_MATTER
    if registered:
        return Stage.ASSESS
    return Stage.REGISTER if said_yes else Stage.NO_CHILDREN


def stage_of_child(*, has_file: bool, open_plans: int, plans: int) -> Stage:
    """Return how far it has come with one child, from the plans about this patient in the child's file."""
    if open_plans:
        return Stage.UNDER_WAY
    return Stage.CLOSED if plans and has_file else Stage.ASSESS


def pathway_for(kinds: Collection[RelationKind], *, patient_died: bool) -> str:
    """
    Return the pathway for a minor whom the patient has as these.

    :raises ChildRefused: if none is for them: the law speaks of children and siblings.
    """
    found = next((PATHWAYS[kind] for kind in (*OWN, *_SIBLINGS) if kind in kinds), None)
    if found is None:
        raise ChildRefused("not_related")
    return BEREAVED if patient_died else found
