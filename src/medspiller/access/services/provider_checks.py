"""Asking a provider now who it is, as somebody does who has just changed something at its end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.metadata import Metadata
from medspiller.access.models import Provider
from medspiller.access.policies import ensure_everywhere
from medspiller.access.providers.client import client_of, read_metadata
from medspiller.audit import services as audit
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound


@transaction.atomic
def check_provider(*, actor: Actor, provider_id: UUID, now: datetime) -> Metadata:
    """
    Ask a provider for its addresses, keep what it says, and return it.

    What was kept before stays if it does not answer.

    :raises NotAllowed: if the actor may not administer providers for the whole house.
    :raises NotFound: if there is no such provider.
    :raises SignInRefused: UNREACHABLE, NONSENSE or WRONG_ISSUER.
    """
    ensure_everywhere(actor, "access.administer_providers")
    provider = Provider.objects.select_for_update().filter(id=provider_id).first()
    if provider is None:
        raise NotFound(provider_id)
    provider.metadata = dict(client_of(provider_id).discover(issuer=provider.issuer))
    provider.metadata_at = now
    provider.save(update_fields=["metadata", "metadata_at"])
    audit.record(actor=actor, action="access.check_provider", subject_type="access.Provider", subject_id=provider.id)
    return read_metadata(provider.metadata, issuer=provider.issuer)
