"""What is known of a carer that says whether an offer is for such as them. Nothing of it is read from the patient."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from medspiller.catalogue.domain.vocabulary import Condition, Relation, Situation
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

# What follows for the carer from the plan that they have, by the short name of its pathway. A pathway that is not
# named here tells nothing.
_TOLD: Mapping[str, tuple[frozenset[Condition], frozenset[Situation]]] = MappingProxyType(
    {
        "dementia-carer": (frozenset({Condition.DEMENTIA}), frozenset()),
        "mental-health-addiction": (frozenset({Condition.MENTAL_ILLNESS, Condition.ADDICTION}), frozenset()),
        "palliative-home": (frozenset({Condition.DYING}), frozenset()),
        "bereaved-adult": (frozenset({Condition.DEATH}), frozenset({Situation.BEREAVED})),
        "bereaved-child": (frozenset({Condition.DEATH}), frozenset({Situation.BEREAVED})),
        "suicide-bereavement": (frozenset({Condition.DEATH}), frozenset({Situation.BEREAVED})),
        "crisis-sudden-death": (
            frozenset({Condition.DEATH}),
            frozenset({Situation.BEREAVED, Situation.IN_CRISIS}),
        ),
    }
)


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


def told_by_plans(slugs: Iterable[str]) -> tuple[frozenset[Condition], frozenset[Situation]]:
    """Return what the pathways of a carer's open plans tell of whom they care for, and of their own life."""
    told = [_TOLD[slug] for slug in slugs if slug in _TOLD]
    conditions: frozenset[Condition] = frozenset().union(*(each for each, _situations in told))
    situations: frozenset[Situation] = frozenset().union(*(each for _conditions, each in told))
    return conditions, situations
