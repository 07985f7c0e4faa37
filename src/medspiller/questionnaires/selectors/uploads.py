"""Files that were added to answers."""

from base64 import b64decode
from uuid import UUID

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Basis, Information, Kind
from medspiller.core.errors import NotFound
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.states import Status
from medspiller.questionnaires.models import Response, Upload
from medspiller.questionnaires.selectors.answers import SeenUpload, _opened
from medspiller.questionnaires.selectors.begun import filling


def upload(*, actor: Actor, upload_id: UUID) -> tuple[SeenUpload, bytes]:
    """
    Return a file, opened. The read of finished answers' files is in the log.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if they may not read the answers.
    """
    row = Upload.objects.select_related("response").filter(id=upload_id).first()
    if row is None:
        raise NotFound(f"upload {upload_id}")
    if row.response.status == Status.IN_PROGRESS:
        filling(actor=actor, response_id=row.response_id)
    else:
        found, basis = _opened(actor, row.response)
        _log(found.actor if found else actor, row.response, upload_id, basis)
    return SeenUpload(row.id, row.title, row.media_type, row.size, row.added_at), b64decode(row.content)


def _log(actor: Actor, response: Response, upload_id: UUID, basis: Basis) -> None:
    tags = frozenset(response.tags)
    level, reason = policies.withheld_of(tags)
    audit.record(
        actor=actor,
        action=policies.READ,
        kind=Kind.READ,
        information=(*policies.information_of(tags), Information.DOCUMENTS),
        subject_type="questionnaires.Upload",
        subject_id=upload_id,
        person_id=response.subject_id,
        basis=basis,
        withheld=level,
        withheld_reason=reason,
    )
