"""Whom a sign-up is for, and how little of them is asked: a name and one way to reach them, or nothing at all."""

import re
from dataclasses import dataclass

from medspiller.core.errors import InvalidInput
from medspiller.messages.domain import addresses
from medspiller.messages.domain.notices import Channel

NAME_LENGTH = 100
CONTACT_LENGTH = 120
NEEDS_LENGTH = 300
_DIGITS = re.compile(r"\+?[0-9]{8,15}")


@dataclass(frozen=True, slots=True)
class Wish:
    """
    What somebody fills in. `contact` is a telephone number or an e-mail address.

    `for_name` is the one who comes, where that is somebody else than the one who fills in. `needs` is what the
    organiser should know to make it possible to come. `may_message` says that a message to the contact is safe, and
    `language` is the one it is written in.
    """

    name: str = ""
    contact: str = ""
    for_name: str = ""
    needs: str = ""
    anonymous: bool = False
    may_message: bool = False
    language: str = ""

    @property
    def comes(self) -> str:
        """The name of the one who comes; empty where nobody is named."""
        return self.for_name or self.name


def read_wish(wish: Wish, *, signed_in: bool) -> Wish:
    """
    Return what was filled in with blanks put in order and the contact as gateways take it.

    Whoever is signed in need not say who they are; whoever wants to be nobody may not say it.

    :raises InvalidInput: naming the fields with what is wrong: `required`, `too-long`, `no-contact`.
    """
    if wish.anonymous:
        return Wish(anonymous=True)
    read = Wish(
        name=tidy(wish.name),
        contact=contact_of(wish.contact),
        for_name=tidy(wish.for_name),
        needs=wish.needs.strip(),
        may_message=wish.may_message and bool(wish.contact.strip()),
        language=wish.language,
    )
    problems: dict[str, str] = {}
    limits = (("name", read.name, NAME_LENGTH), ("contact", read.contact, CONTACT_LENGTH))
    for field, value, most in (*limits, ("for_name", read.for_name, NAME_LENGTH), ("needs", read.needs, NEEDS_LENGTH)):
        if len(value) > most:
            problems[field] = "too-long"
    for field in ("name", "contact"):
        if not signed_in and not getattr(read, field):
            problems[field] = "required"
    if read.contact and "contact" not in problems and not is_contact(read.contact):
        problems["contact"] = "no-contact"
    if problems:
        raise InvalidInput(problems)
    return read


def tidy(text: str) -> str:
    """Return a name with single blanks, and none around it."""
    return " ".join(text.split())


def contact_of(text: str) -> str:
    """
    Return a telephone number or an e-mail address as equal ones are equal.

    >>> contact_of(" Kari@Example.ORG ")
    'kari@example.org'
    """
    return addresses.normal(text, channel=addresses.channel_of(text))


def is_contact(contact: str) -> bool:
    """Say whether somebody can be reached there: any telephone, or a mailbox."""
    if "@" in contact:
        return addresses.is_usable(contact, channel=Channel.EMAIL)
    return _DIGITS.fullmatch(contact) is not None


def same_as(wish: Wish, *, owner: str) -> str:
    """
    Return what is equal for two sign-ups of the same one; empty for whoever is nobody.

    `owner` is the id of the account, empty for whoever is not signed in.
    """
    if wish.anonymous:
        return ""
    who = owner or f"{wish.name.casefold()}\0{wish.contact}"
    return f"{who}\0{wish.for_name.casefold()}"
