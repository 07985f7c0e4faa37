"""
Work that can be interrupted at a known moment: it registers an organisation, and says how far it has come.

Ask for it with `python -m tests.faults.jobs.ask MARK MOMENT`.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from medspiller.access.domain.actors import system
from medspiller.config import secrets
from medspiller.core import tenancy
from medspiller.organisations import services
from medspiller.organisations.domain.details import OrganisationDetails
from medspiller.organisations.domain.kinds import OrganisationKind

# Long enough for a test to see the note and to kill; only the first attempt waits.
HELD_SECONDS = 20
BEFORE_COMMIT, AFTER_COMMIT = "before_commit", "after_commit"


@dataclass(frozen=True, slots=True)
class WorkWanted:
    """`held_at` says where the first attempt stands still: before or after it has committed."""

    mark: str
    held_at: str


def do(event: WorkWanted) -> None:
    """Register the organisation; each attempt leaves a note outside the database, where no rollback reaches."""
    tenant_id = tenancy.current_tenant()
    services.register_organisation(
        actor=system(tenant_id), details=OrganisationDetails(name=event.mark, kind=OrganisationKind.VOLUNTARY)
    )
    if event.held_at == BEFORE_COMMIT:
        stand_still(event)
    else:
        transaction.on_commit(lambda: stand_still(event))


def stand_still(event: WorkWanted) -> None:
    notes = attempts(secrets.DATA, event.mark)
    with notes.open("a") as file:
        file.write("begun\n")
    if len(notes.read_text().splitlines()) == 1:
        time.sleep(HELD_SECONDS)


def attempts(data: Path, mark: str) -> Path:
    """Return the file in which each attempt leaves a line."""
    return data / f"attempts-{mark}"


SUBSCRIPTION = (WorkWanted, do)
