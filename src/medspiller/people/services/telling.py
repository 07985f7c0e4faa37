"""That something was told to a carer (pbrl § 3-5). What was said stands in the journal, which this is not."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information
from medspiller.core import clock
from medspiller.people.domain import told
from medspiller.people.models import Consent
from medspiller.people.selectors import _owned as owned
from medspiller.people.selectors._answers import answers_for
from medspiller.people.selectors._judging import information_of

RECORD_TOLD = "people.record_told"


@transaction.atomic
def record_told(*, actor: Actor, patient_id: UUID, carer_id: UUID, rule: str, decision_id: UUID | None = None) -> UUID:
    """
    Write into the access log that a carer was told, on the strength of the rule that stood on the page.

    What holds is worked out anew with the consents locked: a withdrawal came before, and this
    is refused, or it waits until this is written. Returns the entry's id.

    :raises NotFound: if there is no such patient, carer or decision; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or nobody there follows the patient up.
    :raises ToldNoMore: if another rule decides now, or nothing may be told.
    """
    found = owned.opened(actor=actor, person_id=patient_id, action=RECORD_TOLD, lock=True)
    owned.ensure_own_subject(found, action=RECORD_TOLD)
    list(Consent.objects.select_for_update().filter(owner_id=patient_id, to_person_id=carer_id).values_list("id"))
    one = answers_for(found, at=clock.now()).of(carer_id)
    told.ensure_may_tell(one.in_matter(decision_id).health, relied_on=rule)

    return audit.record(
        actor=actor,
        action=RECORD_TOLD,
        information={Information.MAY_BE_TOLD, *(information_of(each.code) for each in one.circumstances)},
        subject_type="people.Person",
        subject_id=carer_id,
        person_id=patient_id,
        basis=found.basis,
    )
