"""
How a person can be reached, and what is safe to do there.

Where made-up people are kept (a demo, a test) no number may be anybody's. Norway has no range
of numbers for that, so these have two zeros where every Norwegian number has a digit from 2
to 9: the numbering plan gives none of them out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from babel import Locale, UnknownLocaleError
from phonenumbers import NumberParseException, PhoneNumberFormat

from medspiller.core import telephones
from medspiller.core.errors import MedspillerError

REGION = "NO"
# For what values are hashed, so that equal ones are found.
CONTACT_VALUE = "people.contact_point"
VALUE_MOST = {"phone": 40, "email": 254, "address": 400}
NOTE_MOST = 200
LAST_RANK = 9
LANGUAGE_MOST = 35
SHOWN_DIGITS = 2
_MADE_UP_NUMBER = re.compile(r"\+4700[0-9]{6}")
_MAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,180}\.[^@\s.,;<>\"]{2,63}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class ContactSystem(StrEnum):
    """What a contact point is (FHIR ContactPoint.system; an address is a Norwegian postal one)."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


class Channel(StrEnum):
    """How a person wants to be reached."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    MEETING = "meeting"


class NameUse(StrEnum):
    """When another name than the usual one was or is used (FHIR HumanName.use)."""

    OFFICIAL = "official"
    FORMER = "old"
    NICKNAME = "nickname"


class Gender(StrEnum):
    """What a person says of themselves. Never derived, and empty where nobody asked."""

    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """
    What is told of one way to reach a person.

    `own` is false where it is somebody else's, as a parent's telephone is. The three answers
    about safety are None where nobody asked, and that is not yes. `rank` 1 is tried first.
    """

    system: ContactSystem
    value: str
    own: bool = True
    safe_to_call: bool | None = None
    safe_to_leave_message: bool | None = None
    safe_for_notices: bool | None = None
    note: str = ""
    rank: int = 1


class ContactRefused(MedspillerError):
    """A way to reach somebody cannot be stored; `problems` maps the detail to a code of what is wrong."""

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        super().__init__(", ".join(f"{name}: {problem}" for name, problem in problems.items()))


class AlreadyThere(MedspillerError):
    """The person can be reached there already."""


class AlreadyEnded(MedspillerError):
    """It has an end already."""

    def __init__(self, *, valid_to: date):
        self.valid_to = valid_to
        super().__init__(f"ended from {valid_to}")


def tidy_contact(details: ContactDetails) -> ContactDetails:
    """Return the details as equal ones are equal: a number in E.164, an e-mail in small letters, no needless spaces."""
    return replace(details, value=normal(details.system, details.value), note=" ".join(details.note.split()))


def ensure_contact_valid(details: ContactDetails, *, number_only: bool = False) -> None:
    """
    Accept tidy details that can be stored; `number_only` by a unit that has nothing but the person's number.

    :raises ContactRefused: with every detail that cannot.
    """
    problems: dict[str, str] = {}
    if not details.value:
        problems["value"] = "missing"
    elif len(details.value) > VALUE_MOST[details.system]:
        problems["value"] = "too_long"
    elif not is_reachable(details.system, details.value):
        problems["value"] = f"not_{details.system}"
    if len(details.note) > NOTE_MOST or not details.note.isprintable():
        problems["note"] = "too_long"
    if not 1 <= details.rank <= LAST_RANK:
        problems["rank"] = "not_a_rank"
    if details.safe_for_notices and not details.own:
        problems["safe_for_notices"] = "not_own"
    elif details.safe_for_notices and details.system is ContactSystem.ADDRESS:
        problems["safe_for_notices"] = "not_by_post"
    elif details.safe_for_notices is not None and number_only:
        problems["safe_for_notices"] = "not_theirs"
    if problems:
        raise ContactRefused(problems)


def normal(system: ContactSystem, value: str) -> str:
    """
    Return a value as equal ones are equal. What cannot be read comes back without the spaces around it.

    >>> normal(ContactSystem.PHONE, "00 12 34 56")
    '+4700123456'
    """
    if system is ContactSystem.EMAIL:
        return value.strip().lower()
    if system is ContactSystem.ADDRESS:
        return "\n".join(line for line in (" ".join(each.split()) for each in value.splitlines()) if line)
    digits = re.sub(r"[\s()./-]", "", value)
    # As the library would read it, but that it takes the zeros for a way out of the country.
    made_up = f"+47{digits}" if re.fullmatch(r"00[0-9]{6}", digits) else digits
    if _MADE_UP_NUMBER.fullmatch(made_up):
        return made_up
    try:
        return phonenumbers.format_number(phonenumbers.parse(value, REGION), PhoneNumberFormat.E164)
    except NumberParseException:
        return value.strip()


def is_reachable(system: ContactSystem, value: str) -> bool:
    """Say whether a normal value can be rung or written to."""
    if system is ContactSystem.EMAIL:
        return _MAIL.fullmatch(value) is not None
    if system is ContactSystem.ADDRESS:
        return all(line.isprintable() for line in value.splitlines())
    if is_made_up(value):
        return True
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(value))
    except NumberParseException:
        return False


def is_made_up(number: str) -> bool:
    """Say whether a normal telephone number can be nobody's."""
    return _MADE_UP_NUMBER.fullmatch(number) is not None


def as_said(system: ContactSystem, value: str) -> str:
    """Return a normal value as people write it: `normal` reads it back as the same."""
    return telephones.written(value) if system is ContactSystem.PHONE else value


def is_language(tag: str) -> bool:
    """
    Say whether a tag of BCP 47 names a language that we can name.

    >>> is_language("so"), is_language("zh-Hant"), is_language("xq")
    (True, True, False)
    """
    if len(tag) > LANGUAGE_MOST or not _LANGUAGE.fullmatch(tag):
        return False
    return language_name(tag, in_language="en") != ""


def language_name(tag: str, *, in_language: str) -> str:
    """Return what a language is called in another; empty if nobody has told us."""
    names = _names_in(in_language)
    code = tag.split("-", maxsplit=1)[0].lower()
    return str(names.get(tag.replace("-", "_")) or names.get(code) or "")


@lru_cache(maxsize=16)
def _names_in(language: str) -> Mapping[str, str]:
    """What each language is called in one, by its tag; empty if nobody has told us."""
    try:
        names: Mapping[str, str] = Locale.parse(language, sep="-").languages
    except (UnknownLocaleError, ValueError):
        return {}
    return names
