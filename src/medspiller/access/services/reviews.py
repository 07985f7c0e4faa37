"""Marking the list of who may do what as gone through."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from medspiller.access import selectors
from medspiller.access.domain import reviews
from medspiller.access.domain.reviews import NOTE_LENGTH, ListProblem
from medspiller.access.models import AccessReview
from medspiller.access.policies import ensure
from medspiller.audit import services as audit
from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.core.errors import InvalidInput

MARK_REVIEWED = "access.mark_reviewed"


@transaction.atomic
def mark_reviewed(*, actor: Actor, unit_id: UUID, listed_on: date, note: str, now: datetime) -> AccessReview:
    """
    Store that the actor has gone through who may do what in a unit and all below it.

    `listed_on` is the day that stands on the list. It cannot be changed or taken back.

    :raises NotAllowed: if the actor may not for this unit.
    :raises InvalidInput: at `listed_on` or `note`.
    """
    ensure(actor, MARK_REVIEWED, unit_id=unit_id)
    today, text = clock.today(), note.strip()
    problem = reviews.problem_of(listed_on, today=today)
    if problem is ListProblem.NOT_MADE_YET:
        raise InvalidInput({"listed_on": _("Choose today or an earlier day.")})
    if problem is ListProblem.TOO_OLD:
        raise InvalidInput({"listed_on": _("The list is too old. Print a new one, and go through that.")})
    if len(text) > NOTE_LENGTH:
        raise InvalidInput({"note": _("Use at most %(limit)s characters.") % {"limit": NOTE_LENGTH}})

    review = AccessReview.objects.create(
        unit_id=unit_id,
        listed_on=listed_on,
        reviewed_at=now,
        reviewed_by=actor.id,
        reviewed_by_name=actor.name,
        note=text,
        roles=selectors.roles_in(actor=actor, unit_id=unit_id, today=today, now=now),
        next_on=reviews.next_on(listed_on),
    )
    audit.record(actor=actor, action=MARK_REVIEWED, subject_type="access.AccessReview", subject_id=review.id)
    return review
