"""The content kind `parameters`: figures that the law sets, each from a day and with its source."""

from collections.abc import Iterable, Iterator

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shapes import Shape
from medspiller.rights.domain import content_shapes as shapes
from medspiller.rights.domain.from_content import PARAMETERS, body_of

_VALUE = {
    "type": ["integer", "string", "null"],
    "pattern": r"^(unknown|-?(0|[1-9][0-9]*)(\.[0-9]+)?)$",
    "description": 'a whole number, "0.45" in quotation marks, "unknown", or null for abolished',
}
_SHAPE = Shape(
    shapes.closed(
        {
            **shapes.HEADER,
            "id": shapes.NAME,
            "label": shapes.TEXTS,
            "unit": shapes.TEXT,
            "steps": {
                "type": "array",
                "minItems": 1,
                "items": shapes.closed(
                    {"from": shapes.DAY, "value": _VALUE, "source": shapes.SOURCE}, {"to": shapes.DAY}
                ),
            },
        }
    )
)


class Parameters:
    """The kind `parameters`."""

    name = PARAMETERS
    folder = "parameters"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape and days, steps that overlap, and gaps between them."""
        misfits = list(_SHAPE.problems(definition))
        yield from misfits
        if misfits:
            return
        steps = body_of(definition)["steps"]
        days = [("steps", number, key) for number in range(len(steps)) for key in ("from", "to")]
        yield from shapes.no_days(definition, *days)
        yield from shapes.misnamed(definition)
        yield from shapes.out_of_line(definition, "steps")

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield another definition of the same figure."""
        yield from shapes.in_use_twice(definition, library.of_kind(definition.kind), "id")

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterable[Problem]:
        yield Problem(cases.file, "", "parameters have no cases; rights and situations have")


PARAMETER_KIND = Parameters()
