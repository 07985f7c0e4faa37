"""What becomes of agreements and of what was put off when a file is closed."""

from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.followup import policies
from medspiller.followup.domain.files import FileState
from medspiller.followup.models import CarerFile
from medspiller.followup.services import _items as items
from medspiller.followup.services.agreements import leave_agreement
from medspiller.followup.services.suggestions import leave_suggestions


@transaction.atomic
def leave_file(*, actor: Actor, file_id: UUID) -> bool:
    """
    End the agreement of a closed file, and take off lists what waited for the carer; False if it is open again.

    Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    row = CarerFile.objects.select_for_update().filter(id=file_id).first()
    if row is None or row.state == FileState.OPEN:
        return False
    leave_agreement(actor=actor, file_ids=[file_id])
    leave_suggestions(actor=actor, file_ids=[file_id])
    items.withdraw_no_contact(actor, [file_id])
    return True
