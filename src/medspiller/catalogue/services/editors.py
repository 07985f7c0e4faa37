"""Who of an organisation may propose what is said of what it offers."""

from datetime import date
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.models import Editor
from medspiller.catalogue.services._rows import EDITOR, record
from medspiller.core.errors import InvalidInput, NotFound


@transaction.atomic
def appoint_editor(
    *, actor: Actor, user_id: UUID, organisation_id: UUID, valid_from: date, valid_to: date
) -> Editor:  # fmt: skip
    """
    Let an account edit for an organisation in [valid_from, valid_to), besides the role it must have.

    Doing it again sets the days anew.

    :raises NotAllowed: for anybody who is no moderator.
    :raises InvalidInput: if it would hold no day.
    """
    policies.ensure(actor, policies.MODERATE)
    if valid_to <= valid_from:
        raise InvalidInput({"valid_to": "before"})
    row, _is_new = Editor.objects.update_or_create(
        user_id=user_id, organisation_id=organisation_id, defaults={"valid_from": valid_from, "valid_to": valid_to}
    )
    record(actor, policies.MODERATE, EDITOR, row.id)
    return row


@transaction.atomic
def end_editor(*, actor: Actor, editor_id: UUID, on: date) -> Editor | None:
    """
    Let an account not edit for an organisation any more from a day on. None if it had not begun by then.

    :raises NotAllowed: for anybody who is no moderator.
    :raises NotFound: if there is no such editor.
    """
    policies.ensure(actor, policies.MODERATE)
    row = Editor.objects.select_for_update().filter(id=editor_id).first()
    if row is None:
        raise NotFound(f"editor {editor_id}")
    record(actor, policies.MODERATE, EDITOR, row.id)
    if on <= row.valid_from:
        row.delete()
        return None
    row.valid_to = min(row.valid_to, on)
    row.save(update_fields=["valid_to"])
    return row
