"""
What may be told about a patient: the information table, rows I1 to I14, tried from the top.

Rows with a letter (I6b, I8b …) stand in no table of the law's information chapter; they are rights
that other paragraphs give, put where they belong in the order. See docs/may-tell.md.
"""

from medspiller.people.domain.roles import (
    ADULT,
    CHILDREN_AS_NEXT_OF_KIN,
    NEAREST,
    NEAREST_AT_DEATH,
    RESPONSIBLE_FOR_CHILD,
    Role,
)
from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling import information_words as why
from medspiller.people.domain.telling import laws, words
from medspiller.people.domain.telling.answers import Answer, Outcome, Row, Scope, Telling
from medspiller.people.domain.telling.cases import Case, Circumstance, Topic
from medspiller.people.domain.telling.unknowns import Facts, Table, decide

DECIDES_ALONE = 16
MAY_REFUSE_PARENTS = 12

# Every row below I2 first had to get past these. Circumstances can withhold anything from parents.
_PASSED = ("topic", "already_knows", "dead", "age", "roles", "circumstances")

I1 = Row("I1", Answer.MAY, Scope.GENERAL_ONLY, ("topic", "already_knows"))
I2 = Row("I2", Answer.MAY, Scope.GENERAL_ONLY, ("topic",))
I3 = Row("I3", Answer.NO, Scope.NONE)
I4 = Row("I4", Answer.NO, Scope.NONE)
I5 = Row("I5", Answer.MUST, Scope.NECESSARY_ONLY, (*_PASSED, "necessary_for_parental_responsibility"))
I6 = Row("I6", Answer.MUST, Scope.FULL, _PASSED)
I6B = Row("I6b", Answer.MAY, Scope.FULL, _PASSED)
I7 = Row("I7", Answer.NO, Scope.NONE)
I8 = Row("I8", Answer.MUST, Scope.FULL, (*_PASSED, "competent"))
I8B = Row("I8b", Answer.MUST, Scope.NECESSARY_ONLY, (*_PASSED, "competent"))
I8C = Row("I8c", Answer.MAY, Scope.NECESSARY_ONLY, (*_PASSED, "competent", "mandate_covers_health"))
I9 = Row("I9", Answer.MUST, Scope.FULL, (*_PASSED, "competent", "consent", "emergency"))
I9B = Row("I9b", Answer.MAY, Scope.FULL, ("on", *_PASSED, "competent", "consent", "consent_by_nearest"))
I9C = Row("I9c", Answer.MUST, Scope.NECESSARY_ONLY, ("on", *_PASSED, "competent", "consent"))
I10 = Row("I10", Answer.MUST, Scope.FULL, ("on", *_PASSED, "competent", "consent", "danger_to_others"))
I11 = Row("I11", Answer.MUST, Scope.FULL, ("on", *_PASSED, "competent", "consent", "concern_for_child_in_care"))
I12 = Row("I12", Answer.MUST, Scope.FULL, (*_PASSED, "death_unexpected"))
I13 = Row("I13", Answer.MAY, Scope.FULL, (*_PASSED, "weighty_reason_after_death"))
I14 = Row("I14", Answer.NO, Scope.NONE)
BEFORE_THE_LAW = Row("", Answer.UNKNOWN, Scope.NONE)

ROWS = (I1, I2, I3, I4, I5, I6, I6B, I7, I8, I8B, I8C, I9, I9B, I9C, I10, I11, I12, I13, I14)

# With a mandate that reaches to health and is shown. A verge's is most often for money.
_MANDATED = (Role.VERGE, Role.FREMTIDSFULLMEKTIG, Role.FULLMEKTIG)
_REPRESENTATIVES = (*_MANDATED, Role.VERGE_FRATATT, Role.LEGAL_REP_ECON)


def information(case: Case) -> Telling:
    """
    Say whether something may be told to somebody, how much of it, and why.

    Total: every case has an answer. What is not known is tried both ways (`unknowns`).
    """
    return decide(case, TABLE)


