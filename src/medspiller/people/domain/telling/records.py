"""Who may read the patient's record: the record access table."""

from collections.abc import Mapping
from types import MappingProxyType

from medspiller.people.domain.roles import CHILDREN_AS_NEXT_OF_KIN, Role
from medspiller.people.domain.sentences import Sentence
from medspiller.people.domain.telling.answers import Answer, Outcome, Row, Scope, Telling
from medspiller.people.domain.telling.cases import Case, Circumstance
from medspiller.people.domain.telling.information import I6B, nearest_to_the_dead, of_the_living
from medspiller.people.domain.telling.information import ROWS as INFORMATION_ROWS
from medspiller.people.domain.telling.unknowns import Facts, Table, decide

R1 = Row("R1", Answer.MUST, Scope.FULL, ("dead", "age", "roles"))
R2 = Row("R2", Answer.MAY, Scope.FULL, ("dead", "weighty_reason_after_death"))
R3 = Row("R3", Answer.NO, Scope.NONE)
ROWS = (*INFORMATION_ROWS, R1, R2, R3)

PLAINLY: Mapping[tuple[Answer, Scope], Sentence] = MappingProxyType(
    {
        (Answer.MUST, Scope.FULL): Sentence(
            "Personen har rett til å se journalen.",
            "Personen har rett til å sjå journalen.",
            "The person has a right to see the record.",
        ),
        (Answer.MUST, Scope.NECESSARY_ONLY): Sentence(
            "Personen har rett til å se det i journalen som er nødvendig, og ikke mer.",
            "Personen har rett til å sjå det i journalen som er nødvendig, og ikkje meir.",
            "The person has a right to see what is necessary in the record, and no more.",
        ),
        (Answer.MAY, Scope.FULL): Sentence(
            "Personen kan få se journalen, så langt samtykket rekker.",
            "Personen kan få sjå journalen, så langt samtykket rekk.",
            "The person may see the record, as far as the consent reaches.",
        ),
        (Answer.MAY, Scope.NECESSARY_ONLY): Sentence(
            "Personen kan få se det i journalen som trengs for oppgaven, og ikke mer.",
            "Personen kan få sjå det i journalen som trengst for oppgåva, og ikkje meir.",
            "The person may see what the task needs in the record, and no more.",
        ),
        (Answer.NO, Scope.NONE): Sentence(
            "Personen kan ikke få se journalen. Det som står om personen selv, kan personen be om å få se.",
            "Personen kan ikkje få sjå journalen. Det som står om personen sjølv, kan personen be om å få sjå.",
            "The person may not see the record. The person can ask to see what is written about themselves.",
        ),
    }
)
AFTER_DEATH = Sentence(
    "Nærmeste pårørende har rett til å se journalen etter dødsfallet, når ikke særlige grunner taler mot det. "
    "Et tydelig nei fra pasienten i live kan være en slik grunn.",
    "Næraste pårørande har rett til å sjå journalen etter dødsfallet, når ikkje særlege grunnar taler mot det. "
    "Eit tydeleg nei frå pasienten i live kan vere ein slik grunn.",
    "The nearest next of kin has a right to see the record after the death, unless special reasons speak against it. "
    "A clear no from the patient in life can be such a reason.",
)
WEIGHTY_REASONS = Sentence(
    "Personen kan få se det som vektige grunner taler for.",
    "Personen kan få sjå det som vektige grunnar taler for.",
    "The person may see what weighty reasons speak for.",
)
CHILD = Sentence(
    "Et barn som er pårørende, får ikke se journalen til forelderen eller søskenet. Fortell heller barnet det barnet "
    "trenger å vite.",
    "Eit barn som er pårørande, får ikkje sjå journalen til forelderen eller syskenet. Fortel heller barnet det "
    "barnet treng å vite.",
    "A child who is next of kin may not see the record of the parent or sibling. Instead, tell the child what the "
    "child needs to know.",
)


def record_access(case: Case) -> Telling:
    """
    Say whether the recipient of a case may read the patient's record.

    For a living patient it follows the information table (pbrl § 5-1 fourth paragraph), except that
    nobody reads a record because it is general or known to them already. The patient's own access,
    and that of a representative to what the patient is refused, are not asked here.
    """
    return decide(case, Table(rows=ROWS, judge=_first_match, plainly=PLAINLY))


def _first_match(facts: Facts) -> Outcome:
    if facts.dead:
        return _of_the_dead(facts)
    found = of_the_living(facts)
    # A right to be told how the child is (barnelova § 47) opens no record.
    if found.row is I6B:
        return Outcome(R3, ("pbrl § 5-1 (4)",), PLAINLY[Answer.NO, Scope.NONE])
    if facts.has(Role.BARN_PAARORENDE) and found.row.rule in {"I9b", "I9c", "I14"}:
        return Outcome(R3, ("pbrl § 5-1",), CHILD)
    return Outcome(found.row, ("pbrl § 5-1 (4)", *found.law), PLAINLY[found.row.answer, found.row.scope])


def _of_the_dead(facts: Facts) -> Outcome:
    if nearest_to_the_dead(facts):
        return Outcome(R1, ("pbrl § 5-1 (5)", "hpl § 24"), AFTER_DEATH)
    if facts.has(*CHILDREN_AS_NEXT_OF_KIN):
        return Outcome(R3, ("pbrl § 5-1",), CHILD)
    if facts.holds(Circumstance.WEIGHTY_REASON_AFTER_DEATH):
        return Outcome(R2, ("hpl § 24",), WEIGHTY_REASONS)
    return Outcome(R3, ("pbrl § 5-1 (5)", "hpl § 24"), PLAINLY[Answer.NO, Scope.NONE])
