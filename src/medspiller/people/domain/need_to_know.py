"""
Who may open whom: the rule, and why it said so.

Evaluated in this order; the first that matches answers.

1. One's own file is never opened as staff, nor by emergency access: one reads it on one's
   own page (forvaltningsloven § 6 first paragraph a).
2. A relative's file is not opened either, whatever relation the unit has: a colleague does
   it (forvaltningsloven § 6 first paragraph b and c, second paragraph).
3. A unit where the actor may see persons has to do with the person now, for the person's own
   sake: open.
4. The actor has an emergency access that is live, in a unit where they still work: open,
   unless the person's address is strictly protected. Whoever looks for a person to harm
   them needs only a minute and a made-up reason, and this register holds nothing that
   saves a life. The unit opens an involvement instead, which leaves a name on it.
5. Such a unit only has the person's number, as whom to call for somebody else: open, as far
   as that goes, unless the person's address is strictly protected.
6. Otherwise closed (helsepersonelloven § 21, second sentence on looking without need).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people.domain.emergency import LiveEmergency
from medspiller.people.domain.involvements import InvolvementBasis, LiveInvolvement
from medspiller.people.domain.persons import ProtectedAddress


class Refusal(StrEnum):
    """Why a person stays closed. `OWN_FILE` alone is told; the others look as if there were nobody."""

    OWN_FILE = "own_file"
    RELATIVE = "relative"
    PROTECTED = "protected"
    NO_RELATION = "no_relation"


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """
    What matters about whoever wants to look.

    `own` are the registered persons the actor is, `barred` those they are too close to,
    `units` where they may see persons, `emergency_units` where they may use emergency
    access; `works_in` is the unit preferred as the ground when there are several.
    """

    own: Collection[UUID]
    barred: Collection[UUID]
    units: Collection[UUID]
    emergency_units: Collection[UUID]
    works_in: UUID | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What matters about whom they want to look at."""

    id: UUID
    protected_address: ProtectedAddress = ProtectedAddress.NONE


@dataclass(frozen=True, slots=True)
class Answer:
    """Open, with the ground it rests on, or closed, with the reason. Exactly one of the three is there."""

    involvement: LiveInvolvement | None = None
    emergency: LiveEmergency | None = None
    refused: Refusal | None = None

    @property
    def allowed(self) -> bool:
        return self.refused is None


def may_open(
    *,
    actor: ActorFacts,
    person: PersonFacts,
    involvements: Sequence[LiveInvolvement],
    emergencies: Sequence[LiveEmergency],
) -> Answer:
    """
    Say whether the actor may open the person, on which ground, or why not.

    `involvements` are the person's, `emergencies` the actor's to this person, each as far
    as they are live at the moment asked about.
    """
    if person.id in actor.own:
        return Answer(refused=Refusal.OWN_FILE)
    if person.id in actor.barred:
        return Answer(refused=Refusal.RELATIVE)
    grounds = sorted(
        (each for each in involvements if each.unit_id in actor.units), key=lambda each: _nearest(each, actor.works_in)
    )
    if grounds and not _number_only(grounds[0]):
        return Answer(involvement=grounds[0])
    usable = [each for each in emergencies if each.unit_id in actor.emergency_units]
    if person.protected_address is ProtectedAddress.STRICT:
        return Answer(refused=Refusal.PROTECTED if grounds or usable else Refusal.NO_RELATION)
    if usable:
        return Answer(emergency=max(usable, key=lambda each: each.ends_at))
    return Answer(involvement=grounds[0]) if grounds else Answer(refused=Refusal.NO_RELATION)


def may_ask_for_emergency(*, actor: ActorFacts, person: PersonFacts) -> Refusal | None:
    """Return why the actor cannot open an emergency access to the person; None if they can."""
    if person.id in actor.own:
        return Refusal.OWN_FILE
    if person.id in actor.barred:
        return Refusal.RELATIVE
    return Refusal.PROTECTED if person.protected_address is ProtectedAddress.STRICT else None


def _nearest(involvement: LiveInvolvement, works_in: UUID | None) -> tuple[bool, bool, object, UUID]:
    """Following somebody up before having their number only; the actor's own unit; whichever has known them longest."""
    return (_number_only(involvement), involvement.unit_id != works_in, involvement.since, involvement.id)


def _number_only(involvement: LiveInvolvement) -> bool:
    return involvement.basis is InvolvementBasis.EMERGENCY_CONTACT


class Closed(NotFound):
    """
    The person is not the actor's to see, and looks as if there were nobody.

    `refusal` is what the access log is to hold of the attempt.
    """

    def __init__(self, refusal: NotAllowed):
        self.refusal = refusal
        super().__init__(refusal.reason)
