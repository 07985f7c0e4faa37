"""The shape of modules: size, names, and what stands in them."""

import ast
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from tests.support.architecture.sources import Finding, Source

MODULE_LINES = 400
FUNCTION_LINES = 40

# Names that say nothing, so that anything ends up there.
ROOMS_WITHOUT_PURPOSE = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff", "lib"})

# What an app consists of. The same names everywhere, so that the eye finds the odd one out.
NAMES_IN_AN_APP = frozenset(
    {
        "__init__.py", "apps.py", "domain", "models.py", "models", "policies.py", "policies",
        "selectors.py", "selectors", "services.py", "services", "subscribers.py", "tasks.py", "tasks",
        "kinds.py", "kinds", "worker.py", "worker", "web", "templatetags",
        "migrations", "tests",
    }
)  # fmt: skip

# Spelt so that this file does not break its own rule.
_UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(sources: Iterable[Source]) -> Iterator[Finding]:
    """
    Yield modules over 400 lines, and functions with over 40 in their body.

    The docstring does not count, nor does the signature: a component declares each of its inputs on a line.
    """
    for source in sources:
        if len(source.lines) > MODULE_LINES:
            yield source.finding(MODULE_LINES + 1, f"a module of {len(source.lines)} lines is two things; split it")
        for node in ast.walk(source.tree):
            if isinstance(node, Function) and (lines := _lines_of(node)) > FUNCTION_LINES:
                yield source.finding(node.lineno, f"{node.name} has {lines} lines; name a part of it")


def _lines_of(function: Function) -> int:
    statements = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not statements:
        return 0
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1


def without_purpose(sources: Iterable[Source]) -> Iterator[Finding]:
    """Yield modules and packages whose name says nothing about what is in them."""
    for source in sources:
        for part in source.path.parts:
            if part.removesuffix(".py") in ROOMS_WITHOUT_PURPOSE:
                yield source.finding(1, f"`{part}` says nothing about what is in it")


def odd_names(sources: Iterable[Source], excused: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """
    Yield modules of an app that are not among the names every app has.

    `excused` maps an app to its further names, each with the reason; an excuse that nothing needs is yielded too.
    """
    used = set()
    for source in sources:
        if source.app is None:
            continue
        name = source.place[0]
        used.add((source.app, name))
        if name not in NAMES_IN_AN_APP and name not in excused.get(source.app, {}):
            yield source.finding(1, f"`{name}` is no name that every app has; find its place, or excuse it")
    for app, names in excused.items():
        for name in names:
            if (app, name) not in used:
                yield Finding(app, 0, f"`{name}` is excused and does not exist")


def unfinished(sources: Iterable[Source]) -> Iterator[Finding]:
    """Yield marks of work left for later."""
    for source in sources:
        for number, line in enumerate(source.lines, start=1):
            if found := _UNFINISHED.search(line):
                yield source.finding(number, f"`{found[0]}`: finish it, or write an issue")


def unnamed_migrations(sources: Iterable[Source]) -> Iterator[Finding]:
    """Yield migrations whose name does not say what happens."""
    for source in sources:
        if "migrations" in source.path.parts and re.fullmatch(r"\d{4}_(?:auto_.*|initial)\.py", source.path.name):
            yield source.finding(1, "name the migration after what happens")


def imports_inside_functions(sources: Iterable[Source], excused: Collection[str]) -> Iterator[Finding]:
    """
    Yield imports that are not at the top of their module.

    A task may import the worker module of its app, or of `ui`, when it runs: every process loads the tasks, only
    the worker runs them.
    `excused` are paths of modules, or of folders of them, that must import late.
    """
    for source in sources:
        if any(source.path.is_relative_to(path) for path in excused):
            continue
        for function in ast.walk(source.tree):
            if not isinstance(function, Function):
                continue
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom) and not _is_worker_in_task(source, node):
                    yield source.finding(node.lineno, f"{function.name} imports inside; put it at the top")


def _is_worker_in_task(source: Source, node: ast.Import | ast.ImportFrom) -> bool:
    if source.place[:1] not in (("tasks.py",), ("tasks",)) or not isinstance(node, ast.ImportFrom):
        return False
    near = {f"medspiller.{app}" for app in (source.app, "ui")}
    names = [alias.name for alias in node.names]
    return str(node.module).removesuffix(".worker") in near and (
        str(node.module).endswith(".worker") or names == ["worker"]
    )


def not_introduced(sources: Iterable[Source]) -> Iterator[Finding]:
    """Yield apps whose package does not say in its docstring what it is, or does more than say it."""
    for source in sources:
        if source.place != ("__init__.py",):
            continue
        if not ast.get_docstring(source.tree):
            yield source.finding(1, f"say what {source.app} is, its words, and what others may use")
        if len(source.tree.body) > 1:
            yield source.finding(1, f"importing {source.app} must do nothing; keep the docstring only")
