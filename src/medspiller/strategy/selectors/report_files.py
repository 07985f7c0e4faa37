"""Files of reports that somebody has asked for: their own, for as long as they are kept."""

from typing import Any
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, jobs
from medspiller.core.errors import NotFound
from medspiller.strategy import policies
from medspiller.strategy.domain.files import KEPT, LOST_AFTER, FileForm, FileOf
from medspiller.strategy.models import MadeFile
from medspiller.ui.documents import Problem, SeenDocument


def made_file(*, actor: Actor, strategy_id: UUID, of: FileOf, form: FileForm, year: int = 0) -> SeenDocument | None:
    """
    Return how far the file has come that the actor has asked for; None if they have not, or it is gone.

    :raises NotAllowed: for whoever may not read strategies.
    """
    policies.ensure(actor, policies.READ)
    row = _own(actor, strategy_id=strategy_id, of=of.value, form=form.value, year=year)
    if row is None:
        return None
    is_lost = row.made_at is None and not row.problem and row.job is not None and jobs.is_lost(row.job)
    if is_lost:
        # It may have come to its end since the row was read.
        row.refresh_from_db(fields=["made_at", "problem"])
    return SeenDocument(
        is_ready=row.made_at is not None,
        # Whoever waits for a job that was killed is told, and may begin again.
        problem=Problem(row.problem or Problem.FAULT) if row.problem or (is_lost and row.made_at is None) else None,
        kept_until=(row.made_at or row.asked_at) + KEPT,
    )


def file_content(*, actor: Actor, strategy_id: UUID, of: FileOf, form: FileForm, year: int = 0) -> bytes:
    """
    Return the file that the actor has asked for.

    :raises NotFound: if there is none, or it is gone or not made yet.
    :raises NotAllowed: for whoever may not read strategies.
    """
    policies.ensure(actor, policies.READ)
    row = _own(actor, strategy_id=strategy_id, of=of.value, form=form.value, year=year)
    if row is None or row.file is None:
        raise NotFound(f"{of} {form} of {strategy_id}")
    return bytes(row.file)


def _own(actor: Actor, **which: Any) -> MadeFile | None:
    row = MadeFile.objects.filter(asked_by=actor.id, **which).first()
    if row is None or (row.made_at or row.asked_at) + KEPT <= clock.now():
        return None
    is_lost = row.made_at is None and not row.problem and row.asked_at + LOST_AFTER <= clock.now()
    return None if is_lost else row
