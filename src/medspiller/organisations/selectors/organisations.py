"""The organisations a tenant works with."""

from uuid import UUID

from django.db.models import QuerySet

from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.organisations import policies
from medspiller.organisations.domain.details import OrganisationDetails
from medspiller.organisations.domain.kinds import OrganisationKind
from medspiller.organisations.models import ORGANISATION_KIND_NAMES, Organisation


def organisation(*, actor: Actor, organisation_id: UUID) -> Organisation:
    """
    Return an organisation the actor may see.

    :raises NotFound: if there is none.
    """
    return _one(organisations(actor=actor), organisation_id)


def organisation_for_update(*, actor: Actor, organisation_id: UUID) -> Organisation:
    """
    Return an organisation the actor may see, locked until the end of the transaction.

    :raises NotFound: if there is none.
    """
    return _one(organisations(actor=actor).select_for_update(), organisation_id)


def organisations(*, actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations the actor may see, by name: all of the tenant's, for its staff."""
    return Organisation.objects.filter(policies.organisations(actor, policies.VIEW_UNIT)).order_by("name", "id")


def organisation_kinds(*, actor: Actor) -> list[tuple[OrganisationKind, str]]:
    """Return every kind an organisation can be with its name in the reader's language, for a form."""
    return [(kind, str(name)) for kind, name in ORGANISATION_KIND_NAMES.items()]


def organisation_seen(*, actor: Actor, organisation_id: UUID, version: int) -> OrganisationDetails | None:
    """Return what an organisation said at one of its versions; None if it never had that one."""
    versions = Organisation.pgh_event_model.objects.filter(  # type: ignore[attr-defined]  # made by `history.keep`
        policies.organisations(actor, policies.VIEW_UNIT), id=organisation_id, version=version
    )
    was = versions.order_by("-pgh_id").first()
    if was is None:
        return None
    return OrganisationDetails(name=was.name, kind=OrganisationKind(was.kind), website=was.website, about=was.about)


def _one(rows: QuerySet[Organisation], organisation_id: UUID) -> Organisation:
    try:
        return rows.get(id=organisation_id)
    except Organisation.DoesNotExist:
        raise NotFound(f"organisation {organisation_id}") from None
