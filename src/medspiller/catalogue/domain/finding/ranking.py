"""
How much each thing that speaks for an offer weighs. The sum orders a list; it never hides anything.

The figures were found by trying everyday queries (`tests/test_finding_queries.py`).
"""

from dataclasses import dataclass

# Weights of words: D, C, B, A, as PostgreSQL wants them.
WORDS = (0.08, 0.25, 0.55, 1.0)


@dataclass(frozen=True, slots=True)
class Weights:
    """What one hit of each sort is worth."""

    word: float = 1.0
    also: float = 0.45
    # A concept that was understood from the words, by the sort of concept.
    need: float = 1.0
    condition: float = 1.2
    relation: float = 0.7
    situation: float = 0.6
    kind: float = 0.9
    other: float = 0.4
    # It is for another condition or relation than the one that was named.
    other_condition: float = -1.0
    other_relation: float = -0.5
    # It is for one condition or relation only, and none was named.
    one_condition: float = -0.4
    one_relation: float = -0.15
    # Somebody of that age, or who writes like a child, cannot use it; or can, and it is made for them.
    wrong_age: float = -3.0
    for_children: float = 1.2
    not_for_children: float = -0.5
    # Children's own offers, to somebody who does not write like a child.
    children_unasked: float = -0.6
    # What only young grown-ups can use, to somebody who has said neither an age nor anything of the young.
    young_unasked: float = -0.9
    own: float = 0.3
    national: float = 0.0
    doubtful: float = -0.3
    closed: float = -0.4
    digital: float = 0.6
    evening: float = 0.6

    def of(self, concept: str) -> float:
        """Return what a concept is worth by its sort."""
        sort = concept.partition(":")[0]
        return (
            float(getattr(self, sort)) if sort in ("need", "condition", "relation", "situation", "kind") else self.other
        )


WEIGHTS = Weights()
_RAREST, _COMMON = 1.6, 0.55
_RARE_SHARE, _COMMON_SHARE = 0.05, 0.25
# Offers are counted no further than this, and those that have a word no further than makes it a common one of so many.
MOST_COUNTED = 400
MOST_HAVING = int(MOST_COUNTED * _COMMON_SHARE)


def rarity(having: int, of: int) -> float:
    """
    Return how much a word tells that so many offers have, of so many: a rare one more than one that all have.

    In three steps, so that words of the same rarity are weighed together.

    >>> rarity(2, 100), rarity(20, 100), rarity(90, 100)
    (1.6, 1.0, 0.55)
    """
    share = having / max(of, 1)
    if share < _RARE_SHARE:
        return _RAREST
    return 1.0 if share < _COMMON_SHARE else _COMMON
