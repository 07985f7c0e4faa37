"""A QuestionnaireResponse as frozen objects, each with the place where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from medspiller.questionnaires.domain.definition import reading_values as values
from medspiller.questionnaires.domain.definition.definitions import Value
from medspiller.questionnaires.domain.definition.outcomes import Issue
from medspiller.questionnaires.domain.definition.shape import refusal


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One answer. `given` is false where only questions under it stand; a value of no known type is None."""

    value: Value | None
    given: bool
    path: str
    items: tuple["Answered", ...] = ()
    source: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """An item of a response: a group once, or a question with its answers."""

    link_id: str
    path: str
    answers: tuple[Answer, ...] = ()
    items: tuple["Answered", ...] = ()
    source: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def is_answered(self) -> bool:
        """Say whether there is an answer in it, or anywhere below."""
        return any(answer.given for answer in self.answers) or any(inner.is_answered for inner in self._below())

    def _below(self) -> Iterator["Answered"]:
        yield from self.items
        for answer in self.answers:
            yield from answer.items


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """A response. `questionnaire` is the canonical address of what it answers, with its version if it says so."""

    questionnaire: str
    status: str
    authored: str
    items: tuple[Answered, ...]
    source: Mapping[str, Any] = field(default_factory=dict, repr=False)


class NotReadable(Exception):
    """It is no QuestionnaireResponse, or too large to be one; `issues` say so."""

    def __init__(self, issues: list[Issue]):
        self.issues = issues
        super().__init__("; ".join(issue.text for issue in issues))


def read_response(written: Any) -> Response:
    """
    Return the response that a JSON value is. An element that cannot be understood counts as absent.

    :raises NotReadable: if it is another resource or none, or too deep or too large.
    """
    if refused := refusal(written, "QuestionnaireResponse"):
        raise NotReadable([refused])
    return Response(
        questionnaire=_canonical(written),
        status=values.text(written, "status"),
        authored=values.text(written, "authored"),
        items=_items(written, "QuestionnaireResponse"),
        source=written,
    )


def _canonical(written: Mapping[str, Any]) -> str:
    """STU3 wrote a reference here, and Helsenorge's older responses still do."""
    said = written.get("questionnaire")
    return values.text(said, "reference") if isinstance(said, Mapping) else values.text(written, "questionnaire")


def _items(written: Mapping[str, Any], path: str) -> tuple[Answered, ...]:
    return tuple(
        _item(inner, f"{path}.item[{number}]")
        for number, inner in values.numbered_objects(written, "item")
        if values.text(inner, "linkId")
    )


def _item(written: Mapping[str, Any], path: str) -> Answered:
    return Answered(
        link_id=values.text(written, "linkId"),
        path=path,
        answers=tuple(
            _answer(one, f"{path}.answer[{number}]") for number, one in values.numbered_objects(written, "answer")
        ),
        items=_items(written, path),
        source=written,
    )


def _answer(written: Mapping[str, Any], path: str) -> Answer:
    given = any(key.startswith("value") and content is not None for key, content in written.items())
    return Answer(values.value(written), given, path, _items(written, path), written)
