"""Norwegian words that are made of others: pårørendeskole is pårørende and skole."""

from collections.abc import Container
from functools import lru_cache

# Between the parts: barnEhage, arbeidSrom.
_LINKS = ("", "s", "e")
_SHORTEST_PART = 3
_SHORTEST_WHOLE = 7
_MOST_PARTS = 4


def parts_of(word: str, known: Container[str]) -> tuple[str, ...]:
    """
    Return the known words that a folded word is made of, from left to right; nothing if it is not made of known ones.

    The longest first part that leads to an end is taken.

    >>> parts_of("parorendeskole", {"parorende", "skole"})
    ('parorende', 'skole')
    """
    if len(word) < _SHORTEST_WHOLE:
        return ()
    found = _parts(word, known, _MOST_PARTS)
    return found if len(found) > 1 else ()


def _parts(rest: str, known: Container[str], left: int) -> tuple[str, ...]:
    for end in range(len(rest), _SHORTEST_PART - 1, -1):
        if rest[:end] not in known:
            continue
        if end == len(rest):
            return (rest,)
        if left == 1:
            continue
        for link in _LINKS:
            if rest.startswith(link, end) and (after := _parts(rest[end + len(link) :], known, left - 1)):
                return (rest[:end], *after)
    return ()


@lru_cache(maxsize=20_000)
def remembered(word: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the same for a set that stays: indexing splits the same words over and over."""
    return parts_of(word, known)
