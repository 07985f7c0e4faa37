"""
Reference figures: what others have counted or estimated, with year, definition and source.

None is laid on one line with a figure of our own unless somebody has said that the two count the same
(`comparable_with`). 800 000 carers and 1.5 million are both true, of different things.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from medspiller.content.domain.definitions import Pin

Texts = Mapping[str, str]


class FigureKind(StrEnum):
    """How a figure came about."""

    ESTIMATE = "estimate"
    SURVEY = "survey"
    REGISTER = "register"
    BUDGET = "budget"


class Topic(StrEnum):
    """What figures are about: those of one topic are shown together."""

    CARERS = "carers"
    CHILDREN = "children"
    GENDER = "gender"
    HEALTH = "health"
    SERVICES = "services"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class ReferenceFigure:
    """
    One figure.

    `value` is written as it is shown, numbers as in Norwegian text apart from the language's own marks. `year` is what
    it is of, not when it was read; `first_hand` whether we have read where it comes from, or only what quotes it.
    """

    id: str
    topic: Topic
    kind: FigureKind
    value: Texts
    year: str
    title: Texts
    definition: Texts
    source: str
    read_in: str
    caution: Texts | None
    comparable_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureSet:
    """Figures that were read in the same place."""

    slug: str
    pin: Pin
    title: Texts
    figures: tuple[ReferenceFigure, ...]
