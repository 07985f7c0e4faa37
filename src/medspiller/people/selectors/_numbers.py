"""Whose a person number is."""

from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from medspiller.access.domain.accounts import PERSON_NUMBER
from medspiller.core.encryption import keyed_hash
from medspiller.people.models import Person


def owner_of_number(number: str, *, lock: bool = False) -> Person | None:
    """
    Return whose a person number is: the row it stands on, or the one that turned out to be them.

    With `lock` the row is locked until the end of the transaction. Asks no policy and logs nothing.
    """
    rows = Person.objects.select_for_update(of=("self",)) if lock else Person.objects.all()
    return rows.filter(id__in=with_number(number)).first()


def with_number(number: str) -> QuerySet[Person, Any]:
    """Return the id of whoever has this person number, as the one they turned out to be."""
    hashed = keyed_hash(number, purpose=PERSON_NUMBER)
    return Person.objects.filter(pid_hash=hashed).values_list(Coalesce(F("merged_into_id"), F("id")))
