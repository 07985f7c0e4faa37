"""Whom these tests sign in, and what they look at."""

from datetime import timedelta
from uuid import UUID

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import LOCAL_ISSUER
from medspiller.access.domain.roles import Role
from medspiller.access.models import SessionRecord, User
from medspiller.core import ids
from medspiller.core.actors import ActorKind
from tests.support.database import HERE
from tests.support.staff import employ

MINUTE = timedelta(minutes=1)


def worker(unit_id: UUID, role: Role = Role.LEADER, name: str = "Solveig Demomyr") -> User:
    """Somebody at work in a unit."""
    return employ(tenant_id=HERE, unit_id=unit_id, role=role, name=name)


def citizen(name: str = "Kari Demolund") -> User:
    """Somebody who signs in as a carer."""
    return services.register_account(
        actor=actors.system(HERE), issuer=LOCAL_ISSUER, subject=str(ids.new_id()), kind=ActorKind.CITIZEN, name=name
    )


def as_actor(user: User) -> actors.Actor:
    return actors.Actor(id=user.id, kind=ActorKind(user.kind), tenant_id=user.tenant_id, name=user.name)


def only_session(user: User) -> SessionRecord:
    return SessionRecord.objects.get(user=user, ended_at=None)


def text(response) -> str:
    """What a page says, in one line."""
    return " ".join(response.content.decode().split())
