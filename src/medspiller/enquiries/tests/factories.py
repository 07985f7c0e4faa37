"""Units that read what is asked, and people who ask. All invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.core import ids, tenancy
from medspiller.enquiries import services
from medspiller.enquiries.domain.enquiries import About, Purpose
from medspiller.enquiries.domain.wishes import CallWish, Feedback
from medspiller.enquiries.models import Enquiry
from medspiller.people.tests.factories import worker

PHONE = "+4700100200"


@contextmanager
def as_somebody(actor: Actor) -> Iterator[None]:
    """Let the database believe that this one acts, then the system again."""
    assert actor.tenant_id is not None
    tenancy.enter_tenant(tenant_id=actor.tenant_id, actor_id=actor.id)
    try:
        yield
    finally:
        tenancy.enter_tenant(tenant_id=actor.tenant_id, actor_id=actors.SYSTEM_ID)


def contact_of(tenant_id: UUID, unit_id: UUID, name: str = "Ingrid Demovik") -> Actor:
    """Somebody who answers what is asked of a unit."""
    return worker(tenant_id, unit_id, Role.CARER_CONTACT, name=name)


def leader_of(tenant_id: UUID, unit_id: UUID) -> Actor:
    """Somebody who besides decides which unit reads what."""
    return worker(tenant_id, unit_id, Role.LEADER, name="Per Demoberg")


def let_read(tenant_id: UUID, unit_id: UUID, *, purpose: Purpose = Purpose.CALL, within_days: int = 2) -> None:
    """Let a unit read what is asked."""
    services.choose_recipient(actor=actors.system(tenant_id), purpose=purpose, unit_id=unit_id, within_days=within_days)


def call_wish(**more: object) -> CallWish:
    return CallWish(**{"about": About.MYSELF, "name": "Kari", "phone": PHONE} | more)  # type: ignore[arg-type]


def ask(tenant_id: UUID, wish: CallWish | None = None, *, press: str = "") -> None:
    """Ask to be called, as whoever is not signed in."""
    everybody = actors.anonymous(tenant_id)
    with as_somebody(everybody):
        services.ask_for_call(
            actor=everybody, wish=wish or call_wish(), press=press or str(ids.new_id()), address=str(ids.new_id())
        )


def asked(tenant_id: UUID, wish: CallWish | None = None) -> Enquiry:
    """Return what was asked just now."""
    ask(tenant_id, wish)
    return Enquiry.objects.latest("received_at", "id")


def said(tenant_id: UUID, *, purpose: Purpose = Purpose.PRIVACY, text: str = "Hva lagrer dere?") -> Enquiry:
    """Say something of the pages, and return what was said."""
    everybody = actors.anonymous(tenant_id)
    with as_somebody(everybody):
        services.give_feedback(
            actor=everybody,
            purpose=purpose,
            feedback=Feedback(text=text),
            press=str(ids.new_id()),
            address=str(ids.new_id()),
        )
    return Enquiry.objects.latest("received_at", "id")
