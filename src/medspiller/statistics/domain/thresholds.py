"""The smallest count that each municipality shows: the local policy's, or more where one has decided so."""

from collections.abc import Mapping

from medspiller.statistics.domain.protection import LEAST, ThresholdTooLow

# The key of what holds for every municipality that is not named.
EVERYBODY = ""


def smallest_counts(written: str) -> Mapping[str, int]:
    """
    Return the smallest counts that are asked for, by number of municipality.

    >>> smallest_counts("8, 3201:10")
    {'': 8, '3201': 10}

    :raises ThresholdTooLow: if one is below 5.
    :raises ValueError: if it is no number, is said of no municipality, or of the same one twice.
    """
    found: dict[str, int] = {}
    for each in filter(None, (part.strip() for part in written.split(","))):
        number, colon, count = each.rpartition(":")
        if colon and not (number.isdecimal() and len(number) == 4):
            raise ValueError(f"{each!r} names no municipality: write 3201:10, or 10 for all")
        asked = int(count)
        if asked < LEAST:
            raise ThresholdTooLow(asked)
        if number in found:
            raise ValueError(f"{each!r} is said besides another: write one for all, and one for each municipality")
        found[number or EVERYBODY] = asked
    return found


def smallest_for(municipality: str, asked: Mapping[str, int]) -> int:
    """Return the smallest count that a municipality shows."""
    return asked.get(municipality, asked.get(EVERYBODY, LEAST))
