"""A form, an instrument with a total of somebody, and a tool, for the walk through all routes."""

from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.content import selectors as published
from medspiller.content import services as content
from medspiller.core import clock
from medspiller.questionnaires.models import Total
from medspiller.questionnaires.tests import content as made
from tests.support.staff import House


def build(house: House, person_id: UUID) -> dict[str, Any]:
    """A draft of a form, and a total of the person. The tool `talk` is there too, which is known by its name."""
    system = actors.system(house.tenant_id)
    draft = made.form(made.nights(status="draft"))
    load = made.described("instruments", "load", made.instrument())
    talk = made.described("tools", "talk", made.tool())
    content.publish(actor=system, definitions=[draft, load, talk])
    total = Total.objects.create(
        person_id=person_id,
        unit_id=house.home_care,
        instrument_url=load.url,
        instrument_version=load.version,
        total_id="total",
        value=30,
        measured_on=clock.today(),
        recorded_by=system.id,
        recorded_at=clock.now(),
    )
    listed = published.listed(actor=system, kind="questionnaires")
    own = next(each for each in listed if each.is_own and each.definition.url == draft.url)
    return {"definition_id": own.id, "total_id": total.id}
