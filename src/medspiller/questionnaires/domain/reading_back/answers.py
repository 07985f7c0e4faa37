"""Answers as they are read again: on the review page, on paper, on one's own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from medspiller.questionnaires.domain.answering.evaluating import Engine
from medspiller.questionnaires.domain.filling.presented import (
    Choice,
    Control,
    Form,
    Note,
    Part,
    Question,
    Repeated,
    Section,
    ShownValue,
    Words,
)
from medspiller.questionnaires.domain.filling.presenting import present


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """
    A question and its answers, none where it was not answered; `parts` is what is asked under it.

    `step` and `field` are where it can be changed. A calculated one nobody changes.
    """

    link_id: str
    label: Words
    values: tuple[ShownValue, ...] = ()
    prefix: str = ""
    is_calculated: bool = False
    required: bool = False
    step: int = 1
    field: str = ""
    parts: "tuple[AnswerPart, ...]" = ()

    is_row = True


@dataclass(frozen=True, slots=True)
class AnswerText:
    """A text of the questionnaire between answers."""

    link_id: str
    words: Words

    is_text = True


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """A step, a group, or one occurrence (`number` of `of`) of a repeated one."""

    link_id: str
    title: Words
    level: int
    parts: "tuple[AnswerPart, ...]"
    number: int = 0
    of: int = 0
    step: int = 0

    is_group = True


AnswerPart = AnswerGroup | AnswerRow | AnswerText


@dataclass(frozen=True, slots=True)
class AnswersToRead:
    """A response as it is read: steps as groups where the form has steps, and what was answered in them."""

    title: Words
    language: str
    parts: tuple[AnswerPart, ...]
    asked: int = 0
    answered: int = 0


def answers_to_read(engine: Engine, response: Any, *, language: str) -> AnswersToRead:
    """
    Return the questions that are asked with their answers, in a language.

    :raises NotReadable: if it is no response.
    :raises NotComputable: if expressions need each other or more time than there is.
    """
    return answers_of(present(engine, response, language=language))


def answers_of(form: Form) -> AnswersToRead:
    """Return the answers in a form that is presented already."""
    parts: list[AnswerPart] = []
    for step in form.steps:
        inner = _parts(step.parts, step.number)
        if form.has_steps and step.title:
            parts.append(AnswerGroup(step.link_id, step.title, 2, inner, step=step.number))
        else:
            parts.extend(inner)
    return AnswersToRead(form.title, form.language, tuple(parts), form.asked, form.answered)


def _parts(parts: Sequence[Part], step: int) -> tuple[AnswerPart, ...]:
    found: list[AnswerPart] = []
    for part in parts:
        match part:
            case Question():
                found.append(_row(part, step))
            case Note() if part.look in ("", "highlight"):
                found.append(AnswerText(part.link_id, part.words))
            case Note():
                continue
            case Repeated():
                found.append(AnswerGroup(part.link_id, part.title, part.level, _occurrences(part, step)))
            case Section():
                found.append(_group(part, step))
    return tuple(found)


def _occurrences(repeated: Repeated, step: int) -> tuple[AnswerPart, ...]:
    return tuple(_group(section, step) for section in repeated.sections)


def _group(section: Section, step: int) -> AnswerGroup:
    parts = _parts(section.parts, step)
    return AnswerGroup(section.link_id, section.title, section.level, parts, section.number, section.of)


def _row(question: Question, step: int) -> AnswerRow:
    return AnswerRow(
        link_id=question.link_id,
        label=question.label,
        values=tuple(_values(question)),
        prefix=question.prefix,
        is_calculated=question.control is Control.SHOWN,
        required=question.required,
        step=step,
        field=question.first_input,
        parts=_parts(question.parts, step),
    )


def _values(question: Question) -> list[ShownValue]:
    chosen = [_chosen(option) for option in question.options if option.checked and option.value != "+"]
    written = [field.shown for field in question.fields if field.shown is not None]
    own = question.own_words
    if own is not None and own.value and own.shown is not None:
        written.append(own.shown)
    return [*chosen, *written]


def _chosen(option: Choice) -> ShownValue:
    if not option.words:
        return ShownValue("boolean", option.words, option.value == "true")
    return ShownValue("Coding", option.words)
