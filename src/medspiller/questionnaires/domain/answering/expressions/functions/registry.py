"""Where functions are written down under the names they have in expressions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from medspiller.questionnaires.domain.answering.expressions.values import Collection

Plain = Callable[..., Collection]


def _not_plain(*_: Any) -> Collection:
    raise AssertionError("a scoped function is called through `scoped`")


@dataclass(frozen=True, slots=True)
class Function:
    """
    One function: `plain` takes the run, the items and its arguments' values; `scoped` takes the scope, the
    items and its arguments unevaluated, to evaluate them per item.
    """

    fewest: int
    most: int
    plain: Plain = _not_plain
    scoped: Plain | None = None


FUNCTIONS: dict[str, Function] = {}


def plain(name: str, fewest: int = 0, most: int | None = None) -> Callable[[Plain], Plain]:
    """Write a function down that works on values; it takes from `fewest` to `most` arguments."""

    def write(function: Plain) -> Plain:
        FUNCTIONS[name] = Function(fewest, fewest if most is None else most, plain=function)
        return function

    return write


def scoped(name: str, fewest: int = 1, most: int | None = None) -> Callable[[Plain], Plain]:
    """Write a function down that evaluates its arguments itself."""

    def write(function: Plain) -> Plain:
        FUNCTIONS[name] = Function(fewest, fewest if most is None else most, scoped=function)
        return function

    return write
