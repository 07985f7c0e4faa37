"""
What a draft of a form may hold, how much, and for how long.

A draft is what somebody has typed and not sent yet. It is theirs alone, is kept for a week
at most, and never holds what nobody should find again: passwords, codes, files, the page's
own machinery, and person numbers unless the form says so.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from medspiller.access.domain import typed_text
from medspiller.access.domain.typed_text import TypedField
from medspiller.core.errors import MedspillerError

LASTS = timedelta(days=7)
# As it is stored, in bytes.
MOST_BYTES = 64 * 1024
# Of one person at a time.
MOST_DRAFTS = 20
# How long it is remembered that a form was sent, so that a late request does not bring its draft back.
SENT_REMEMBERED = timedelta(hours=1)
KEY_LENGTH = 100

# What Django's sets of forms count their forms with.
_COUNTS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
_ROW = re.compile(r"(?:-\d+)?-")


class Keeping(StrEnum):
    """Whether a field's value becomes part of a draft."""

    # Unless name or value looks like somebody's secret.
    TYPED = "typed"
    ALWAYS = "always"
    NEVER = "never"


class DraftRefused(MedspillerError):
    """A draft cannot be kept. Nothing of an earlier one was lost."""


class DraftTooLarge(DraftRefused):
    """It is longer than `MOST_BYTES`."""


class TooManyDrafts(DraftRefused):
    """The person has `MOST_DRAFTS` drafts already."""


class DraftIsOlder(DraftRefused):
    """
    A newer draft is kept already, or the form was sent meanwhile.

    `number` is what a newer one has to exceed.
    """

    def __init__(self, number: int):
        self.number = number
        super().__init__(f"not newer than {number}")


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into one form, in the order it was sent, and when it was kept."""

    fields: tuple[TypedField, ...]
    saved_at: datetime


def number_at(moment: datetime) -> int:
    """
    Return the number of a draft that is sent at a moment: milliseconds since 1970, by the server's clock.

    A page counts on from the moment it was made. Of two saves the higher number is the
    newer, from whichever tab or device, however late either arrives.
    """
    return int(moment.timestamp() * 1000)


def kept(fields: Iterable[tuple[str, str]], *, rules: Mapping[str, Keeping]) -> tuple[TypedField, ...]:
    """
    Return what of a form becomes its draft; nothing if nobody has typed anything.

    `rules` names the form's fields, without the prefix of a form among several. What it
    does not name is not the form's, and is not kept.
    """
    found = [TypedField(name, value) for name, value in fields if _is_kept(name, value, rules)]
    has_words = any(field.value.strip() and not is_count(field.name) for field in found)
    return tuple(found) if has_words else ()


def rule_of(name: str, rules: Mapping[str, Keeping]) -> Keeping:
    """Return the rule for a field by the name it is sent with, which may begin with a prefix."""
    return rules.get(_ROW.split(name)[-1], Keeping.NEVER)


def is_count(name: str) -> bool:
    """Say whether a field counts the forms of a set, which nobody typed and without which none comes back."""
    return name.endswith(tuple(f"-{each}" for each in _COUNTS))


def _is_kept(name: str, value: str, rules: Mapping[str, Keeping]) -> bool:
    if is_count(name):
        return value.isdecimal()
    rule = rule_of(name, rules)
    return rule is Keeping.ALWAYS or (rule is Keeping.TYPED and not typed_text.is_secret(TypedField(name, value)))
