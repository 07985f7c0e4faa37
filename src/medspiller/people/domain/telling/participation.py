"""Who takes part in what is decided about a patient's care: the participation table."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from medspiller.people.domain.roles import ADULT, NEAREST, RESPONSIBLE_FOR_CHILD, Role
from medspiller.people.domain.telling import laws, words
from medspiller.people.domain.telling import participation_words as why
from medspiller.people.domain.telling.answers import Answer, Outcome, Row, Scope, Telling
from medspiller.people.domain.telling.cases import Case, Circumstance
from medspiller.people.domain.telling.information import DECIDES_ALONE, MAY_REFUSE_PARENTS
from medspiller.people.domain.telling.unknowns import Facts, Table, decide


class Matter(StrEnum):
    """What there is to take part in."""

    CARE = "care"
    OWN_SUPPORT = "own_support"
    INDIVIDUAL_PLAN = "individual_plan"
    COERCION_IN_MENTAL_HEALTH_CARE = "coercion_in_mental_health_care"
    COERCION_FOR_DISABLED = "coercion_for_disabled"


P1 = Row("P1", Answer.MUST, Scope.FULL, ("dead", "age", "roles", "circumstances"))
P1_NECESSARY = Row("P1", Answer.MUST, Scope.NECESSARY_ONLY, ("dead", "age", "roles", "circumstances"))
P1_WITHHELD = Row("P1", Answer.NO, Scope.NONE)
P1B = Row("P1b", Answer.MAY, Scope.NECESSARY_ONLY, ("dead", "age", "roles", "circumstances"))
P3 = Row("P3", Answer.MUST, Scope.FULL, ("dead", "age", "roles", "competent"))
P4A = Row("P4a", Answer.MUST, Scope.FULL, ("on", "dead", "age", "roles", "competent", "consent", "danger_to_others"))
P4B = Row(
    "P4b", Answer.MUST, Scope.FULL, ("on", "dead", "age", "roles", "competent", "consent", "concern_for_child_in_care")
)
P2 = Row("P2", Answer.MAY, Scope.FULL, ("dead", "age", "competent", "consent"))
P5 = Row("P5", Answer.MUST, Scope.FULL, ("roles",))
P6 = Row("P6", Answer.MAY, Scope.FULL, ("consent",))
P7 = Row("P7", Answer.MUST, Scope.FULL, ("roles",))
P8 = Row("P8", Answer.MUST, Scope.FULL, ("roles",))
P9 = Row("P9", Answer.NO, Scope.NONE)
ROWS = (P1, P1_NECESSARY, P1_WITHHELD, P1B, P3, P4A, P4B, P2, P5, P6, P7, P8, P9)

_HEARD_ON_COERCION = (Role.PAARORENDE, *NEAREST, Role.VERGE, Role.VERGE_FRATATT)


def participation(case: Case, matter: Matter = Matter.CARE) -> Telling:
    """
    Say whether the recipient of a case takes part in a matter about the patient.

    `MUST` is a right of theirs, `MAY` rests on the patient's wish. `case.consent` is here the
    patient's wish that this person takes part. The topic does not count.
    """
    return decide(case, Table(rows=ROWS, judge=_JUDGES[matter], plainly=why.PLAINLY))


def _in_care(facts: Facts) -> Outcome:
    if facts.dead:
        return Outcome(P9, ("pbrl § 3-1",), why.DEAD)
    if facts.younger_than(DECIDES_ALONE):
        return _for_child(facts)
    if facts.has(*NEAREST) and (found := _as_nearest(facts)):
        return found
    if _decides_instead(facts) and not facts.competent:
        text = words.filled(why.DECIDES_INSTEAD, competence=laws.word_for_competence(facts.day_if_known))
        return Outcome(P3, ("pbrl § 4-7" if facts.has(Role.VERGE_FRATATT) else "pbrl § 4-5",), text)
    if facts.consented and facts.competent:
        return Outcome(P2, laws.on_day(("pbrl § 3-1 (5)",), facts.day_if_known), why.WISHED)
    return Outcome(P9, ("pbrl § 3-1",), why.NOT_WISHED)


def _for_child(facts: Facts) -> Outcome:
    if not facts.has(*RESPONSIBLE_FOR_CHILD, Role.SAMVAERSFORELDER):
        if facts.consented:
            return Outcome(P2, laws.on_day(("pbrl § 3-1 (5)",), facts.day_if_known), why.WISHED)
        return Outcome(P9, ("pbrl § 3-1",), why.NOT_WISHED)
    if _withheld(facts):
        necessary = facts.has(*RESPONSIBLE_FOR_CHILD) and facts.holds(
            Circumstance.NECESSARY_FOR_PARENTAL_RESPONSIBILITY
        )
        if necessary:
            return Outcome(P1_NECESSARY, ("pbrl § 3-4 (4)", "pbrl § 3-1"), why.FOR_CHILD_NECESSARY)
        return Outcome(P1_WITHHELD, ("pbrl § 3-4 (2)", "pbrl § 3-4 (3)"), why.FOR_CHILD_WITHHELD)
    if facts.has(*RESPONSIBLE_FOR_CHILD):
        return Outcome(P1, ("pbrl § 3-1", "pbrl § 4-4"), why.FOR_CHILD)
    return Outcome(P1B, ("pbrl § 4-4 (2)",), why.OTHER_PARENT)


def _withheld(facts: Facts) -> bool:
    """Say whether the parents may not know, and so cannot act for the child in it."""
    if facts.holds(Circumstance.WEIGHTY_INTEREST_AGAINST_PARENTS):
        return True
    return not facts.younger_than(MAY_REFUSE_PARENTS) and facts.holds(Circumstance.CHILD_REFUSES_WITH_REASON)


def _as_nearest(facts: Facts) -> Outcome | None:
    if not facts.competent:
        text = words.filled(why.WITH_PATIENT, competence=laws.word_for_competence(facts.day_if_known))
        return Outcome(P3, ("pbrl § 3-1 (3)",), text)
    if facts.consented:
        return Outcome(P2, laws.on_day(("pbrl § 3-1 (5)",), facts.day_if_known), why.WISHED)
    if facts.on < laws.COMPETENCE_REFORM:
        return None
    if facts.holds(Circumstance.DANGER_TO_OTHERS):
        return Outcome(P4A, ("pbrl § 3-1 (4) a",), why.DANGER)
    if facts.holds(Circumstance.CONCERN_FOR_CHILD_IN_CARE):
        return Outcome(P4B, ("pbrl § 3-1 (4) b",), why.CONCERN_FOR_CHILD)
    return None


def _decides_instead(facts: Facts) -> bool:
    if facts.has(Role.VERGE_FRATATT):
        return True
    return facts.has(*RESPONSIBLE_FOR_CHILD) and facts.younger_than(ADULT)


def _in_own_support(facts: Facts) -> Outcome:
    if facts.has(Role.OMSORGSYTER_TYNGENDE):
        return Outcome(P5, ("hol § 3-6", "pbrl § 2-8", "pbrl § 3-1 (2)"), why.OWN_SUPPORT)
    return Outcome(P9, ("hol § 3-6",), why.NOT_OWN_SUPPORT)


def _in_individual_plan(facts: Facts) -> Outcome:
    law = ("forskrift 2022-1110 § 4", "forskrift 2022-1110 § 5", "forskrift 2022-1110 § 9")
    return Outcome(P6, law, why.PLAN) if facts.consented else Outcome(P9, law, why.PLAN_NOT_WISHED)


def _on_coercion(facts: Facts) -> Outcome:
    if facts.has(*NEAREST):
        return Outcome(P7, ("phvl § 3-3 a", "phvl § 3-7", "phvl § 3-9"), why.COERCION)
    return Outcome(P9, ("phvl § 3-3 a",), why.NOT_ON_COERCION)


def _on_coercion_for_disabled(facts: Facts) -> Outcome:
    law = ("hol § 9-3", "hol § 9-8", "hol § 9-11")
    if facts.has(*_HEARD_ON_COERCION):
        return Outcome(P8, law, why.COERCION_FOR_DISABLED)
    return Outcome(P9, law, why.NOT_ON_COERCION)


_JUDGES: Mapping[Matter, Callable[[Facts], Outcome]] = MappingProxyType(
    {
        Matter.CARE: _in_care,
        Matter.OWN_SUPPORT: _in_own_support,
        Matter.INDIVIDUAL_PLAN: _in_individual_plan,
        Matter.COERCION_IN_MENTAL_HEALTH_CARE: _on_coercion,
        Matter.COERCION_FOR_DISABLED: _on_coercion_for_disabled,
    }
)
