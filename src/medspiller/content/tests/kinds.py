"""Two small kinds of content, with everything that a kind can have."""

from collections.abc import Iterable, Iterator

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference, Registry
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shapes import Shape

_NOTE = Shape(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["text"],
        "properties": {
            "url": {},
            "version": {},
            "status": {},
            "text": {"type": "string", "minLength": 1},
            "uses": {"type": "array", "items": {"type": "object", "required": ["url", "version"]}},
        },
    }
)


class Terms:
    name = "terms"
    folder = "terms"
    suffixes = frozenset({".json", ".csv"})

    def check(self, definition: Definition) -> Iterable[Problem]:
        return ()

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterable[Problem]:
        return ()

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterable[Problem]:
        return ()


class Notes:
    """A text that may use terms. No note may hold the word that everybody fears; a case says how long one may be."""

    name = "notes"
    folder = "notes"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        yield from _NOTE.problems(definition)

    def references(self, definition: Definition) -> Iterator[Reference]:
        for index, used in enumerate(definition.body.get("uses", ())):
            yield Reference(url=used["url"], version=used["version"], element=f"uses[{index}]")

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        if "FORBIDDEN-WORD" in definition.body["text"]:
            yield Problem(definition.file, "text", f"holds a word that {len(library.packages)} packages fear")

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterator[Problem]:
        for index, case in enumerate(cases.cases):
            if len(definition.body["text"]) > case["at_most"]:
                yield Problem(cases.file, f"[{index}]", f"{case['case']}: does not hold")


KINDS = Registry([Terms(), Notes()])
