"""What somebody looks for when they type into the box: a name, a birth date, a person number or a telephone number."""

import re
from dataclasses import dataclass
from datetime import date

from medspiller.people.domain.contacts import ContactSystem, is_reachable, normal
from medspiller.people.domain.persons import EARLIEST_BIRTH, looks_like_person_number

QUERY_MOST = 200
# A single letter is part of every second name.
FEWEST_LETTERS = 2
# From here on, what is typed may be a number that belongs to one person: it never stands in an address.
MANY_DIGITS = 6
_DATE = re.compile(r"\b(\d{1,2})[./-] ?(\d{1,2})[./-] ?(\d{4}|\d{2})\b")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DIGITS = re.compile(r"(?<!\w)\+?[0-9][0-9 ]*(?!\w)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    Whom somebody looks for. Persons must fit all of it, and one of several `birth_dates`.

    Eight digits may be a birth date or a telephone number: then `either` is true, and one
    of the two is enough. `phone` is in E.164.
    """

    name: str = ""
    birth_dates: tuple[date, ...] = ()
    person_number: str = ""
    phone: str = ""

    @property
    def is_nobody(self) -> bool:
        """Whether too little was typed to look for anybody."""
        return not (self.name or self.birth_dates or self.person_number or self.phone)

    @property
    def either(self) -> bool:
        return bool(self.birth_dates and self.phone)


def has_number(typed: str) -> bool:
    """
    Say whether there are so many digits in what was typed that it may be somebody's number or birth date.

    >>> has_number("Kari 17.05.1948"), has_number("Kari 2")
    (True, False)
    """
    return sum(each.isdigit() for each in typed) >= MANY_DIGITS


def read(typed: str, *, today: date) -> Wanted:
    """
    Return whom is meant by what was typed; what makes no sense is left out.

    >>> read("oddny demoli 17.5.1948", today=date(2026, 11, 22)).birth_dates
    (datetime.date(1948, 5, 17),)
    """
    text = " ".join(typed.replace("\x00", " ")[:QUERY_MOST].split())
    text, dates = _take_dates(text, today)
    phone = ""
    for found in _DIGITS.findall(text):
        digits = found.replace(" ", "")
        if looks_like_person_number(digits):
            return Wanted(person_number=digits)
        text = text.replace(found, " ")
        dates += () if dates else _run_together(digits, today)
        value = normal(ContactSystem.PHONE, digits)
        if is_reachable(ContactSystem.PHONE, value):
            phone = value
    name = " ".join(text.split())
    if sum(each.isalpha() for each in name) < FEWEST_LETTERS:
        name = ""
    return Wanted(name=name, birth_dates=dates, phone=phone)


def _take_dates(text: str, today: date) -> tuple[str, tuple[date, ...]]:
    for pattern, order in ((_ISO_DATE, (3, 2, 1)), (_DATE, (1, 2, 3))):
        found = pattern.search(text)
        if found:
            day, month, year = (found.group(part) for part in order)
            return text.replace(found.group(), " "), _dates(day, month, year, today)
    return text, ()


def _run_together(digits: str, today: date) -> tuple[date, ...]:
    if len(digits) not in (6, 8):
        return ()
    return _dates(digits[:2], digits[2:4], digits[4:], today)


def _dates(day: str, month: str, year: str, today: date) -> tuple[date, ...]:
    """The days that this can be; a year of two digits can be in this century or the one before."""
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]
    found = []
    for each in years:
        try:
            made = date(each, int(month), int(day))
        except ValueError:
            continue
        if EARLIEST_BIRTH <= made <= today:
            found.append(made)
    return tuple(found)
