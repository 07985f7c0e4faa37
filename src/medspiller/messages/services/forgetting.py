"""Forgetting where old notices went."""

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.messages import policies
from medspiller.messages.domain import notices as rules
from medspiller.messages.models import Notice


@transaction.atomic
def forget_addresses(*, actor: Actor) -> int:
    """
    Blank the addresses of notices that went out more than `ADDRESS_KEPT` ago, and return how many there were.

    What was said to whom, and when, stays. A notice that still waits for somebody keeps its address.

    :raises NotAllowed: for anybody but a job.
    """
    policies.ensure(actor, policies.HAND_OVER_NOTICE)
    old = Notice.objects.filter(
        address__isnull=False,
        created_at__lt=clock.now() - rules.ADDRESS_KEPT,
        state__in=[state.value for state in rules.OVER],
    )
    return old.update(address=None, address_hash=None)
