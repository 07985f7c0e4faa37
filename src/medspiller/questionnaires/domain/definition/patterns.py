"""
Regular expressions that form authors write, run so that none of them can stop the house.

A pattern may backtrack for longer than anybody lives. Each trial ends after a set time, and the
patterns of one response share a budget; what could not be tried is told, not guessed. Like HTML
and the other form engines, a pattern is looked for anywhere in the text unless it is anchored.
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

import regex

LONGEST_PATTERN = 1000
LONGEST_TEXT = 20_000
_EACH_SECONDS = 0.1
# With this many trials at most that took their whole time, a response is answered well within two seconds.
MOST_TIMEOUTS = 5

_CALLED = re.compile(r"matches\(\s*'(?P<pattern>.*)'\s*\)", re.DOTALL)
# Recursion, conditionals, calls and fuzzy matching: no form needs them, and they cost most.
_REFUSED = re.compile(r"\(\?(?:R|[0-9]|&|P>|\(|\|)|\{[^}]*[eisd]\s*<?=|\(\*")
_REPEATED_REPEAT = re.compile(r"\((?:[^()\\]|\\.)*(?:[*+]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\d*\})")


class Match(Enum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Patience:
    """How many trials may still run out of time; shared by all patterns of one response."""

    left: int = MOST_TIMEOUTS


def fault_in(pattern: str) -> str | None:
    """Return why a pattern cannot be used, None if it can."""
    if len(pattern) > LONGEST_PATTERN:
        return f"longer than {LONGEST_PATTERN} characters"
    try:
        _compiled(pattern)
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError) as fault:
        return str(fault) or "cannot be read"
    return None


def may_explode(pattern: str) -> bool:
    """Say whether a pattern repeats what repeats, so that a text could keep it busy for long."""
    return _REPEATED_REPEAT.search(_plain(pattern)) is not None


def matches(pattern: str, text: str, patience: Patience) -> Match:
    """Say whether a text fits a pattern; UNKNOWN if the pattern is of no use, or needs too long for this text."""
    if patience.left <= 0 or fault_in(pattern) is not None or len(text) > LONGEST_TEXT:
        return Match.UNKNOWN
    try:
        found = _compiled(pattern).search(text, timeout=_EACH_SECONDS)
    except TimeoutError:
        patience.left -= 1
        return Match.UNKNOWN
    return Match.NO if found is None else Match.YES


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> regex.Pattern[str]:
    plain = _plain(pattern)
    if _REFUSED.search(plain):
        raise ValueError("uses a construct that is not allowed in forms")
    # JavaScript's $ is the very end; Python's lets a line break follow.
    return regex.compile(_DOLLAR.sub(lambda found: found[1] or r"\Z", plain))


_DOLLAR = re.compile(r"(\\.|\[(?:\\.|[^\]\\])*\])|\$", re.DOTALL)


def _plain(pattern: str) -> str:
    """SDC forms write FHIRPath's `matches('…')` around it."""
    called = _CALLED.fullmatch(pattern.strip())
    return called["pattern"] if called else pattern
