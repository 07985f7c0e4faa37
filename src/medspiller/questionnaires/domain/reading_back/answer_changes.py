"""Two sets of answers to the same form, side by side: which answers are new, gone or other than they were."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from medspiller.questionnaires.domain.filling.presented import ShownValue
from medspiller.questionnaires.domain.filling.writing import answers_of
from medspiller.questionnaires.domain.reading_back.answers import AnswerGroup, AnswerPart, AnswerRow, AnswersToRead


class Kind(StrEnum):
    """How an answer lies to the earlier one."""

    ADDED = "added"
    REMOVED = "removed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One question that is answered otherwise. `row` is the question as it is read."""

    row: AnswerRow
    kind: Kind
    before: tuple[ShownValue, ...]
    after: tuple[ShownValue, ...]


@dataclass(frozen=True, slots=True)
class AnswerChanges:
    """What is answered otherwise, in the order of the questions, and how many answers are the same."""

    changes: tuple[AnswerChange, ...]
    same: int


@dataclass(frozen=True, slots=True)
class Said:
    """Answers as stored and as they are read, in one language."""

    response: Mapping[str, Any]
    read: AnswersToRead


def changes(before: Said, after: Said) -> AnswerChanges:
    """
    Return which questions are answered otherwise than before.

    Answers are told apart by their codes, not by what these are called. What is calculated
    is left out. The answers of a group that is repeated count together.
    """
    was, now = _by_question(before.read), _by_question(after.read)
    had, has = answers_of(before.response), answers_of(after.response)
    order = [*now, *(link_id for link_id in was if link_id not in now)]
    found, same = [], 0
    for link_id in order:
        earlier, later = was.get(link_id, []), now.get(link_id, [])
        old = _values(earlier) if link_id in had else ()
        new = _values(later) if link_id in has else ()
        if not old and not new:
            continue
        if old and new and _codes(had[link_id]) == _codes(has[link_id]):
            same += 1
            continue
        kind = Kind.ADDED if not old else Kind.OTHER if new else Kind.REMOVED
        found.append(AnswerChange((later or earlier)[0], kind, old, new))
    return AnswerChanges(tuple(found), same)


def _by_question(read: AnswersToRead) -> dict[str, list[AnswerRow]]:
    found: dict[str, list[AnswerRow]] = {}
    for row in _rows(read.parts):
        if not row.is_calculated:
            found.setdefault(row.link_id, []).append(row)
    return found


def _rows(parts: Sequence[AnswerPart]) -> Iterator[AnswerRow]:
    for part in parts:
        if isinstance(part, AnswerRow):
            yield part
            yield from _rows(part.parts)
        elif isinstance(part, AnswerGroup):
            yield from _rows(part.parts)


def _values(rows: Sequence[AnswerRow]) -> tuple[ShownValue, ...]:
    return tuple(value for row in rows for value in row.values)


def _codes(answers: Sequence[Mapping[str, Any]]) -> list[str]:
    return [json.dumps(_code(answer), sort_keys=True) for answer in answers]


def _code(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    coding = answer.get("valueCoding")
    if isinstance(coding, Mapping) and coding.get("code"):
        return {"system": coding.get("system"), "code": coding["code"]}
    return answer
