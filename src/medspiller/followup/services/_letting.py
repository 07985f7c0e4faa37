"""Which units follow a carer up, and which the carer lets know of a plan."""

from collections.abc import Collection
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup.domain.files import FileKind
from medspiller.followup.domain.holding import HandoverState
from medspiller.followup.domain.letting import LETS_GO
from medspiller.followup.models import CarerFile, Handover, Plan
from medspiller.followup.services import _storing as storing
from medspiller.people import selectors as people
from medspiller.people import services as register
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.domain.involvements import InvolvementBasis

_FOR_THEIR_OWN_SAKE = frozenset({InvolvementBasis.SUPPORT.value, InvolvementBasis.CHILD_NEXT_OF_KIN.value})


def follows(actor: Actor, carer_id: UUID, unit_id: UUID) -> bool:
    """Say whether a unit has to do with a carer now."""
    return unit_id in following(actor, carer_id)


def following(actor: Actor, carer_id: UUID) -> list[UUID]:
    """Return the units that have to do with a carer now; first those that follow them up as a carer."""
    found = people.involvements_to_come(actor=storing.system_of(actor))
    found = found.filter(person_id=carer_id, starts_at__lte=clock.now())
    pairs = found.exclude(basis=InvolvementBasis.EMERGENCY_CONTACT.value).values_list("basis", "unit_id")
    ordered = sorted(pairs, key=lambda each: (each[0] not in _FOR_THEIR_OWN_SAKE, each[1]))
    return list(dict.fromkeys(unit_id for _basis, unit_id in ordered))


def lets(actor: Actor, file: CarerFile, unit_id: UUID) -> bool:
    """Say whether the carer lets a unit know of the plan, right now: always from the rows."""
    return people.lets_unit_know(
        actor=storing.system_of(actor), owner_id=file.carer_id, unit_id=unit_id, topics=LETS_GO
    )


def let_follow_up(actor: Actor, file: CarerFile, unit_id: UUID) -> UUID | None:
    """
    The unit has to do with the carer from now on, as the carer has let it; return what rests on the consent.

    None where the unit has to do with them anyhow.
    """
    if not follows(actor, file.carer_id, unit_id):
        return go_on(actor, file, unit_id, only_while_let=LETS_GO)
    before = lent(actor, file.carer_id).filter(through__unit_id=unit_id).values_list("through_id", flat=True)
    first: UUID | None = before.first()
    return first


def go_on(
    actor: Actor, file: CarerFile, unit_id: UUID, *, only_while_let: frozenset[ConsentTopic] = frozenset()
) -> UUID:
    """
    A unit has to do with a carer from now on, until it does so anyhow.

    With `only_while_let` no longer than the carer lets it: the register ends it in the transaction that ends that.
    """
    child = file.kind == FileKind.CHILD.value
    basis = InvolvementBasis.CHILD_NEXT_OF_KIN if child else InvolvementBasis.SUPPORT
    system = storing.system_of(actor)
    ahead = people.involvements_to_come(actor=system).filter(person_id=file.carer_id, unit_id=unit_id, basis=basis)
    begins = ahead.filter(starts_at__gt=clock.now()).order_by("starts_at").values_list("starts_at", flat=True)
    opened = register.open_involvement(
        actor=system,
        person_id=file.carer_id,
        unit_id=unit_id,
        basis=basis,
        ends_at=begins.first(),
        only_while_let=only_while_let,
    )
    return opened.id


def lent(actor: Actor, carer_id: UUID):  # type: ignore[no-untyped-def]  # of handovers
    """Return the accepted offers through which units have to do with a carer because the carer lets them, now."""
    found = Handover.objects.filter(plan__file__carer_id=carer_id, state=HandoverState.ACCEPTED.value)
    live = people.involvements_to_come(actor=storing.system_of(actor)).values("id")
    return found.filter(through__in=live).order_by("id")


def is_lent(plan: Plan) -> bool:
    """Say whether a plan is where it is because the carer has let that unit know of it."""
    rows = Handover.objects.filter(plan=plan, state=HandoverState.ACCEPTED.value, through__isnull=False)
    return rows.filter(through__unit_id=plan.unit_id).exists()


def any_of(units: Collection[UUID], *, first: UUID) -> UUID:
    """Return which of these units a plan goes to: `first` if it is one of them."""
    return first if first in units else next(iter(units))
