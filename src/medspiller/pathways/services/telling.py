"""Telling several runs the same, in a few statements whatever their number: an event reaches many plans at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, events
from medspiller.pathways import policies, selectors
from medspiller.pathways.domain.accepting import accept
from medspiller.pathways.domain.definition import Pathway
from medspiller.pathways.domain.events import RunChanged, StepDone
from medspiller.pathways.domain.happenings import Happening, HappeningRefused, Refusal
from medspiller.pathways.domain.progress import Progress, progress
from medspiller.pathways.models import Happening as Row
from medspiller.pathways.models import Run
from medspiller.pathways.selectors._lines import lines_of
from medspiller.pathways.services import _storing
from medspiller.pathways.services._lines import done_by, is_same, row_of
from medspiller.pathways.services.running import Recorded

# What a run does not listen to, when many are told the same.
_NOT_LISTENING = frozenset(
    {
        Refusal.ENDED,
        Refusal.UNKNOWN_EVENT,
        Refusal.UNKNOWN_FACT,
        Refusal.UNKNOWN_RESPONSE,
        Refusal.BEFORE_START,
    }
)


@dataclass(frozen=True, slots=True)
class _Heard:
    """A run with what it knew before, and what of it was new."""

    run: Run
    pathway: Pathway
    known: tuple[Happening, ...]
    new: tuple[Happening, ...]

    def after(self, lines: int, day: date) -> Progress:
        return progress(self.pathway, (*self.known, *self.new[:lines]), on=day)


@transaction.atomic
def tell_runs(
    *,
    actor: Actor,
    run_ids: Sequence[UUID],
    happenings: Sequence[Happening],
    source_type: str = "",
    source_id: UUID | None = None,
) -> list[Recorded]:
    """
    Tell several runs the same, one thing or more, and return those to which any of it was new.

    Each is worked out anew once. Closed ones, and those that do not listen to it, are left as they are.

    :raises HappeningRefused: if for another reason it cannot have happened to one of them.
    :raises NotAllowed: if the actor may let nothing run.
    """
    policies.ensure(actor, policies.RUN)
    today = clock.today()
    told = [replace(each, told_on=today, source_type=source_type, source_id=source_id) for each in happenings]
    # Locked in one order: two who tell the same runs would otherwise wait for each other for ever.
    runs = list(Run.objects.select_for_update().filter(id__in=list(run_ids)).order_by("id"))
    lines = lines_of([run.id for run in runs])
    found = [_heard(actor, run, lines[run.id], told) for run in runs]
    return _stored(actor, [each for each in found if each.new], today)


def _heard(actor: Actor, run: Run, known: Sequence[Happening], told: Sequence[Happening]) -> _Heard:
    pathway, lines = selectors.pathway_of(actor=actor, pin=run.pin), list(known)
    for one in told:
        if one.source_id is not None and any(is_same(line, one) for line in lines):
            continue
        try:
            accepted = accept(pathway, lines, one)
        except HappeningRefused as refusal:
            if refusal.code not in _NOT_LISTENING:
                raise
        else:
            lines.append(replace(accepted, seq=lines[-1].seq + 1))
    return _Heard(run, pathway, tuple(known), tuple(lines[len(known) :]))


def _stored(actor: Actor, heard: Sequence[_Heard], today: date) -> list[Recorded]:
    if not heard:
        return []
    ids = [each.run.id for each in heard]
    Row.objects.bulk_create(row_of(actor, each.run, line) for each in heard for line in each.new)
    now = {each.run.id: each.after(len(each.new), today) for each in heard}
    stored = _storing.store([(each.run, now[each.run.id]) for each in heard], _storing.open_steps_of(ids))
    Run.objects.filter(id__in=ids).update(version=F("version") + 1)
    found = []
    for each in heard:
        each.run.version += 1
        _tell_what_is_done(each, today)
        opened, gone = stored[each.run.id].opened, stored[each.run.id].gone
        events.publish(RunChanged(each.run.id, each.run.version, tuple(one.id for one in opened), gone))
        found.append(Recorded(each.run, each.new[-1], now[each.run.id], opened, gone))
    return found


def _tell_what_is_done(each: _Heard, today: date) -> None:
    for number, line in enumerate(each.new):
        for one in done_by(line, each.after(number, today), each.after(number + 1, today)):
            events.publish(StepDone(each.run.id, one.step.id, one.times, one.result, one.settled_on or line.on))
