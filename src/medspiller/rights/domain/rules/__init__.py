"""
The rules, by name. A right's content says from which day which rule holds.

Each module is about one law, and holds its conditions, the trees made of them, and how much.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from medspiller.rights.domain.amounts import Amounts, no_amounts
from medspiller.rights.domain.conditions import Tree


@dataclass(frozen=True, slots=True)
class Rule:
    """What has to hold, and how much there is then."""

    tree: Tree
    amounts: Amounts = no_amounts


Rules: TypeAlias = Mapping[str, Rule]
