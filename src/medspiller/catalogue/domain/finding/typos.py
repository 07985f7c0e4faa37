"""Words that are written wrong: which known one is meant."""

from collections import Counter, defaultdict
from collections.abc import Iterable

# Shorter words have too many neighbours to guess.
_SHORTEST = 4
_TWO_SLIPS_FROM = 7


def distance(one: str, other: str, *, at_most: int) -> int:
    """
    Return how many letters are missing, too many, wrong or changed places; `at_most + 1` for any more.

    >>> distance("avlastnig", "avlastning", at_most=2), distance("dmeens", "demens", at_most=2)
    (1, 1)
    """
    if abs(len(one) - len(other)) > at_most:
        return at_most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, against in enumerate(other, start=1):
            cost = min(above[column] + 1, now[-1] + 1, above[column - 1] + (letter != against))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against
            if swapped:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > at_most:
            return at_most + 1
        before, above = above, now
    return above[-1]


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """
    Return the known word that is meant, or None if none is near enough.

    One slip is forgiven from four letters on, two from seven. Of equally near ones it is the one that begins alike
    for longest.
    """
    if len(word) < _SHORTEST:
        return None
    slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
    judged = sorted(
        (distance(word, known, at_most=slips), -_alike(word, known), known)
        for known in set(candidates)
        if len(known) >= _SHORTEST
    )
    return judged[0][2] if judged and judged[0][0] <= slips else None


def _alike(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def trigrams(word: str) -> frozenset[str]:
    """Return the groups of three letters of a word, its beginning and end marked."""
    marked = f"  {word} "
    return frozenset(marked[at : at + 3] for at in range(len(marked) - 2))


class KnownWords:
    """Words, and which of them look like another. Frozen once made."""

    __slots__ = ("_by_trigram", "words")

    def __init__(self, words: Iterable[str]):
        self.words = frozenset(words)
        self._by_trigram: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            for part in trigrams(word):
                self._by_trigram[part].append(word)

    def like(self, word: str, *, at_most: int = 12) -> tuple[str, ...]:
        """Return the words that share most with it, the likest first."""
        shared: Counter[str] = Counter()
        for part in trigrams(word):
            shared.update(self._by_trigram.get(part, ()))
        return tuple(known for known, _ in shared.most_common(at_most))
