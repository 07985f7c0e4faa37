"""What people change about themselves on their own page."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.people import policies, selectors
from medspiller.people.domain.informing import AlreadyInformed, How, NothingToTell
from medspiller.people.models import Person
from medspiller.people.services.informing import record_informed
from medspiller.people.services.person_details import change_person

# What is the person's to say. The rest stands in the population register.
OWN_DETAILS = frozenset(
    {
        "given_name",
        "family_name",
        "gender",
        "language",
        "needs_interpreter",
        "preferred_channel",
        "best_time",
        "wants_notices",
    }
)


class NotOnesOwn(ValueError):
    """A form of one's own page would change what is not one's own to change: a slip in the code."""


@transaction.atomic
def change_own_details(*, actor: Actor, said: Mapping[str, object], version: int) -> Person:
    """
    Store what somebody says of themselves; what is not in `said` stays as it is.

    :raises NotAllowed: for anybody but a citizen.
    :raises NotFound: for somebody who is in no register here.
    :raises NotOnesOwn: if it names anything that is not in `OWN_DETAILS`.
    :raises Changed: if somebody changed it after they saw `version`.
    :raises DetailsInvalid: with every detail that cannot be stored.
    """
    policies.ensure(actor, policies.EDIT_OWN_DETAILS)
    if not OWN_DETAILS.issuperset(said):
        raise NotOnesOwn(", ".join(sorted(set(said) - OWN_DETAILS)))
    oneself = policies.registered_as(actor)
    if oneself.person_id is None:
        raise NotFound("registered nowhere here")
    row = selectors.person_for_update(actor=oneself, person_id=oneself.person_id)
    changes = replace(row.changes, **said)  # type: ignore[arg-type]
    return change_person(actor=oneself, person_id=row.id, changes=changes, version=version)


@transaction.atomic
def read_own_notice(*, actor: Actor) -> bool:
    """
    Say that somebody has read, on their own page, that they are registered. Returns whether it was the first time.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.READ_OWN_NOTICE)
    oneself = policies.registered_as(actor)
    if oneself.person_id is None:
        return False
    try:
        record_informed(actor=oneself, person_id=oneself.person_id, how=How.MY_PAGE)
    except (AlreadyInformed, NothingToTell):
        return False
    return True
