"""What services of answers do alike: storing what was finished, and recording it."""

from datetime import datetime
from decimal import Decimal

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis
from medspiller.core.actors import ActorKind
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.filling.finishing import Finished
from medspiller.questionnaires.domain.states import ON_BEHALF, FormRefused, How, Source, Status
from medspiller.questionnaires.models import Response, Score


def store_finished(row: Response, finished: Finished, *, at: datetime) -> None:
    """Store answers as finished at a moment, with what calculated items came to; what has no number has no row."""
    row.status, row.completed_at, row.saved_at = Status.COMPLETED.value, at, at
    row.answers, row.unreadable, row.tabs, row.taken_from = finished.response, {}, {}, {}
    row.save()
    found = {link_id: value for link_id, value in finished.scores.items() if _is_number(value)}
    Score.objects.bulk_create(
        Score(response=row, link_id=link_id, value=Decimal(str(value))) for link_id, value in found.items()
    )


def given(actor: Actor, how: How | None) -> tuple[Source, How]:
    """
    Return who gives answers and how: a citizen types their own, staff say how they were told.

    :raises FormRefused: if staff do not.
    """
    if actor.kind is ActorKind.CITIZEN:
        return Source.SELF, How.ONLINE
    if how not in ON_BEHALF:
        raise FormRefused("how")
    return Source.ON_BEHALF, how


def record(actor: Actor, action: str, row: Response, basis: Basis) -> None:
    """Write in the log of whoever the answers belong to what was done with them."""
    tags = frozenset(row.tags)
    level, reason = policies.withheld_of(tags)
    audit.record(
        actor=actor,
        action=action,
        information=policies.information_of(tags),
        subject_type="questionnaires.Response",
        subject_id=row.id,
        person_id=row.subject_id,
        basis=basis,
        withheld=level,
        withheld_reason=reason,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
