"""Forgetting who came, when nobody needs to be reached about it any more. What is left can be counted, and no more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.messages import services as messages
from medspiller.signups import policies, selectors
from medspiller.signups.models import SignUp


@transaction.atomic
def forget_needs(*, actor: Actor, now: datetime) -> int:
    """
    Delete what people said they need, 30 days after their last meeting, and return of how many.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    return selectors.needs_to_forget(actor=actor, now=now).update(needs=None)


@transaction.atomic
def forget_names(*, actor: Actor, now: datetime) -> int:
    """
    Delete names, contacts, accounts and links, 90 days after the last meeting, and return of how many.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    rows = selectors.names_to_forget(actor=actor, now=now)
    ids = list(rows.values_list("id", flat=True))
    messages.forget_contacts(actor=actor, about_ids=ids)
    return SignUp.objects.filter(id__in=ids).update(
        owner=None, name=None, contact=None, for_name=None, needs=None, who_hash=None, press_hash=None,
        secret_hash=None, made_by=None, forgotten_at=now,
    )  # fmt: skip


@transaction.atomic
def forget_own(*, actor: Actor, sign_up_id: UUID, now: datetime) -> None:
    """
    Delete a sign-up that is over from a citizen's page, with all that leads to them.

    :raises NotFound: if there is no such one of theirs, or it is not over.
    :raises NotAllowed: for anybody but a citizen.
    """
    row = selectors.own_row(actor=actor, sign_up_id=sign_up_id, over=True)
    messages.forget_contacts(actor=actors.system(actor.tenant_id), about_ids=[row.id])
    SignUp.objects.filter(id=row.id).update(
        owner=None, name=None, contact=None, for_name=None, needs=None, who_hash=None, press_hash=None,
        secret_hash=None, forgotten_at=now,
    )  # fmt: skip
