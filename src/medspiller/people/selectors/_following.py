"""Whether a unit may begin to follow somebody up."""

from django.db.models import F, Q

from medspiller.access.domain.actors import Actor
from medspiller.core.actors import ActorKind
from medspiller.people import policies
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.need_to_know import Answer
from medspiller.people.models import Involvement, Person


def may_follow_up(actor: Actor, person: Person, answer: Answer) -> bool:
    """
    Say whether a unit of the actor's may begin to follow somebody up whom they may open.

    Whose number it only has it may follow up where nobody else has done so for their own sake.
    Else to write somebody down as a carer, which anybody can who knows a number, would be the
    first half of opening all that is theirs. Then a written reason opens them, or a colleague.
    """
    if actor.kind is ActorKind.SYSTEM or answer.emergency is not None or policies.opens_own_facts(answer):
        return True
    others = Involvement.objects.filter(Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), person=person)
    others = others.exclude(basis=InvolvementBasis.EMERGENCY_CONTACT.value)
    return answer.allowed and not others.exclude(unit_id__in=actor.units_with(policies.VIEW_PERSON)).exists()
