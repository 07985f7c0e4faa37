"""What is known of a person, and how it must be written to be stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from medspiller.core import person_numbers
from medspiller.core.errors import MedspillerError
from medspiller.people.domain.contacts import Channel, Gender, NameUse, is_language

NAME_LENGTH = 200
BEST_TIME_MOST = 200
PERSON_NUMBER_LENGTH = 11
EARLIEST_BIRTH = date(1890, 1, 1)


class ProtectedAddress(StrEnum):
    """
    How far the address is protected (folkeregisterloven § 10-4; formerly code 7 and code 6).

    `STRICT` is given to people whose life may be in danger.
    """

    NONE = "none"
    CONFIDENTIAL = "fortrolig"
    STRICT = "strengt_fortrolig"


class AlreadyRegistered(MedspillerError):
    """Somebody with this person number is registered. Nothing is told of them."""


class DetailsInvalid(MedspillerError):
    """What was told of a person cannot be stored; `problems` maps the detail to a code of what is wrong."""

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        super().__init__(", ".join(f"{name}: {problem}" for name, problem in problems.items()))


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """
    What is told of a person when they are registered.

    The person number is optional: many carers never give it.
    """

    given_name: str
    family_name: str
    birth_date: date | None = None
    person_number: str = ""
    protected_address: ProtectedAddress = ProtectedAddress.NONE


@dataclass(frozen=True, slots=True)
class PersonChanges:
    """
    All that is said of a person beside their number, as it is to be from now on.

    `person_number` is what is added to somebody who had none; empty leaves it as it is.
    `language` is a tag of BCP 47, empty where nobody asked; so is `gender`, which is nobody's
    to guess. `needs_interpreter` and `wants_notices` are None where nobody asked.
    """

    given_name: str
    family_name: str
    birth_date: date | None = None
    person_number: str = ""
    protected_address: ProtectedAddress = ProtectedAddress.NONE
    gender: Gender | None = None
    language: str = ""
    needs_interpreter: bool | None = None
    preferred_channel: Channel | None = None
    best_time: str = ""
    wants_notices: bool | None = None

    def differing(self, other: "PersonChanges") -> tuple[str, ...]:
        """Return the names of what is not the same in the two."""
        return tuple(each.name for each in fields(self) if getattr(self, each.name) != getattr(other, each.name))


@dataclass(frozen=True, slots=True)
class NameDetails:
    """A name beside the usual one, in [valid_from, valid_to) as far as that is known."""

    use: NameUse
    given_name: str = ""
    family_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class Changed(MedspillerError):
    """
    Somebody else stored something meanwhile; nothing of it was overwritten.

    `now` maps each detail that is not as it was seen to what it says now, `seen` to what it
    said when it was seen. `version` is the one that is stored.
    """

    def __init__(self, *, seen: Mapping[str, object], now: Mapping[str, object], version: int):
        self.seen, self.now, self.version = dict(seen), dict(now), version
        super().__init__("changed meanwhile: " + ", ".join(self.now))


class DeathRefused(MedspillerError):
    """Somebody cannot have died on that day; `problem` is its code: not_a_day, before_birth or already_dead."""

    def __init__(self, problem: str):
        self.problem = problem
        super().__init__(problem)


def tidy(details: PersonDetails) -> PersonDetails:
    """Return the details with the spaces that nobody meant taken out."""
    return replace(
        details,
        given_name=" ".join(details.given_name.split()),
        family_name=" ".join(details.family_name.split()),
        person_number=number_digits(details.person_number),
    )


def ensure_valid(details: PersonDetails, *, today: date) -> None:
    """
    Accept details that can be stored.

    :raises DetailsInvalid: with every detail that cannot.
    """
    problems = _who_problems(details, today=today)
    if problems:
        raise DetailsInvalid(problems)


def tidy_changes(changes: PersonChanges) -> PersonChanges:
    """Return the changes with the spaces that nobody meant taken out, and the language as its tag is written."""
    return replace(
        changes,
        given_name=" ".join(changes.given_name.split()),
        family_name=" ".join(changes.family_name.split()),
        person_number=number_digits(changes.person_number),
        language=changes.language.strip(),
        best_time=" ".join(changes.best_time.split()),
    )


def ensure_changes_valid(changes: PersonChanges, *, died_on: date | None, today: date) -> None:
    """
    Accept changes that can be stored for somebody who died on a day, if they did.

    :raises DetailsInvalid: with every detail that cannot.
    """
    problems = _who_problems(changes, today=today)
    if died_on and changes.birth_date and changes.birth_date > died_on:
        problems.setdefault("birth_date", "after_death")
    if changes.language and not is_language(changes.language):
        problems["language"] = "not_a_language"
    if len(changes.best_time) > BEST_TIME_MOST or not changes.best_time.isprintable():
        problems["best_time"] = "too_long"
    if problems:
        raise DetailsInvalid(problems)


def tidy_name(details: NameDetails) -> NameDetails:
    """Return the name with the spaces that nobody meant taken out."""
    return replace(
        details,
        given_name=" ".join(details.given_name.split()),
        family_name=" ".join(details.family_name.split()),
    )


def ensure_name_valid(details: NameDetails, *, today: date) -> None:
    """
    Accept a name that can be stored.

    :raises DetailsInvalid: with every detail that cannot.
    """
    problems = _name_problems(details)
    if details.valid_from and not EARLIEST_BIRTH <= details.valid_from <= today:
        problems["valid_from"] = "not_a_day"
    if details.valid_to and not EARLIEST_BIRTH <= details.valid_to <= today:
        problems["valid_to"] = "not_a_day"
    elif details.valid_from and details.valid_to and details.valid_to <= details.valid_from:
        problems["valid_to"] = "not_after_start"
    if problems:
        raise DetailsInvalid(problems)


def ensure_death(*, died_on: date, birth_date: date | None, known: date | None, today: date) -> None:
    """
    Accept that somebody died on a day, who is not known to have died on `known`.

    :raises DeathRefused: if they cannot have.
    """
    if not EARLIEST_BIRTH <= died_on <= today:
        raise DeathRefused("not_a_day")
    if birth_date is not None and died_on < birth_date:
        raise DeathRefused("before_birth")
    if known is not None and known != died_on:
        raise DeathRefused("already_dead")


def age_on(birth_date: date, day: date) -> int:
    """
    Return the age in whole years on a day. Whoever was born on 29 February turns a year older on 1 March.

    >>> age_on(date(2008, 2, 29), date(2026, 2, 28))
    17
    """
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def _who_problems(details: PersonDetails | PersonChanges, *, today: date) -> dict[str, str]:
    problems = _name_problems(details)
    if details.birth_date is not None and not EARLIEST_BIRTH <= details.birth_date <= today:
        problems["birth_date"] = "not_a_birth_date"
    # Made-up numbers are nobody's and do no harm; a slip in a real one would make two of one person.
    if details.person_number and not person_numbers.check(details.person_number, test=True).valid:
        problems["person_number"] = "not_a_person_number"
    return problems


def _name_problems(details: PersonDetails | PersonChanges | NameDetails) -> dict[str, str]:
    problems: dict[str, str] = {}
    for name in ("given_name", "family_name"):
        text: str = getattr(details, name)
        if len(text) > NAME_LENGTH or not text.isprintable():
            problems[name] = "name"
    if not details.given_name and not details.family_name:
        problems["given_name"] = "missing"
    return problems


def number_digits(typed: str) -> str:
    """Return a person number as it is stored and looked up: without the spaces people write in it."""
    return "".join(typed.split())


def looks_like_person_number(digits: str) -> bool:
    """Say whether this is written as a person number is. Whether it is anybody's is not known by that."""
    return re.fullmatch(rf"[0-9]{{{PERSON_NUMBER_LENGTH}}}", digits) is not None


def same_name(one: str, other: str) -> bool:
    """Say whether two names are the same to somebody who writes them in small letters or with a space too many."""
    return one.casefold().split() == other.casefold().split()


def full_name(given_name: str, family_name: str) -> str:
    """Return the name as it is said."""
    return f"{given_name} {family_name}".strip()
