"""One evaluation: what it was given, and how much work it may still do."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from medspiller.questionnaires.domain.answering.expressions.errors import EvaluationFailed, TooMuchWork
from medspiller.questionnaires.domain.answering.expressions.values import Collection, wrapped

# Well under a second on any machine we know; a step is an operator, a name or an item looked at.
MOST_STEPS = 200_000
LONGEST_TEXT = 100_000

_CONSTANTS = {
    "ucum": "http://unitsofmeasure.org",
    "sct": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
}
_NAMED = {"vs-": "http://hl7.org/fhir/ValueSet/", "ext-": "http://hl7.org/fhir/StructureDefinition/"}


class Run:
    """The variables, the clock and the steps left of one evaluation, which belongs to one thread."""

    __slots__ = ("_known", "_variables", "index_of_items", "left", "now")

    def __init__(self, variables: Mapping[str, Any], now: datetime | None):
        self._variables = variables
        self._known: dict[str, Collection] = {}
        self.now = now
        self.left = MOST_STEPS
        self.index_of_items: dict[str, Any] | None = None

    def spend(self, steps: int) -> None:
        """
        Count work done.

        :raises TooMuchWork: when it was too much.
        """
        self.left -= steps
        if self.left < 0:
            raise TooMuchWork("the expression asks for too much work")

    def has(self, name: str) -> bool:
        """Say whether a variable of this name was given."""
        return name in self._variables

    def variable(self, name: str) -> Collection:
        """
        Return the values of `%name`.

        :raises EvaluationFailed: if there is no such variable.
        """
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._looked_up(name)
        return found

    def _looked_up(self, name: str) -> Collection:
        if name in self._variables:
            given = self._variables[name]
            if given is None:
                return []
            many = given if isinstance(given, list | tuple) else [given]
            return [wrapped(value) for value in many if value is not None]
        if name in _CONSTANTS:
            return [_CONSTANTS[name]]
        for start, address in _NAMED.items():
            if name.startswith(start):
                return [address + name.removeprefix(start)]
        raise EvaluationFailed(f"there is no variable %{name}")

    def clock(self) -> datetime:
        """Return the moment this evaluation takes place at."""
        if self.now is None:
            raise EvaluationFailed("now() and today() need a clock, and none was given")
        return self.now

    def bounded(self, text: str) -> str:
        """Return a text that was made, if it is not longer than any may be."""
        self.spend(1 + len(text) // 100)
        if len(text) > LONGEST_TEXT:
            raise TooMuchWork(f"the expression makes a text of more than {LONGEST_TEXT} characters")
        return text


class Scope:
    """What `$this`, `$index` and `$total` mean at a place in the expression."""

    __slots__ = ("index", "run", "this", "total")

    def __init__(self, run: Run, this: Collection, index: int | None = None, total: Collection | None = None):
        self.run = run
        self.this = this
        self.index = index
        self.total = total

    def within(self, item: Any, index: int) -> "Scope":
        """Return the scope for one item of those a function goes through."""
        self.run.spend(1)
        return Scope(self.run, [item], index, self.total)


Evaluator = Callable[[Scope, Collection], Collection]
