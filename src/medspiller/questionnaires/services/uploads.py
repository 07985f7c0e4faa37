"""Files that are added to answers: looked at, sealed, and kept beside the answers."""

from base64 import b64encode
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.errors import MedspillerError
from medspiller.people import services as people
from medspiller.questionnaires import selectors
from medspiller.questionnaires.domain.filling.submitting import Attachment
from medspiller.questionnaires.models import Upload

# Of one response, those that were taken away again included.
MOST_FILES = 20
TITLE_MOST = 200
# What stands in an answer for a file that is kept here: no address that anybody could fetch it by.
ADDRESS = "urn:uuid:"


class TooManyFiles(MedspillerError):
    """There are `MOST_FILES` files with these answers already."""


@transaction.atomic
def add_upload(*, actor: Actor, response_id: UUID, field: str, title: str, content: bytes) -> Attachment:
    """
    Keep a file that was sent with answers in progress, and return what stands for it in them.

    PDF, PNG or JPEG by its own bytes, at most five megabytes.

    :raises NotFound: if there are no such answers of the actor's.
    :raises NotAllowed: if they may not write about the person any more.
    :raises AlreadyCompleted: if they are finished.
    :raises FileRefused: if it is anything else, or the installation's scanner finds harm in it.
    :raises TooManyFiles: if there are too many.
    """
    found = selectors.filling_for_update(actor=actor, response_id=response_id)
    if Upload.objects.filter(response=found.row).count() >= MOST_FILES:
        raise TooManyFiles
    media_type = people.scanned(actor=actor, content=content)
    made = Upload.objects.create(
        response=found.row,
        field=field[:255],
        title=title.strip()[:TITLE_MOST],
        media_type=media_type,
        size=len(content),
        content=b64encode(content).decode(),
        added_by=actor.id,
        added_at=clock.now(),
    )
    return Attachment(url=f"{ADDRESS}{made.id}", title=made.title, content_type=media_type, size=made.size)
