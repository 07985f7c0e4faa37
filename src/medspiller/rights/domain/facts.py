"""
What is known of a carer's situation. What is absent is not known, and is never taken for no or zero.

A fact is named by its path: `carer.employed`, `recipient.relation`, `children[0].chronic`. Of facts about a
child the catalogue holds `children.chronic`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = bool | int | Decimal | str

_INDEX = re.compile(r"\[(\d+)\]")


def in_catalogue(path: str) -> str:
    """Return the name under which the catalogue holds a fact: that of a child without its number."""
    return _INDEX.sub("", path)


def child_of(path: str) -> int | None:
    """Return the number of the child that a path is about; None if it is about nobody's child."""
    found = _INDEX.search(path)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class Facts:
    """Known values by path, and how many children there are: None while that is not known."""

    values: Mapping[str, Value] = field(default_factory=dict)
    children: int | None = None

    def get(self, path: str) -> Value | None:
        """Return what is known, or None."""
        return self.values.get(path)

    def having(self, path: str, value: Value) -> "Facts":
        """Return the same with one more fact known."""
        return replace(self, values={**self.values, path: value})
