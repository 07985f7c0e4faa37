"""Who may complain of what, to whom, and until when: the complaint table."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from medspiller.core.periods import Period
from medspiller.people.domain.roles import ADULT, NEAREST, NEAREST_AT_DEATH, RESPONSIBLE_FOR_CHILD, Role
from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling import complaint_words as why
from medspiller.people.domain.telling import words
from medspiller.people.domain.telling.answers import Answer, Outcome, Row, Scope, Telling
from medspiller.people.domain.telling.cases import Case
from medspiller.people.domain.telling.information import DECIDES_ALONE, nearest_to_the_dead
from medspiller.people.domain.telling.unknowns import Facts, Table, decide

# pbrl § 7-5: four weeks. It goes before the three weeks of forvaltningsloven § 29.
FOUR_WEEKS = 28
# pbrl § 2-7 second paragraph: longer than two weeks.
TWO_WEEKS = 14
FORMAL_LAW = ("pbrl § 2-7 (2)",)
# Where a complaint of one's own rights or support is sent in time.
PERIOD_LAW = ("pbrl § 7-5",)


class ShorterThanTheLaw(ValueError):
    """A municipality may give longer than the law's deadline, never less."""

    def __init__(self, days: int):
        self.days = days
        super().__init__(f"{days} days is less than the {FOUR_WEEKS} of pbrl § 7-5")


class Complaint(StrEnum):
    """What is complained of."""

    PATIENT_RIGHTS = "patient_rights"
    OWN_RIGHTS = "own_rights"
    OWN_SUPPORT = "own_support"
    SUPERVISION = "supervision"
    SERIOUS_EVENT = "serious_event"
    OMBUD = "ombud"


C1 = Row("C1", Answer.MAY, Scope.FULL, ("roles", "age", "competent", "dead"))
C2 = Row("C2", Answer.MAY, Scope.FULL, ("roles", "age", "dead"))
C3 = Row("C3", Answer.MAY, Scope.FULL)
C4 = Row("C4", Answer.MAY, Scope.FULL, ("roles", "age", "competent", "dead"))
C5 = Row("C5", Answer.MAY, Scope.FULL, ("roles",))
C6 = Row("C6", Answer.MAY, Scope.FULL)
C7 = Row("C7", Answer.NO, Scope.NONE)
ROWS = (C1, C2, C3, C4, C5, C6, C7)


def complaint(case: Case, about: Complaint) -> Telling:
    """
    Say whether the recipient of a case may complain, and to whom.

    `MAY` is a right to complain. Consent and topic do not count: a power of attorney makes its
    holder `FULLMEKTIG`.
    """
    return decide(case, Table(rows=ROWS, judge=_JUDGES[about], plainly=why.PLAINLY))


def complaint_period(*, known_from: date, days: int = FOUR_WEEKS) -> Period:
    """
    Return the days on which a complaint is in time, counted from the day the decision was known.

    The day of knowing is not counted: a letter read on 1 October can be complained of through
    29 October, which is `last_day`; the period ends, not included, on the 30th. Knowing is having
    or having had to have enough to complain (pbrl § 7-5). Too late is not the end: see fvl § 31.

    :raises ShorterThanTheLaw: for less than four weeks.
    """
    if days < FOUR_WEEKS:
        raise ShorterThanTheLaw(days)
    return Period(known_from, known_from + timedelta(days=days + 1))


def formal_procedure(*, expected_days: int | None) -> Telling:
    """
    Say whether a decision on carer support must follow forvaltningsloven chapters IV and V (pbrl § 2-7).

    `expected_days` is how many days the service is expected to last in all; None is not known.
    """
    law = FORMAL_LAW
    if expected_days is None:
        text = words.find_out(["expected_days"], day=None)
        return Telling(Answer.UNKNOWN, Scope.NONE, "D1", law, text, ("expected_days",))
    if expected_days > TWO_WEEKS:
        return Telling(Answer.MUST, Scope.FULL, "D1", law, why.FORMAL, conditions=frozenset({"expected_days"}))
    return Telling(Answer.NO, Scope.NONE, "D1", law, why.NOT_FORMAL)


def formal_procedure_in_words() -> Sentence:
    """Say how `formal_procedure` goes by how long a service is expected to last, where nobody knows that yet."""
    return why.FORMAL_BY_LENGTH


def _patient_rights(facts: Facts) -> Outcome:
    law = ("pbrl § 7-2 (1)", "pbrl § 7-2 (3)", "pbrl § 7-5")
    if facts.has(Role.FULLMEKTIG) and not facts.dead:
        return Outcome(C1, law, why.WITH_POWER_OF_ATTORNEY)
    if _decides_for_patient(facts):
        return Outcome(C1, law, why.FOR_PATIENT)
    return Outcome(C7, law, why.NOT_FOR_PATIENT)


def _decides_for_patient(facts: Facts) -> bool:
    if facts.dead:
        return False
    if facts.has(*RESPONSIBLE_FOR_CHILD) and facts.younger_than(ADULT):
        return facts.younger_than(DECIDES_ALONE) or not facts.competent
    return facts.has(Role.VERGE_FRATATT) and not facts.competent


def _own_rights(facts: Facts) -> Outcome:
    law = ("pbrl § 7-2 (2)", "pbrl § 7-5")
    if facts.has(Role.SAMVAERSFORELDER) and facts.younger_than(ADULT):
        return Outcome(C2, ("barnelova § 47", *law), why.OTHER_PARENT)
    parent = facts.has(*RESPONSIBLE_FOR_CHILD) and facts.younger_than(ADULT)
    if parent or facts.has(*NEAREST) or (facts.has(*NEAREST_AT_DEATH) and facts.dead):
        return Outcome(C2, law, why.OWN_RIGHTS)
    return Outcome(C7, law, why.NO_OWN_RIGHTS)


def _own_support(_: Facts) -> Outcome:
    return Outcome(C3, ("hol § 3-6", "pbrl § 2-8", "pbrl § 7-2", "pbrl § 7-5"), why.OWN_SUPPORT)


def _supervision(facts: Facts) -> Outcome:
    law = ("pbrl § 7-4",)
    if facts.dead:
        return Outcome(C4, law, why.SUPERVISION) if nearest_to_the_dead(facts) else Outcome(C7, law, why.TIP_ONLY)
    if facts.has(*NEAREST) and not facts.younger_than(ADULT) and not facts.competent:
        return Outcome(C4, law, why.SUPERVISION)
    if facts.has(Role.FULLMEKTIG) or _decides_for_patient(facts):
        return Outcome(C4, law, why.SUPERVISION)
    return Outcome(C7, law, why.TIP_ONLY)


def _serious_event(facts: Facts) -> Outcome:
    if facts.has(*NEAREST_AT_DEATH, *RESPONSIBLE_FOR_CHILD):
        return Outcome(C5, ("pbrl § 7-6",), why.SERIOUS_EVENT)
    return Outcome(C7, ("pbrl § 7-6",), why.TIP_ONLY)


def _ombud(_: Facts) -> Outcome:
    return Outcome(C6, ("pbrl kapittel 8",), why.OMBUD)


_JUDGES: Mapping[Complaint, Callable[[Facts], Outcome]] = MappingProxyType(
    {
        Complaint.PATIENT_RIGHTS: _patient_rights,
        Complaint.OWN_RIGHTS: _own_rights,
        Complaint.OWN_SUPPORT: _own_support,
        Complaint.SUPERVISION: _supervision,
        Complaint.SERIOUS_EVENT: _serious_event,
        Complaint.OMBUD: _ombud,
    }
)
