"""How much: days, kroner or months, with the calculation that led there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from medspiller.rights.domain.conditions import View


@dataclass(frozen=True, slots=True)
class Calculated:
    """
    One line of a calculation: the name of its text in the content, and the figures that stand in it.

    `parameters` are the figures of the law that it used: each leads to its source.
    """

    text: str
    figures: Mapping[str, Decimal | int | str] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """
    A figure with its name (as in answers: `days_per_year`), its unit, and how it came about.

    `value` is None where it is not known; `missing` then names the facts that would tell.
    """

    name: str
    unit: str
    value: Decimal | int | None
    calculation: tuple[Calculated, ...] = ()
    missing: tuple[str, ...] = ()


Amounts: TypeAlias = Callable[[View], tuple[Amount, ...]]


def no_amounts(view: View) -> tuple[Amount, ...]:
    """Return nothing: the right is not to a number of anything."""
    return ()
