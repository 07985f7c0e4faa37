"""What judging a patient rests on: who may consent for them, and what the log must keep to itself."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Shown
from medspiller.core import clock
from medspiller.people.domain.circumstances import KEPT_FROM_PARENTS, Circumstance
from medspiller.people.domain.consents import OwnerFacts
from medspiller.people.domain.persons import age_on
from medspiller.people.domain.roles import NEAREST
from medspiller.people.models import Person
from medspiller.people.selectors._owned import Opened
from medspiller.people.selectors._patient_facts import PatientFacts, facts_of

JUDGE = "people.judge"
_WITHHELD: Mapping[Circumstance, Information] = MappingProxyType(
    {
        **dict.fromkeys(KEPT_FROM_PARENTS, Information.KEPT_FROM_PARENTS),
        Circumstance.NECESSARY_FOR_PARENTAL_RESPONSIBILITY: Information.SAFETY,
        Circumstance.DANGER_TO_OTHERS: Information.SAFETY,
        Circumstance.CONCERN_FOR_CHILD_IN_CARE: Information.CONCERN_FOR_CHILD,
    }
)


def owner_facts(found: Opened) -> OwnerFacts:
    """Return what decides who may consent for an opened person now."""
    return owner_facts_from(found.person, facts_of(found.person.id, at=clock.now()))


def owner_facts_from(person: Person, facts: PatientFacts) -> OwnerFacts:
    """Return the same from what was looked up already."""
    return OwnerFacts(
        age=age_on(person.birth_date, facts.day) if person.birth_date else None,
        dead=person.died_on is not None and person.died_on <= facts.day,
        lacks_competence=any(not each.said for each in facts.decisions),
        parents_not_told=any(each.code in KEPT_FROM_PARENTS for each in facts.circumstances),
        has_nearest=any(each.role in NEAREST for each in facts.roles),
    )


def information_of(code: Circumstance) -> Information:
    """Return what the log calls a circumstance: some must not be seen there by parents, or by the patient."""
    return _WITHHELD.get(code, Information.MAY_BE_TOLD)


def withheld_of(codes: Collection[Circumstance]) -> tuple[Information, ...]:
    """Return what of these circumstances the log must keep to itself, each to stand in an entry of its own."""
    return tuple(sorted({information_of(code) for code in codes} & set(_WITHHELD.values())))


def log_reading(
    found: Opened,
    action: str,
    codes: Collection[Circumstance],
    *,
    also: tuple[Information, ...],
    others: Collection[Shown] = (),
) -> None:
    """
    Write that what was judged about a patient was read, with `others` who were shown beside, in one statement.

    What must be withheld stands in an entry of its own, so that the person still sees that the rest was read.
    """
    kept = withheld_of(codes)
    about = [Shown(found.person.id, "people.Person", found.person.id, information=also)] if also else []
    about += [Shown(found.person.id, "people.Person", found.person.id, information=(each,)) for each in kept]
    audit.record_list(actor=found.actor, action=action, information=also, shown=[*about, *others], basis=found.basis)
