"""From what somebody types to a value, as people write numbers and years; and what is wrong with it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from medspiller.rights.domain.facts import Value
from medspiller.rights.domain.known_facts import FactKind, KnownFact, NoSuchValue

YES, NO = "yes", "no"

_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,4})?")
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_MONTH = re.compile(r"(?:([0-9]{4})[-./ ](0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-./ ]([0-9]{4}))")


class Fault(StrEnum):
    """What is wrong with what was typed."""

    NEGATIVE = "negative"
    NO_NUMBER = "no_number"
    NOT_WHOLE = "not_whole"
    NO_YEAR = "no_year"
    YEAR_TO_COME = "year_to_come"
    NO_MONTH = "no_month"
    NOT_OFFERED = "not_offered"
    TOO_LITTLE = "too_little"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class Misread(Exception):
    """Something was typed that cannot be the answer; `least` and `most` say what could, where that matters."""

    fault: Fault
    least: int = 0
    most: int = 0


def read_typed(known: KnownFact, typed: str, *, on: date) -> Value | None:
    """
    Return the value of what was typed or chosen; None for nothing.

    :raises Misread: if it cannot be the answer.
    """
    words = typed.strip()
    if not words:
        return None
    if known.kind is FactKind.YES_NO:
        return _chosen(words, {YES: True, NO: False})
    if known.kind is FactKind.CHOICE:
        return _chosen(words, {key: key for key in known.choices})
    if known.kind is FactKind.MONTH:
        return _month(words, on)
    return _number(known, words, on)


def _chosen(words: str, offered: dict[str, Value]) -> Value:
    if words not in offered:
        raise Misread(Fault.NOT_OFFERED)
    return offered[words]


def _number(known: KnownFact, words: str, on: date) -> Value:
    least, most = known.bounds(on)
    is_year = known.kind is FactKind.YEAR
    text = _SPACES.sub("", words).replace("\N{MINUS SIGN}", "-").removesuffix("kr").removesuffix("kr.").rstrip("%")
    if text.startswith("-"):
        raise Misread(Fault.NO_YEAR if is_year else Fault.NEGATIVE, least, most)
    text = text.replace(",", ".") if not _THOUSANDS.fullmatch(text) else text.replace(".", "")
    if not _NUMBER.fullmatch(text):
        raise Misread(Fault.NO_YEAR if is_year else Fault.NO_NUMBER, least, most)
    number = Decimal(text)
    if is_year and number > on.year:
        raise Misread(Fault.YEAR_TO_COME, least, most)
    if known.kind in (FactKind.WHOLE, FactKind.YEAR) and number != int(number):
        raise Misread(Fault.NOT_WHOLE, least, most)
    if number < least:
        raise Misread(Fault.NO_YEAR if is_year else Fault.TOO_LITTLE, least, most)
    if number > most:
        raise Misread(Fault.TOO_MUCH, least, most)
    return _held(known, int(number) if number == int(number) else number, on)


def _month(words: str, on: date) -> str:
    found = _MONTH.fullmatch(words)
    if found is None:
        raise Misread(Fault.NO_MONTH)
    year, month = int(found[1] or found[4]), int(found[2] or found[3])
    return f"{year:04d}-{month:02d}"


def _held(known: KnownFact, value: Value, on: date) -> Value:
    try:
        return known.read(value, on=on)
    except NoSuchValue:
        raise Misread(Fault.NO_NUMBER, *known.bounds(on)) from None
