"""Tools: procedures, guides, checklists and forms, by the situation in which somebody needs them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Situation(StrEnum):
    """When a tool is needed."""

    FIRST_TALK = "first-talk"
    NEW_DIAGNOSIS = "new-diagnosis"
    CHILDREN_IN_FAMILY = "children-in-family"
    YOUNG_CARER = "young-carer"
    CONCERN_FOR_CHILD = "concern-for-child"
    PLANNING_COOPERATION = "planning-cooperation"
    TRANSITION = "transition"
    END_OF_LIFE = "end-of-life"
    BEREAVEMENT = "bereavement"
    CONFLICT = "conflict"
    CRISIS = "crisis"
    OWN_HEALTH = "own-health"
    WORK_AND_ECONOMY = "work-and-economy"
    RESPITE = "respite"
    ETHICS = "ethics"


class ToolKind(StrEnum):
    PROCEDURE = "procedure"
    GUIDE = "guide"
    CHECKLIST = "checklist"
    FORM = "form"
    TOOL = "tool"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class ToolStep:
    """One step, with its title and what to do, by language."""

    title: Mapping[str, str]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool in one version. `form` is the canonical address of a questionnaire, `link` a page of somebody else's."""

    url: str
    version: str
    slug: str
    kind: ToolKind
    title: Mapping[str, str]
    summary: Mapping[str, str]
    for_whom: Mapping[str, str]
    situations: tuple[Situation, ...]
    form: str | None
    link: str | None
    steps: tuple[ToolStep, ...]
    sources: tuple[tuple[str, str | None], ...]
    law: tuple[tuple[str, str | None], ...]
    reviewed: date


def found_in(
    tools: Iterable[Tool], *, words: str = "", situation: Situation | None = None, language: str = "nb"
) -> list[Tool]:
    """
    Return the tools of a situation that hold every word, those with a word in the title first.

    Words are looked for in the language that is read and, since people remember what they read
    elsewhere, in bokmål; small and capital letters are the same, and a beginning of a word is enough.
    """
    wanted = words.casefold().split()
    kept = [
        tool
        for tool in tools
        if (situation is None or situation in tool.situations) and _holds(_texts(tool, language), wanted)
    ]
    return sorted(kept, key=lambda tool: (not _holds([tool.title], wanted, language), _shown(tool.title, language)))


def _texts(tool: Tool, language: str) -> list[Mapping[str, str]]:
    steps = [text for step in tool.steps for text in (step.title, step.text)]
    laws = [{"nb": ref} for ref, _ in (*tool.law, *tool.sources)]
    return [tool.title, tool.summary, tool.for_whom, *steps, *laws]


def _holds(texts: Sequence[Mapping[str, str]], wanted: Sequence[str], *languages: str) -> bool:
    said = " ".join(text.get(language, "") for text in texts for language in (languages or ("nb", "nn", "en")))
    words = said.casefold()
    return all(word in words for word in wanted)


def _shown(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts["nb"]
