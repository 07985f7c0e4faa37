"""Rounds of jobs through all tenants. What fails at one, or about one thing, keeps nothing else waiting."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.core import tenancy
from medspiller.organisations import selectors as organisations

logger = logging.getLogger(__name__)

Thing = TypeVar("Thing")
Seen = TypeVar("Seen")


def visit_tenants(*, actor: Actor, do: Callable[[Actor], object], job: str) -> None:
    """
    Call `do` with the system as it acts for each tenant, the oldest first; `do` opens its own transactions.

    What it raises is logged as `<job>.failed`, with the tenant, and tried again when the job's time comes again.

    :raises NotAllowed: for everybody but the system.
    """
    for tenant_id in organisations.tenant_ids(actor=actor):
        try:
            do(actors.system(tenant_id))
        except Exception:
            logger.exception("%s.failed", job, extra={"tenant_id": str(tenant_id)})
            # A connection that was lost is not used for the next one.
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()


def at_each_tenant(*, actor: Actor, do: Callable[[Actor], int | None], job: str) -> None:
    """
    Call `do` in one transaction for each tenant, and log as `job` how many things it was about, if any.

    :raises NotAllowed: for everybody but the system.
    """

    def within(system: Actor) -> None:
        with tenant_of(actor=system):
            count = do(system)
        if count:
            logger.info(job, extra={"tenant_id": str(system.tenant_id), "count": count})

    visit_tenants(actor=actor, do=within, job=job)


def see_to_each(*, actor: Actor, things: Iterable[Thing], do: Callable[[Actor, Thing], Seen], job: str) -> list[Seen]:
    """
    Call `do` about each thing in a transaction of its own, and return what it returned.

    What is raised about one is undone and logged as `<job>.failed`, with tenant and thing (an id, or several), and
    nothing is returned for it.

    :raises LookupError: if the actor acts for no tenant.
    """
    returned = []
    for each in things:
        try:
            with tenant_of(actor=actor):
                returned.append(do(actor, each))
        except Exception:
            logger.exception("%s.failed", job, extra={"tenant_id": str(actor.tenant_id), "about": str(each)})
    return returned


@contextmanager
def tenant_of(*, actor: Actor) -> Iterator[None]:
    """
    Open a transaction for the tenant that an actor acts for.

    :raises LookupError: if it acts for none.
    """
    if actor.tenant_id is None:
        raise LookupError("a tenant")
    with tenancy.tenant_transaction(tenant_id=actor.tenant_id, actor_id=actor.id):
        yield
