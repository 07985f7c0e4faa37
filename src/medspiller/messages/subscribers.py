"""What messages do when something has happened to people."""

from medspiller.access.domain import actors
from medspiller.core import tenancy
from medspiller.messages import services
from medspiller.people import selectors as people
from medspiller.people.domain.events import AgeReached, CarerRegistered, ConsentWithdrawn, RegistrationTakenBack


def tell_carer(event: CarerRegistered) -> None:
    """Tell a carer that they are registered, if they want notices, and it was not taken back meanwhile."""
    system = actors.system(tenancy.current_tenant())
    if people.registration_was_taken_back(actor=system, person_id=event.carer_id, patient_id=event.patient_id):
        return
    services.tell_carer(
        actor=system,
        carer_id=event.carer_id,
        unit_id=event.unit_id,
        registered_on=event.registered_on,
    )


def tell_of_age(event: AgeReached) -> None:
    """Tell a young person, and nobody else, that something has changed for them, if they want notices."""
    services.tell_of_age(
        actor=actors.system(tenancy.current_tenant()), person_id=event.person_id, unit_id=event.unit_id, on=event.on
    )


def registration_taken_back(event: RegistrationTakenBack) -> None:
    """Stop a notice of a registration that was a mistake, if it has not gone out."""
    services.stop_telling_carer(
        actor=actors.system(tenancy.current_tenant()),
        carer_id=event.person_id,
        unit_id=event.unit_id,
        registered_on=event.registered_on,
    )


def stop_for_consent(event: ConsentWithdrawn) -> None:
    """Stop what waits on a consent that holds no more; the hand-over itself asks too."""
    services.stop_for_consent(actor=actors.system(tenancy.current_tenant()), consent_id=event.consent_id)