def _first_match(facts: Facts) -> Outcome:
    if facts.topic is Topic.GENERAL:
        return Outcome(I1, ("hpl § 23", "fvl § 11"), why.GENERAL)
    if facts.topic is Topic.LISTENING:
        return Outcome(I2, ("hpl § 21",), why.LISTENING)
    if facts.before_the_law:
        return Outcome(BEFORE_THE_LAW, (), words.BEFORE_THE_LAW)
    if facts.already_knows:
        return Outcome(I1, ("hpl § 23",), why.KNOWN)
    return of_the_dead(facts) if facts.dead else of_the_living(facts)


def of_the_dead(facts: Facts) -> Outcome:
    """Return the row for a patient who has died. What was consented to in life decides nothing by itself."""
    nearest = nearest_to_the_dead(facts)
    if nearest and facts.holds(Circumstance.DEATH_UNEXPECTED):
        law = laws.on_day(("pbrl § 3-3 (4)", "pbrl § 3-2"), facts.day_if_known)
        return Outcome(I12, law, why.DIED_UNEXPECTEDLY)
    if facts.holds(Circumstance.WEIGHTY_REASON_AFTER_DEATH):
        return Outcome(I13, ("hpl § 24",), why.WEIGHTY_REASONS)
    if nearest:
        return Outcome(I14, ("hpl § 21",), why.DEAD_NEAREST)
    if facts.has(*CHILDREN_AS_NEXT_OF_KIN) and facts.on >= laws.SIBLINGS_AND_BEREAVED:
        return Outcome(I14, ("hpl § 21", "hpl § 10 b"), why.DEAD_CHILD)
    return Outcome(I14, ("hpl § 21",), why.DEAD_OTHERS)


def nearest_to_the_dead(facts: Facts) -> bool:
    """Say whether the recipient was nearest; the parents of a child were."""
    return facts.has(*NEAREST_AT_DEATH) or (facts.has(*RESPONSIBLE_FOR_CHILD) and facts.younger_than(ADULT))


def of_the_living(facts: Facts) -> Outcome:
    """Return the row for a living patient, of health information that is new to the recipient."""
    responsible = facts.has(*RESPONSIBLE_FOR_CHILD)
    if (responsible or facts.has(Role.SAMVAERSFORELDER)) and facts.younger_than(ADULT):
        withheld = _withheld_from_parents(facts)
        if withheld and responsible and facts.holds(Circumstance.NECESSARY_FOR_PARENTAL_RESPONSIBILITY):
            return _necessary_for_parents()
        if withheld:
            return withheld
    if facts.younger_than(DECIDES_ALONE):
        return _of_a_child(facts, responsible=responsible)
    return _of_one_who_decides_alone(facts, parent=responsible and facts.younger_than(ADULT))


def _withheld_from_parents(facts: Facts) -> Outcome | None:
    if facts.holds(Circumstance.WEIGHTY_INTEREST_AGAINST_PARENTS):
        return Outcome(I3, ("pbrl § 3-4 (3)",), why.AGAINST_PARENTS)
    if (
        facts.younger_than(DECIDES_ALONE)
        and not facts.younger_than(MAY_REFUSE_PARENTS)
        and facts.holds(Circumstance.CHILD_REFUSES_WITH_REASON)
    ):
        return Outcome(I4, ("pbrl § 3-4 (2)",), why.CHILD_REFUSES)
    return None


def _necessary_for_parents() -> Outcome:
    return Outcome(I5, ("pbrl § 3-4 (4)",), why.NECESSARY_FOR_PARENTS)


def _of_a_child(facts: Facts, *, responsible: bool) -> Outcome:
    if responsible:
        return Outcome(I6, ("pbrl § 3-4 (1)", "pbrl § 3-4 (6)"), _to_parents(facts))
    if facts.has(Role.SAMVAERSFORELDER):
        return Outcome(I6B, ("barnelova § 47",), why.OTHER_PARENT)
    if facts.consent_is_known:
        return _consented(facts, law=("hpl § 22", "pbrl § 4-4"))
    return _nothing(facts)


def _to_parents(facts: Facts) -> Sentence:
    if facts.has(Role.FORELDREANSVAR):
        return why.PARENTS
    return why.IN_PLACE_OF_PARENTS if facts.on >= laws.FOSTER_PARENTS else why.CHILD_WELFARE_ONLY


