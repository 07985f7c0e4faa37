"""The rules of a tenant, and what a citizen keeps by them: handed over, and behind a private link."""

from typing import Any
from uuid import UUID

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.models import User
from medspiller.core import clock, ids
from medspiller.rights.domain.dialogue import Dialogue
from medspiller.rights.models import KeptAnswer
from medspiller.rights.tests.publishing import publish_rules


def build(tenant_id: UUID, citizen: User, person_id: UUID) -> dict[str, Any]:
    """What routes of rights name: `person_id` is the citizen in the register."""
    publish_rules(tenant_id)
    dialogue, now = Dialogue(clock.today(), answers={"carer.birth_year": 1984}), clock.now()
    kept = KeptAnswer.objects.create(
        owner=citizen, person_id=person_id, dialogue=dialogue.written(), reference_date=dialogue.on,
        rulebook_pin="", kept_at=now, handed_over_at=now,
    )  # fmt: skip
    secret, _gone_at = access.save_link(
        actor=actors.system(tenant_id), purpose="rights", text=dialogue.written(), address=str(ids.new_id()), now=now
    )
    return {"kept_id": kept.id, "secret": secret}
