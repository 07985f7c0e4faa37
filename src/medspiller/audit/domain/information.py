"""Which information was seen or written, and what somebody searched by: codes, never the content itself."""

from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache


class Information(StrEnum):
    """
    Categories of information about a person, as the person would name them.

    A code is stored for good: add new ones, never rename or reuse one. Each has its
    words in `audit.texts`.
    """

    REGISTRATION = "registration"
    NAME_AND_BIRTH = "name_and_birth"
    CONTACT_DETAILS = "contact_details"
    PROTECTED_ADDRESS = "protected_address"
    CARERS = "carers"
    CARED_FOR = "cared_for"
    CHILDREN = "children"
    CONTACT_PERSON = "contact_person"
    CONSENTS = "consents"
    MAY_BE_TOLD = "may_be_told"
    INVOLVEMENT = "involvement"
    HEALTH = "health"
    NEEDS = "needs"
    ANSWERS = "answers"
    PLAN = "plan"
    NOTES = "notes"
    AGREEMENT = "agreement"
    MESSAGES = "messages"
    APPOINTMENTS = "appointments"
    APPLICATIONS = "applications"
    DECISIONS = "decisions"
    COMPLAINTS = "complaints"
    RESPITE = "respite"
    RIGHTS = "rights"
    COURSES = "courses"
    DOCUMENTS = "documents"
    CONCERN_FOR_CHILD = "concern_for_child"
    SAFETY = "safety"
    KEPT_FROM_PARENTS = "kept_from_parents"
    ACCOUNT = "account"
    ROLES = "roles"
    ACCESS_LOG = "access_log"


class SearchTerm(StrEnum):
    """What somebody searched by. The term itself is not stored: it may be a name or a person number."""

    NAME = "name"
    PERSON_NUMBER = "person_number"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    ADDRESS = "address"
    UNIT = "unit"
    ROLE = "role"
    STATUS = "status"
    PERIOD = "period"
    WORDS = "words"


class UnknownInformation(ValueError):
    """An entry was to name a category that `Information` does not have."""


class UnknownSearchTerm(ValueError):
    """A search was described by something else than `SearchTerm`. What it was is not repeated: it may be a name."""


class InformationMissing(ValueError):
    """An entry about a person who was seen must say which information was seen (pasientjournalloven § 22 a)."""


def categories(information: str | Collection[str]) -> tuple[Information, ...]:
    """
    Return the categories that one code or several stand for, in the order of `Information`, each once.

    :raises UnknownInformation: naming the code that is none.
    """
    return _categories(_several(information))


def terms(description: str | Collection[str]) -> tuple[SearchTerm, ...]:
    """
    Return what a search went by, in the order of `SearchTerm`, each once.

    :raises UnknownSearchTerm: if anything but a code was given, or nothing at all.
    """
    asked = _several(description)
    if not asked or asked.difference(SearchTerm):
        raise UnknownSearchTerm("describe a search by codes of SearchTerm, never by what was typed")
    return tuple(term for term in SearchTerm if term in asked)


# A list asks the same for every person in it.
@lru_cache(maxsize=256)
def _categories(asked: frozenset[str]) -> tuple[Information, ...]:
    unknown = asked.difference(Information)
    if unknown:
        raise UnknownInformation(", ".join(sorted(unknown)))
    return tuple(category for category in Information if category in asked)


def _several(codes: str | Collection[str]) -> frozenset[str]:
    if isinstance(codes, str):
        return frozenset([codes] if codes else [])
    return frozenset(codes)
