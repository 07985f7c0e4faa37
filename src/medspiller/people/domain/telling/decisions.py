"""Who decides on health care at which age, and what a child's word weighs."""

from dataclasses import dataclass
from enum import StrEnum

from medspiller.people.domain.roles import ADULT
from medspiller.people.domain.telling.cases import Patient
from medspiller.people.domain.telling.information import DECIDES_ALONE, MAY_REFUSE_PARENTS

HEARD_FROM = 7


class Decider(StrEnum):
    """Who says yes or no to health care."""

    PATIENT = "patient"
    PARENTS = "parents"
    GUARDIAN = "guardian"
    PROVIDER = "provider"
    PROVIDER_STRICTLY_NECESSARY = "provider_strictly_necessary"
    NOT_KNOWN = "not_known"


class Voice(StrEnum):
    """What the child's own view weighs."""

    IF_ABLE_TO_FORM_VIEWS = "if_able_to_form_views"
    HEARD = "heard"
    GREAT_WEIGHT = "great_weight"
    DECIDES = "decides"


@dataclass(frozen=True, slots=True)
class HealthDecision:
    """
    Who decides, and what the patient's own view weighs; `voice` is None for adults and where age is not known.

    `over_resistance`: whether the decision of another can be carried out against the patient's
    resistance under the patient rights act; None where the act does not say.
    """

    decider: Decider
    law: tuple[str, ...]
    voice: Voice | None = None
    over_resistance: bool | None = None
    missing: tuple[str, ...] = ()


def health_decision(
    patient: Patient, *, parents_may_know: bool | None = True, deprived_of_capacity: bool = False
) -> HealthDecision:
    """
    Say who decides on health care for a living patient (pbrl §§ 4-3 to 4-7).

    Competence is for the matter at hand, judged by the provider, written and reasoned; it is never
    a mark on a person. `parents_may_know`: False where information is withheld from the parents
    (§ 3-4 second or third paragraph). `deprived_of_capacity`: by a court, in personal matters.
    """
    if patient.age is None:
        return HealthDecision(Decider.NOT_KNOWN, ("pbrl § 4-3",), missing=("age",))
    if patient.age < DECIDES_ALONE:
        return _for_child(patient.age, parents_may_know)
    if patient.competent is None:
        return HealthDecision(Decider.NOT_KNOWN, ("pbrl § 4-3",), missing=("competent",))
    if patient.age < ADULT:
        if patient.competent:
            return HealthDecision(Decider.PATIENT, ("pbrl § 4-3 (1) b",), Voice.DECIDES)
        return HealthDecision(Decider.PARENTS, ("pbrl § 4-5",), Voice.GREAT_WEIGHT, over_resistance=False)
    if patient.competent:
        return HealthDecision(Decider.PATIENT, ("pbrl § 4-3 (1) a",))
    if deprived_of_capacity:
        return HealthDecision(Decider.GUARDIAN, ("pbrl § 4-7",))
    # Serious care: in the patient's interest and what they would have wanted; the nearest is asked, and it is written.
    return HealthDecision(Decider.PROVIDER, ("pbrl § 4-6",), over_resistance=False)


def _for_child(age: int, parents_may_know: bool | None) -> HealthDecision:
    voice = _voice(age)
    if parents_may_know is None:
        return HealthDecision(Decider.NOT_KNOWN, ("pbrl § 3-4", "pbrl § 4-3"), voice, missing=("circumstances",))
    if parents_may_know:
        return HealthDecision(Decider.PARENTS, ("pbrl § 4-4",), voice)
    if age >= MAY_REFUSE_PARENTS:
        return HealthDecision(Decider.PATIENT, ("pbrl § 4-3 (1) c",), Voice.DECIDES)
    return HealthDecision(Decider.PROVIDER_STRICTLY_NECESSARY, ("pbrl § 4-3 (6)",), voice)


def _voice(age: int) -> Voice:
    if age >= MAY_REFUSE_PARENTS:
        return Voice.GREAT_WEIGHT
    return Voice.HEARD if age >= HEARD_FROM else Voice.IF_ABLE_TO_FORM_VIEWS


def counts_as_care(*, carer_age: int | None) -> bool | None:
    """
    Say whether what a carer does may be counted when services are measured out; None if the age is not known.

    No child carries care: under 18 it never counts, whatever the child does.
    """
    return None if carer_age is None else carer_age >= ADULT
