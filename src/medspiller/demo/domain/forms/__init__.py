"""What the families of the demo have answered, each told once and with dates as they are on the day."""

from collections.abc import Iterator
from datetime import date

from medspiller.demo.domain.forms import adults, children
from medspiller.demo.domain.forms.adults import measured
from medspiller.demo.domain.forms.telling import Answered, Measured

__all__ = ["Answered", "Measured", "answered", "measured"]


def answered(today: date) -> Iterator[Answered]:
    """Yield all that was answered, or begun, as of a day."""
    yield from adults.answered(today)
    yield from children.answered(today)
