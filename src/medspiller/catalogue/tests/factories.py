"""Entries in named states, and those who keep them. All invented."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.access.domain.roles import Role
from medspiller.catalogue import services
from medspiller.catalogue.domain.sessions import SessionPlan
from medspiller.catalogue.models import Entry, PublishedProvider, Session, Version
from medspiller.catalogue.tests.offers import in_days, offer_body, provider_body
from medspiller.core import clock
from medspiller.organisations.models import Organisation
from medspiller.organisations.tests.factories import make_organisation
from medspiller.people.tests.factories import worker

__all__ = ["approved", "contact", "editor", "make_organisation", "meeting", "proposed", "provider", "worker"]


def contact(tenant_id: UUID, unit_id: UUID) -> Actor:
    """A carer contact: they edit and moderate the entries of their unit."""
    return worker(tenant_id, unit_id, Role.CARER_CONTACT, name="Kirsten Demoli")


def editor(tenant_id: UUID, unit_id: UUID, organisation: Organisation, *, by: Actor) -> Actor:
    """Somebody who edits for an organisation, appointed for a year."""
    account = worker(tenant_id, unit_id, Role.ORGANISATION_EDITOR, name="Mina Demoberg")
    today = clock.today()
    services.appoint_editor(
        actor=by,
        user_id=account.id,
        organisation_id=organisation.id,
        valid_from=today,
        valid_to=today + timedelta(days=365),
    )
    return account


def provider(by: Actor, **changes: Any) -> PublishedProvider:
    return services.save_provider(actor=by, body=provider_body(**changes))


def proposed(by: Actor, unit_id: UUID, *, organisation_id: UUID | None = None, **changes: Any) -> Version:
    """A new entry whose first wording waits."""
    body = offer_body(**{"review_on": in_days(200)} | changes)
    return services.propose(
        actor=by, entry_id=None, body=body, unit_id=unit_id, organisation_id=organisation_id
    )  # fmt: skip


def approved(by: Actor, unit_id: UUID, *, organisation_id: UUID | None = None, **changes: Any) -> Entry:
    """An entry that the public sees."""
    version = proposed(by, unit_id, organisation_id=organisation_id, **changes)
    return services.approve(actor=by, version_id=version.id).entry


def plan(starts_in: timedelta = timedelta(days=7), **changes: Any) -> SessionPlan:
    """A meeting of two hours that lies ahead."""
    starts_at: datetime = (clock.now() + starts_in).replace(microsecond=0)
    return SessionPlan(**{"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)} | changes)


def meeting(by: Actor, entry_id: UUID, **changes: Any) -> Session:
    return services.plan_session(actor=by, entry_id=entry_id, plan=plan(**changes))
