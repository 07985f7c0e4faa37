"""
Starting a run, and letting things happen to it.

Whose run it is, the app above knows: it has made sure that the actor may, and writes the access log. Here the run's row
is locked, the rule decides, the line is added, what can be done now is computed anew, and it is announced.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.content.domain import versions
from medspiller.core import clock, events
from medspiller.core.errors import Conflict, MedspillerError, NotFound
from medspiller.pathways import policies, selectors
from medspiller.pathways.domain import happenings as told
from medspiller.pathways.domain.accepting import accept
from medspiller.pathways.domain.course import counting
from medspiller.pathways.domain.definition import Pathway
from medspiller.pathways.domain.events import RunChanged, StepDone
from medspiller.pathways.domain.happenings import Happening, HappeningRefused, Kind, Refusal
from medspiller.pathways.domain.progress import Progress, RunState, progress
from medspiller.pathways.models import Happening as Row
from medspiller.pathways.models import OpenStep, Run
from medspiller.pathways.selectors._lines import lines_of, may_undo_row
from medspiller.pathways.services import _storing
from medspiller.pathways.services._lines import done_by, is_same, row_of

# What `record` takes; the rest has a service of its own.
_RECORDED = frozenset({Kind.DONE, Kind.SKIPPED, Kind.FACT, Kind.EVENT, Kind.RESPONSE, Kind.PAUSED, Kind.RESUMED})


class NotNewer(MedspillerError):
    """A run was to move to a version of its pathway that is not later than its own."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """
    What came of it. `happening` is None where the same source had told it before: nothing was written then.

    `opened` and `gone` are the open steps that came and went.
    """

    run: Run
    happening: Happening | None
    progress: Progress
    opened: tuple[OpenStep, ...] = ()
    gone: tuple[UUID, ...] = ()

    @property
    def run_id(self) -> UUID:
        return self.run.id


@transaction.atomic
def start_run(
    *,
    actor: Actor,
    slug: str,
    subject_type: str,
    subject_id: UUID,
    started_on: date,
    facts: Mapping[str, bool] | None = None,
    answers: Sequence[Happening] = (),
    as_of: date | None = None,
) -> Recorded:
    """
    Begin to go through a pathway as it is today, or was or is on `as_of`, with what is known already.

    `answers` are those that were given before, each with its source.

    :raises NotFound: if there is no pathway of that slug.
    :raises HappeningRefused: if it is to begin later than today, or a fact is none of its.
    :raises NotAllowed: if the actor may let nothing run.
    """
    policies.ensure(actor, policies.RUN)
    pathway = selectors.pathway(actor=actor, slug=slug, as_of=as_of)
    today = clock.today()
    if started_on > today:
        raise HappeningRefused(Refusal.IN_THE_FUTURE)
    lines = [replace(told.started(on=started_on, told_on=today), seq=1)]
    for name, value in (facts or {}).items():
        # What is known from the start counts from the start.
        new = told.fact_told(name, value, on=started_on, told_on=today)
        lines.append(replace(accept(pathway, lines, new), seq=len(lines) + 1))
    for each in answers:
        lines.append(replace(accept(pathway, lines, each), told_on=today, seq=len(lines) + 1))
    run = Run.objects.create(
        subject_type=subject_type,
        subject_id=subject_id,
        pathway_url=pathway.pin.url,
        pathway_version=pathway.pin.version,
        pathway_digest=pathway.pin.digest,
        slug=pathway.slug,
        started_on=started_on,
        phase=pathway.phases[0].id,
    )
    Row.objects.bulk_create(row_of(actor, run, each) for each in lines)
    return _computed(run, pathway, lines, lines[0])


@transaction.atomic
def record(
    *,
    actor: Actor,
    run_id: UUID,
    happening: Happening,
    version: int | None = None,
    source_type: str = "",
    source_id: UUID | None = None,
) -> Recorded:
    """
    Write down that something happened to a run; it is told today, whatever day `happening` was made for.

    With a source, it is told once, however often it is brought. With `version`, nothing is written if somebody else
    has changed the run since it was shown.

    :raises NotFound: if there is no such run.
    :raises Conflict: if it has been changed meanwhile.
    :raises HappeningRefused: if it cannot have happened.
    :raises NotAllowed: if the actor may let nothing run.
    """
    policies.ensure(actor, policies.RUN)
    if happening.kind not in _RECORDED:
        raise ValueError(f"{happening.kind} has a service of its own")
    run = _locked(run_id, version)
    new = replace(happening, told_on=clock.today(), source_type=source_type, source_id=source_id)
    return _added(actor, run, new)


def skip(
    *, actor: Actor, run_id: UUID, step: str, reason: str, on: date | None = None, version: int | None = None
) -> Recorded:
    """Write down that a step, or this time of it, is not to be done, and why. Raises what `record` raises."""
    new = told.skipped(step, on=on or clock.today(), reason=reason)
    return record(actor=actor, run_id=run_id, happening=new, version=version)


def pause(*, actor: Actor, run_id: UUID, until: date, reason: str, version: int | None = None) -> Recorded:
    """
    Let a run stand still from today; it goes on by itself on `until`. Days that lie ahead move by as much.

    Raises what `record` raises.
    """
    new = told.paused(on=clock.today(), until=until, reason=reason)
    return record(actor=actor, run_id=run_id, happening=new, version=version)


def resume(*, actor: Actor, run_id: UUID, version: int | None = None) -> Recorded:
    """Let a paused run go on from today. Raises what `record` raises."""
    return record(actor=actor, run_id=run_id, happening=told.resumed(on=clock.today()), version=version)


@transaction.atomic
def undo_last(*, actor: Actor, run_id: UUID, version: int | None = None) -> Recorded:
    """
    Take back the last thing that was told of a run: one's own, within a day. The line stays, and counts no more.

    :raises NotFound: if there is no such run.
    :raises Conflict: if it has been changed meanwhile.
    :raises HappeningRefused: if the last thing is somebody else's, too old, or nothing that can be taken back.
    :raises NotAllowed: if the actor may let nothing run.
    """
    policies.ensure(actor, policies.RUN)
    run = _locked(run_id, version)
    today = clock.today()
    if run.state == RunState.CLOSED:
        raise HappeningRefused(Refusal.ENDED)
    # What lies ahead was told too.
    pathway, lines = selectors.pathway_of(actor=actor, pin=run.pin), lines_of([run_id])[run_id]
    last = counting(lines, on=date.max)[-1]
    if not may_undo_row(actor, Row.objects.defer("reason").get(run_id=run_id, seq=last.seq)):
        raise HappeningRefused(Refusal.NOTHING_TO_UNDO)
    new = Happening(kind=Kind.UNDONE, on=today, told_on=today, undoes=last.seq)
    return _written(actor, run, pathway, lines, new)


@transaction.atomic
def move_to_version(*, actor: Actor, run_id: UUID, version: str, run_version: int | None = None) -> Recorded:
    """
    Let a run go on in a later version of its pathway; `selectors.what_would_change` shows beforehand what that does.

    :raises NotFound: if there is no such run, or no such version.
    :raises NotNewer: if that version is not later.
    :raises Conflict: if the run has been changed meanwhile.
    :raises HappeningRefused: if it is closed.
    :raises NotAllowed: if the actor may let nothing run.
    """
    policies.ensure(actor, policies.RUN)
    run = _locked(run_id, run_version)
    if run.state == RunState.CLOSED:
        raise HappeningRefused(Refusal.ENDED)
    after = selectors.pathway_at(actor=actor, url=run.pathway_url, version=version)
    if versions.order(version) <= versions.order(run.pathway_version):
        raise NotNewer(version)
    run.pathway_version, run.pathway_digest, run.slug = after.pin.version, after.pin.digest, after.slug
    run.save(update_fields=["pathway_version", "pathway_digest", "slug"])
    today = clock.today()
    new = Happening(kind=Kind.MOVED, on=today, told_on=today, version=version)
    return _written(actor, run, after, lines_of([run_id])[run_id], new)


@transaction.atomic
def close_run(
    *, actor: Actor, run_id: UUID, reason: str, on: date | None = None, version: int | None = None
) -> Recorded:
    """
    Close a run for good. `reason` is the id of one of its exits, or a code of the app above.

    :raises NotFound: if there is no such run.
    :raises Conflict: if it has been changed meanwhile.
    :raises StatutoryStepsOpen: if steps that the law demands are neither done, skipped nor not needed.
    :raises HappeningRefused: if it is closed, or the day is before its start or after today.
    :raises NotAllowed: if the actor may let nothing run.
    """
    policies.ensure(actor, policies.RUN)
    run = _locked(run_id, version)
    today = clock.today()
    return _added(actor, run, told.closed(on=on or today, reason=reason, told_on=today))


@transaction.atomic
def withdraw_source(*, actor: Actor, source_type: str, source_id: UUID) -> list[Recorded]:
    """
    Let what a source told no longer count, in every run, and return those that changed. Safe to do twice.

    A run that is closed stays closed.

    :raises NotAllowed: if the actor may let nothing run.
    """
    policies.ensure(actor, policies.RUN)
    rows = Row.objects.filter(source_type=source_type, source_id=source_id)
    told_of = set(rows.exclude(kind=Kind.WITHDRAWN.value).values_list("run_id", flat=True))
    found, today = [], clock.today()
    for run_id in sorted(told_of):
        run = _locked(run_id, None)
        if rows.filter(run_id=run_id, kind=Kind.WITHDRAWN.value).exists():
            continue
        new = Happening(kind=Kind.WITHDRAWN, on=today, told_on=today, source_type=source_type, source_id=source_id)
        pathway = selectors.pathway_of(actor=actor, pin=run.pin)
        found.append(_written(actor, run, pathway, lines_of([run_id])[run_id], new))
    return found


def _locked(run_id: UUID, version: int | None) -> Run:
    run = Run.objects.select_for_update().filter(id=run_id).first()
    if run is None:
        raise NotFound(f"run {run_id}")
    if version is not None and version != run.version:
        raise Conflict(changed={"version": str(run.version)})
    return run


def _added(actor: Actor, run: Run, new: Happening) -> Recorded:
    pathway, lines = selectors.pathway_of(actor=actor, pin=run.pin), lines_of([run.id])[run.id]
    if new.source_id is not None and any(is_same(one, new) for one in lines):
        return Recorded(run, None, progress(pathway, lines, on=new.told_on))
    return _written(actor, run, pathway, lines, accept(pathway, lines, new))


def _written(actor: Actor, run: Run, pathway: Pathway, lines: Sequence[Happening], new: Happening) -> Recorded:
    kept = replace(new, seq=lines[-1].seq + 1)
    row_of(actor, run, kept).save(force_insert=True)
    run.version += 1
    return _computed(run, pathway, [*lines, kept], kept)


def _computed(run: Run, pathway: Pathway, lines: Sequence[Happening], new: Happening) -> Recorded:
    now = progress(pathway, lines, on=new.told_on)
    for one in done_by(new, progress(pathway, lines[:-1], on=new.told_on), now) if len(lines) > 1 else ():
        events.publish(StepDone(run.id, one.step.id, one.times, one.result, one.settled_on or new.on))
    stored = _storing.store([(run, now)], _storing.open_steps_of([run.id]))[run.id]
    Run.objects.filter(id=run.id).update(version=run.version)
    events.publish(RunChanged(run.id, run.version, tuple(one.id for one in stored.opened), stored.gone))
    return Recorded(run, new, now, stored.opened, stored.gone)
