"""Loading what is to be changed, locked, and writing down that it was."""

from datetime import date
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.catalogue import policies
from medspiller.catalogue.models import Entry, Session, Version
from medspiller.core.errors import NotFound

ENTRY = "catalogue.Entry"
VERSION = "catalogue.Version"
SESSION = "catalogue.Session"
REPORT = "catalogue.Report"
EDITOR = "catalogue.Editor"
PROVIDER = "catalogue.PublishedProvider"


def entry_for_update(actor: Actor, entry_id: UUID, *, on: date) -> Entry:
    """
    Return an entry that the actor may see, locked until the end of the transaction.

    :raises NotFound: if there is none.
    """
    # Without its live version: a join is not made anew for what somebody else changed while we waited for the lock.
    rows = Entry.objects.select_for_update(of=("self",))
    found = rows.filter(policies.entries_of(actor, on=on), id=entry_id).first()
    if found is None:
        raise NotFound(f"entry {entry_id}")
    return found


def version_for_update(actor: Actor, version_id: UUID, *, on: date) -> Version:
    """
    Return a version of an entry that the actor may see, both locked, the entry first as everybody does.

    :raises NotFound: if there is none.
    """
    entry_id = Version.objects.filter(id=version_id).values_list("entry_id", flat=True).first()
    if entry_id is None:
        raise NotFound(f"version {version_id}")
    entry = entry_for_update(actor, entry_id, on=on)
    found = Version.objects.select_for_update(of=("self",)).get(id=version_id)
    found.entry = entry
    return found


def session_for_update(actor: Actor, session_id: UUID, *, on: date) -> Session:
    """
    Return a meeting of an entry that the actor may see, locked until the end of the transaction.

    :raises NotFound: if there is none.
    """
    seen = Entry.objects.filter(policies.entries_of(actor, on=on))
    rows = Session.objects.select_for_update(of=("self",)).select_related("entry")
    found = rows.filter(entry__in=seen, id=session_id).first()
    if found is None:
        raise NotFound(f"session {session_id}")
    return found


def record(actor: Actor, action: str, subject_type: str, subject_id: UUID) -> None:
    """Write that something was changed. Nobody is named in the catalogue."""
    audit.record(actor=actor, action=action, subject_type=subject_type, subject_id=subject_id)
