"""The content kind `indicators`: what is counted, in words, one file for each."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shape_parts import TEXT, TEXTS, closed
from medspiller.content.domain.shapes import Shape
from medspiller.pathways.domain.content_guideline import GUIDELINE, known_lines
from medspiller.statistics.domain.indicators import CATEGORIES, Category, Computed, Indicator

INDICATORS = "indicators"
_ADDRESS = "https://medspiller.no/indicators/"

_NAME = {"type": "string", "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60, "description": "nearest-recorded"}
_LINE = {"type": "string", "pattern": r"^PV-[0-9]+\.[0-9]+\.[0-9]+$", "description": "PV-3.1.1"}
_CATEGORY = closed({"code": TEXT, "text": TEXTS, "counts": {"type": "boolean"}}, {"unknown": {"type": "boolean"}})

INDICATOR = Shape(
    closed(
        {
            "url": TEXT,
            "version": TEXT,
            "status": TEXT,
            "slug": _NAME,
            "title": TEXTS,
            "definition": TEXTS,
            "of": TEXTS,
            "query": TEXTS,
            "source": TEXTS,
            "computed": {"enum": list(Computed)},
            "categories": {"type": "array", "minItems": 2, "items": _CATEGORY},
        },
        {"lines": {"type": "array", "minItems": 1, "uniqueItems": True, "items": _LINE}},
    )
)


class Indicators:
    """The kind `indicators`."""

    name = INDICATORS
    folder = "indicators"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape and name, and categories that are not those that are counted."""
        misfits = list(INDICATOR.problems(definition))
        yield from misfits
        if misfits:
            return
        body: Any = definition.body
        stem = PurePosixPath(definition.file).stem
        if body["slug"] != stem or definition.url != f"{_ADDRESS}{stem}":
            yield Problem(definition.file, "slug", f"must be {stem}, as the file, with the url {_ADDRESS}{stem}")
        wanted = CATEGORIES[Computed(body["computed"])]
        if tuple(each["code"] for each in body["categories"]) != wanted:
            yield Problem(definition.file, "categories", f"must be, in this order, {', '.join(wanted)}")
        if all(each["counts"] for each in body["categories"]) or not any(each["counts"] for each in body["categories"]):
            yield Problem(definition.file, "categories", "some must count and some not: the share is of those that do")

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield lines of the guideline that nobody knows."""
        if GUIDELINE in library.incomplete:
            return
        body: Any = definition.body
        for line in sorted(set(body.get("lines", ())) - set(known_lines(library))):
            yield Problem(definition.file, "lines", f"{line} is no line of the guideline")

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterator[Problem]:
        yield Problem(cases.file, "", "indicators have no cases")


def indicator_in(definition: Definition) -> Indicator:
    """Return the indicator of a definition that has the right shape."""
    body: Any = definition.body
    return Indicator(
        slug=body["slug"],
        pin=definition.pin,
        title=body["title"],
        definition=body["definition"],
        of=body["of"],
        query=body["query"],
        source=body["source"],
        computed=Computed(body["computed"]),
        categories=tuple(
            Category(each["code"], each["text"], each["counts"], each.get("unknown", False))
            for each in body["categories"]
        ),
        lines=tuple(body.get("lines", ())),
    )


INDICATOR_KIND = Indicators()
