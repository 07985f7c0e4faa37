"""The content kind `letters`: what a step sends, with places that are filled in, and nothing of anybody's health."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.pathways.domain import content_shapes as shapes
from medspiller.pathways.domain.definition import Source, Texts
from medspiller.pathways.domain.vocabulary import Place

LETTERS = "letters"
_ADDRESS = "https://medspiller.no/letters/"
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter by its slug. `body` is paragraphs with a blank line between; places in braces are `vocabulary.Place`."""

    slug: str
    title: Texts
    body: Texts
    sources: tuple[Source, ...]

    def paragraphs(self, language: str, filled: dict[Place, str]) -> tuple[str, ...]:
        """Return its paragraphs in a language. A place that nothing is known for stays as a line to fill in by hand."""
        text = _PLACE.sub(lambda found: filled.get(Place(found[1])) or "________", self.body[language])
        return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


class Letters:
    """The kind `letters`."""

    name = LETTERS
    folder = "letters"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape and name, and places that nothing may fill."""
        misfits = list(shapes.LETTER.problems(definition))
        yield from misfits
        if misfits:
            return
        body: Any = definition.body
        stem = PurePosixPath(definition.file).stem
        if body["slug"] != stem or definition.url != f"{_ADDRESS}{stem}":
            yield Problem(definition.file, "slug", f"must be {stem}, as the file, with the url {_ADDRESS}{stem}")
        for part in ("title", "body"):
            for language, text in body[part].items():
                strange = set(_PLACE.findall(text)) - set(Place)
                if strange or text.count("{") != text.count("}"):
                    message = f"{', '.join(sorted(strange)) or 'a brace'} cannot be filled in; places are "
                    yield Problem(definition.file, f"{part}.{language}", message + ", ".join(Place))
        used = {language: sorted(_PLACE.findall(text)) for language, text in body["body"].items()}
        if len({tuple(places) for places in used.values()}) > 1:
            yield Problem(definition.file, "body", "does not have the same places in every language")

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterable[Problem]:
        return ()

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterator[Problem]:
        yield Problem(cases.file, "", "letters have no cases; pathways have")


def letter_in(definition: Definition) -> Letter:
    """Return the letter of a definition that has the right shape."""
    body: Any = definition.body
    sources = tuple(Source(one["ref"], one.get("url")) for one in body["sources"])
    return Letter(slug=body["slug"], title=body["title"], body=body["body"], sources=sources)


LETTER_KIND = Letters()
