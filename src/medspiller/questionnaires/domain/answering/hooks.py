"""
The way to expressions, so that nothing native depends on them.

An engine compiles an expression once and evaluates it against a resource or a part of one. What
an expression needs of its surroundings (`%resource`, variables) comes in `context`, by name.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol


class Compiled(Protocol):
    """An expression, ready to run. What cannot be evaluated raises `expressions.ExpressionFault`."""

    def evaluate(self, resource: Any, context: Mapping[str, Any], *, now: datetime | None = None) -> list[Any]:
        """Return what it yields as plain values, empty if nothing."""
        ...

    def nodes(self, resource: Any, context: Mapping[str, Any], *, now: datetime | None = None) -> list[Any]:
        """Return what it yields as the engine holds it, to be given on as a variable."""
        ...


# Makes an expression ready to run; raises `expressions.ExpressionFault` if it cannot be read.
Compile = Callable[[str], Compiled]
