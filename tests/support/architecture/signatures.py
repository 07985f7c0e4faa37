"""What every public function of `services` and `selectors` looks like."""

import ast
from collections.abc import Iterable, Iterator, Mapping

from tests.support.architecture.sources import Finding, Source

PUBLIC_MODULES = ("services", "selectors")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def public_functions(source: Source) -> Iterator[Function]:
    """Yield the functions that other apps may call; none if the file is no public module of an app."""
    if source.is_test or not source.place or source.place[0].removesuffix(".py") not in PUBLIC_MODULES:
        return
    if any(part.startswith("_") and part != "__init__.py" for part in source.place):
        return
    for node in source.tree.body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def badly_signed(sources: Iterable[Source], *, excused: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """
    Yield the public functions that do not name their arguments and their actor, or do not say what they do.

    `excused` maps `app.module.function` to the reason why it need not have an actor.
    """
    for source in sources:
        for function in public_functions(source):
            name = f"{source.app}.{source.place[0].removesuffix('.py')}.{function.name}"
            for problem in _problems(function, needs_actor=name not in (excused or {})):
                yield source.finding(function.lineno, f"{function.name} {problem}")


def _problems(function: Function, *, needs_actor: bool) -> Iterator[str]:
    arguments = function.args
    if arguments.posonlyargs or arguments.args or arguments.vararg:
        yield "takes arguments by position; put `*` first"
    if needs_actor and "actor" not in {argument.arg for argument in arguments.kwonlyargs}:
        yield "has no `actor`"
    if not ast.get_docstring(function):
        yield "has no docstring"
    if function.returns is None:
        yield "does not say what it returns"
    for argument in (*arguments.args, *arguments.kwonlyargs):
        if argument.annotation is None:
            yield f"does not say what `{argument.arg}` is"
