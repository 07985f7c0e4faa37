"""What is known of a carer that says whether an offer is for such as them. Nothing of it is read from the patient."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from medspiller.catalogue.domain.vocabulary import Condition, Relation, Situation
from medspiller.pathways.domain.definition import Tells
from medspiller.people.domain.relations import RelationKind

# The age by which offers for adults are judged where only that somebody is one is known.
ADULTS_AT_LEAST = 40
_OF_AGE = 18
_AS: Mapping[RelationKind, Relation] = MappingProxyType(
    {
        RelationKind.SPOUSE: Relation.PARTNER,
        RelationKind.REGISTERED_PARTNER: Relation.PARTNER,
        RelationKind.COHABITANT: Relation.PARTNER,
        RelationKind.CHILD: Relation.PARENT,
        RelationKind.STEP_CHILD: Relation.PARENT,
        RelationKind.FOSTER_CHILD: Relation.PARENT,
        RelationKind.SIBLING: Relation.SIBLING,
        RelationKind.STEP_SIBLING: Relation.SIBLING,
        RelationKind.FOSTER_SIBLING: Relation.SIBLING,
        RelationKind.PARENT_IN_LAW: Relation.GROWN_CHILD,
        RelationKind.GRANDCHILD: Relation.GRANDPARENT,
    }
)
_PARENTS = frozenset({RelationKind.PARENT, RelationKind.STEP_PARENT, RelationKind.FOSTER_PARENT})


def relations_of(cared_for: Iterable[Iterable[RelationKind]], *, years: int | None) -> frozenset[Relation]:
    """
    Return what a carer is to those they care for, given what these are to them; empty where nobody has said it.

    Whoever is something else than offers know of, a niece or a neighbour, is one of those who help: what is for
    partners or parents is not for them.
    """
    told = [frozenset(kinds) for kinds in cared_for]
    return frozenset(_relation(kinds, years) for kinds in told if kinds)


def _relation(kinds: frozenset[RelationKind], years: int | None) -> Relation:
    if _PARENTS.intersection(kinds):
        return Relation.YOUNG_CHILD if years is not None and years < _OF_AGE else Relation.GROWN_CHILD
    return next((relation for kind, relation in _AS.items() if kind in kinds), Relation.FRIEND)


def told_by_plans(plans: Iterable[Tells]) -> tuple[frozenset[Condition], frozenset[Situation]]:
    """Return what the pathways of a carer's open plans tell of whom they care for, and of their own life."""
    told = list(plans)
    conditions = frozenset(Condition(code) for each in told for code in each.conditions)
    situations = frozenset(Situation(code) for each in told for code in each.situations)
    return conditions, situations
