"""The content kind `situations`: where a carer begins, and families by which the questions are tried."""

from collections.abc import Iterable, Iterator

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shapes import Shape
from medspiller.rights.domain import cases as casebook
from medspiller.rights.domain import content_shapes as shapes
from medspiller.rights.domain.from_content import FACTS, KINDS, RIGHTS, SITUATIONS, body_of, rulebook_from
from medspiller.rights.domain.reading import OLDEST_DAY, FactsUnreadable, facts_of
from medspiller.rights.domain.rules import Rules
from medspiller.rights.domain.rules.every import RULES

_SHAPE = Shape(
    shapes.closed(
        {
            **shapes.HEADER,
            "id": shapes.NAME,
            "order": {"type": "integer"},
            "title": shapes.TEXTS,
            "text": shapes.TEXTS,
            "presets": {
                "type": "object",
                "additionalProperties": {"type": ["boolean", "integer", "string"]},
            },
            "rights": {"type": "array", "minItems": 1, "uniqueItems": True, "items": shapes.RIGHT_ID},
        }
    )
)


class Situations:
    """The kind `situations`."""

    name = SITUATIONS
    folder = "situations"
    suffixes = frozenset({".yaml"})

    def __init__(self, rules: Rules = RULES):
        self._rules = rules

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape and name."""
        misfits = list(_SHAPE.problems(definition))
        yield from misfits
        if not misfits:
            yield from shapes.misnamed(definition)

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield rights and facts that are not there, and another situation of the same id."""
        yield from shapes.in_use_twice(definition, library.of_kind(SITUATIONS), "id")
        body = body_of(definition)
        if RIGHTS not in library.incomplete:
            known = {body_of(other)["id"] for other in library.of_kind(RIGHTS)}
            for number, right in enumerate(body["rights"]):
                if right not in known:
                    yield Problem(definition.file, f"rights[{number}]", f"there is no right {right}")
        if FACTS not in library.incomplete:
            catalogue = rulebook_from(library.of_kind(FACTS), self._rules).facts
            try:
                facts_of(body["presets"], catalogue, on=OLDEST_DAY)
            except FactsUnreadable as fault:
                yield Problem(definition.file, f"presets.{fault.path}", fault.problem)

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterator[Problem]:
        """Yield every family that is not answered as expected."""
        if not library.incomplete.intersection(KINDS):
            rulebook = rulebook_from(library.definitions, self._rules)
            yield from casebook.run_situation(rulebook, body_of(definition)["id"], cases)


SITUATION_KIND = Situations()
