"""The families of the demo that have a story, each told once and as old as they are on the day."""

from collections.abc import Iterator
from datetime import date

from medspiller.demo.domain.families import elders, grown, young
from medspiller.demo.domain.families.elders import KARI, SOLVEIG
from medspiller.demo.domain.families.telling import Member, Story
from medspiller.demo.domain.families.young import NOAH

# Three generations that one can be or look at, as of a fixed day.
FAMILIES = (SOLVEIG, KARI, NOAH)

__all__ = ["FAMILIES", "Member", "Story", "stories"]


def stories(today: date) -> Iterator[Story]:
    """Yield every family with a story, with ages and dates as they are on a day."""
    yield from elders.stories(today)
    yield from young.stories(today)
    yield from grown.stories(today)
