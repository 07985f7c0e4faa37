"""What those who came are asked afterwards: few questions, each with a few answers, counted and not kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from medspiller.core.errors import MedspillerError
from medspiller.signups.domain.meetings import Meeting, ended_at

URL = "https://medspiller.no/fhir/Questionnaire/offer-evaluation"
# Fewer could be known again by whoever was there.
FEWEST_SHOWN = 5
# Nothing is shown before nobody can answer any more: else the next one's answer is what the counts have grown by.
ANSWERS_TAKEN = timedelta(days=14)


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


def answers_taken(meetings: Sequence[Meeting]) -> tuple[datetime, datetime] | None:
    """
    Return from when until when opinions on meetings that belong together are taken; None where none takes place.

    That is when the last that takes place has ended. A last one that is cancelled late takes nobody's time to answer.
    """
    begins = ended_at(meetings)
    return None if begins is None else (begins, max(each.ends_at for each in meetings) + ANSWERS_TAKEN)


def takes_answers(meetings: Sequence[Meeting], *, now: datetime) -> bool:
    """Say whether opinions on meetings are taken now."""
    taken = answers_taken(meetings)
    return taken is not None and taken[0] <= now < taken[1]


def ensure_may_answer(*, held: bool, meetings: Sequence[Meeting], now: datetime, given: Mapping[str, str]) -> None:
    """
    Accept answers of somebody who had a place, for a time once the last meeting is over.

    :raises NothingAsked: otherwise, or if there are none.
    """
    if not held or not given or not takes_answers(meetings, now=now):
        raise NothingAsked


def shown(counts: Sequence[int]) -> tuple[int, ...] | None:
    """Return the counts of one question's answers if so many have answered that nobody can be known again."""
    return tuple(counts) if sum(counts) >= FEWEST_SHOWN else None
