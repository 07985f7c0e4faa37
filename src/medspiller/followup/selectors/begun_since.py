"""What follow-up has begun about persons, for whoever wants to take back that they were registered."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from medspiller.access.domain.actors import Actor
from medspiller.core.actors import ActorKind
from medspiller.followup.models import CarerFile, ConcernAssessment, FileNote, Plan


def begun_since(*, actor: Actor, person_ids: Collection[UUID], since: datetime) -> list[str]:
    """
    Return what was begun about these persons since a moment, one sentence for each kind; nothing of what stands in it.

    For whoever registered them just then; to nobody but staff and jobs is anything said.
    """
    if actor.kind not in (ActorKind.STAFF, ActorKind.SYSTEM):
        return []
    begun = (
        (CarerFile.objects.filter(carer_id__in=person_ids, opened_at__gte=since), _("A file has been opened.")),
        (
            FileNote.objects.filter(file__carer_id__in=person_ids, file__opened_at__lt=since, at__gte=since),
            _("Something has been done in a file."),
        ),
        (Plan.objects.filter(about_id__in=person_ids, opened_at__gte=since), _("A plan has been started.")),
        (
            ConcernAssessment.objects.filter(child_id__in=person_ids, recorded_at__gte=since),
            _("Something has been written about a child."),
        ),
    )
    return [words for rows, words in begun if rows.exists()]
