"""The stack of packages, read from the one place it is written: import-linter's contract in pyproject.toml."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.architecture.sources import ROOT

CONTRACT = "stack"


class UnknownPackage(LookupError):
    """A package has no place in the stack."""


@dataclass(frozen=True)
class Layers:
    """Lines of packages, highest first. A package may use those on lines below its own, and itself."""

    lines: tuple[frozenset[str], ...]

    @classmethod
    def read(cls, pyproject: Path = ROOT / "pyproject.toml") -> "Layers":
        """Read the stack's contract."""
        contracts = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
        (stack,) = (contract for contract in contracts if contract["id"] == CONTRACT)
        return cls.of(stack["layers"])

    @classmethod
    def of(cls, lines: Sequence[str]) -> "Layers":
        """Read lines as import-linter writes them: `"one | (two)"`, brackets for what may be absent."""
        return cls(tuple(frozenset(name.strip(" ()") for name in line.split("|")) for line in lines))

    @property
    def packages(self) -> frozenset[str]:
        return frozenset().union(*self.lines)

    def height(self, package: str) -> int:
        """
        Return how far above the ground a package lies.

        :raises UnknownPackage: if the stack does not name it.
        """
        for height, line in enumerate(reversed(self.lines)):
            if package in line:
                return height
        raise UnknownPackage(package)

    def allows(self, user: str, used: str) -> bool:
        """Say whether `user` may refer to `used`."""
        return user == used or self.height(used) < self.height(user)
