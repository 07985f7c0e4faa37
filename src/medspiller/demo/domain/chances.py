"""What made-up people are drawn with: chance that can be foreseen, and comes in as an argument."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

Drawn = TypeVar("Drawn")


class Chance(Protocol):
    """What is used of `random.Random`."""

    def random(self) -> float: ...
    def randrange(self, start: int, stop: int = ..., /) -> int: ...
    def choice(self, seq: Sequence[Drawn], /) -> Drawn: ...
    def choices(self, population: Sequence[Drawn], weights: Sequence[float]) -> list[Drawn]: ...


def one_of(chance: Chance, weights: Mapping[Drawn, int]) -> Drawn:
    """Return one of the keys, each as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]


def happens(chance: Chance, percent: float) -> bool:
    """Say whether something happens that happens so often in a hundred."""
    return chance.random() * 100 < percent
