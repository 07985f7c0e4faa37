"""What sign-ups write into the access log."""

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind
from medspiller.core.actors import ActorKind
from medspiller.people import selectors as people
from medspiller.signups import policies
from medspiller.signups.models import SignUp

SUBJECT = "signups.SignUp"


def record(actor: Actor, row: SignUp) -> None:
    """Write into the log that a sign-up was changed, about the person if the register knows them."""
    is_staff = actor.kind is ActorKind.STAFF
    audit.record(
        actor=actor,
        action=policies.SEE_PARTICIPANTS if is_staff else policies.KEEP_OWN,
        kind=Kind.WRITE,
        information=(Information.COURSES,),
        subject_type=SUBJECT,
        subject_id=row.id,
        person_id=None if is_staff else people.registered_as(actor=actor).person_id,
        basis=BasisCode.ADMINISTRATION if is_staff else BasisCode.OWN,
    )
