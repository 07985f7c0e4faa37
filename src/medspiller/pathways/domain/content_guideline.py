"""The content kind `guideline`: the lines of the guideline on carers, one file for each section."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.pathways.domain import content_shapes as shapes
from medspiller.pathways.domain.definition import Texts
from medspiller.pathways.domain.vocabulary import LineCertainty, LineType

GUIDELINE = "guideline"
_ADDRESS = "https://medspiller.no/guideline/"


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of the guideline, in our words. The guideline itself does not bind; a demand does because of its law.

    `targets` are K (municipality), S (specialist health service), A (all) and T (other sectors).
    """

    id: str
    section: str
    type: LineType
    targets: tuple[str, ...]
    text: Texts
    law: tuple[str, ...]
    certainty: LineCertainty

    @property
    def may_be_quoted(self) -> bool:
        """Whether it may be shown as what the Directorate says."""
        return self.certainty is not LineCertainty.BACKGROUND


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the guideline, such as 2.1, with its lines; `version` is that of the file they stand in."""

    number: str
    title: Texts
    version: str
    lines: tuple[Line, ...]


class Guideline:
    """The kind `guideline`."""

    name = GUIDELINE
    folder = "lines"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape and numbers, and demands that no law makes."""
        misfits = list(shapes.LINES.problems(definition))
        yield from misfits
        if misfits:
            return
        body: Any = definition.body
        stem = f"pv-{body['section'].replace('.', '-')}"
        if PurePosixPath(definition.file).stem != stem or definition.url != f"{_ADDRESS}{stem}":
            yield Problem(definition.file, "section", f"belongs into {stem}.yaml, with the url {_ADDRESS}{stem}")
        seen: set[str] = set()
        for number, line in enumerate(lines_in(definition)):
            place = f"lines[{number}]"
            if not line.id.startswith(f"PV-{line.section}."):
                yield Problem(definition.file, f"{place}.id", f"{line.id} does not belong to section {line.section}")
            if line.id in seen:
                yield Problem(definition.file, f"{place}.id", f"{line.id} is used twice")
            seen.add(line.id)
            if line.type is LineType.DEMAND and not (line.law and line.certainty is LineCertainty.LAW):
                yield Problem(definition.file, place, "is `krav`, so it names its law, and its certainty is `law`")

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterable[Problem]:
        return ()

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterator[Problem]:
        yield Problem(cases.file, "", "lines of the guideline have no cases; pathways have")


def lines_in(definition: Definition) -> Iterator[Line]:
    """Yield the lines of a section that has the right shape."""
    body: Any = definition.body
    for line in body["lines"]:
        yield Line(
            id=line["id"],
            section=body["section"],
            type=LineType(line["type"]),
            targets=tuple(line["target"]),
            text=line["text"],
            law=tuple(line.get("law", ())),
            certainty=LineCertainty(line["certainty"]),
        )


def section_in(definition: Definition) -> Section:
    """Return the section of a definition that has the right shape."""
    body: Any = definition.body
    return Section(body["section"], body["title"], definition.version, tuple(lines_in(definition)))


def known_lines(library: Library) -> Mapping[str, Line]:
    """Return the lines of all sections, by id."""
    return {line.id: line for definition in library.of_kind(GUIDELINE) for line in lines_in(definition)}


GUIDELINE_KIND = Guideline()
