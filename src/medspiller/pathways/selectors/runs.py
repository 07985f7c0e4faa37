"""
Runs as they stand today, and what has happened to them.

Who may see a run, only the app above knows: it asks for those alone that it has let somebody open, and writes the
access log.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.content.domain import versions
from medspiller.content.domain.definitions import Pin
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.pathways import policies
from medspiller.pathways.domain.course import counting
from medspiller.pathways.domain.definition import Pathway, Step
from medspiller.pathways.domain.happenings import Happening, Kind
from medspiller.pathways.domain.progress import Progress, RunState, progress
from medspiller.pathways.models import Happening as Row
from medspiller.pathways.models import OpenStep, Run
from medspiller.pathways.selectors._lines import lines_of, may_undo_row
from medspiller.pathways.selectors.definitions import pathway_at, pathway_of, pathways


@dataclass(frozen=True, slots=True)
class SeenHappening:
    """
    One line of a run's history. `line.step` may be one that today's version of the pathway does not have.

    `counts` is false for what was undone or whose source was withdrawn; `may_undo` says whether the actor may take it
    back now.
    """

    line: Happening
    at: datetime
    by: UUID | None
    by_name: str
    reason: str
    counts: bool
    may_undo: bool


@dataclass(frozen=True, slots=True)
class SeenRun:
    """
    A run as it stands today. `version` is what a form sends back, so that nobody overwrites what they have not seen.

    `newer_version` is a later version of its pathway that it could move to; only `run` looks for it, and tells the
    `history`, newest first.
    """

    id: UUID
    subject_type: str
    subject_id: UUID
    started_on: date
    version: int
    pathway: Pathway
    progress: Progress
    history: tuple[SeenHappening, ...] = ()
    newer_version: str | None = None


@dataclass(frozen=True, slots=True)
class DueMoved:
    """A step that would be due on another day."""

    step: Step
    before: date | None
    after: date | None


@dataclass(frozen=True, slots=True)
class Changes:
    """
    What moving a run to another version would change.

    `opened` can be done then, `gone` cannot any more; `forgotten` were done or skipped and are no steps of the other
    version. `keeps_open` are statutory steps that would have to be settled then and need not be now.
    """

    before: Pathway
    after: Pathway
    phase_before: str
    phase_after: str
    opened: tuple[Step, ...]
    gone: tuple[Step, ...]
    due_moved: tuple[DueMoved, ...]
    forgotten: tuple[Step, ...]
    facts_asked: tuple[str, ...]
    keeps_open: tuple[str, ...]


def run(*, actor: Actor, run_id: UUID) -> SeenRun:
    """
    Return a run with its history.

    :raises NotFound: if there is none.
    :raises NotAllowed: if the actor may look at no run.
    """
    policies.ensure(actor, policies.VIEW_RUN)
    row = _row(run_id)
    rows = list(Row.objects.filter(run_id=run_id).order_by("seq"))
    pathway = pathway_of(actor=actor, pin=row.pin)
    lines = [each.as_told() for each in rows]
    now = progress(pathway, lines, on=clock.today())
    newest = next((one for one in pathways(actor=actor) if one.pin.url == row.pathway_url), None)
    is_newer = newest is not None and versions.order(newest.pin.version) > versions.order(row.pathway_version)
    return SeenRun(
        id=row.id,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        started_on=row.started_on,
        version=row.version,
        pathway=pathway,
        progress=now,
        history=_history(actor, rows, lines, is_over=now.state is RunState.CLOSED),
        newer_version=newest.pin.version if newest is not None and is_newer else None,
    )


def runs(*, actor: Actor, run_ids: Collection[UUID]) -> dict[UUID, SeenRun]:
    """
    Return several runs as they stand today, by id, without their history. Those that are not there are left out.

    :raises NotAllowed: if the actor may look at no run.
    """
    policies.ensure(actor, policies.VIEW_RUN)
    rows = list(Run.objects.filter(id__in=run_ids))
    lines, today = lines_of([row.id for row in rows]), clock.today()
    found = {}
    for row in rows:
        pathway = pathway_of(actor=actor, pin=row.pin)
        found[row.id] = SeenRun(
            id=row.id,
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            started_on=row.started_on,
            version=row.version,
            pathway=pathway,
            progress=progress(pathway, lines[row.id], on=today),
        )
    return found


def pathways_of(*, actor: Actor, run_ids: Collection[UUID]) -> dict[UUID, Pathway]:
    """
    Return what several runs go through, each in its own version, by run. Those that are not there are left out.

    :raises NotAllowed: if the actor may look at no run.
    """
    policies.ensure(actor, policies.VIEW_RUN)
    rows = Run.objects.filter(id__in=run_ids).values_list("id", "pathway_url", "pathway_version", "pathway_digest")
    return {run_id: pathway_of(actor=actor, pin=Pin(*pin)) for run_id, *pin in rows}


def learnt_from(*, actor: Actor, run_ids: Collection[UUID], event: str) -> dict[UUID, frozenset[tuple[str, UUID]]]:
    """
    Return by which sources an event counts in runs, by run: none where it was told by hand, or counts no more.

    :raises NotAllowed: if the actor may look at no run.
    """
    policies.ensure(actor, policies.VIEW_RUN)
    return {
        run_id: frozenset(
            (line.source_type, line.source_id)
            for line in counting(lines, on=date.max)
            if line.kind is Kind.EVENT and line.event == event and line.source_id is not None
        )
        for run_id, lines in lines_of(list(run_ids)).items()
    }


def open_steps(*, actor: Actor, run_ids: Collection[UUID]) -> dict[UUID, tuple[OpenStep, ...]]:
    """
    Return what can be done now in several runs, by run, what is due first standing first.

    It is as it was stored when something last happened or was looked at, which every night does.

    :raises NotAllowed: if the actor may look at no run.
    """
    policies.ensure(actor, policies.VIEW_RUN)
    found: dict[UUID, list[OpenStep]] = {run_id: [] for run_id in run_ids}
    for one in OpenStep.objects.filter(run_id__in=run_ids):
        found[one.run_id].append(one)
    return {run_id: tuple(sorted(steps, key=_by_due_day)) for run_id, steps in found.items()}


def what_would_change(*, actor: Actor, run_id: UUID, version: str) -> Changes:
    """
    Return what moving a run to another version of its pathway would change today.

    :raises NotFound: if there is no such run, or no such version.
    :raises NotAllowed: if the actor may look at no run.
    """
    policies.ensure(actor, policies.VIEW_RUN)
    row = _row(run_id)
    lines, today = lines_of([run_id])[run_id], clock.today()
    before = pathway_of(actor=actor, pin=row.pin)
    after = pathway_at(actor=actor, url=row.pathway_url, version=version)
    now, then = progress(before, lines, on=today), progress(after, lines, on=today)
    can_now = {one.step.id: one for one in now.open_steps}
    can_then = {one.step.id: one for one in then.open_steps}
    return Changes(
        before=before,
        after=after,
        phase_before=now.phase,
        phase_after=then.phase,
        opened=tuple(one.step for one in then.open_steps if one.step.id not in can_now),
        gone=tuple(one.step for one in now.open_steps if one.step.id not in can_then),
        due_moved=tuple(
            DueMoved(one.step, can_now[step].due_on, one.due_on)
            for step, one in can_then.items()
            if step in can_now and can_now[step].due_on != one.due_on
        ),
        forgotten=tuple(one.step for one in now.steps if one.times and one.step.id not in after.steps),
        facts_asked=tuple(fact for fact in then.missing_facts if fact not in now.missing_facts),
        keeps_open=tuple(step for step in then.keeps_open if step not in now.keeps_open),
    )


def _row(run_id: UUID) -> Run:
    row = Run.objects.filter(id=run_id).first()
    if row is None:
        raise NotFound(f"run {run_id}")
    return row


def _history(
    actor: Actor, rows: Sequence[Row], lines: Sequence[Happening], *, is_over: bool
) -> tuple[SeenHappening, ...]:
    # On the last day that there is: what is told counts, whenever it happens.
    counted = {line.seq for line in counting(lines, on=date.max)}
    last = max(counted, default=0)
    seen = []
    for row, line in zip(rows, lines, strict=True):
        may_undo = not is_over and line.seq == last and may_undo_row(actor, row)
        seen.append(
            SeenHappening(line, row.at, row.by, row.by_name, str(row.reason or ""), line.seq in counted, may_undo)
        )
    return tuple(reversed(seen))


def _by_due_day(one: OpenStep) -> tuple[bool, date, str]:
    return one.due_on is None, one.due_on or one.opened_on, one.step
