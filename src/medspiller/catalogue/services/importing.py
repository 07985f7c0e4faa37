"""Taking a list of entries in, row by row: good ones are kept, and each bad one is named."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies, selectors
from medspiller.catalogue.domain.entries import Status
from medspiller.catalogue.domain.import_columns import column_at
from medspiller.catalogue.domain.importing import Problem
from medspiller.catalogue.domain.reading import Unreadable, read_offer, read_proposal, write_offer
from medspiller.catalogue.domain.refusals import AlreadyWaiting, NotWaiting, OwnProposal, SlugTaken, UnknownProvider
from medspiller.catalogue.models import Entry, Version
from medspiller.catalogue.services.versions import approve, propose
from medspiller.core import clock
from medspiller.core.errors import Conflict, NotAllowed, NotFound

NOTE = "Import"


class Became(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Asked:
    """One row as it was read: its line, the object it describes, and what could not be read already."""

    line: int
    body: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """
    One row as it was taken in. `title` is empty where none could be read.

    A wrong row has its problems; one that is in order may have what somebody should know of it.
    """

    line: int
    title: Mapping[str, str]
    became: Became
    entry_id: UUID | None = None
    problems: tuple[Problem, ...] = ()


@transaction.atomic
def import_entries(
    *,
    actor: Actor,
    unit_id: UUID,
    rows: Sequence[Asked],
    goes_live: bool,
    is_trial: bool,
    seen: dict[str, int] | None = None,
) -> list[Taken]:
    """
    Take a list in for a unit: what is new is made, what is known by its short name is changed.

    With `goes_live` each is approved at once, else it waits for somebody to approve it. What somebody has taken down
    waits in any case. A trial finds out the same and leaves nothing behind. `seen` are the short names of earlier rows
    of the same list, with their lines.

    :raises NotAllowed: if the actor may not import for this unit, or not approve there what is to go live.
    """
    policies.ensure(actor, policies.IMPORT_ENTRIES, unit_id=unit_id)
    if goes_live:
        policies.ensure(actor, policies.MODERATE, unit_id=unit_id)
    today = clock.today()
    names = _provider_names(actor)
    seen = {} if seen is None else seen
    taken = [_take(actor, unit_id, _with_provider(row, names), seen, goes_live=goes_live, today=today) for row in rows]
    if is_trial:
        transaction.set_rollback(True)
    return taken


def _take(actor: Actor, unit_id: UUID, row: Asked, seen: dict[str, int], *, goes_live: bool, today: date) -> Taken:
    title = row.body.get("title")
    shown = {key: text for key, text in title.items() if isinstance(text, str)} if isinstance(title, Mapping) else {}
    if not row.body and row.problems:
        # Nothing of it could be read: that is all there is to say.
        return Taken(row.line, shown, Became.WRONG, problems=_once(row.problems))
    problems = [*row.problems, *_unreadable(row, today)]
    slug = str(row.body.get("slug", ""))
    if slug in seen:
        problems.append(Problem(row.line, column_at("slug"), "twice"))
    if slug:
        seen.setdefault(slug, row.line)
    if problems:
        return Taken(row.line, shown, Became.WRONG, problems=_once(problems))
    try:
        # Each by itself: what is wrong with one leaves the others.
        with transaction.atomic():
            became, entry = _store(actor, unit_id, row.body, slug, goes_live=goes_live, today=today)
    except (SlugTaken, UnknownProvider, AlreadyWaiting, NotWaiting, OwnProposal, Conflict, NotAllowed) as refusal:
        column, code = _WHY[type(refusal)]
        return Taken(row.line, shown, Became.WRONG, problems=(Problem(row.line, column_at(column), code),))
    to_know = (Problem(row.line, column_at("slug"), "taken_down"),) if entry.taken_down_at is not None else ()
    return Taken(row.line, shown, became, entry.id, to_know)


_WHY = {
    SlugTaken: ("slug", "slug_taken"),
    UnknownProvider: ("provider", "unknown_provider"),
    AlreadyWaiting: ("slug", "waiting"),
    NotWaiting: ("slug", "waiting"),
    OwnProposal: ("slug", "own_proposal"),
    Conflict: ("slug", "waiting"),
    NotAllowed: ("slug", "not_own"),
}


def _store(
    actor: Actor, unit_id: UUID, body: Mapping[str, Any], slug: str, *, goes_live: bool, today: date
) -> tuple[Became, Entry]:
    try:
        entry: Entry | None = selectors.entry_by_slug(actor=actor, slug=slug, on=today)
    except NotFound:
        entry = None
    written = write_offer(read_offer(body))
    if entry is not None and entry.live is not None and write_offer(read_offer(entry.live.body)) == written:
        return Became.SAME, entry
    newest = _newest(actor, entry, today)
    waits = newest is not None and newest.status == Status.PROPOSED.value and newest.body == written
    if entry is not None and waits and not goes_live:
        return Became.SAME, entry
    version: Version = propose(
        actor=actor,
        entry_id=entry.id if entry else None,
        body=written,
        note=NOTE,
        unit_id=None if entry else unit_id,
        based_on=newest.number if newest else 0,
    )
    if goes_live and version.entry.taken_down_at is None:
        approve(actor=actor, version_id=version.id)
    return Became.CHANGED if entry else Became.NEW, version.entry


def _newest(actor: Actor, entry: Entry | None, today: date) -> Version | None:
    if entry is None:
        return None
    return next(iter(selectors.versions(actor=actor, entry_id=entry.id, on=today)), None)


def _unreadable(row: Asked, today: date) -> Iterable[Problem]:
    """What the domain finds wrong, but for the cells that could not be read in the first place."""
    told = {problem.column for problem in row.problems}
    try:
        read_proposal(row.body, today=today)
    except Unreadable as refusal:
        for fault in refusal.problems:
            column = column_at(f"{fault.path}.{fault.detail}" if fault.code.value == "language" else fault.path)
            if column not in told:
                yield Problem(row.line, column, fault.code.value)


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


def _provider_names(actor: Actor) -> dict[str, str]:
    """The short name of each provider by all its names, so that a list may say *Pårørendesenteret*."""
    rows = selectors.providers(actor=actor)
    return {name.casefold(): row.slug for row in rows for name in row.body["name"].values()}


def _with_provider(row: Asked, names: Mapping[str, str]) -> Asked:
    named = str(row.body.get("provider", ""))
    slug = names.get(named.casefold(), named)
    return Asked(row.line, {**row.body, "provider": slug}, row.problems) if slug != named else row
