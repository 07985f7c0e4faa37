"""Nothing in the tree names a registry or the machine it was written on."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.support.architecture.sources import Finding, Source

LOCKS = (".lock", ".txt", ".toml", "package-lock.json", ".npmrc", ".cfg", ".ini")

_REGISTRY = re.compile(
    r"""--?(?:extra-)?index-url|(?:extra-)?index-url\s*=|"resolved":\s*"https?://|registry\s*=\s*"?https?://"""
    r"""|source\s*=\s*\{\s*(?:registry|url)|--find-links"""
)
_SOMEBODYS_HOME = re.compile(r"/(?:home|Users)/[A-Za-z][\w.-]*/|[A-Z]:\\Users\\")
# Folders that say nothing about one machine.
_EVERYWHERE = frozenset(map(Path, ("/", "/tmp", "/home", "/root", "/srv", "/opt", "/usr", "/var", "/app", "/src")))  # noqa: S108


def registries(sources: Iterable[Source]) -> Iterator[Finding]:
    """Yield lines of lock and configuration files that name where packages come from."""
    for source in sources:
        for number, line in enumerate(source.lines, start=1):
            if source.path.name.endswith(LOCKS) and _REGISTRY.search(line):
                yield source.finding(number, "names a registry; it binds whoever installs to ours")


def machine_paths(sources: Iterable[Source], *, root: Path) -> Iterator[Finding]:
    """Yield lines with a path of one machine: somebody's home, or the folder that holds this tree."""
    here = [str(folder) + "/" for folder in (root, root.parent) if folder not in _EVERYWHERE]
    for source in sources:
        for number, line in enumerate(source.lines, start=1):
            if _SOMEBODYS_HOME.search(line) or any(folder in line for folder in here):
                yield source.finding(number, "names a path of one machine")
