"""How an offer to take over a plan ends."""

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.followup.domain.holding import BouncedBecause, HandoverState
from medspiller.followup.models import Handover, Plan
from medspiller.followup.services import _items as items


def offer_of(plan: Plan) -> Handover | None:
    """Return the offer of a plan that waits for an answer, locked until the end of the transaction."""
    return Handover.objects.select_for_update().filter(plan=plan, state=HandoverState.OFFERED.value).first()


def end_offer(actor: Actor, plan: Plan, *, because: BouncedBecause) -> None:
    """Let the offer of a plan that waits for an answer come back, if there is one."""
    row = offer_of(plan)
    if row is not None:
        bounce(actor, row, because=because)


def bounce(actor: Actor, row: Handover, *, because: BouncedBecause, note: str = "") -> None:
    """Let an offer come back: the plan stays with whoever holds it."""
    row.bounced_because, row.answer_note = because.value, note or None
    answered(actor, row, HandoverState.BOUNCED)


def answered(actor: Actor, row: Handover, state: HandoverState) -> None:
    """Store what came of an offer, and take it off the list."""
    row.state, row.answered_at = state.value, clock.now()
    row.save(update_fields=["state", "answered_at", "bounced_because", "answer_note"])
    items.withdraw_offer(actor, row)
