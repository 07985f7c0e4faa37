"""Registering and changing the organisations a tenant works with."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from medspiller.audit import services as audit
from medspiller.core import events
from medspiller.core.actors import Actor
from medspiller.core.errors import Conflict, InvalidInput
from medspiller.organisations import policies, selectors
from medspiller.organisations.domain.details import OrganisationDetails, differing_fields, tidy
from medspiller.organisations.domain.events import OrganisationChanged, OrganisationRegistered
from medspiller.organisations.models import Organisation
from medspiller.organisations.services._details import ensure_valid, shown


@transaction.atomic
def register_organisation(*, actor: Actor, details: OrganisationDetails) -> Organisation:
    """
    Add an organisation that the tenant works with.

    :raises NotAllowed: if the actor may not.
    :raises InvalidInput: if the details cannot be stored, or the name is registered already.
    """
    policies.ensure(actor, policies.EDIT_ORGANISATION, None)

    details = tidy(details)
    ensure_valid(details)
    organisation = Organisation(**_columns(details))
    _ensure_name_free(organisation)

    organisation.save(force_insert=True)
    _record(actor, "organisations.register_organisation", organisation)
    events.publish(OrganisationRegistered(organisation_id=organisation.id))
    return organisation


@transaction.atomic
def change_organisation(
    *, actor: Actor, organisation_id: UUID, seen_version: int, details: OrganisationDetails
) -> Organisation:
    """
    Store new details of an organisation, unless somebody changed it after the actor saw it.

    `seen_version` is the `version` that the actor's form was filled from. Details that are
    as before store nothing and tell nobody.

    :raises NotFound: if the actor may not see the organisation.
    :raises NotAllowed: if the actor may not change it.
    :raises Conflict: with the fields changed meanwhile and what they say now; nothing is stored.
    :raises InvalidInput: if the details cannot be stored, or another one has the name.
    """
    organisation = selectors.organisation_for_update(actor=actor, organisation_id=organisation_id)
    policies.ensure(actor, policies.EDIT_ORGANISATION, organisation)

    _ensure_seen(actor, organisation, seen_version)
    details = tidy(details)
    ensure_valid(details)
    changed = differing_fields(organisation.details, details)
    if not changed:
        return organisation
    for field, value in _columns(details).items():
        setattr(organisation, field, value)
    _ensure_name_free(organisation)

    organisation.version += 1
    organisation.save(update_fields=[*changed, "version"])
    _record(actor, "organisations.change_organisation", organisation)
    events.publish(OrganisationChanged(organisation_id=organisation.id, fields=changed))
    return organisation


def _columns(details: OrganisationDetails) -> dict[str, str]:
    return {
        "name": details.name,
        "kind": details.kind.value,
        "website": details.website,
        "about": details.about,
    }


def _ensure_seen(actor: Actor, organisation: Organisation, seen_version: int) -> None:
    if seen_version == organisation.version:
        return
    seen = selectors.organisation_seen(actor=actor, organisation_id=organisation.id, version=seen_version)
    now = shown(organisation.details)
    changed = differing_fields(seen, organisation.details) if seen else tuple(now)
    if changed:
        raise Conflict(changed={field: text for field, text in now.items() if field in changed})


def _ensure_name_free(organisation: Organisation) -> None:
    others = Organisation.objects.filter(name__iexact=organisation.name).exclude(id=organisation.id)
    if others.exists():
        raise InvalidInput(
            {"name": _("There is already an organisation called %(name)s.") % {"name": organisation.name}}
        )


def _record(actor: Actor, action: str, organisation: Organisation) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="write",
        subject_type="organisations.Organisation",
        subject_id=organisation.id,
    )