def _of_one_who_decides_alone(facts: Facts, *, parent: bool) -> Outcome:
    if facts.has(*NEAREST) and (found := _as_nearest(facts)):
        return found
    if parent and not facts.competent:
        return _decides_for_youth(facts)
    if parent and facts.holds(Circumstance.NECESSARY_FOR_PARENTAL_RESPONSIBILITY):
        return _necessary_for_parents()
    if facts.has(Role.VERGE_FRATATT) and not facts.competent:
        return Outcome(I8B, ("pbrl § 4-7",), why.GUARDIAN_DECIDES)
    if facts.mandate_covers_health and facts.has(*_MANDATED) and not facts.competent:
        return Outcome(I8C, ("vgml § 25", "vgml § 78", "fvl § 12"), _of_competence(why.MANDATE_SHOWN, facts))
    # Who has no right of their own is told nothing until somebody has said yes (hpl § 21): not knowing is not a yes.
    if facts.consent_is_known and facts.competent:
        return _consented(facts, law=("hpl § 22",))
    if facts.consent_by_nearest and not facts.competent:
        return Outcome(I9B, ("hpl § 22",), _of_competence(why.NEAREST_CONSENTED, facts))
    if parent:
        return Outcome(I7, ("pbrl § 3-4 (4)",), why.YOUTH_DECIDES)
    return _nothing(facts)


def _as_nearest(facts: Facts) -> Outcome | None:
    if not facts.competent:
        return Outcome(I8, ("pbrl § 3-3 (2)",), _of_competence(why.LACKS_COMPETENCE, facts))
    # "Forholdene tilsier det": a yes is presumed of somebody who cannot be asked, never of somebody who said no.
    if not facts.refusal_is_known and facts.emergency:
        return Outcome(I9, ("pbrl § 3-3 (1)",), why.EMERGENCY)
    if facts.consented:
        return Outcome(I9, ("pbrl § 3-3 (1)",), why.CONSENTED)
    if facts.on < laws.COMPETENCE_REFORM:
        return None
    if facts.holds(Circumstance.DANGER_TO_OTHERS):
        return Outcome(I10, ("pbrl § 3-3 (3) a",), why.DANGER)
    if facts.holds(Circumstance.CONCERN_FOR_CHILD_IN_CARE):
        return Outcome(I11, ("pbrl § 3-3 (3) b",), why.CONCERN_FOR_CHILD)
    return None


def _decides_for_youth(facts: Facts) -> Outcome:
    if facts.has(Role.FORELDREANSVAR):
        return Outcome(I8B, ("pbrl § 4-5 (1)",), _of_competence(why.DECIDES_FOR_YOUTH, facts))
    # Only after a care order under § 5-1, which the role does not tell apart from §§ 4-2 and 4-3.
    text = _of_competence(why.CHILD_WELFARE_DECIDES_FOR_YOUTH, facts)
    return Outcome(I8C, ("pbrl § 4-5 (2)",), text)


def _consented(facts: Facts, *, law: tuple[str, ...]) -> Outcome:
    if facts.has(Role.BARN_PAARORENDE) and facts.on >= laws.CHILDREN_AS_NEXT_OF_KIN:
        return Outcome(I9C, ("hpl § 10 a", *law), why.CHILD_TOLD)
    return Outcome(I9B, law, why.OTHER_CONSENTED)


def _nothing(facts: Facts) -> Outcome:
    law = ("hpl § 21",)
    if facts.has(Role.BARN_PAARORENDE) and facts.on >= laws.CHILDREN_AS_NEXT_OF_KIN:
        return Outcome(I14, (*law, "hpl § 10 a"), why.CHILD_NOT_TOLD)
    if facts.younger_than(DECIDES_ALONE):
        return Outcome(I14, law, why.OTHERS)
    if facts.has(*NEAREST):
        return Outcome(I14, law, why.NEAREST_WITHOUT_CONSENT)
    if facts.has(*_REPRESENTATIVES):
        return Outcome(I14, law, why.REPRESENTATIVE)
    if not facts.competent:
        return Outcome(I14, law, _of_competence(why.OTHERS_CANNOT_BE_ASKED, facts))
    return Outcome(I14, law, why.OTHERS)


def _of_competence(text: Sentence, facts: Facts) -> Sentence:
    return words.filled(text, competence=laws.word_for_competence(facts.day_if_known))


TABLE = Table(rows=ROWS, judge=_first_match, plainly=why.PLAINLY)
