"""
What a carer says that they lack, read out of the codes of their answers.

A need is one of the catalogue's codes, so that what somebody says leads to what is offered. Words of theirs are not
read: nobody is taken to need what they have not said by choosing it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from medspiller.catalogue.domain.vocabulary import Need

CODES = "https://medspiller.no/fhir/CodeSystem/"
NEED_SYSTEM = f"{CODES}need"
_NEEDS = frozenset(each.value for each in Need)

# Which answers to a question about a need say that it is there, by the list they are chosen from.
_LACKING: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "nights": frozenset({"weekly", "every"}),
        "can-leave": frozenset({"no"}),
        "impact": frozenset({"a-lot"}),
        "support": frozenset({"too-little", "no"}),
        "yes-no-unsure": frozenset({"yes"}),
        "how-often": frozenset({"yes"}),
        "information-need": frozenset({"illness", "treatment", "visit", "death", "who-helps"}),
    }
)
# Where the question is turned round: *do you know enough?*, *are there safe adults?*
_TURNED: Mapping[tuple[Need, str], frozenset[str]] = MappingProxyType(
    {
        (Need.INFORMATION, "how-often"): frozenset({"no"}),
        (Need.NETWORK, "yes-no-unsure"): frozenset({"no"}),
    }
)


class NeedSource(StrEnum):
    """Where a need was said. A code is stored for good."""

    ANSWERS = "answers"
    TALK = "talk"


class NeedEnded(StrEnum):
    """Why a need stands in the file no more. A code is stored for good."""

    MET = "met"
    NO_LONGER = "no_longer"
    # Newer answers to the same questions do not say it.
    NOT_SAID_AGAIN = "not_said_again"
    # The answers were entered in error.
    ENTERED_IN_ERROR = "entered_in_error"


# What staff may say of a need; the others follow from the answers.
BY_STAFF = frozenset({NeedEnded.MET, NeedEnded.NO_LONGER})


@dataclass(frozen=True, slots=True)
class Said:
    """One chosen answer: the needs its question asks about, and the list and code of what was chosen."""

    link_id: str
    asks_about: tuple[str, ...]
    system: str
    code: str


@dataclass(frozen=True, slots=True)
class NeedSaid:
    """A need with the question in whose answer it was said."""

    need: Need
    link_id: str


def needs_in(said: Iterable[Said]) -> tuple[NeedSaid, ...]:
    """Return the needs that answers say, each once, with the first question that said it."""
    found: dict[Need, NeedSaid] = {}
    for each in said:
        for need in _needs_of(each):
            found.setdefault(need, NeedSaid(need, each.link_id))
    return tuple(found.values())


def _needs_of(said: Said) -> Iterable[Need]:
    if said.system == NEED_SYSTEM:
        return [Need(said.code)] if said.code in _NEEDS else []
    if not said.system.startswith(CODES):
        return []
    asked_in = said.system.removeprefix(CODES)
    asked = [Need(code) for code in said.asks_about if code in _NEEDS]
    return [need for need in asked if said.code in _TURNED.get((need, asked_in), _LACKING.get(asked_in, frozenset()))]
