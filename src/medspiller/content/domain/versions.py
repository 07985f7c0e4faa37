"""Versions and their order."""

import re

_NUMBERS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){0,3}")
_PARTS = re.compile(r"[0-9]+|[a-z]+", re.IGNORECASE)


def is_number(version: str) -> bool:
    """Say whether a version is one to four whole numbers with points between, as packages' are."""
    return _NUMBERS.fullmatch(version) is not None


def order(version: str) -> tuple[tuple[bool, int, str], ...]:
    """
    Return what a version is sorted by, so that `1.10` comes after `1.9` and `2.0` after `2.0-rc`.

    Definitions from elsewhere bring versions of any shape; those that differ in letters
    only are sorted by them, and equal positions of word and number put the word first.
    """
    parts = tuple(
        (part.isdigit(), int(part) if part.isdigit() else 0, part.lower()) for part in _PARTS.findall(version)
    )
    # What goes on with a word came before what ends here.
    return (*parts, (True, -1, ""))


def is_at_least(version: str, wanted: str) -> bool:
    """Say whether a package of `version` will do where `wanted` or later is needed."""
    return _numbers(version) >= _numbers(wanted)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
