"""What somebody fills in: how little is asked, and what of it can be taken."""

import re
from dataclasses import dataclass, replace

from medspiller.core.errors import InvalidInput
from medspiller.enquiries.domain.enquiries import About, PartOfDay
from medspiller.people.domain import contacts
from medspiller.people.domain.contacts import ContactSystem

NAME_LENGTH = 100
CONTACT_LENGTH = 120
TEXT_LENGTH = 2000
WEEKDAYS = (1, 2, 3, 4, 5)
# What one may want to be talked to in. Norwegian first: it is chosen unless somebody chooses else.
LANGUAGES = ("nb", "en", "se", "ar", "pl", "so", "ti", "uk", "nsl", "other")
OTHER_LANGUAGE = "other"
# The name of a language, and no room for more.
LANGUAGE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class CallWish:
    """
    A wish to be called back. Either `phone` or `email` is needed.

    `parts` and `weekdays` (1 is Monday) are when it suits; none means any. `may_leave_message` says whether a message
    on the telephone or in the mailbox is safe: others may hear or see it. Who writes an `other_language` wants that
    one, whichever `language` was chosen.
    """

    about: About
    name: str = ""
    phone: str = ""
    email: str = ""
    parts: tuple[PartOfDay, ...] = ()
    weekdays: tuple[int, ...] = ()
    language: str = LANGUAGES[0]
    other_language: str = ""
    needs_interpreter: bool = False
    may_leave_message: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What the register has of somebody who asks, so that they need not write it again; what it lacks is empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = LANGUAGES[0]
    other_language: str = ""
    needs_interpreter: bool = False


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody says of how the pages can be used, or of privacy; `email` where they want an answer."""

    text: str
    email: str = ""


def read_call(wish: CallWish) -> CallWish:
    """
    Return a wish with blanks put in order and contacts as they are dialled.

    :raises InvalidInput: naming fields with what is wrong: `required`, `too-long`, `no-phone`, `no-email`,
        `no-language`, `unknown`.
    """
    other = " ".join(wish.other_language.replace("\0", "").split())
    read = replace(
        wish,
        other_language=other,
        language=OTHER_LANGUAGE if other else wish.language,
        name=" ".join(wish.name.replace("\0", "").split()),
        phone=contacts.normal(ContactSystem.PHONE, wish.phone.replace("\0", "")),
        email=contacts.normal(ContactSystem.EMAIL, wish.email.replace("\0", "")),
        parts=tuple(each for each in PartOfDay if each in wish.parts),
        weekdays=tuple(sorted({*wish.weekdays} & {*WEEKDAYS})),
    )
    problems = _of_contact(read.email)
    if len(read.name) > NAME_LENGTH:
        problems["name"] = "too-long"
    if len(read.phone) > CONTACT_LENGTH:
        problems["phone"] = "too-long"
    elif read.phone and not contacts.is_reachable(ContactSystem.PHONE, read.phone):
        problems["phone"] = "no-phone"
    elif not read.phone and not read.email:
        problems["phone"] = "required"
    if read.language not in LANGUAGES:
        problems["language"] = "unknown"
    if len(other) > LANGUAGE_LENGTH:
        problems["other_language"] = "too-long"
    elif not _IN_LETTERS.fullmatch(other):
        problems["other_language"] = "no-language"
    if problems:
        raise InvalidInput(problems)
    return read


def read_feedback(feedback: Feedback) -> Feedback:
    """
    Return feedback with blanks put in order.

    :raises InvalidInput: naming fields with what is wrong: `required`, `too-long`, `no-email`.
    """
    text = feedback.text.replace("\0", "").strip()
    read = Feedback(text=text, email=contacts.normal(ContactSystem.EMAIL, feedback.email.replace("\0", "")))
    problems = _of_contact(read.email)
    if not text:
        problems["text"] = "required"
    elif len(text) > TEXT_LENGTH:
        problems["text"] = "too-long"
    if problems:
        raise InvalidInput(problems)
    return read


# Letters with what may stand between them: no room for a number, an address or a sentence of health.
_IN_LETTERS = re.compile(r"[^\W\d_]*(?:[ '’/()-]+[^\W\d_]*){0,4}")


def language_of(tag: str, *, in_language: str) -> tuple[str, str]:
    """
    Return a registered language as it is chosen here, with its name where it is none of those; none is Norwegian.

    >>> language_of("so", in_language="nb"), language_of("nn", in_language="nb"), language_of("ur", in_language="nb")
    (('so', ''), ('nb', ''), ('other', 'urdu'))
    """
    code = tag.split("-", maxsplit=1)[0].lower()
    if code in ("", "no", "nn"):
        return LANGUAGES[0], ""
    return (code, "") if code in LANGUAGES else (OTHER_LANGUAGE, contacts.language_name(tag, in_language=in_language))


def _of_contact(email: str) -> dict[str, str]:
    if len(email) > CONTACT_LENGTH:
        return {"email": "too-long"}
    if email and not contacts.is_reachable(ContactSystem.EMAIL, email):
        return {"email": "no-email"}
    return {}
