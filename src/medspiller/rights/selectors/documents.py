"""Documents that have been asked for."""

import base64
from dataclasses import dataclass

from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.rights.domain.documents import KEPT
from medspiller.rights.models import Document
from medspiller.ui.documents import Problem


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """How far a document has come."""

    is_ready: bool
    problem: Problem | None


def document(*, actor: Actor, secret: str) -> SeenDocument:
    """
    Return how far the document has come that this secret was given for.

    :raises NotFound: if there is none, or it is gone.
    """
    row = _document(secret)
    return SeenDocument(is_ready=row.made_at is not None, problem=Problem(row.problem) if row.problem else None)


def document_file(*, actor: Actor, secret: str) -> bytes:
    """
    Return the document that this secret was given for.

    :raises NotFound: if there is none, it is gone, or is not made yet.
    """
    row = _document(secret)
    if row.pdf is None:
        raise NotFound("document")
    return base64.b64decode(row.pdf)


def _document(secret: str) -> Document:
    row = Document.objects.filter(secret_hash=Document.hash_of(secret), asked_at__gt=clock.now() - KEPT).first()
    if row is None:
        raise NotFound("document")
    return row
