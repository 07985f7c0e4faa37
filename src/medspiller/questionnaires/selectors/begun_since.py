"""Which forms were begun about persons, for whoever wants to take back that they were registered."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from medspiller.access.domain.actors import Actor
from medspiller.core.actors import ActorKind
from medspiller.questionnaires.models import Response


def begun_since(*, actor: Actor, person_ids: Collection[UUID], since: datetime) -> list[str]:
    """
    Return a sentence if a form about any of these persons was begun since a moment, and nothing of what stands in it.

    For whoever registered them just then; to nobody but staff and jobs is anything said.
    """
    if actor.kind not in (ActorKind.STAFF, ActorKind.SYSTEM):
        return []
    concerned = Q(subject_id__in=person_ids) | Q(about_id__in=person_ids)
    begun = Response.objects.filter(concerned, started_at__gte=since)
    return [_("A form has been begun about one of those who were registered.")] if begun.exists() else []
