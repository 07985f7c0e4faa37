"""Putting lines together again that a page has broken, and words that the end of a line has parted."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable

from medspiller.strategy.domain.plans.cleaning import without_bullet

_BROKEN = re.compile(r"[\u00ad¬]\s*$")
_HYPHEN = re.compile(r"(\S*)-\s*$")
_AND = re.compile(r"(?:og|eller|samt|til|&)\b")
_WHOLE_WORDS = frozenset(
    {"og", "eller", "i", "til", "av", "for", "på", "med", "som", "å", "fra", "mellom", "ved", "om"}
)
_WORD = re.compile(r"[\w-]+")
_ENDED = (".", "!", "?", ":", ";")
_LONG_ENOUGH = 50


class Wrapping:
    """How a document breaks its lines, as far as its own lines show it."""

    def __init__(self, lines: Iterable[str], *, is_whole: bool = False):
        rows = list(lines)
        pairs = [] if is_whole else [(one, other) for one, other in itertools.pairwise(rows) if _run_on(one, other)]
        spaced = sum(1 for one, _ in pairs if one.endswith(" "))
        lengths = sorted(len(row.strip()) for row in rows if len(row.strip()) > 20)
        self.width = lengths[int(len(lengths) * 0.9)] if lengths else 0
        # Some files keep a space where a word ends, so that a line without one has parted a word.
        self.space_ends_word = len(pairs) >= 8 and spaced >= 0.3 * len(pairs)
        self.is_wrapped = (
            not is_whole and len(pairs) >= 4 and len(pairs) >= 0.15 * sum(map(bool, rows)) and self.width < 140
        )
        self._is_whole = is_whole
        self._words = Counter(
            word.casefold() for row in rows for word in _WORD.findall(row) if "-" in word or len(word) > 5
        )

    def join(self, before: str, after: str) -> str:
        """
        Return two lines as one.

        A word that was parted becomes whole; `pårørende-` before `og` keeps its hyphen.
        """
        if not before.strip() or not after.strip():
            return before + after
        # The space at its end says how the next line begins.
        end, start = before.rstrip(), after.lstrip()
        if _BROKEN.search(end):
            return _BROKEN.sub("", end) + start
        hyphened = _HYPHEN.search(end)
        if hyphened and hyphened[1]:
            return self._at_hyphen(end, start, hyphened[1])
        first = re.match(r"[^\W\d_]+", start)
        parted = self.space_ends_word and not before[-1].isspace() and end[-1].isalpha() and start[:1].islower()
        if parted and first and first[0] not in _WHOLE_WORDS:
            return end + start
        return f"{end} {start}"

    def _at_hyphen(self, end: str, start: str, part: str) -> str:
        if _AND.match(start):
            return f"{end} {start}"
        if not start[:1].islower() or part.isupper():
            return end + start
        first = _WORD.match(start)
        kept = f"{part}-{first[0] if first else ''}".casefold()
        return end + start if self._words[kept] else end[:-1] + start

    def continues(self, before: str, after: str, *, after_gap: bool) -> bool:
        """Whether a line goes on with the sentence of the line before."""
        if self._is_whole:
            return False
        end, start = before.rstrip(), after.strip()
        if _BROKEN.search(end) or (end.endswith("-") and len(end) > 1):
            return True
        if start[:1].islower() and not end.endswith(_ENDED):
            return self.is_wrapped or (not after_gap and len(end) >= _LONG_ENOUGH)
        if after_gap or not self.is_wrapped or not self.width:
            return False
        return len(end) >= 0.75 * self.width and (not end.endswith(_ENDED) or len(end) >= 0.9 * self.width)


def _run_on(one: str, other: str) -> bool:
    if not one.strip() or not other[:1].islower():
        return False
    # Tabs part the cells of a table, but also a bullet from its text.
    return "\t" not in (without_bullet(one) or one)
