"""
Regular expressions from outside, held to texts on which they cannot run away.

Python's matcher tries all ways. How many there can be is estimated from the pattern; a text that
would need too many is refused before it is looked at.
"""

import re
import warnings
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2

from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed, TooMuchWork

LONGEST_PATTERN = 1_000
_MOST_TRIES = 20_000_000
_MOST_DOUBLINGS = 21
_QUANTIFIER = re.compile(r"([*+?]|\{(\d*)(,?)(\d*)\})[?+]?")
_MANY = 10


@dataclass(slots=True)
class _Group:
    varies: int = 0
    alternatives: int = 1


@dataclass(slots=True)
class _Risk:
    """`loops`: repetitions side by side; `base`: ways per character where repetitions stand in one another."""

    loops: int = 0
    base: int = 1
    groups: list[_Group] = field(default_factory=lambda: [_Group()])


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern and the longest text it may be tried on."""

    compiled: re.Pattern[str]
    longest: int

    def checked(self, text: str) -> str:
        """
        Return the text.

        :raises TooMuchWork: if it is too long for this pattern.
        """
        if len(text) > self.longest:
            raise TooMuchWork(f"this pattern is not tried on texts of more than {self.longest} characters")
        return text


@lru_cache(maxsize=256)
def pattern(written: str) -> Pattern:
    """
    Return a pattern ready for use; a dot matches line ends too.

    :raises EvaluationFailed: if it is none.
    :raises TooMuchWork: if it is too long.
    """
    if len(written) > LONGEST_PATTERN:
        raise TooMuchWork(f"a pattern is longer than {LONGEST_PATTERN} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(written, re.DOTALL)
    except (re.error, OverflowError, RecursionError) as fault:
        raise EvaluationFailed(f"{written[:60]!r} is no pattern: {fault}") from None
    return Pattern(compiled, _longest(written))


def _longest(written: str) -> int:
    risk = _risk(written)
    if risk.base > 1:
        return int(_MOST_DOUBLINGS / log2(risk.base))
    tries = risk.loops + (0 if written.startswith("^") else 1)
    return int(_MOST_TRIES ** (1 / max(1, tries)))


def _risk(written: str) -> _Risk:
    risk = _Risk()
    last = _Group()
    at = 0
    while at < len(written):
        letter = written[at]
        quantifier = _QUANTIFIER.match(written, at)
        if quantifier:
            _repeat(risk, last, quantifier)
            at = quantifier.end()
            continue
        last = _Group()
        if letter == "\\":
            at += 1
        elif letter == "[":
            at = _end_of_class(written, at)
        elif letter == "(":
            risk.groups.append(_Group())
            # `(?:` and its like: the mark is no quantifier.
            at += 1 if written[at + 1 : at + 2] == "?" else 0
        elif letter == ")" and len(risk.groups) > 1:
            last = risk.groups.pop()
            risk.groups[-1].varies = max(risk.groups[-1].varies, last.varies)
            risk.groups[-1].alternatives = max(risk.groups[-1].alternatives, last.alternatives)
        elif letter == "|":
            risk.groups[-1].alternatives += 1
        at += 1
    return risk


def _end_of_class(written: str, at: int) -> int:
    end = at + 1
    if written[end : end + 1] == "^":
        end += 1
    if written[end : end + 1] == "]":
        end += 1
    while end < len(written) and written[end] != "]":
        end += 2 if written[end] == "\\" else 1
    return end


def _repeat(risk: _Risk, repeated: _Group, quantifier: re.Match[str]) -> None:
    mark, fewest, comma, most = quantifier.groups()
    low = int(fewest or 0) if mark[0] == "{" else 0
    high = int(most) if most else low if mark[0] == "{" and not comma else None
    if mark == "?":
        high = 1
    many = high is None or high > 1
    if many and (repeated.varies or repeated.alternatives > 1):
        risk.base = max(risk.base, (repeated.varies + 1) * repeated.alternatives)
    if high is None or high - low >= _MANY:
        risk.loops += 1
    if high is None or high != low:
        risk.groups[-1].varies = max(risk.groups[-1].varies, repeated.varies + 1)
