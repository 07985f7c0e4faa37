"""Whether an account and somebody in a register are the same human being."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from medspiller.access import registry
from medspiller.access.domain.actors import Actor as Person
from medspiller.access.models import User
from medspiller.core.actors import Actor, ActorKind


def person_number_hash(*, actor: Actor) -> QuerySet[User, Any]:
    """
    Return the keyed hash of the actor's person number, as a query to compare with; no row if it is not known.

    A register compares it with its own column within one statement, so nobody handles it.
    """
    return User.objects.filter(id=actor.id, pid_hash__isnull=False).values("pid_hash")


def accounts_to_match(*, actor: Actor, user_ids: Collection[UUID]) -> QuerySet[User, Any]:
    """
    Return these accounts as a query with `id` and `pid_hash`, null where the number is not known.

    A register finds all their owners within one statement by it, so nobody handles a number.
    """
    return User.objects.filter(id__in=user_ids)


def name_of(*, actor: Actor, user: User) -> str:
    """
    Return what an account's owner is called: by their provider, else by the register that knows their person number.

    A citizen whom neither knows is called a signed-in citizen, so that a page or a log line
    never has nobody in it. It costs a query only where the provider told no name.
    """
    if user.name or user.kind != ActorKind.CITIZEN:
        return user.name
    owner = Person(id=user.id, kind=ActorKind.CITIZEN, tenant_id=user.tenant_id)
    return registry.name_of_citizen(actor=owner) or _("Signed-in citizen")
