"""The content kind `figures`: reference figures, one file for each place in which they were read."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shape_parts import TEXT, TEXTS, closed
from medspiller.content.domain.shapes import Shape
from medspiller.statistics.domain.content_indicators import INDICATORS, indicator_in
from medspiller.statistics.domain.figures import FigureKind, FigureSet, ReferenceFigure, Topic

FIGURES = "figures"
_ADDRESS = "https://medspiller.no/figures/"

_NAME = {"type": "string", "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60, "description": "carers-at-any-time"}
_FIGURE = closed(
    {
        "id": _NAME,
        "topic": {"enum": list(Topic)},
        "kind": {"enum": list(FigureKind)},
        "value": TEXTS,
        "year": {"type": "string", "pattern": r"^[12][0-9]{3}(/[0-9]{2,4}|–[12][0-9]{3})?$", "description": '"2019"'},
        "title": TEXTS,
        "definition": TEXTS,
        "source": TEXT,
    },
    {"caution": TEXTS, "comparable_with": {"type": "array", "uniqueItems": True, "items": _NAME}},
)

FIGURE_SET = Shape(
    closed(
        {
            "url": TEXT,
            "version": TEXT,
            "status": TEXT,
            "slug": _NAME,
            "title": TEXTS,
            "read_in": TEXT,
            "figures": {"type": "array", "minItems": 1, "items": _FIGURE},
        }
    )
)


class Figures:
    """The kind `figures`."""

    name = FIGURES
    folder = "figures"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape and name, and ids that are used twice."""
        misfits = list(FIGURE_SET.problems(definition))
        yield from misfits
        if misfits:
            return
        body: Any = definition.body
        stem = PurePosixPath(definition.file).stem
        if body["slug"] != stem or definition.url != f"{_ADDRESS}{stem}":
            yield Problem(definition.file, "slug", f"must be {stem}, as the file, with the url {_ADDRESS}{stem}")
        ids = [each["id"] for each in body["figures"]]
        for place, name in enumerate(ids):
            if name in ids[:place]:
                yield Problem(definition.file, f"figures[{place}].id", f"{name} is used twice")

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield figures said to count the same as an indicator that nobody knows."""
        if INDICATORS in library.incomplete:
            return
        known = {indicator_in(each).slug for each in library.of_kind(INDICATORS)}
        for place, each in enumerate(figures_in(definition).figures):
            for name in sorted(set(each.comparable_with) - known):
                yield Problem(definition.file, f"figures[{place}].comparable_with", f"{name} is no indicator")

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterator[Problem]:
        yield Problem(cases.file, "", "figures have no cases")


def figures_in(definition: Definition) -> FigureSet:
    """Return the figures of a definition that has the right shape."""
    body: Any = definition.body
    return FigureSet(
        slug=body["slug"],
        pin=definition.pin,
        title=body["title"],
        figures=tuple(
            ReferenceFigure(
                id=each["id"],
                topic=Topic(each["topic"]),
                kind=FigureKind(each["kind"]),
                value=each["value"],
                year=each["year"],
                title=each["title"],
                definition=each["definition"],
                source=each["source"],
                read_in=body["read_in"],
                caution=each.get("caution"),
                comparable_with=tuple(each.get("comparable_with", ())),
            )
            for each in body["figures"]
        ),
    )


FIGURE_KIND = Figures()
