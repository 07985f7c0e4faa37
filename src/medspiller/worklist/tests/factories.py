"""Items in named states. All invented."""

from datetime import timedelta
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.core import clock, ids
from medspiller.people.models import Person
from medspiller.people.tests.factories import involve, make_person, worker
from medspiller.worklist import services
from medspiller.worklist.domain.kinds import PERSON
from medspiller.worklist.models import WorkItem

__all__ = ["followed", "involve", "make_person", "put", "worker"]


def put(
    unit_id: UUID,
    person: Person | None = None,
    *,
    kind: str = "children_question",
    due_in: int | None = 3,
    roles: list[str] | None = None,
    subject_id: UUID | None = None,
) -> WorkItem:
    """Something that waits, due in so many days, about a person or about nobody."""
    tenant_id = WorkItem._meta.get_field("unit").related_model.objects.get(id=unit_id).tenant_id
    return services.put(
        actor=actors.system(tenant_id),
        kind=kind,
        subject_type=PERSON,
        subject_id=subject_id or (person.id if person else ids.new_id()),
        person_id=person.id if person else None,
        unit_id=unit_id,
        due_on=None if due_in is None else clock.today() + timedelta(days=due_in),
        roles=roles,
    )


def followed(unit_id: UUID, given_name: str = "Oddny", **details: object) -> Person:
    """Somebody whom a unit follows up."""
    person = make_person(given_name, **details)
    involve(person, unit_id)
    return person
