"""That somebody has read what a carer answered, as the carer was told that somebody would."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Information
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.models import Suggestion
from medspiller.followup.services import _attending as attending
from medspiller.followup.services import _storing as storing
from medspiller.followup.services.suggestions import SUGGESTION
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import WithdrawnWhy


@transaction.atomic
def read_answer(*, actor: Actor, suggestion_id: UUID) -> Suggestion:
    """
    Write down that what a carer answered has been read: it stands on no list any more. Safe to press twice.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    row = Suggestion.objects.filter(id=suggestion_id).first()
    if row is None:
        raise NotFound(f"suggestion {suggestion_id}")
    opened = policies.opened_file(actor, row.file_id, action=policies.KEEP_FILE, lock=True)
    attending.take_off(actor, kinds.FOLLOWUP_ANSWERED, SUGGESTION, [row.id], why=WithdrawnWhy.SEEN_TO)
    storing.record(opened, "followup.read_answer", information=(Information.PLAN, Information.NEEDS))
    return row
