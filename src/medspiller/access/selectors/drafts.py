"""One's own drafts. Nobody else's can be asked for."""

import json

from medspiller.access.domain import drafts
from medspiller.access.domain.typed_text import TypedField
from medspiller.access.models import Draft
from medspiller.core import clock
from medspiller.core.actors import Actor


def draft(*, actor: Actor, form: str, key: str = "") -> drafts.Draft | None:
    """Return what the actor has typed into a form and not sent; None if there is nothing, or it is too old."""
    kept = Draft.objects.filter(owner_id=actor.id, form=form, key=key, body__isnull=False, expires_at__gt=clock.now())
    row = kept.first()
    if row is None or row.body is None:
        return None
    body: str = row.body  # type: ignore[assignment]  # a BinaryField to the checker, and a text in Python
    fields = tuple(TypedField(name, value) for name, value in json.loads(body))
    return drafts.Draft(fields=fields, saved_at=row.saved_at)
