"""The project's own files, and what a check says about them."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path("src/medspiller")
NOT_OURS = frozenset({".git", ".venv", ".data", "node_modules", "build", "__pycache__"})


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place that breaks a rule, with the rule in words."""

    where: str
    line: int
    rule: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.rule}"


@dataclass(frozen=True)
class Source:
    """A text file of the project; `path` is relative to its root."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=str(self.path))

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def app(self) -> str | None:
        """The package of `medspiller` it belongs to; None outside and at the top."""
        inside = self._inside
        return inside[0] if len(inside) > 1 else None

    @property
    def place(self) -> tuple[str, ...]:
        """Where it lies in its app: `("web", "views.py")`; empty outside the apps."""
        return self._inside[1:]

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.parts

    @property
    def _inside(self) -> tuple[str, ...]:
        parts, package = self.path.parts, PACKAGE.parts
        return parts[len(package) :] if parts[: len(package)] == package else ()

    def finding(self, line: int, rule: str) -> Finding:
        return Finding(str(self.path), line, rule)


def told(findings: Iterable[Finding]) -> str:
    """Return the findings as the lines of a failed test's message; empty if there are none."""
    return "\n".join(str(finding) for finding in sorted(set(findings)))


def project_files(root: Path = ROOT) -> list[Path]:
    """Return all files that are, or are about to be, under version control, relative to `root`."""
    asked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    if asked.returncode == 0:
        named = (Path(name) for name in asked.stdout.decode().split("\0") if name)
    else:  # unpacked from an archive
        named = (path.relative_to(root) for path in root.rglob("*") if not NOT_OURS & set(path.parts))
    return sorted({path for path in named if (root / path).is_file() and not (root / path).is_symlink()})


def sources(*suffixes: str, under: str = "", root: Path = ROOT) -> Iterator[Source]:
    """Yield the project's text files that end in one of `suffixes`, below the folder `under`."""
    for path in project_files(root):
        if path.name.endswith(suffixes) and path.is_relative_to(under):
            yield Source(path, (root / path).read_text(encoding="utf-8"))
