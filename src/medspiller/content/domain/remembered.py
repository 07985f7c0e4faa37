"""What was made once and can be used again, because it cannot change."""

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Remembered(Generic[Made]):
    """
    Frozen objects of this process by digest; the one not asked for longest is forgotten first.

    An engine keeps its own: `QUESTIONNAIRES.get(definition.digest, lambda: read(definition))`.
    A digest stands for one content for ever, so nothing here is ever out of date.
    """

    def __init__(self, *, at_most: int):
        self._made = lru_cache(maxsize=at_most)(_make)

    def get(self, digest: str, make: Callable[[], Made]) -> Made:
        """Return what was made for `digest`, making it now if need be. Two threads may both make it."""
        made: Made = self._made(_Asked(digest, make))
        return made

    def __len__(self) -> int:
        return self._made.cache_info().currsize


class _Asked(Generic[Made]):
    """A digest as key, which brings along how to make what it stands for."""

    __slots__ = ("digest", "make")

    def __init__(self, digest: str, make: Callable[[], Made]):
        self.digest = digest
        self.make: Callable[[], Made] | None = make

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and other.digest == self.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def _make(asked: _Asked[Made]) -> Made:
    if asked.make is None:
        raise RuntimeError("asked twice with one key")
    # The key stays as long as what it stands for, and what the function holds on to must not.
    make, asked.make = asked.make, None
    return make()
