"""What two persons are to each other, and which relations keep staff from a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from medspiller.core.errors import MedspillerError
from medspiller.core.periods import Period
from medspiller.people.domain.persons import EARLIEST_BIRTH


class RelationKind(StrEnum):
    """What the related person is to the person (FHIR RelatedPerson.relationship). A code is stored for good."""

    SPOUSE = "spouse"
    REGISTERED_PARTNER = "registered_partner"
    COHABITANT = "cohabitant"
    FORMER_SPOUSE = "former_spouse"
    FORMER_COHABITANT = "former_cohabitant"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    STEP_PARENT = "step_parent"
    STEP_CHILD = "step_child"
    FOSTER_PARENT = "foster_parent"
    FOSTER_CHILD = "foster_child"
    STEP_SIBLING = "step_sibling"
    FOSTER_SIBLING = "foster_sibling"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    SIBLING_IN_LAW = "sibling_in_law"
    OTHER_FAMILY = "other_family"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    OTHER = "other"


INVERSE: Mapping[RelationKind, RelationKind] = MappingProxyType(
    {kind: kind for kind in RelationKind}
    | {
        one: other
        for pair in (
            (RelationKind.PARENT, RelationKind.CHILD),
            (RelationKind.GRANDPARENT, RelationKind.GRANDCHILD),
            (RelationKind.STEP_PARENT, RelationKind.STEP_CHILD),
            (RelationKind.FOSTER_PARENT, RelationKind.FOSTER_CHILD),
            (RelationKind.PARENT_IN_LAW, RelationKind.CHILD_IN_LAW),
        )
        for one, other in (pair, pair[::-1])
    }
)
# Whoever is the parent or grandparent of somebody was born before them. Step and foster parents need not be.
ELDER = frozenset({RelationKind.PARENT, RelationKind.GRANDPARENT})
YOUNGER = frozenset({RelationKind.CHILD, RelationKind.GRANDCHILD})

# Which of a pair stands in the row, so that one relation cannot be written down twice, once each way.
STORED = frozenset(
    {
        RelationKind.PARENT,
        RelationKind.GRANDPARENT,
        RelationKind.STEP_PARENT,
        RelationKind.FOSTER_PARENT,
        RelationKind.PARENT_IN_LAW,
    }
)
# What one is from birth, and not from a day on that somebody has to know.
BY_BIRTH = ELDER | YOUNGER | {RelationKind.SIBLING}


@dataclass(frozen=True, slots=True)
class RelationDetails:
    """What one person is to another, in [valid_from, valid_to); `cohabiting` is None where nobody asked."""

    kind: RelationKind
    valid_from: date
    valid_to: date | None = None
    cohabiting: bool | None = None


class RelationRefused(MedspillerError):
    """A relation cannot be; `problems` maps the detail to a code of what is wrong."""

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        super().__init__(", ".join(f"{name}: {problem}" for name, problem in problems.items()))


class RelationAlreadyThere(MedspillerError):
    """The two are this to each other already, in some of that time."""


def ensure_relation_valid(
    details: RelationDetails, *, person_born: date | None, related_born: date | None, today: date
) -> None:
    """
    Accept what the related person can be to the person.

    :raises RelationRefused: with everything that cannot be: a child older than its parent, a
        relation from before one of the two was born or from a day that is not yet, an end before its start.
    """
    problems: dict[str, str] = {}
    elder, younger = (related_born, person_born) if details.kind in ELDER else (person_born, related_born)
    if details.kind in ELDER | YOUNGER and elder and younger and elder >= younger:
        problems["kind"] = "child_older_than_parent"
    births = [born for born in (person_born, related_born) if born]
    if not EARLIEST_BIRTH <= details.valid_from <= today:
        problems["valid_from"] = "not_a_day"
    elif births and details.valid_from < max(births):
        problems["valid_from"] = "before_birth"
    if details.valid_to is not None and details.valid_to <= details.valid_from:
        problems["valid_to"] = "not_after_start"
    if problems:
        raise RelationRefused(problems)


def begins(kind: RelationKind, *, person_born: date | None, related_born: date | None, today: date) -> date:
    """Return from when two are this to each other, if nobody says: family from the birth of the younger, others now."""
    births = [born for born in (person_born, related_born) if born]
    return max(births) if kind in BY_BIRTH and births else today


def as_stored(person_id: UUID, related_id: UUID, kind: RelationKind) -> tuple[UUID, UUID, RelationKind]:
    """Return a relation the one way in which it is stored: person, related, and what the related is to the person."""
    turned = INVERSE[kind] in STORED if INVERSE[kind] is not kind else related_id < person_id
    return (related_id, person_id, INVERSE[kind]) if turned else (person_id, related_id, kind)


class Bars(StrEnum):
    """For how long a relation keeps a member of staff from the other's file."""

    ALWAYS = "always"
    WHILE_IT_LASTS = "while_it_lasts"
    NEVER = "never"


# Forvaltningsloven § 6 first paragraph b and c: family and in-laws in direct line and as far as
# siblings; whoever is or has been married to, or is foster parent or child of. Cohabitants, other
# family and friends are second paragraph (særegne forhold): a register cannot weigh them, so
# they bar while they last, and a colleague opens the file. Neighbours are many, and barred by nothing.
BARRING: Mapping[RelationKind, Bars] = MappingProxyType(
    {
        RelationKind.SPOUSE: Bars.ALWAYS,
        RelationKind.REGISTERED_PARTNER: Bars.ALWAYS,
        RelationKind.COHABITANT: Bars.ALWAYS,
        RelationKind.FORMER_SPOUSE: Bars.ALWAYS,
        RelationKind.FORMER_COHABITANT: Bars.WHILE_IT_LASTS,
        RelationKind.PARENT: Bars.ALWAYS,
        RelationKind.CHILD: Bars.ALWAYS,
        RelationKind.SIBLING: Bars.ALWAYS,
        RelationKind.GRANDPARENT: Bars.ALWAYS,
        RelationKind.GRANDCHILD: Bars.ALWAYS,
        RelationKind.STEP_PARENT: Bars.ALWAYS,
        RelationKind.STEP_CHILD: Bars.ALWAYS,
        RelationKind.FOSTER_PARENT: Bars.WHILE_IT_LASTS,
        RelationKind.FOSTER_CHILD: Bars.WHILE_IT_LASTS,
        RelationKind.STEP_SIBLING: Bars.WHILE_IT_LASTS,
        RelationKind.FOSTER_SIBLING: Bars.WHILE_IT_LASTS,
        RelationKind.PARENT_IN_LAW: Bars.ALWAYS,
        RelationKind.CHILD_IN_LAW: Bars.ALWAYS,
        RelationKind.SIBLING_IN_LAW: Bars.WHILE_IT_LASTS,
        RelationKind.OTHER_FAMILY: Bars.WHILE_IT_LASTS,
        RelationKind.FRIEND: Bars.WHILE_IT_LASTS,
        RelationKind.NEIGHBOUR: Bars.NEVER,
        RelationKind.OTHER: Bars.NEVER,
    }
)
BARS_ALWAYS = frozenset(kind for kind, bars in BARRING.items() if bars is Bars.ALWAYS)
BARS_WHILE_IT_LASTS = frozenset(kind for kind, bars in BARRING.items() if bars is Bars.WHILE_IT_LASTS)


def bars(*, kind: RelationKind, period: Period, on: date) -> bool:
    """Say whether this relation keeps each of the two, as staff, from the other's file on a day."""
    if kind in BARS_ALWAYS:
        return True
    return kind in BARS_WHILE_IT_LASTS and on in period
