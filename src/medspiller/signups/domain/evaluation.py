"""What those who came are asked afterwards: few questions, each with a few answers, counted and not kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from medspiller.core.errors import MedspillerError

URL = "https://medspiller.no/fhir/Questionnaire/offer-evaluation"
# Fewer could be known again by whoever was there.
FEWEST_SHOWN = 5


class NothingAsked(MedspillerError):
    """There is nothing to answer, or nothing of it was answered."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the answers one can choose from, code and text, in one language."""

    id: str
    text: str
    answers: tuple[tuple[str, str], ...]


def known_answers(questions: Sequence[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """Return of what was sent what is an answer to a question."""
    return {
        each.id: answers[each.id]
        for each in questions
        if answers.get(each.id) in {code for code, _text in each.answers}
    }


def ensure_may_answer(*, held: bool, ends_at: datetime, now: datetime, given: Mapping[str, str]) -> None:
    """
    Accept answers of somebody who had a place, once the first meeting is over.

    :raises NothingAsked: otherwise, or if there are none.
    """
    if not held or now < ends_at or not given:
        raise NothingAsked


def shown(counts: Sequence[int]) -> tuple[int, ...] | None:
    """Return the counts of one question's answers if so many have answered that nobody can be known again."""
    return tuple(counts) if sum(counts) >= FEWEST_SHOWN else None
