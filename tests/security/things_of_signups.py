"""A citizen's place at a meeting, and somebody's behind a private link."""

from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.models import User
from medspiller.core import ids
from medspiller.people.tests.factories import as_actor
from medspiller.signups import services
from medspiller.signups.domain.who import Wish


def build(tenant_id: UUID, citizen: User, *, offer_name: str, meeting_id: UUID) -> dict[str, Any]:
    """Sign both up, and return what routes of sign-ups name."""
    own, other = (
        services.sign_up(
            actor=actor,
            offer_name=offer_name,
            session_id=meeting_id,
            wish=wish,
            press=str(ids.new_id()),
            address=str(ids.new_id()),
        )
        for actor, wish in (
            (as_actor(citizen), Wish()),
            (actors.anonymous(tenant_id), Wish(name="Eva Demoås", contact="eva@example.org")),
        )
    )
    return {"sign_up_id": own.sign_up.id, "place_secret": other.secret}
