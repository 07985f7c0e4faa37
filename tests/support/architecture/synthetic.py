"""Only made-up people: no person number that could be somebody's, no telephone that could ring, no mailbox."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from tests.support.architecture.sources import Finding, Source

# Skatteetaten's synthetic persons have 80 added to the month; no real person ever has.
SYNTHETIC_MONTH = 80
# Of the others, D-numbers add 40 to the day; help numbers and other test series add to the month.
_MONTHS_ADDED = (0, 40, 65)

_NUMBER = re.compile(r"(?<!\w)(?<!\d\.)(\d{6}) ?(\d{5})(?!\w)(?!\.\d)")
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)

# Emergency and help lines that anybody may call, and that must be right.
LINES_FOR_ALL = frozenset({"110", "112", "113", "116117", "116111", "116123"})
# A number given to a subscriber begins with 2-9; one that begins with 0 or 1 never rings anybody.
_TELEPHONES = (
    re.compile(r"(?<!\d)(?<!\d[ .,-])[2-9]\d \d\d \d\d \d\d(?![ .,-]?\d)"),
    re.compile(r"(?<!\d)(?<!\d[ .,-])[2-9]\d\d \d\d \d\d\d(?![ .,-]?\d)"),
    re.compile(r"(?:\+|\b00)47[ -]?[2-9](?:[ -]?\d){7}(?!\d)"),
)
_LINK = re.compile(r"""tel:([+\d][\d \-]*)""")
# Numbers that draw, not numbers that ring.
_DRAWING = re.compile(r"""\b(?:d|points|viewBox|transform)\s*=\s*("[^"]*"|'[^']*')""")

_MAIL = re.compile(r"[\w.+-]+@((?:[a-z0-9-]+\.)+[a-z]{2,})(?![\w(])", re.IGNORECASE)
# Names that are kept for examples and tests (RFC 2606), and go nowhere.
_KEPT_FOR_EXAMPLES = re.compile(r"(?:.*\.)?(?:example\.(?:com|net|org)|example|invalid|test|localhost)", re.IGNORECASE)
# Where somebody is meant to be written to: those who keep the translations' headers are a list.
MAILBOXES = frozenset({"li.org"})
# What these are about is telling addresses of somebody's from made-up ones.
ABOUT_MAILBOXES = frozenset({Path("src/medspiller/messages/tests/test_rules.py")})


def is_person_number(digits: str) -> bool:
    """Say whether eleven digits are a person number by date and both control digits, synthetic or not."""
    numbers = [int(digit) for digit in digits]
    first = -sum(weight * number for weight, number in zip(_FIRST, numbers, strict=False)) % 11
    second = -sum(weight * number for weight, number in zip(_SECOND, numbers, strict=False)) % 11
    return (first, second) == tuple(numbers[9:]) and any(
        _is_day(int(digits[:2]), int(digits[2:4]) - added) for added in (*_MONTHS_ADDED, SYNTHETIC_MONTH)
    )


def is_synthetic(digits: str) -> bool:
    """Say whether a person number is of the series that no person has."""
    return SYNTHETIC_MONTH < int(digits[2:4]) <= SYNTHETIC_MONTH + 12


def _is_day(day: int, month: int) -> bool:
    try:
        date(2000, month, day - 40 if day > 40 else day)  # a leap year: the century is not known
    except ValueError:
        return False
    return True


def real_looking(sources: Iterable[Source]) -> Iterator[Finding]:
    """Yield person numbers outside the synthetic series, telephone numbers that could ring somebody, and mailboxes."""
    for source in sources:
        for number, line in enumerate(source.lines, start=1):
            for found in _NUMBER.finditer(line):
                digits = found[1] + found[2]
                if is_person_number(digits) and not is_synthetic(digits):
                    yield source.finding(number, f"{digits[:6]}***** may be somebody's; use one with 80 in the month")
            for mail in _MAIL.finditer(line) if source.path not in ABOUT_MAILBOXES else ():
                if not _KEPT_FOR_EXAMPLES.fullmatch(mail[1]) and mail[1].lower() not in MAILBOXES:
                    yield source.finding(number, f"{mail[0]} may be somebody's; use one at example.org")
            for telephone in _telephones_in(line):
                yield source.finding(number, f"{telephone} may ring somebody; use one that begins with 0, or none")


def _telephones_in(line: str) -> Iterator[str]:
    text = _DRAWING.sub("", line)
    for pattern in _TELEPHONES:
        yield from (found[0] for found in pattern.finditer(text))
    for found in _LINK.finditer(text):
        digits = re.sub(r"\D", "", found[1])
        if digits not in LINES_FOR_ALL and re.fullmatch(r"(?:47)?[2-9]\d{7}|1\d{2,5}", digits):
            yield found[0]
