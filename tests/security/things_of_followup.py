"""A carer's file and a child's, with all that routes of follow-up name, for the walk through all routes."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.content import services as content
from medspiller.core import clock
from medspiller.followup import services
from medspiller.followup.domain.concerns import ConcernDetails, Judgement
from medspiller.followup.domain.files import Identified
from medspiller.followup.domain.suggesting import SuggestionKind
from medspiller.followup.models import CarerFile
from medspiller.pathways.models import OpenStep
from medspiller.pathways.tests import factories as pathways
from medspiller.people import services as people
from medspiller.people.domain.children import ReasonToAsk
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.tests.factories import involve, make_person, relate, worker
from tests.support.staff import House

PATHWAY, STEP, FACT, LETTER = pathways.SLUG, "call", "children", "hello"
# The one that a child's file begins with.
OF_CHILDREN = "child-of-parent"


def build(house: House, person_id: UUID, *, offer_name: str) -> dict[str, Any]:
    """What routes of follow-up name. `person_id` is a carer whom a unit of the house follows up for her own sake."""
    nurse = worker(house.tenant_id, house.top, name="Nora Demonatt")
    contact = worker(house.tenant_id, house.top, Role.CARER_CONTACT, name="Gro Demodal")
    _publish(house.tenant_id, pathways.body(), _child_pathway())
    file = _file(nurse, person_id)
    plan = services.start_plan(actor=nurse, file_id=file.id, slug=PATHWAY, holder_id=nurse.id, goal="Sove om natta.")
    # What a plan that runs can be moved to.
    _publish(house.tenant_id, pathways.body(version="1.1.0"))
    return {
        "file_id": file.id,
        "plan_id": plan.id,
        "step_id": OpenStep.objects.get(run_id=plan.run_id, step=STEP).id,
        "handover_id": services.offer_handover(actor=nurse, plan_id=plan.id, to_id=contact.id).id,
        "absence_id": _absence(house).id,
        "suggestion_id": services.suggest_one(
            actor=nurse, file_id=file.id, kind=SuggestionKind.OFFER, target=offer_name
        ).id,
        "agreement_id": _agreement(nurse, file),
        "reason_id": people.record_children_reason(
            actor=nurse, patient_id=person_id, code=ReasonToAsk.MENTAL_ILLNESS
        ).id,
        **_of_a_child(house, nurse),
    }


def _publish(tenant_id: UUID, *bodies: dict[str, Any]) -> None:
    """As the tenant's own, with a letter beside them."""
    letter = {
        "url": f"https://medspiller.no/letters/{LETTER}",
        "version": "1",
        "status": "active",
        "slug": LETTER,
        "title": pathways.texts("Hei"),
        "body": pathways.texts("Hilsen {unit}.\n\nRing {contact}."),
        "sources": [{"ref": "Local practice"}],
    }
    definitions = [*(pathways.definition(each) for each in bodies), pathways.definition(letter, kind="letters")]
    content.publish(actor=actors.system(tenant_id), definitions=definitions)


def _child_pathway() -> dict[str, Any]:
    url = f"https://medspiller.no/pathways/{OF_CHILDREN}"
    return pathways.body(url=url, slug=OF_CHILDREN, subject="child")


def _file(by: Actor, carer_id: UUID) -> CarerFile:
    return services.open_file(
        actor=by,
        carer_id=carer_id,
        identified_on=clock.today(),
        identified_how=Identified.SAID_SO,
        why="Hun sa at nettene er tunge.",
        what_matters="At mor får bli hjemme.",
    )


def _absence(house: House) -> Any:
    """Of somebody else than those who ask."""
    away = worker(house.tenant_id, house.home_care, name="Solveig Demomyr")
    return services.record_absence(actor=away, starts_on=clock.today() + timedelta(days=7), ends_on=None)


def _agreement(by: Actor, file: CarerFile) -> UUID:
    """One that holds, and is to be gone through."""
    draft, today = services.draft_agreement(actor=by, file_id=file.id), clock.today()
    services.activate_agreement(
        actor=by,
        agreement_id=draft.id,
        agreed_on=today,
        review_on=today + timedelta(days=90),
        version=draft.version,
    )
    return draft.id


def _of_a_child(house: House, by: Actor) -> dict[str, Any]:
    """A patient's daughter with a file of her own, and a concern for her."""
    born = date(clock.today().year - 9, 2, 3)
    patient = make_person("Arne", "Demoberg", birth_date=date(1980, 2, 3))
    child = make_person("Ida", "Demoberg", birth_date=born)
    relate(patient, child, RelationKind.CHILD)
    involve(patient, house.home_care)
    involve(child, house.home_care, basis=InvolvementBasis.CHILD_NEXT_OF_KIN)
    opened = services.open_child_file(actor=by, patient_id=patient.id, child_id=child.id)
    details = ConcernDetails(judgement=Judgement.NOT_NOW, reason="Hun sover hos naboen.")
    concern = services.record_concern(actor=by, child_id=child.id, details=details)
    return {
        "patient_id": patient.id,
        "child_id": child.id,
        "child_file_id": opened.file_id,
        "concern_id": concern.id,
    }
