"""A blank: one published version of a questionnaire, with whose answers it asks for and what some answers set going."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from medspiller.questionnaires.domain.answering.responses import Answer, Answered, read_response
from medspiller.questionnaires.domain.definition.audience import CHILDREN, Subject, Tag, subject_of, tags_of
from medspiller.questionnaires.domain.definition.definitions import Item, Questionnaire
from medspiller.questionnaires.domain.definition.reading import read

# Of this system, `question` asks whether somebody is safe, and `help` is shown to who says that they are not.
SAFETY_SYSTEM = "urn:medspiller:questionnaire-safety"
HELP = "help"
# What an item is for, whatever it is called.
ROLE_SYSTEM = "urn:medspiller:questionnaire-role"
REVIEW_DATE = "review-date"

AGES: Mapping[Tag, range] = MappingProxyType(
    {Tag.CHILD_8_12: range(8, 13), Tag.CHILD_13_15: range(13, 16), Tag.CHILD_16_18: range(16, 19)}
)


@dataclass(frozen=True, slots=True)
class Blank:
    """`url`, `version` and `digest` are the pin that answers keep."""

    url: str
    version: str
    digest: str
    questionnaire: Questionnaire
    subject: Subject
    tags: frozenset[Tag]

    @property
    def is_concern(self) -> bool:
        """Whether it is about a concern for a child, which parents and the child are not shown."""
        return Tag.CONCERN_FOR_CHILD in self.tags

    def title(self, language: str) -> str:
        """Return what it is called, in a language."""
        return self.questionnaire.title.in_language(language) or self.url

    def description(self, language: str) -> str:
        """Return what it is for, in a language; empty where that is not said."""
        return self.questionnaire.description.in_language(language)

    def fits_age(self, age: int | None) -> bool:
        """Say whether somebody of an age can be asked; whoever's age is not known can."""
        wanted = self.tags & CHILDREN
        return not wanted or age is None or any(age in AGES[tag] for tag in wanted)

    def says_unsafe(self, enabled: Mapping[str, bool]) -> bool:
        """
        Say whether somebody has answered that they are not safe, from which items are asked.

        The questionnaire itself says which answers those are: they are what it shows help for.
        """
        return any(
            enabled.get(item.link_id, False)
            for item in self.questionnaire.every_item()
            if HELP in _codes(item, SAFETY_SYSTEM) and (item.conditions or item.enabled_when is not None)
        )

    def review_on(self, response: Mapping[str, Any]) -> date | None:
        """Return the first day on which it is agreed to go through a completed response again."""
        days = []
        for item in self.questionnaire.every_item():
            if REVIEW_DATE in _codes(item, ROLE_SYSTEM):
                days += [day for answer in _answers(response, item.link_id) if (day := _day_of(answer))]
        return min(days, default=None)


def blank(*, url: str, version: str, digest: str, written: Mapping[str, Any]) -> Blank:
    """
    Return a published questionnaire, ready to be answered.

    :raises NotReadable: if it is none.
    """
    return Blank(
        url=url,
        version=version,
        digest=digest,
        questionnaire=read(written),
        # Where it is not said, they belong to whoever is asked about: nobody else may see more by that.
        subject=subject_of(written) or Subject.PERSON,
        tags=tags_of(written),
    )


def _codes(item: Item, system: str) -> Iterator[str]:
    return (str(code.get("code", "")) for code in item.codes if code.get("system") == system)


def _answers(response: Mapping[str, Any], link_id: str) -> Iterator[Answer]:
    waiting: list[Answered] = list(read_response(response).items)
    while waiting:
        found = waiting.pop()
        if found.link_id == link_id:
            yield from (answer for answer in found.answers if answer.given)
        waiting.extend(found.items)
        waiting.extend(inner for answer in found.answers for inner in answer.items)


def _day_of(answer: Answer) -> date | None:
    if answer.value is None or answer.value.kind not in ("date", "dateTime"):
        return None
    try:
        return date.fromisoformat(str(answer.value.content)[:10])
    except ValueError:
        return None
