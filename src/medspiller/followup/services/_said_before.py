"""What a carer has answered before a plan began: it does its step, and is not asked again."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup.services import _storing as storing
from medspiller.pathways.domain import happenings
from medspiller.pathways.domain.definition import Pathway
from medspiller.pathways.domain.earlier import asked_since
from medspiller.pathways.domain.happenings import Happening
from medspiller.questionnaires import selectors as questionnaires

# Of what it is learnt: as when answers are told that were given later.
RESPONSE = "questionnaires.Response"


def answered_before(
    actor: Actor, carer_id: UUID, pathway: Pathway, started_on: date, *, about_id: UUID | None
) -> list[Happening]:
    """
    Return the newest answers to what a pathway asks, where they are so new that it counts them.

    What was said of another person than the plan is about does no step of it.
    """
    since = asked_since(pathway, started_on=started_on)
    if not since:
        return []
    given = questionnaires.newest_given(
        actor=storing.system_of(actor), subject_id=carer_id, urls=since, about_id=about_id
    )
    found = [
        replace(
            happenings.answered(each.url, on=each.on, told_on=clock.today()), source_type=RESPONSE, source_id=each.id
        )
        for each in given
        if each.on >= since[each.url]
    ]
    return sorted(found, key=lambda each: (each.on, each.response))
