"""What changes by itself with the days: batch by batch, so that a night that is cut short goes on where it stopped."""

from datetime import date

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.followup import policies
from medspiller.followup.services import _items as items
from medspiller.pathways import services as engine


@transaction.atomic
def recompute_plans(*, actor: Actor, before: date, limit: int) -> int:
    """
    Work out anew the plans in which something changes by itself until `before`, `limit` of them; return how many.

    Steps that opened stand on work lists and those that are over do not, in the same transaction. None means that
    nothing is left. Safe to stop at any moment, and to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    batch = engine.recompute(actor=actor, before=before, limit=limit)
    items.went_on(
        actor, [each.run_id for each in batch.changed], gone=(step for each in batch.changed for step in each.gone)
    )
    return batch.looked_at
