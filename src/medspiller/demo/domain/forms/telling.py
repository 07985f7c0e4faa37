"""How it is told that somebody in a story answered a form: who, when, how, and what they said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from medspiller.questionnaires.domain.states import How

SHIPPED = "https://medspiller.no/fhir/Questionnaire/"
# Whoever answers for themselves, at home.
SELF = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """
    Answers to a form, so many days ago. `who` is whose they are and `about` the other person, by their keys in the story.

    `by` is the persona who wrote them down, as they were told (`how`), or `SELF`. `said` is by
    linkId, options by their code; a group that repeats is a list. What is not `finished` is a
    draft that stays at `step`.
    """

    days: int
    by: str
    story: str
    who: str
    form: str
    said: Mapping[str, Any]
    about: str = ""
    how: How | None = None
    finished: bool = True
    step: int | None = None

    @property
    def url(self) -> str:
        """The address of the form; it is one that is shipped to all."""
        return f"{SHIPPED}{self.form}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What an instrument came to that a persona asked on paper so many days ago, and entered afterwards."""

    days: int
    by: str
    story: str
    who: str
    instrument: str
    total: str
    value: int


def ago(today: date, days: int) -> str:
    """Return the day so many days ago as an answer holds it; fewer than none lie ahead."""
    return (today - timedelta(days=days)).isoformat()
