"""A line of what happened to a run: as a row, whether it was told before, and which steps it does."""

from collections.abc import Iterator

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.pathways.domain.happenings import Happening, Kind
from medspiller.pathways.domain.progress import Progress, StepProgress
from medspiller.pathways.models import Happening as Row
from medspiller.pathways.models import Run, line

_DOING = frozenset({Kind.DONE, Kind.RESPONSE, Kind.EVENT, Kind.FACT})


def is_same(one: Happening, new: Happening) -> bool:
    """As the unique constraint on lines of a source has it."""
    names = ("source_type", "source_id", "kind", "step", "event", "fact")
    return all(getattr(one, name) == getattr(new, name) for name in names)


def row_of(actor: Actor, run: Run, new: Happening) -> Row:
    """Return a line as it is stored: told by somebody, or by what happened elsewhere."""
    by = actor.id if actor.kind is not ActorKind.SYSTEM else None
    return line(run.id, new, seq=new.seq, at=clock.now(), by=by, by_name=actor.name)


def done_by(new: Happening, before: Progress, now: Progress) -> Iterator[StepProgress]:
    """Yield the steps that were done by what was told: answers, an event or a fact may do several."""
    if new.kind not in _DOING:
        return
    times = {one.step.id: one.times for one in before.steps}
    yield from (one for one in now.steps if one.times > times[one.step.id])
