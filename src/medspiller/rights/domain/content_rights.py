"""The content kind `rights`: what a right is, from which day which rule holds, and every text about it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem
from medspiller.content.domain.shapes import Shape
from medspiller.rights.domain import cases as casebook
from medspiller.rights.domain import content_shapes as shapes
from medspiller.rights.domain.from_content import KINDS, RIGHTS, body_of, rulebook_from
from medspiller.rights.domain.rights import DecidedBy, RightKind, State
from medspiller.rights.domain.rules import Rules
from medspiller.rights.domain.rules.every import RULES

_DAY_OR_NONE = shapes.or_none(shapes.DAY)
_TO = {"to": shapes.DAY}
_WITH_RULE = Shape(shapes.closed({"from": _DAY_OR_NONE, "rule": shapes.NAME, "source": shapes.SOURCE}, _TO))
_UNREAD = Shape(shapes.closed({"from": _DAY_OR_NONE, "state": {"const": State.NOT_READ}}, _TO))
_WITHOUT_RULE = Shape(
    shapes.closed({"from": _DAY_OR_NONE, "state": {"enum": list(State)}, "source": shapes.SOURCE}, _TO)
)
_SHAPE = Shape(
    shapes.closed(
        {
            **shapes.HEADER,
            "id": shapes.RIGHT_ID,
            "slug": shapes.NAME,
            "title": shapes.TEXTS,
            "short": shapes.TEXTS,
            "kind": {"enum": list(RightKind)},
            "decided_by": {"enum": list(DecidedBy)},
            "discretionary": {"type": "boolean"},
            "periods": {"type": "array", "minItems": 1, "items": {"type": "object"}},
            "conditions": shapes.named(shapes.BY_ANSWER),
            "calculations": shapes.named(shapes.TEXTS),
            "amounts": shapes.named(shapes.closed({"label": shapes.TEXTS})),
            "answers": shapes.BY_ANSWER,
            "document": shapes.LIST_OF_TEXTS,
            "how": {**shapes.LIST_OF_TEXTS, "minItems": 1},
            "apply_at": shapes.or_none(shapes.closed({"url": shapes.LINK_OR_NONE, "label": shapes.TEXTS})),
            "deadline": shapes.TEXTS,
            "refused": shapes.closed(
                {
                    "body": shapes.TEXTS,
                    "text": shapes.TEXTS,
                    "deadline_days": {"type": ["integer", "null"], "minimum": 1},
                    "certainty": shapes.CERTAINTY,
                }
            ),
            "combine": {
                "type": "array",
                "items": shapes.closed({"with": shapes.RIGHT_ID, "text": shapes.TEXTS, "certainty": shapes.CERTAINTY}),
            },
            "verify": shapes.LIST_OF_TEXTS,
            "checked": shapes.DAY,
        }
    )
)
_PLACES_IN_CONDITIONS = frozenset({"value", "limit", "age"})


class Rights:
    """The kind `rights`. `rules` are the ones that content may refer to."""

    name = RIGHTS
    folder = "rights"
    suffixes = frozenset({".yaml"})

    def __init__(self, rules: Rules = RULES):
        self._rules = rules

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield faults of shape and days, periods that overlap or leave gaps, and rules and conditions nobody knows."""
        misfits = list(_SHAPE.problems(definition)) or list(_misfits_of_periods(definition))
        yield from misfits
        if misfits:
            return
        periods = body_of(definition)["periods"]
        days = [("periods", number, key) for number in range(len(periods)) for key in ("from", "to")]
        yield from shapes.no_days(definition, *days, ("checked",))
        yield from shapes.misnamed(definition)
        yield from shapes.out_of_line(definition, "periods")
        yield from self._strange_rules(definition)
        yield from self._strange_conditions(definition)
        yield from _strange_places(definition)

    def references(self, definition: Definition) -> Iterator[Reference]:
        """Yield nothing: other rights are named by id, which `check_among` looks up."""
        yield from ()

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield another right with the same id or address, and rights to combine with that are not there."""
        rights = library.of_kind(RIGHTS)
        yield from shapes.in_use_twice(definition, rights, "id")
        yield from shapes.in_use_twice(definition, rights, "slug")
        if RIGHTS in library.incomplete:
            return
        known = {body_of(other)["id"] for other in rights}
        for number, one in enumerate(body_of(definition)["combine"]):
            if one["with"] not in known:
                yield Problem(definition.file, f"combine[{number}].with", f"there is no right {one['with']}")

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterator[Problem]:
        """Yield every example that does not hold."""
        if not library.incomplete.intersection(KINDS):
            rulebook = rulebook_from(library.definitions, self._rules)
            yield from casebook.run_right(rulebook, body_of(definition)["id"], cases)

    def _strange_rules(self, definition: Definition) -> Iterator[Problem]:
        for number, period in enumerate(body_of(definition)["periods"]):
            if "rule" in period and period["rule"] not in self._rules:
                yield Problem(definition.file, f"periods[{number}].rule", f"there is no rule {period['rule']}")

    def _strange_conditions(self, definition: Definition) -> Iterator[Problem]:
        body = body_of(definition)
        rules = [self._rules[one["rule"]] for one in body["periods"] if one.get("rule") in self._rules]
        conditions = list(chain.from_iterable(rule.tree.conditions() for rule in rules))
        needed, told = {one.name for one in conditions}, set(body["conditions"])
        for name in sorted(needed - told):
            yield Problem(definition.file, f"conditions.{name}", "is missing: its rules have this condition")
        for name in sorted(told - needed) if rules else ():
            yield Problem(definition.file, f"conditions.{name}", "none of its rules has this condition")
        if rules and body["discretionary"] is not any(one.by_judgement for one in conditions):
            said = "no condition" if body["discretionary"] else "a condition"
            yield Problem(definition.file, "discretionary", f"{said} of its rules is weighed by whoever decides")


def _misfits_of_periods(definition: Definition) -> Iterator[Problem]:
    """Yield what does not fit of each period, held against the one of three shapes that it seems to have."""
    for number, period in enumerate(body_of(definition)["periods"]):
        state = period.get("state")
        shape = _WITH_RULE if state is None else _UNREAD if state == State.NOT_READ else _WITHOUT_RULE
        for problem in shape.problems(replace(definition, body=period)):
            place = f"periods[{number}].{problem.element}".rstrip(".")
            yield Problem(definition.file, place, problem.message)


def _strange_places(definition: Definition) -> Iterator[Problem]:
    body = body_of(definition)
    for name, texts in body["conditions"].items():
        for answer, text in texts.items():
            place = f"conditions.{name}.{answer}"
            yield from shapes.unfillable(definition, place, text, _PLACES_IN_CONDITIONS)
    plain = {"title": body["title"], "short": body["short"], "deadline": body["deadline"]}
    for key in ("document", "how", "verify"):
        plain |= {f"{key}[{number}]": text for number, text in enumerate(body[key])}
    plain |= {f"answers.{answer}": text for answer, text in body["answers"].items()}
    for place, text in plain.items():
        yield from shapes.unfillable(definition, place, text, frozenset())


RIGHT_KIND = Rights()
