"""Which roles somebody can have towards a patient: what `roles.FACTS` asks for, held against the two of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from medspiller.core.errors import MedspillerError
from medspiller.core.periods import Period
from medspiller.people.domain.persons import age_on
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import ADULT, CHILDREN_AS_NEXT_OF_KIN, FACTS, Role

BASIS_MOST = 200
REASONING_MOST = 2000
END_REASON_MOST = 200
_CHILD_OR_SIBLING = frozenset(
    {
        RelationKind.CHILD,
        RelationKind.STEP_CHILD,
        RelationKind.FOSTER_CHILD,
        RelationKind.SIBLING,
        RelationKind.STEP_SIBLING,
        RelationKind.FOSTER_SIBLING,
    }
)
# What the carer must be to the patient. A role that is not here asks for no kinship.
_KINDS = {
    **dict.fromkeys(CHILDREN_AS_NEXT_OF_KIN, _CHILD_OR_SIBLING),
    Role.SAMVAERSFORELDER: frozenset({RelationKind.PARENT}),
    # Vergemålsloven § 94.
    Role.LEGAL_REP_ECON: frozenset(
        {
            RelationKind.SPOUSE,
            RelationKind.REGISTERED_PARTNER,
            RelationKind.COHABITANT,
            RelationKind.CHILD,
            RelationKind.GRANDCHILD,
            RelationKind.PARENT,
        }
    ),
}
_ADULT_HOLDERS = frozenset(
    {Role.VERGE, Role.VERGE_FRATATT, Role.FREMTIDSFULLMEKTIG, Role.LEGAL_REP_ECON, Role.UNG_VOKSEN}
)
# What a role becomes for its holder on the day age ends it.
BECOMES = {Role.BARN_PAARORENDE: Role.UNG_VOKSEN}
# Only one of the two can be true of a child and its parent at a time.
_ONE_OF_TWO = {Role.FORELDREANSVAR: Role.SAMVAERSFORELDER, Role.SAMVAERSFORELDER: Role.FORELDREANSVAR}


@dataclass(frozen=True, slots=True)
class RoleDetails:
    """
    A role to be given, in [valid_from, valid_to).

    `named_by_patient` is None where it is not the patient who decides. `basis` is the talk or
    paper it rests on, `reasoning` why somebody whom nobody named is taken, and
    `covers_personal` whether a mandate reaches personal matters: None where it has not been seen.
    """

    role: Role
    valid_from: date
    valid_to: date | None = None
    named_by_patient: bool | None = None
    basis: str = ""
    reasoning: str = ""
    covers_personal: bool | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """
    What matters about the two when a role is given.

    `kinds` is what the carer is to the patient now, `relation` how long the relation that the
    role rests on lasts, `held` the roles the carer has towards the patient on the day, and
    `nearest_named` whether the patient has named somebody as nearest, this carer or another.
    """

    kinds: frozenset[RelationKind]
    relation: Period
    patient_born: date | None = None
    patient_died_on: date | None = None
    carer_born: date | None = None
    carer_died_on: date | None = None
    held: frozenset[Role] = frozenset()
    nearest_named: bool = False


class RoleRefused(MedspillerError):
    """A role cannot be had; `problems` maps the detail to a code of what is wrong."""

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        super().__init__(", ".join(f"{name}: {problem}" for name, problem in problems.items()))


class RoleAlreadyHeld(MedspillerError):
    """The carer has the role towards the patient already, in some of that time."""


class CannotReopen(MedspillerError):
    """A role is opened again only on the day it was ended from: later, it is given anew."""


def role_on(
    role: Role, *, day: date, patient_born: date | None, holder_born: date | None, patient_died_on: date | None = None
) -> Role | None:
    """
    Return what a role that was given is on a day, by the ages of the two: itself, what it has become, or None.

    Nothing has to be written on a birthday: whoever had parental responsibility has it no more
    on the day the child is eighteen, and a child as next of kin is a young adult from that day.
    Whoever has died grows no older. Where a birth date is not known, age ends nothing.

    >>> role_on(Role.FORELDREANSVAR, day=date(2026, 5, 4), patient_born=date(2008, 5, 4), holder_born=None) is None
    True
    """
    facts = FACTS[role]
    counted = min(day, patient_died_on) if patient_died_on else day
    if _has_reached(facts.patient_under, patient_born, counted):
        return None
    if not _has_reached(facts.holder_under, holder_born, day):
        return role
    later = BECOMES.get(role)
    if later is None or _has_reached(FACTS[later].holder_under, holder_born, day):
        return None
    return later


def tidy_role(details: RoleDetails) -> RoleDetails:
    """Return the details with the spaces that nobody meant taken out."""
    reasoning = "\n".join(line.rstrip() for line in details.reasoning.strip().splitlines())
    return replace(details, basis=" ".join(details.basis.split()), reasoning=reasoning)


def ensure_role_fits(details: RoleDetails, *, standing: Standing) -> None:
    """
    Accept a tidy role that the carer can have.

    :raises RoleRefused: with everything that speaks against it.
    """
    problems: dict[str, str] = {}
    for name, problem in (*_written(details), *_period(details, standing), *_who(details, standing)):
        problems.setdefault(name, problem)
    if problems:
        raise RoleRefused(problems)


def _written(details: RoleDetails) -> Iterator[tuple[str, str]]:
    facts = FACTS[details.role]
    if facts.named_by_patient and details.named_by_patient is not True:
        yield "named_by_patient", "not_named"
    if facts.needs_reasoning and not details.reasoning:
        yield "reasoning", "missing"
    if facts.needs_mandate and not details.basis:
        yield "basis", "mandate_missing"
    if len(details.basis) > BASIS_MOST or not details.basis.isprintable():
        yield "basis", "too_long"
    if len(details.reasoning) > REASONING_MOST:
        yield "reasoning", "too_long"


def _period(details: RoleDetails, standing: Standing) -> Iterator[tuple[str, str]]:
    if details.valid_to is not None and details.valid_to <= details.valid_from:
        yield "valid_to", "not_after_start"
        return
    if details.valid_from not in standing.relation:
        yield "valid_from", "outside_relation"
    elif standing.relation.end is not None and (details.valid_to is None or details.valid_to > standing.relation.end):
        yield "valid_to", "outside_relation"


def _who(details: RoleDetails, standing: Standing) -> Iterator[tuple[str, str]]:
    yield from _alive(details, standing)
    yield from _old_enough(details, standing)
    kinds = _KINDS.get(details.role)
    if kinds is not None and not kinds & standing.kinds:
        yield "role", "not_that_kin"
    if details.role is Role.NAERMESTE_STATUTORY and standing.nearest_named:
        yield "role", "patient_has_named"
    if _ONE_OF_TWO.get(details.role) in standing.held:
        yield "role", "has_the_other"


def _alive(details: RoleDetails, standing: Standing) -> Iterator[tuple[str, str]]:
    died_on, begins = standing.patient_died_on, details.valid_from
    if FACTS[details.role].patient_dead:
        if died_on is None:
            yield "role", "patient_alive"
        elif begins < died_on:
            yield "valid_from", "before_death"
    elif died_on is not None and begins > died_on:
        yield "role", "patient_dead"
    if standing.carer_died_on is not None and begins > standing.carer_died_on:
        yield "role", "carer_dead"


def _has_reached(years: int | None, born: date | None, day: date) -> bool:
    return years is not None and born is not None and age_on(born, day) >= years


def _old_enough(details: RoleDetails, standing: Standing) -> Iterator[tuple[str, str]]:
    facts = FACTS[details.role]
    ends_at, born = facts.patient_under, standing.patient_born
    if born and ends_at is not None and age_on(born, details.valid_from) >= ends_at:
        yield "role", "patient_too_old"
    if standing.carer_born:
        age = age_on(standing.carer_born, details.valid_from)
        if facts.holder_under is not None and age >= facts.holder_under:
            yield "role", "holder_too_old"
        if details.role in _ADULT_HOLDERS and age < ADULT:
            yield "role", "holder_too_young"
