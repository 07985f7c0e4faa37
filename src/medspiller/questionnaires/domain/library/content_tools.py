"""The content kind `tools`: what the toolbox shows, by situation."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from medspiller.content.domain import shape_parts as shapes
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shapes import Shape
from medspiller.questionnaires.domain.library.content_questionnaires import QUESTIONNAIRES
from medspiller.questionnaires.domain.library.tools import Situation, Tool, ToolKind, ToolStep

_SHAPE = Shape(
    shapes.closed(
        {
            "url": shapes.TEXT,
            "version": shapes.TEXT,
            "status": shapes.TEXT,
            "title": shapes.TEXTS,
            "summary": shapes.TEXTS,
            "situations": {
                "type": "array",
                "minItems": 1,
                "uniqueItems": True,
                "items": {"enum": list(Situation)},
            },
            "kind": {"enum": list(ToolKind)},
            "for_whom": shapes.TEXTS,
            "sources": {**shapes.SOURCES, "minItems": 1},
            "reviewed": shapes.DAY,
        },
        {
            "form": shapes.CANONICAL,
            "link": shapes.LINK,
            "steps": {
                "type": "array",
                "minItems": 1,
                "items": shapes.closed({"title": shapes.TEXTS, "text": shapes.TEXTS}),
            },
            "law": shapes.SOURCES,
        },
    )
)


class Tools:
    """The kind `tools`."""

    name = "tools"
    folder = "tools"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape and day, and a tool that holds nothing to use."""
        misfits = list(_SHAPE.problems(definition))
        yield from misfits
        if misfits:
            return
        body = _body(definition)
        if not any(key in body for key in ("form", "link", "steps")):
            yield Problem(definition.file, "", "holds neither form, link nor steps")
        try:
            date.fromisoformat(body["reviewed"])
        except ValueError:
            yield Problem(definition.file, "reviewed", "is no day of the calendar")

    def references(self, definition: Definition) -> Iterator[Reference]:
        """Yield the questionnaire that it opens."""
        if canonical := _body(definition).get("form"):
            url, version = shapes.canonical_parts(canonical)
            yield Reference(url, version, "form", QUESTIONNAIRES.name)

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield another tool that would have the same address."""
        slug = slug_of(definition)
        for other in library.of_kind(definition.kind):
            if other.url != definition.url and slug_of(other) == slug:
                yield Problem(definition.file, "", f"has the same name as {other.file}; its page is found by it")

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterable[Problem]:
        yield Problem(cases.file, "", "tools have no cases")


def tool_in(definition: Definition) -> Tool:
    """Return the tool of a definition that passed its check."""
    body = _body(definition)
    return Tool(
        url=definition.url,
        version=definition.version,
        slug=slug_of(definition),
        kind=ToolKind(body["kind"]),
        title=body["title"],
        summary=body["summary"],
        for_whom=body["for_whom"],
        situations=tuple(Situation(one) for one in body["situations"]),
        form=body.get("form"),
        link=body.get("link"),
        steps=tuple(ToolStep(step["title"], step["text"]) for step in body.get("steps", ())),
        sources=shapes.sources_in(body, "sources"),
        law=shapes.sources_in(body, "law"),
        reviewed=date.fromisoformat(body["reviewed"]),
    )


def slug_of(definition: Definition) -> str:
    """Return the name by which a tool's page is found: that of its file."""
    return PurePosixPath(definition.file).stem


def _body(definition: Definition) -> Mapping[str, Any]:
    return definition.body  # type: ignore[return-value]


TOOLS = Tools()
