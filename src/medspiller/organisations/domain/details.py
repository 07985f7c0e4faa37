"""What can be said about a unit or an organisation, and how two versions of it differ."""

from dataclasses import dataclass, fields, replace
from typing import ClassVar, TypeVar
from urllib.parse import urlsplit

from medspiller.organisations.domain.kinds import OrganisationKind, UnitKind

NAME_LENGTH = 120
NOTICE_LENGTH = 500
TEXT_LENGTH = 4000
WEBSITE_LENGTH = 200
PHONE_LENGTH = 20
# The shortest that one can call, 110 and its like, and the longest there are in the world.
_FEWEST_DIGITS, _MOST_DIGITS = 3, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDetails:
    """
    `opening_hours` is text as people write it; `notice` is a short word to colleagues.

    `phone` is what anybody may call, in digits with at most a + before them, or empty.
    """

    name: str
    kind: UnitKind
    about: str = ""
    opening_hours: str = ""
    phone: str = ""
    notice: str = ""

    LIMITS: ClassVar[dict[str, int]] = {
        "name": NAME_LENGTH,
        "about": TEXT_LENGTH,
        "opening_hours": TEXT_LENGTH,
        "phone": PHONE_LENGTH,
        "notice": NOTICE_LENGTH,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationDetails:
    """`website` is a full address, or empty."""

    name: str
    kind: OrganisationKind
    website: str = ""
    about: str = ""

    LIMITS: ClassVar[dict[str, int]] = {"name": NAME_LENGTH, "website": WEBSITE_LENGTH, "about": TEXT_LENGTH}


Details = TypeVar("Details", UnitDetails, OrganisationDetails)


def tidy(details: Details) -> Details:
    """Return the details without blanks around texts and with names on one line."""
    texts = {field: getattr(details, field).strip() for field in details.LIMITS}
    texts["name"] = " ".join(texts["name"].split())
    if "phone" in texts:
        texts["phone"] = _dialled(texts["phone"])
    return replace(details, **texts)


def differing_fields(before: Details, after: Details) -> tuple[str, ...]:
    """Return the names of the fields that are not the same, in the order they are declared."""
    names = [field.name for field in fields(before)]
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def too_long(details: Details) -> dict[str, int]:
    """Return the fields whose text is too long, each with how many characters it may have."""
    return {field: limit for field, limit in details.LIMITS.items() if len(getattr(details, field)) > limit}


def _dialled(typed: str) -> str:
    """A number as it is dialled, without what people put between its digits; other text as it is."""
    bare = "".join(sign for sign in typed if not sign.isspace() and sign not in "-.()/")
    return bare if is_phone(bare) else typed


def is_phone(text: str) -> bool:
    """Say whether a text is a number that can be dialled: digits, and at most a + before them."""
    digits = text.removeprefix("+")
    return digits.isascii() and digits.isdigit() and _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS


def is_web_address(text: str) -> bool:
    """Say whether a text is a full http or https address that a browser can follow."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and not any(map(str.isspace, text))
