"""Keeping what looks at addresses told. Nobody is told before an address has failed several times in a row."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.domain import links
from medspiller.catalogue.domain.feedback import LinkState
from medspiller.catalogue.domain.links import Look
from medspiller.catalogue.models import Entry, LinkCheck
from medspiller.core.errors import NotFound


def addresses_to_look_at(*, actor: Actor) -> dict[str, list[UUID]]:
    """
    Return the addresses in published entries, each with the entries that name it.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    found: dict[str, list[UUID]] = {}
    for entry in Entry.objects.filter(live__isnull=False, taken_down_at=None).select_related("live").order_by("id"):
        for address in links.addresses_in(entry.live.body if entry.live else {}):
            found.setdefault(address, []).append(entry.id)
    return found


@transaction.atomic
def keep_looks(*, actor: Actor, found: Mapping[str, LinkState], now: datetime) -> list[str]:
    """
    Keep what a round of looks found, and return the addresses of which it is new that they fail or work again.

    Where no host was reachable, we were cut off ourselves, and nothing is kept. Addresses that no published entry
    names any more are forgotten.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    if links.were_cut_off(found):
        return []
    if actor.tenant_id is None:
        raise NotFound("no tenant")
    LinkCheck.objects.exclude(address__in=list(found)).delete()
    before = {row.address: row for row in LinkCheck.objects.select_for_update().order_by("id")}
    told = []
    for address, state in found.items():
        row = before.get(address)
        was = Look(LinkState(row.state), row.failures) if row else None
        look = links.after(was, state)
        LinkCheck.objects.update_or_create(
            address=address, defaults={"state": look.state.value, "failures": look.failures, "looked_at": now}
        )
        if look.is_told is not (was is not None and was.is_told):
            told.append(address)
    return told
