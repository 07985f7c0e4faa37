"""Which settings of the environment the project reads, and which it documents."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.support.architecture.sources import Finding, Source

DOCUMENT = "docs/settings.md"

_READERS = frozenset({"get", "setdefault", "pop", "__getitem__"})
_SHELL = re.compile(r"\$\{([A-Z][A-Z0-9_]+)(?::?[-=?+][^}]*)?\}|\$([A-Z][A-Z0-9_]+)")
_SHELL_OWN = re.compile(r"^\s*(?:export\s+|local\s+)?([A-Z][A-Z0-9_]+)=", re.MULTILINE)
_MAKE = re.compile(r"^([A-Z][A-Z0-9_]+)\s*\?=", re.MULTILINE)
_MAKE_TEST = re.compile(r"\$\((?:if|or)\s+\$\(([A-Z][A-Z0-9_]+)\)|^if(?:n?def)\s+([A-Z][A-Z0-9_]+)", re.MULTILINE)
_ROW = re.compile(r"^\|\s*`([A-Z][A-Z0-9_]+)`\s*\|([^|]*)\|([^|]+)\|", re.MULTILINE)


def read_by_python(source: Source) -> Iterator[tuple[str | None, int]]:
    """Yield each variable of the environment that a module asks for, and where; None where it is not said which."""
    for node in ast.walk(source.tree):
        key: ast.expr | None = None
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and _is_environ(node.value):
            key = node.slice
        elif isinstance(node, ast.Compare) and len(node.comparators) == 1 and _is_environ(node.comparators[0]):
            key = node.left
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            asks_mapping = node.func.attr in _READERS and _is_environ(node.func.value)
            if asks_mapping or (node.func.attr == "getenv" and _is_name(node.func.value, "os")):
                key = node.args[0]
        if key is not None:
            yield (key.value if isinstance(key, ast.Constant) else None), node.lineno


def _is_environ(node: ast.expr) -> bool:
    return (isinstance(node, ast.Attribute) and node.attr == "environ") or _is_name(node, "environ")


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def read_by_shell(text: str) -> set[str]:
    """Return the variables that a shell script takes from outside: used and not set by itself."""
    own = set(_SHELL_OWN.findall(text))
    return {one or other for one, other in _SHELL.findall(text)} - own


def read_by_make(text: str) -> set[str]:
    """Return the variables that a Makefile lets the caller set: given with `?=`, or asked whether they are set."""
    return set(_MAKE.findall(text)) | {one or other for one, other in _MAKE_TEST.findall(text)}


def documented(text: str) -> set[str]:
    """Return the variables of the tables in the document: rows of name, default, meaning."""
    return {name for name, _, meaning in _ROW.findall(text) if meaning.strip()}


def disagreements(
    *, python: Iterable[Source], shell: Iterable[Source], makefiles: Iterable[Source], document: str
) -> Iterator[Finding]:
    """Yield settings that are read but not documented, documented but not read, or read by a name not written out."""
    known, seen = documented(document), set()
    for source in python:
        for name, line in read_by_python(source):
            if name is None:
                yield source.finding(line, "reads a setting whose name is not written out, so nobody can document it")
                continue
            seen.add(name)
            if name not in known:
                yield source.finding(line, f"{name} is not in {DOCUMENT}")
    for reader, files in ((read_by_shell, shell), (read_by_make, makefiles)):
        for source in files:
            names = reader(source.text)
            seen |= names
            for name in names - known:
                yield source.finding(1, f"{name} is not in {DOCUMENT}")
    for name in known - seen:
        yield Finding(DOCUMENT, 0, f"nothing reads {name}")
