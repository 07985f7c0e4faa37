"""Reference figures that are published. They tell of nobody, so all may read them."""

from medspiller.access.domain.actors import Actor
from medspiller.content import selectors as content
from medspiller.content.domain.remembered import Remembered
from medspiller.core import clock
from medspiller.statistics.domain.content_figures import FIGURES, figures_in
from medspiller.statistics.domain.figures import FigureSet

_SETS: Remembered[FigureSet] = Remembered(at_most=50)


def figures(*, actor: Actor) -> tuple[FigureSet, ...]:
    """Return every set of figures that is published today."""
    found = content.active(actor=actor, kind=FIGURES, on=clock.today())
    return tuple(_SETS.get(one.digest, lambda one=one: figures_in(one)) for one in found)  # type: ignore[misc]
