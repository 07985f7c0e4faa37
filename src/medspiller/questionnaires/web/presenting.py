"""Stored answers as the pages show them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from medspiller.questionnaires.domain.definition.outcomes import Issue
from medspiller.questionnaires.domain.filling.presented import Form, Taken
from medspiller.questionnaires.domain.filling.presenting import present
from medspiller.questionnaires.domain.filling.tabs import from_json
from medspiller.questionnaires.domain.filling.writing import empty_response, with_answers
from medspiller.questionnaires.domain.reading_back.answers import (
    AnswerGroup,
    AnswerPart,
    AnswerRow,
    AnswersToRead,
    answers_to_read,
)
from medspiller.questionnaires.selectors import Filling, ReadResponse
from medspiller.questionnaires.web.acting import language
from medspiller.questionnaires.web.wording import TAKEN_FROM


@dataclass(frozen=True, slots=True)
class Met:
    """An answer that was written in two tabs: the question, and what the one says that was not kept."""

    link_id: str
    label: str
    other: str


def presented(found: Filling, *, answers: Mapping[str, Any] | None = None, issues: Sequence[Issue] = ()) -> Form:
    """Return answers in progress as a form."""
    row = found.row
    taken = {
        link_id: Taken(str(TAKEN_FROM[each["source"]]), date.fromisoformat(each["on"]))
        for link_id, each in row.taken_from.items()
    }
    return present(
        found.engine,
        row.answers if answers is None else answers,
        language=language(),
        issues=issues,
        taken_from=taken,
        unreadable=row.unreadable,
        large=row.large,
    )


def read(found: ReadResponse) -> AnswersToRead:
    """Return finished answers to be read."""
    return answers_to_read(found.engine, found.row.answers, language=language())


def met_of(found: Filling, form: Form) -> list[Met]:
    """Return which answers were written in two tabs at once, and not seen since."""
    clashes = from_json(found.row.tabs).clashes
    if not clashes:
        return []
    empty = empty_response(found.row.canonical, language=language())
    others = answers_to_read(found.engine, with_answers(found.blank.questionnaire, empty, clashes), language=language())
    said = {row.link_id: row for row in _rows(others.parts)}
    labels = {question.link_id: question.label.plain for step in form.steps for question in step.questions}
    return [
        Met(link_id, labels[link_id], ", ".join(value.words.plain for value in said[link_id].values))
        for link_id in clashes
        if link_id in labels and link_id in said
    ]


def _rows(parts: Sequence[AnswerPart]) -> Iterator[AnswerRow]:
    for part in parts:
        if isinstance(part, AnswerRow):
            yield part
        elif isinstance(part, AnswerGroup):
            yield from _rows(part.parts)
