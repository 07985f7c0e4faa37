"""The families of the demo: who they are, which units have to do with them, and who has looked."""

from dataclasses import dataclass
from datetime import date

from medspiller.people.domain.involvements import InvolvementBasis


@dataclass(frozen=True, slots=True)
class Member:
    """
    Somebody in a family. `involved` names units of the demo with why they have to do with them;
    `seen_by` names the staff personas who opened the file, each with how many days ago.
    """

    given_name: str
    family_name: str
    birth_date: date
    person_number: str
    involved: tuple[tuple[str, InvolvementBasis], ...]
    seen_by: tuple[tuple[str, int], ...] = ()


FAMILIES = (
    Member(
        "Solveig", "Demoås", date(1944, 3, 2), "02834421081",
        (("home-0", InvolvementBasis.TREATMENT), ("office", InvolvementBasis.APPLICATION)),
        (("omsorgsarbeider", 30), ("saksbehandler", 12), ("omsorgsarbeider", 3)),
    ),
    Member(
        "Kari", "Demoås", date(1974, 5, 14), "14857412320",
        (("carers", InvolvementBasis.SUPPORT), ("home-0", InvolvementBasis.EMERGENCY_CONTACT)),
        (("pårørendekontakt", 20), ("omsorgsarbeider", 9), ("pårørendekontakt", 2)),
    ),
    Member(
        "Noah", "Demoås", date(2011, 7, 19), "19871151027",
        (("carers", InvolvementBasis.CHILD_NEXT_OF_KIN), ("mental", InvolvementBasis.CHILD_NEXT_OF_KIN)),
        (("barneansvarlig", 6),),
    ),
)  # fmt: skip
