"""The content kind `facts`: what is asked of a carer, one file for each head."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import PurePosixPath

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shapes import Shape
from medspiller.rights.domain import content_shapes as shapes
from medspiller.rights.domain.from_content import COUNT, FACTS, body_of, fact_name, facts_in
from medspiller.rights.domain.known_facts import CHILDREN, HEADS, FactKind, NoSuchValue

_FACT = shapes.closed(
    {"kind": {"enum": list(FactKind)}, "ask": shapes.TEXTS, "why": shapes.TEXTS},
    {
        "help": shapes.TEXTS,
        "least": {"type": "integer"},
        "most": {"type": "integer"},
        "choices": {**shapes.named(shapes.TEXTS), "minProperties": 2},
        "usual": {"type": ["boolean", "integer", "string"]},
    },
)
_SHAPE = Shape(
    shapes.closed(
        {
            **shapes.HEADER,
            "head": {"enum": list(HEADS)},
            "facts": {
                "type": "object",
                "propertyNames": {"pattern": r"^(_count|[a-z][a-z0-9]*(_[a-z0-9]+)*)$"},
                "additionalProperties": _FACT,
                "minProperties": 1,
            },
        }
    )
)
_ANY_DAY = date(2026, 1, 1)
_NUMBERS = frozenset({FactKind.WHOLE, FactKind.MONEY, FactKind.HOURS, FactKind.PERCENT, FactKind.YEAR})


class Facts:
    """The kind `facts`."""

    name = FACTS
    folder = "facts"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield what is wrong with shape, bounds and choices."""
        misfits = list(_SHAPE.problems(definition))
        yield from misfits
        if misfits:
            return
        body = body_of(definition)
        if body["head"] != PurePosixPath(definition.file).stem:
            yield Problem(definition.file, "head", "is not the name of the file")
        if (body["head"] == CHILDREN) is not (COUNT in body["facts"]):
            yield Problem(definition.file, "facts", f"{COUNT} belongs under children, and is needed there")
        for key, fact in body["facts"].items():
            place = f"facts.{key}"
            if ("choices" in fact) is not (fact["kind"] == FactKind.CHOICE):
                yield Problem(definition.file, place, "choices belong to a choice, and a choice needs them")
            if fact["kind"] not in _NUMBERS and ("least" in fact or "most" in fact):
                yield Problem(definition.file, place, f"{fact['kind']} has neither least nor most")
            elif fact.get("least", 0) > fact.get("most", fact.get("least", 0)):
                yield Problem(definition.file, place, "least is above most")
            yield from _strange_usual(definition, key)
            for part in ("ask", "why", "help"):
                yield from shapes.unfillable(definition, f"{place}.{part}", fact.get(part, {}), frozenset())

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield another definition of the same head."""
        yield from shapes.in_use_twice(definition, library.of_kind(definition.kind), "head")

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterable[Problem]:
        yield Problem(cases.file, "", "facts have no cases; rights and situations have")


def _strange_usual(definition: Definition, key: str) -> Iterator[Problem]:
    """Yield a usual answer that nobody can give."""
    if "usual" in body_of(definition)["facts"][key]:
        name = fact_name(body_of(definition)["head"], key)
        known = next(fact for fact in facts_in(definition) if fact.name == name)
        try:
            known.read(known.usual, on=_ANY_DAY)
        except NoSuchValue as fault:
            yield Problem(definition.file, f"facts.{key}.usual", str(fault))


FACT_KIND = Facts()
