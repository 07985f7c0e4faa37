"""What two persons are to each other, and which relations keep staff from a file."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from medspiller.core.periods import Period


class RelationKind(StrEnum):
    """What the related person is to the person (FHIR RelatedPerson.relationship). A code is stored for good."""

    SPOUSE = "spouse"
    COHABITANT = "cohabitant"
    FORMER_SPOUSE = "former_spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    STEP_PARENT = "step_parent"
    STEP_CHILD = "step_child"
    FOSTER_PARENT = "foster_parent"
    FOSTER_CHILD = "foster_child"
    PARENT_IN_LAW = "parent_in_law"
    CHILD_IN_LAW = "child_in_law"
    SIBLING_IN_LAW = "sibling_in_law"
    OTHER_FAMILY = "other_family"
    FRIEND = "friend"
    NEIGHBOUR = "neighbour"
    OTHER = "other"


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
        RelationKind.COHABITANT: Bars.ALWAYS,
        RelationKind.FORMER_SPOUSE: Bars.ALWAYS,
        RelationKind.PARENT: Bars.ALWAYS,
        RelationKind.CHILD: Bars.ALWAYS,
        RelationKind.SIBLING: Bars.ALWAYS,
        RelationKind.GRANDPARENT: Bars.ALWAYS,
        RelationKind.GRANDCHILD: Bars.ALWAYS,
        RelationKind.STEP_PARENT: Bars.ALWAYS,
        RelationKind.STEP_CHILD: Bars.ALWAYS,
        RelationKind.FOSTER_PARENT: Bars.WHILE_IT_LASTS,
        RelationKind.FOSTER_CHILD: Bars.WHILE_IT_LASTS,
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
