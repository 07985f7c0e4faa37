"""Finished answers of a citizen's own, and a file that belongs to them, for the walk through all routes."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.models import User
from medspiller.access.selectors import actor_for
from medspiller.core import clock
from medspiller.questionnaires import services
from medspiller.questionnaires.models import Response, Upload
from medspiller.questionnaires.tests import factories
from tests.support.staff import House


def build(house: House, citizen: User, person_id: UUID) -> dict[str, Any]:
    """What routes of answers name: `person_id` is the citizen in the register."""
    factories.publish(house.tenant_id, factories.written())
    oneself = actor_for(
        actor=actors.system(house.tenant_id), user=citizen, organisation="", today=clock.today(), now=clock.now()
    )
    begun = services.start(actor=oneself, person_id=person_id, url=factories.SITUATION, language="nb")
    factories.type_in(oneself, begun, helps="true", hours="12")
    done = services.complete(actor=oneself, response_id=begun.id)
    return {"response_id": done.id, "upload_id": a_file(done).id}


def a_file(response: Response) -> Upload:
    """A file of answers that are finished."""
    content = b"%PDF-1.7\n%%EOF\n"
    return Upload.objects.create(
        response=response, field="q-file", title="Plan", media_type="application/pdf", size=len(content),
        content=b64encode(content).decode(), added_by=response.author, added_at=clock.now(),
    )  # fmt: skip
