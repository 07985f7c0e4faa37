"""What a person sees of who has looked at what is registered about them."""

import heapq
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import selectors as audit
from medspiller.audit.domain import Cursor, Kind, SeenEntry
from medspiller.core.errors import NotFound
from medspiller.people import policies
from medspiller.people.models import Person

PAGE_SIZE = 25
# A whole copy stops here: some hundred looks a day for a year.
MOST_COPIED = 40_000
_READ_AT_ONCE = 500
# Sorts before every id, so that a cursor with it begins after all entries of that moment.
_FIRST_ID = UUID(int=0)


@dataclass(frozen=True, slots=True)
class OwnLog:
    """One page, newest first, and where it goes on; `is_registered` is false if the actor is in no register."""

    entries: tuple[SeenEntry, ...]
    after: Cursor | None
    is_registered: bool = True


def own_access_log(
    *,
    actor: Actor,
    before: Cursor | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    kind: Kind | None = None,
    by_others: bool = False,
    size: int = PAGE_SIZE,
) -> OwnLog:
    """
    Return who did what with the actor's own data in [since, until), newest first; `by_others`, without the actor.

    What is withheld from the person is not there, and nothing tells that it is not.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.VIEW_OWN_LOG)
    reader = policies.registered_as(actor)
    if reader.person_id is None:
        return OwnLog(entries=(), after=None, is_registered=False)
    at_once = _READ_AT_ONCE if kind or by_others else size + 1
    found: list[SeenEntry] = []
    rows = [
        _entries(replace(reader, person_id=each), each, before=_begin(before, until), since=since, at_once=at_once)
        for each in _all_rows(reader.person_id)
    ]
    for entry in heapq.merge(*rows, key=lambda each: (each.at, each.id), reverse=True):
        if (kind is not None and entry.kind is not kind) or (by_others and entry.by_viewer):
            continue
        if len(found) == size:
            return OwnLog(entries=tuple(found), after=Cursor(at=found[-1].at, id=found[-1].id))
        found.append(entry)
    return OwnLog(entries=tuple(found), after=None)


def own_entry(*, actor: Actor, entry_id: UUID) -> SeenEntry:
    """
    Return one entry about the actor, for a page on which they ask about it.

    :raises NotAllowed: for anybody but a citizen.
    :raises NotFound: if there is no such entry about them, or it is withheld.
    """
    policies.ensure(actor, policies.VIEW_OWN_LOG)
    reader = policies.registered_as(actor)
    if reader.person_id is None:
        raise NotFound("no such entry")
    for each in _all_rows(reader.person_id):
        with suppress(NotFound):
            return audit.entry_to_ask_about(actor=replace(reader, person_id=each), person_id=each, entry_id=entry_id)
    raise NotFound("no such entry")


def _all_rows(person_id: UUID) -> list[UUID]:
    """The person, and the rows that turned out to be them: the log says still what each was looked at for."""
    return [person_id, *Person.objects.filter(merged_into=person_id).order_by("id").values_list("id", flat=True)]


def _begin(before: Cursor | None, until: datetime | None) -> Cursor | None:
    if until is None:
        return before
    end = Cursor(at=until, id=_FIRST_ID)
    return end if before is None or before.at > until else before


def _entries(
    reader: Actor, person_id: UUID, *, before: Cursor | None, since: datetime | None, at_once: int
) -> Iterator[SeenEntry]:
    for _ in range(MOST_COPIED // at_once + 1):
        page = audit.entries_about(actor=reader, person_id=person_id, before=before, size=at_once)
        for entry in page.entries:
            if since is not None and entry.at < since:
                return
            yield entry
        if page.after is None:
            return
        before = page.after
