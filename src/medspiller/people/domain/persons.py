"""What is known of a person, and how it must be written to be stored."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from medspiller.core.errors import MedspillerError

NAME_LENGTH = 200
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
    problems: dict[str, str] = {}
    for name in ("given_name", "family_name"):
        text: str = getattr(details, name)
        if len(text) > NAME_LENGTH or not text.isprintable():
            problems[name] = "name"
    if not details.given_name and not details.family_name:
        problems["given_name"] = "missing"
    if details.birth_date is not None and not EARLIEST_BIRTH <= details.birth_date <= today:
        problems["birth_date"] = "not_a_birth_date"
    if details.person_number and not looks_like_person_number(details.person_number):
        problems["person_number"] = "not_a_person_number"
    if problems:
        raise DetailsInvalid(problems)


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
